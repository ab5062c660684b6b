"""Many people at once get what each would get alone."""

from __future__ import annotations

import uuid
from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.assistant import Assistant

pytestmark = pytest.mark.server
SAID = ["我家宝宝刚出生", "第一个去哪办", "刚买了套二手房", "还要别的吗", "身份证丢了咋补", "收养一个孩子"]
REGIONS = ["zhoucun", "changle", "xuecheng", "weihai-city", "huancui"]


def talk(assistant: Assistant, region: str, turn: int) -> list[str]:
    """Texts of a conversation in one region that begins with another message each time."""
    sender = f"at-once-{uuid.uuid4().hex}"
    return [assistant.ask(text, region=region, sender=sender).text for text in [*SAID[turn:], *SAID[:turn]]]


def test_conversations_at_once_are_as_one_by_one(assistant: Assistant) -> None:
    talks = [(region, turn) for turn in (0, 2) for region in REGIONS]
    alone = [talk(assistant, *one) for one in talks]
    with ThreadPoolExecutor(len(talks)) as pool:
        together = list(pool.map(lambda one: talk(assistant, *one), talks))
    assert together == alone
    assert len({tuple(texts) for texts in alone}) == len(talks)
