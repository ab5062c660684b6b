"""The operator's guide is enough: its settings and its commands, as they are printed, against the twin."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
from pathlib import Path

import pytest

from bot.launcher.settings import ROOT
from tests.wechat.twin import AES_KEY, MINIPROGRAM, OFFICIAL, SECRET, TOKEN, Twin
from wechat.settings import FIELDS, PREFIXES

GUIDE = (ROOT / "docs" / "wechat.zh-CN.md").read_text(encoding="utf-8")
COMMAND = re.compile(r"(?:^ {4,}|`)(\.venv/bin/python -m wechat [^`\n]+)", re.MULTILINE)
SETTING = re.compile(r"^ {4}(YILIANBAN_\w+)=(.+)$", re.MULTILINE)
# What an operator has in hand, by the words that the guide has for it.
IN_HAND = {
    "https://域名": "https://a.example",
    "公众号的AppID": OFFICIAL,
    "公众号的AppSecret": SECRET,
    "第3步的Token": TOKEN,
    "第3步的EncodingAESKey": AES_KEY,
    "小程序的AppID": MINIPROGRAM,
    "小程序的AppSecret": SECRET,
    "消息推送的Token": TOKEN,
    "消息推送的EncodingAESKey": AES_KEY,
}


@pytest.fixture
def file(tmp_path: Path, twin: Twin) -> Path:
    """wechat.env, with every line that the guide prints filled in."""
    lines = [f"{name}={IN_HAND[value]}" for name, value in SETTING.findall(GUIDE)]
    path = tmp_path / "wechat.env"
    path.write_text("\n".join([*lines, f"YILIANBAN_WECHAT_API={twin.base}", ""]), encoding="utf-8")
    return path


def run(command: str, file: Path) -> str:
    given = {name: value for name, value in os.environ.items() if not name.startswith("YILIANBAN_")}
    given["YILIANBAN_WECHAT_STORE"] = str(file.with_name("wechat.db"))
    script = f"set -a; . {shlex.quote(str(file))}; set +a; {command}"
    done = subprocess.run(
        ["bash", "-c", script], check=False, cwd=ROOT, env=given, capture_output=True, text=True, timeout=60
    )
    assert done.returncode == 0, f"{command}\n{done.stdout}{done.stderr}"
    return done.stdout


def test_every_command_of_the_guide_works_as_it_is_printed(file: Path, twin: Twin) -> None:
    commands = list(dict.fromkeys(COMMAND.findall(GUIDE)))
    order = sorted(commands, key=lambda command: "delete" in command)
    assert len(order) == 5
    said = {command.split("-m wechat ")[1]: run(command, file) for command in order}
    assert OFFICIAL in said["check"] and MINIPROGRAM in said["check"]
    assert "常办的事" in said["menu upload"] and "https://a.example/" in said["menu show"]
    assert "showqrcode" in said["qr zhoucun/second-hand-home"]
    assert twin.calls["/cgi-bin/menu/create"] == 1 and twin.menu is None
    assert twin.calls["/cgi-bin/stable_token"] == 2


def test_every_setting_is_in_the_guide_and_no_other() -> None:
    read = {f"{prefix}_{field}" for prefix in PREFIXES.values() for field in FIELDS}
    read |= {"YILIANBAN_WECHAT_API", "YILIANBAN_WECHAT_STORE", "YILIANBAN_PUBLIC_URL"}
    table = GUIDE.partition("## 10.")[2].partition("## 11.")[0]
    named = set()
    for row in table.split("\n"):
        cells = re.findall(r"`(\w+)`", row.split("|")[1]) if row.count("|") > 2 else []
        prefix = next((cell.rpartition("_")[0] for cell in cells if cell.startswith("YILIANBAN_")), "")
        named |= {cell if cell.startswith("YILIANBAN_") else prefix + cell for cell in cells}
    assert named == read


def test_the_token_of_the_guide_is_one_that_wechat_takes(file: Path) -> None:
    command = next(line.strip() for line in GUIDE.split("\n") if "secrets.token_hex" in line)
    assert re.fullmatch(r"[A-Za-z0-9]{3,32}", run(command, file).strip())
