"""Who may import whom (docs: DESIGN, section 2): the arrows hold, and `actions/` stays flat."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
CHANNELS = {"bot", "actions", "wechat", "web", "miniprogram", "evaluation", "tests", "deploy"}
FORBIDDEN = {
    "knowledge": {"rasa", "rasa_sdk", "index", "notice", "pages", "lookup", *CHANNELS},
    "notice": {"rasa", "rasa_sdk", "index", "desk", "pages", "lookup", *CHANNELS},
    "lookup": {"rasa", "rasa_sdk", "desk", "pages", *CHANNELS},
    "pages": {"rasa", "rasa_sdk", "index", "desk", *CHANNELS},
    "index": {"rasa", "rasa_sdk", "notice", "pages", "lookup", *CHANNELS},
    "wechat": {
        *("rasa", "rasa_sdk", "index", "knowledge", "lookup", "notice", "pages", "desk"),
        *(CHANNELS - {"wechat"}),
    },
    "storage": {"rasa", "rasa_sdk", "index", "knowledge", "lookup", "notice", "pages", "desk", *CHANNELS},
    "desk": {"rasa", "rasa_sdk", "index", "knowledge", "notice", "pages", "lookup", *CHANNELS},
    "actions": {"rasa", "bot", "pages", "lookup", "wechat", "web", "evaluation", "tests"},
    "bot": {"rasa_sdk", "web", "evaluation", "tests"},
}


def imported(path: Path) -> Iterator[str]:
    """Top-level packages that a module imports, at any depth of its code."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"), filename=str(path))):
        if isinstance(node, ast.Import):
            yield from (alias.name.split(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield path.relative_to(ROOT).parts[0] if node.level else str(node.module).split(".")[0]


def modules(path: Path) -> Iterator[str]:
    """Modules that a module imports, with their full names."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"), filename=str(path))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


@pytest.mark.parametrize("package", sorted(FORBIDDEN))
def test_arrows_point_one_way(package: str) -> None:
    wrong = [
        f"{path.relative_to(ROOT)} imports {name}"
        for path in sorted((ROOT / package).rglob("*.py"))
        for name in imported(path)
        if name in FORBIDDEN[package]
    ]
    assert not wrong


def test_each_package_has_modules_to_look_at() -> None:
    assert all(list((ROOT / package).rglob("*.py")) for package in FORBIDDEN)


def test_only_the_adapter_knows_rasa_sdk_and_bot_only_what_is_free_of_it() -> None:
    """What answers is one: bot runs it in the Rasa process, actions/actions.py on an action server."""
    adapters = {path.name for path in (ROOT / "actions").glob("*.py") if "rasa_sdk" in imported(path)}
    assert adapters == {"actions.py"}
    of_actions = {
        name for path in (ROOT / "bot").rglob("*.py") for name in modules(path) if name.startswith("actions")
    }
    # What answers, and the card that it draws.
    assert {name.rpartition(".")[0] for name in of_actions} == {"actions.responder", "actions.reply"}


def test_actions_is_flat() -> None:
    """rasa-sdk imports sub-packages of the action package by bare name: one would stop the action server."""
    folders = [p.name for p in (ROOT / "actions").iterdir() if p.is_dir() and p.name != "__pycache__"]
    assert not folders


def test_knowledge_needs_nothing_but_python() -> None:
    import sys

    names = {name for path in (ROOT / "knowledge").rglob("*.py") for name in imported(path)}
    assert names <= set(sys.stdlib_module_names) | {"knowledge"}
