"""Brings index and model up to date with the working tree. A model is only ever served under its own fingerprint."""

from __future__ import annotations

import fcntl
import re
import shutil
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from threading import Event

from bot.launcher.examples import write_examples
from bot.launcher.faults import LauncherFault
from bot.launcher.fingerprint import Fingerprint
from bot.launcher.processes import Child
from bot.launcher.settings import ROOT

INDEX = ROOT / "var" / "index"
MODELS = ROOT / "var" / "models"
KEPT_MODELS = 3
PROGRESS_SECONDS = 5
_EPOCHS = re.compile(r"Epochs: +\d+%\|[^|]*\| *(\d+)/(\d+) \[([\d:]+)<([\d:?]+)")
_CHINESE = re.compile("[\u4e00-\u9fff]")
_COUNT = re.compile(r"(\d+)/(\d+)$")
_TRAINING_STEP = re.compile(r"Starting to train component '(\w+)'")
_NEVER = Event()


class Stopped(Exception):
    """A person stopped the launcher while it was building."""


def say(text: str) -> None:
    """Prints one line of progress."""
    print(f"[启动] {text}", flush=True)


def complain(text: str) -> None:
    """Prints one problem."""
    print(f"[启动] {text}", file=sys.stderr, flush=True)


@contextmanager
def one_at_a_time() -> Iterator[None]:
    """Lets a second build wait for the first."""
    (ROOT / "var").mkdir(exist_ok=True)
    with (ROOT / "var" / "build.lock").open("w") as turn:
        try:
            fcntl.flock(turn, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            say("另一个进程正在构建，等它完成")
            fcntl.flock(turn, fcntl.LOCK_EX)
        yield


def follow(child: Child, stop: Event, tell: Callable[[list[str]], None]) -> int:
    """Waits for a child while `tell` gets its new lines; raises Stopped when `stop` is set."""
    while (status := child.status()) is None:
        tell(child.log.new_lines())
        if stop.wait(0.2):
            child.stop(2)
            raise Stopped
    tell(child.log.new_lines())
    return status


class _IndexProgress:
    """Passes the index builder's lines on; counts only every few seconds and at the last."""

    def __init__(self) -> None:
        self._next = 0.0

    def __call__(self, lines: Sequence[str]) -> None:
        for line in filter(_CHINESE.search, lines):  # what libraries say stays in the log
            count = _COUNT.search(line)
            if not count or count[1] == count[2] or time.monotonic() >= self._next:
                print(f"[索引] {line.strip()}", flush=True)
                self._next = time.monotonic() + PROGRESS_SECONDS


def build_index(logs: Path, stop: Event = _NEVER, force: bool = False) -> None:
    """Builds whatever of the index is not up to date; raises LauncherFault with the catalogue's own message."""
    if force:
        shutil.rmtree(INDEX, ignore_errors=True)
    child = Child.start("index", ["index", "build"], logs / "index.log")
    status = follow(child, stop, _IndexProgress())
    if status:
        raise LauncherFault(f"索引没有建成，最后几行（全部见 {child.log.path}）：\n{child.log.tail(6)}")


class _Progress:
    """Turns the training log into a few readable lines."""

    def __init__(self) -> None:
        self._next = 0.0
        self._told = ""

    def __call__(self, lines: Sequence[str]) -> None:
        for line in lines:
            if step := _TRAINING_STEP.search(line):
                say(f"训练 {step[1]}")
            if epoch := _EPOCHS.search(line):
                self._epoch(*epoch.groups())

    def _epoch(self, done: str, of: str, used: str, left: str) -> None:
        """Told every few seconds, and at the last."""
        if done not in ("0", self._told) and (time.monotonic() >= self._next or done == of):
            self._next, self._told = time.monotonic() + PROGRESS_SECONDS, done
            say(f"训练第 {done}/{of} 轮，已用 {used}，还需 {left}")


def train(target: Path, logs: Path, stop: Event = _NEVER, force: bool = False) -> None:
    """Trains a model into `target`; raises LauncherFault when Rasa refuses the data."""
    scratch = target.parent / "unfinished"
    shutil.rmtree(scratch, ignore_errors=True)
    log = logs / "train.log"
    command = ["bot.launcher.train", str(scratch), target.name, *(["--force"] if force else [])]
    child = Child.start("train", command, log)
    if follow(child, stop, _Progress()):
        print(child.log.tail(), file=sys.stderr)
        raise LauncherFault(f"模型没有训练成，上面是最后几行，全部见 {log}")
    (scratch / target.name).replace(target)
    shutil.rmtree(scratch, ignore_errors=True)


def _tidy(current: Path) -> None:
    """Removes old models."""
    models = sorted(MODELS.glob("yilianban-*.tar.gz"), key=lambda path: path.stat().st_mtime)
    for old in [path for path in models if path != current][: -(KEPT_MODELS - 1)]:
        old.unlink()


def build(
    logs: Path, stop: Event = _NEVER, tell: Callable[[str], None] = lambda _: None, force: bool = False
) -> Path:
    """Index and model of the working tree as it is now; returns the model's path."""
    with one_at_a_time():
        tell("正在准备索引")
        build_index(logs, stop, force)
        write_examples()
        model = MODELS / Fingerprint.of().model_name
        if force or not model.exists():
            tell("正在训练模型")
            say("训练模型（数据或代码有变化；没变的部分不重训，第一次要几分钟）")
            began = time.monotonic()
            MODELS.mkdir(parents=True, exist_ok=True)
            train(model, logs, stop, force)
            say(f"模型已训练好，用时 {time.monotonic() - began:.0f} 秒")
        _tidy(model)
        return model
