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
    """The tools as the lock has them, and the package built from the working tree; what npm has to be told."""
    npm("ci", "--no-audit", "--no-fund")
    environment = {"YILIANBAN_MINIPROGRAM_OUT": str(tmp_path_factory.mktemp("miniprogram"))}
    npm("run", "build", **environment)
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


def test_the_guide_builds_the_operators_own(built: dict[str, str], tmp_path: Path) -> None:
    section = GUIDE.partition("### 12.3")[2].partition("### 12.4")[0]
    commands = [line.strip() for line in section.split("\n") if line.startswith("    ")]
    assert commands[1:] == ["cd miniprogram", "npm ci", "npm run build"]
    out = tmp_path / "out"
    npm(
        "run",
        "build",
        YILIANBAN_MINIPROGRAM_OUT=str(out),
        YILIANBAN_MINIPROGRAM_APPID="wx0123456789abcdef",
        YILIANBAN_PUBLIC_URL="https://a.example",
    )
    project = json.loads((out / "project.config.json").read_text(encoding="utf-8"))
    assert project["appid"] == "wx0123456789abcdef"
    assert (out / project["miniprogramRoot"] / "app.json").is_file()
    assert '"https://a.example"' in (out / "app" / "lib" / "site.js").read_text(encoding="utf-8")


def test_the_lock_names_no_registry() -> None:
    assert '"resolved"' not in (FOLDER / "package-lock.json").read_text(encoding="utf-8")
