"""A minimal Rasa bot with an action server and the SQLite tracker store: what our own work is compared with."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bot.launcher.port import free_port
from evaluation.server import AssistantFailed, stop_group, wait_until_healthy

CONFIG = """\
recipe: default.v1
assistant_id: bare
language: zh
pipeline:
- name: JiebaTokenizer
- name: CountVectorsFeaturizer
- name: CountVectorsFeaturizer
  analyzer: char_wb
  min_ngram: 1
  max_ngram: 4
- name: DIETClassifier
  epochs: 20
  entity_recognition: false
- name: FallbackClassifier
  threshold: 0.3
policies:
- name: RulePolicy
"""
EXAMPLES = {
    "birth": ("我家宝宝出生了", "孩子刚出生要办什么", "生了个女儿", "新生儿怎么办手续", "娃落地了"),
    "marriage": ("我们想领证", "结婚登记去哪", "打算结婚", "下个月结婚", "怎么登记结婚"),
    "home": ("刚买了套二手房", "买房要办什么", "新房过户", "房子怎么过户", "买了套新房"),
    "company": ("想开个公司", "怎么注册公司", "开火锅店要什么证", "办营业执照", "盘了个店面"),
    "job": ("我失业了", "领失业金", "被裁了怎么办", "失业登记去哪", "工作没了"),
}
ACTIONS = """\
from rasa_sdk import Action


class Answer(Action):
    def name(self):
        return "action_answer"

    def run(self, dispatcher, tracker, domain):
        intent = tracker.latest_message["intent"]["name"]
        dispatcher.utter_message(text="请到便民服务中心办理。", json_message={"kind": intent})
        return []
"""
QUIET = {
    "RASA_TELEMETRY_ENABLED": "false",
    "TF_CPP_MIN_LOG_LEVEL": "3",
    "PYTHONWARNINGS": "ignore",
    "SQLALCHEMY_SILENCE_UBER_WARNING": "1",
}


def _nlu() -> str:
    blocks = ['version: "3.1"', "nlu:"]
    for intent, examples in EXAMPLES.items():
        blocks += [f"- intent: {intent}", "  examples: |", *(f"    - {example}" for example in examples)]
    return "\n".join(blocks) + "\n"


def _rules() -> str:
    blocks = ['version: "3.1"', "rules:"]
    for intent in (*EXAMPLES, "nlu_fallback"):
        blocks += [f"- rule: {intent}", "  steps:", f"  - intent: {intent}", "  - action: action_answer"]
    return "\n".join(blocks) + "\n"


def _domain() -> str:
    intents = "\n".join(f"- {intent}" for intent in EXAMPLES)
    return f'version: "3.1"\nintents:\n{intents}\nactions:\n- action_answer\n'


def write_project(folder: Path, action_port: int) -> None:
    """Writes the bot's files."""
    store = f"tracker_store:\n  type: SQL\n  dialect: sqlite\n  db: {folder / 'conversations.db'}\n"
    files = {
        "config.yml": CONFIG,
        "domain.yml": _domain(),
        "data/nlu.yml": _nlu(),
        "data/rules.yml": _rules(),
        "credentials.yml": "rest:\n",
        "endpoints.yml": f"action_endpoint:\n  url: http://127.0.0.1:{action_port}/webhook\n{store}",
        "actions.py": ACTIONS,
    }
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, encoding="utf-8")


def _start(folder: Path, name: str, *arguments: str) -> subprocess.Popen[bytes]:
    environment = {**os.environ, **QUIET}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    with (folder / f"{name}.log").open("ab") as log:
        return subprocess.Popen(
            [sys.executable, "-m", "rasa", *arguments],
            cwd=folder,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )


def train(folder: Path) -> None:
    """Trains the bot; raises AssistantFailed with the place of the log where that fails."""
    if _start(folder, "train", "train", "--fixed-model-name", "bare").wait():
        raise AssistantFailed(f"the bare bot could not be trained; see {folder / 'train.log'}")


@contextmanager
def running_bare_bot(folder: Path) -> Iterator[tuple[str, tuple[int, ...]]]:
    """Address and process ids of the bot, made and trained in `folder`, until the block ends."""
    port, action_port = free_port(), free_port()
    write_project(folder, action_port)
    train(folder)
    actions = _start(folder, "actions", "run", "actions", "-p", str(action_port))
    server = _start(folder, "server", "run", "-i", "127.0.0.1", "-p", str(port))
    url = f"http://127.0.0.1:{port}"
    try:
        wait_until_healthy(f"http://127.0.0.1:{action_port}", actions, folder / "actions.log")
        wait_until_healthy(url, server, folder / "server.log", "/")
        yield url, (server.pid, actions.pid)
    finally:
        stop_group(server)
        stop_group(actions)
