"""The mini-program: types, lint, its own tests on the built package, and its pages on the real backend."""

from __future__ import annotations

import json
import os
import secrets
import subprocess
from pathlib import Path

import pytest

from bot.launcher.node import npm_command
from tests.assistant import Assistant
from tests.wechat.twin import Twin

FOLDER = Path(__file__).resolve().parents[2] / "miniprogram"
GUIDE = (FOLDER.parent / "docs" / "wechat.zh-CN.md").read_text(encoding="utf-8")
LOGINS = 30
OPERATOR = {
    "YILIANBAN_MINIPROGRAM_APPID": "wx0123456789abcdef",
    "YILIANBAN_PUBLIC_URL": "https://a.example",
}


def npm(*arguments: str, **environment: str) -> None:
    """Runs npm in the mini-program's folder; fails with what it said."""
    command = npm_command()
    path = f"{Path(command[0]).parent}{os.pathsep}{os.environ.get('PATH', '')}"
    done = subprocess.run(
        [*command, *arguments],
        cwd=FOLDER,
        env={**os.environ, "PATH": path, **environment},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout[-8000:] + done.stderr[-2000:]


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """The tools as the lock has them, and the package built as the guide says; what npm has to be told."""
    section = GUIDE.partition("### 12.3")[2].partition("### 12.4")[0]
    enter, *commands = [line.strip() for line in section.split("\n") if line.startswith("    ")][1:]
    assert enter == "cd miniprogram" and commands == ["npm ci", "npm run build"]
    environment = {"YILIANBAN_MINIPROGRAM_OUT": str(tmp_path_factory.mktemp("miniprogram"))}
    for command in commands:
        npm(*command.split()[1:], **environment, **OPERATOR)
    return environment


def test_types_and_lint(built: dict[str, str]) -> None:
    npm("run", "check", **built)


def test_pages_and_package(built: dict[str, str]) -> None:
    npm("exec", "--", "vitest", "run", **built, CI="1")


@pytest.mark.server
def test_pages_on_the_real_backend(built: dict[str, str], assistant: Assistant, wechat_twin: Twin) -> None:
    codes = [secrets.token_hex(16) for _ in range(LOGINS)]
    wechat_twin.codes.update({code: f"oPage{secrets.token_hex(8)}" for code in codes})
    backend = {"YILIANBAN_BACKEND": assistant.base_url, "YILIANBAN_CODES": ",".join(codes)}
    npm("exec", "--", "vitest", "run", "tests/backend.test.ts", **built, **backend, CI="1")


def test_the_package_is_the_operators_own(built: dict[str, str]) -> None:
    out = Path(built["YILIANBAN_MINIPROGRAM_OUT"])
    project = json.loads((out / "project.config.json").read_text(encoding="utf-8"))
    assert project["appid"] == OPERATOR["YILIANBAN_MINIPROGRAM_APPID"]
    app = out / project["miniprogramRoot"]
    assert (app / "app.json").is_file()
    assert f'"{OPERATOR["YILIANBAN_PUBLIC_URL"]}"' in (app / "lib" / "site.js").read_text(encoding="utf-8")


def test_the_lock_names_no_registry() -> None:
    assert '"resolved"' not in (FOLDER / "package-lock.json").read_text(encoding="utf-8")
