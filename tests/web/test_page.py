"""The page's own checks, and what is promised of the built files: small, nothing inline, nothing from elsewhere."""

from __future__ import annotations

import gzip
import json
import re
import subprocess
from collections.abc import Iterable
from pathlib import Path
from threading import Event

import pytest

from bot.launcher import __main__ as launcher
from bot.launcher import page
from bot.launcher.faults import LauncherFault
from bot.launcher.node import PAGE, is_new_enough, npm_command
from bot.launcher.page import BUILT, build_page, install
from bot.launcher.settings import ROOT, Settings

# What a citizen's telephone has to load before it can chat.
MOST_BYTES = 60 * 1024


@pytest.fixture(scope="module", autouse=True)
def built(tmp_path_factory: pytest.TempPathFactory) -> None:
    """The page as the working tree has it, and the tools that check it."""
    logs = tmp_path_factory.mktemp("logs")
    build_page(logs, Event())
    install(logs, Event())


def npm(*arguments: str) -> None:
    """Runs npm in the page's folder; fails with what it said."""
    done = subprocess.run([*npm_command(), *arguments], cwd=PAGE, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout[-6000:] + done.stderr[-2000:]


def test_types_and_lint() -> None:
    npm("run", "check")


def test_units() -> None:
    npm("test")


def compressed(paths: Iterable[Path]) -> int:
    return sum(len(gzip.compress(path.read_bytes(), 6)) for path in paths)


def test_the_chat_is_small() -> None:
    files = [
        path
        for path in BUILT.rglob("*")
        if path.suffix in (".html", ".js", ".css") and path.name != "widget.js"
    ]
    assert len(files) >= 3
    assert compressed(files) <= MOST_BYTES


def test_the_widget_is_small() -> None:
    assert compressed([BUILT / "widget.js"]) <= MOST_BYTES


def test_the_page_runs_nothing_inline_and_loads_nothing_from_elsewhere() -> None:
    html = (BUILT / "index.html").read_text(encoding="utf-8")
    for address in re.findall(r'(?:src|href)="([^"]+)"', html):
        assert address.startswith("/"), address
        if address.startswith("/web/"):
            assert (BUILT / address.removeprefix("/web/")).is_file(), address
    assert not re.search(r"<script(?![^>]*\bsrc=)|<style|\bon\w+=|style=", html)
    for script in BUILT.rglob("*.js"):
        assert not re.search(r"\beval\(|new Function\(|document\.write", script.read_text(encoding="utf-8"))
    for styles in BUILT.rglob("*.css"):
        assert not re.search(r"url\((?!['\"]?(?:#|data:))|@import", styles.read_text(encoding="utf-8"))


def test_nothing_is_built_twice(tmp_path: Path) -> None:
    before = (BUILT / "index.html").stat().st_mtime_ns
    build_page(tmp_path, Event())
    assert (BUILT / "index.html").stat().st_mtime_ns == before
    assert not (tmp_path / "web.log").exists()


def test_a_build_that_fails_says_why_and_leaves_the_old_page(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(logs: Path, stop: Event, arguments: list[str], **environment: str) -> None:
        run_npm(logs, stop, ["run", "no-such-script"])

    before = (BUILT / "index.html").read_bytes()
    run_npm = page.npm
    monkeypatch.setattr(page, "npm", fail)
    monkeypatch.setattr(page, "_STAMP", tmp_path / "of-another-page")
    with pytest.raises(LauncherFault, match="no-such-script"):
        build_page(tmp_path, Event())
    assert (BUILT / "index.html").read_bytes() == before


def test_the_assistant_starts_without_a_page(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def fail(*_: object) -> None:
        raise LauncherFault("没有 Node")

    monkeypatch.setattr(launcher, "build_page", fail)
    launcher._build_page_if_possible(Settings.from_environment({}), Event())
    assert "没有 Node" in capsys.readouterr().err


def test_the_lock_names_no_registry() -> None:
    lock = json.loads((PAGE / "package-lock.json").read_text(encoding="utf-8"))
    packages = {name: package for name, package in lock["packages"].items() if name}
    assert packages and not [name for name, package in packages.items() if "resolved" in package]
    assert all("integrity" in package for package in packages.values())
    assert "registry" not in (PAGE / ".npmrc").read_text(encoding="utf-8").replace(
        "omit-lockfile-registry-resolved", ""
    )


def test_the_wording_stands_in_one_place() -> None:
    """Chinese in a component is wording that no other language can replace; comments are English anyway."""
    chinese = re.compile("[\u4e00-\u9fff]")
    found = [
        f"{path.relative_to(ROOT)}:{number}"
        for path in (PAGE / "src").rglob("*.ts*")
        if path.parent.name != "wording"
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if chinese.search(line)
    ]
    assert not found


@pytest.mark.parametrize(
    ("version", "does"),
    [("v18.20.4", False), ("v20.18.1", False), ("v20.19.0", True), ("v21.7.3", False), ("v22.11.0", False), ("v22.12.0", True), ("v24.1.0", True), ("", False)],
)  # fmt: skip
def test_which_node_can_build_the_page(version: str, does: bool) -> None:
    assert is_new_enough(version) is does


def test_without_node_on_the_machine_the_carried_one_is_used(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    node, npm_script = npm_command()
    assert Path(npm_script).is_file()
    found = subprocess.run([node, "--version"], capture_output=True, text=True, check=True).stdout
    assert is_new_enough(found)
