"""What the channel says: nothing is missing, nothing is left over, and it fits beside an answer."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import yaml

from bot.channels.wechat_wish import KINDS
from bot.launcher.settings import ROOT
from wechat.cutting import size
from wechat.troubles import CODES
from wechat.wording import PATH, say


def keys(node: Any, before: str = "") -> Iterator[str]:
    """Dotted keys of all wordings."""
    for name, value in node.items():
        yield from keys(value, f"{before}{name}.") if isinstance(value, dict) else [f"{before}{name}"]


def test_every_wording_is_used() -> None:
    files = [*(ROOT / "wechat").glob("*.py"), *(ROOT / "bot" / "channels").glob("*wechat*.py")]
    code = "\n".join(path.read_text(encoding="utf-8") for path in files)
    said = set(re.findall(r'"([a-z_]+(?:\.[a-z_]+)?)"', code))
    # These are put together: by error code, by refusal, by type of message.
    said |= {f"trouble.{code}" for code in (*CODES, "other")}
    said |= {f"delivery.{why}" for why in ("window", "quota", "gone", "failed")}
    said |= {f"kinds.{kind}" for kind in (*KINDS, "other")} | set(KINDS)
    assert set(keys(yaml.safe_load(PATH.read_text(encoding="utf-8")))) <= said


def test_a_code_of_an_operator_has_a_meaning_of_its_own() -> None:
    assert len({say(f"trouble.{code}") for code in CODES}) == len(CODES)


def test_the_channels_own_words_are_short() -> None:
    known = yaml.safe_load(PATH.read_text(encoding="utf-8"))
    assert all(size(text) < 400 for text in known.values() if isinstance(text, str))
