"""Builds the chat page and the widget (`web/` → `var/web/`) where their sources have changed."""

from __future__ import annotations

import shutil
import time
from collections.abc import Sequence
from pathlib import Path
from threading import Event

from bot.launcher.build import follow, one_at_a_time, say
from bot.launcher.faults import LauncherFault
from bot.launcher.fingerprint import digest
from bot.launcher.node import PAGE
from bot.launcher.processes import Child
from bot.launcher.settings import ROOT

BUILT = ROOT / "var" / "web"
_STAMP = ROOT / "var" / "web.fingerprint"
_INSTALLED = PAGE / "node_modules" / ".installed"
_LOCK = ("web/package-lock.json", "web/package.json")
_SOURCES = (
    *_LOCK,
    "web/*.ts",
    "web/index.html",
    "web/tsconfig.json",
    "web/public/**/*",
    "web/src/**/*",
    "pages/static/tokens.css",
)


def _holds(stamp: Path, fingerprint: str) -> bool:
    return stamp.exists() and stamp.read_text() == fingerprint


def npm(logs: Path, stop: Event, arguments: Sequence[str], **environment: str) -> None:
    """Runs npm in the page's folder; raises LauncherFault with its last lines where it fails."""
    child = Child.start("web", ["bot.launcher.node", *arguments], logs / "web.log", environment)
    if follow(child, stop, lambda _: None):
        raise LauncherFault(
            f"网页没有构建成（npm {' '.join(arguments)}），最后几行（全部见 {child.log.path}）：\n{child.log.tail(8)}"
        )


def install(logs: Path, stop: Event) -> None:
    """Makes web/node_modules hold what the lock says; npm's own settings say from where."""
    lock = digest(ROOT, _LOCK)
    if _holds(_INSTALLED, lock):
        return
    say("安装网页的构建工具（npm ci，第一次要联网）")
    npm(logs, stop, ["ci", "--no-audit", "--no-fund"])
    _INSTALLED.write_text(lock)


def build_page(logs: Path, stop: Event) -> None:
    """Brings var/web up to date; a page that was built before stays until the new one is whole."""
    with one_at_a_time():
        fingerprint = digest(ROOT, _SOURCES)
        if _holds(_STAMP, fingerprint) and (BUILT / "index.html").exists():
            return
        began = time.monotonic()
        install(logs, stop)
        say("构建网页")
        unfinished = BUILT.with_name("web.unfinished")
        npm(logs, stop, ["run", "build"], YILIANBAN_WEB_OUT=str(unfinished))
        _STAMP.unlink(missing_ok=True)
        shutil.rmtree(BUILT, ignore_errors=True)
        unfinished.replace(BUILT)
        _STAMP.write_text(fingerprint)
        say(f"网页已构建好，用时 {time.monotonic() - began:.0f} 秒")
