"""Wording is data: every key used, every placeholder filled, three variants wherever there are variants."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from string import Formatter
from typing import Any

import pytest
import yaml

from actions.wording import PATH, say
from tests.actions.talk import PUBLIC_NUMBERS

MODULES = sorted(PATH.parent.glob("*.py"))
CALLED = ("say", "simple")


def leaves(node: Any, name: str = "") -> Iterator[tuple[str, list[str]]]:
    """Dotted keys with their variants."""
    if isinstance(node, dict):
        for key, inner in node.items():
            yield from leaves(inner, f"{name}.{key}".lstrip("."))
    else:
        yield name, [str(text) for text in node] if isinstance(node, list) else [str(node)]


WORDING: dict[str, Any] = yaml.safe_load(PATH.read_text(encoding="utf-8"))
LEAVES = dict(leaves(WORDING))


def placeholders(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name is not None}


def pattern(node: ast.expr) -> str | None:
    """The keys that an expression may stand for, as a pattern; None where it holds no string."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return re.escape(node.value)
    if isinstance(node, ast.JoinedStr):
        return "".join(
            re.escape(str(part.value)) if isinstance(part, ast.Constant) else r"[^.]+" for part in node.values
        )
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add):
        return f"{pattern(node.left) or '.+'}{pattern(node.right) or '[^.]+'}"
    return None


def calls(path: Path) -> Iterator[tuple[int, str, set[str]]]:
    """Line, key pattern and the names of the values of each wording call whose key stands in it."""
    for call in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if not isinstance(call, ast.Call):
            continue
        called = call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")
        if called not in CALLED or any(word.arg is None for word in call.keywords):
            continue
        key = call.args[0 if called == "say" else 1]
        for branch in (key.body, key.orelse) if isinstance(key, ast.IfExp) else (key,):
            if found := pattern(branch):
                yield call.lineno, found, {str(word.arg) for word in call.keywords}


# Strings in the code that may be keys, less those that would stand for anything.
NAMED = {
    text
    for path in MODULES
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
    if isinstance(node, ast.Constant | ast.JoinedStr | ast.BinOp) and (text := pattern(node))
    if not text.startswith((".+", "[^.]+"))
}
CALLS = [(path.name, *call) for path in MODULES for call in calls(path)]


@pytest.mark.parametrize("key", list(LEAVES))
def test_a_list_has_three_variants(key: str) -> None:
    variants = LEAVES[key]
    node: Any = WORDING
    for part in key.split("."):
        node = node[part]
    if isinstance(node, list) and variants != [""]:
        assert len(variants) >= 3
        assert len(set(variants)) == len(variants), "two variants are the same"
        assert len({frozenset(placeholders(text)) for text in variants}) == 1, (
            "variants differ in what is filled in"
        )


@pytest.mark.parametrize("key", list(LEAVES))
def test_a_key_is_used(key: str) -> None:
    assert any(re.fullmatch(text, key) for text in NAMED), "nobody says it"


@pytest.mark.parametrize(
    ("module", "line", "key", "values"),
    CALLS,
    ids=[f"{module}:{line}:{key}" for module, line, key, _ in CALLS],
)
def test_a_call_fills_all_that_its_wording_leaves_open(
    module: str, line: int, key: str, values: set[str]
) -> None:
    found = [leaf for leaf in LEAVES if re.fullmatch(key, leaf)]
    assert found, f"{module}:{line} says {key}, which wording.yml does not have"
    filled = [leaf for leaf in found if all(placeholders(text) <= values for text in LEAVES[leaf])]
    # A key that is put together stands for several wordings; which of them, the replies themselves show.
    assert filled == found or ("[^.]+" in key and filled), f"{module}:{line} leaves something open in {found}"


@pytest.mark.parametrize("key", list(LEAVES))
def test_a_wording_reads_well(key: str) -> None:
    for text in LEAVES[key]:
        assert text == text.strip() and "\n" not in text and "  " not in text
        assert not re.search(r"[A-Za-z]{2,}", re.sub(r"\{\w+\}", "", text)), "a word of English"
        assert not re.search(r"[,;:?!()]", re.sub(r"\{\w+\}", "", text)), "half-width punctuation"
        for number in re.findall(r"\d{3,}", text):
            assert number in PUBLIC_NUMBERS
        assert len(text) <= 140


def test_the_turn_chooses_and_always_the_same() -> None:
    met = {say("smalltalk.greet", turn) for turn in range(3)}
    assert len(met) == 3
    assert say("smalltalk.greet", 1) == say("smalltalk.greet", 4) == say("smalltalk.greet", 1)


def test_what_is_missing_is_an_error() -> None:
    with pytest.raises(KeyError):
        say("no.such.key")
    with pytest.raises(KeyError):
        say("aspect.place", title="二手房")
