"""Customer-service messages of the mini-program, through the real stack: answered by themselves, never in the reply."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from knowledge.catalogue import Catalogue
from tests.conftest import PUBLIC
from tests.wechat.twin import Phone, Twin
from wechat.wording import say

pytestmark = pytest.mark.server
People = Callable[..., Phone]


@pytest.mark.parametrize("format", ["xml", "json"])
def test_a_question_is_answered(
    mini_phone: People, wechat_twin: Twin, catalogue: Catalogue, format: str
) -> None:
    person = mini_phone(format=format)
    assert person.do("user_enter_tempsession", SessionFrom="chain").body == "success"
    [welcome] = wechat_twin.wait_for_texts(person.openid)
    assert all(region.name in welcome for region in catalogue.regions.values())
    assert person.say("2").body == "success"
    assert person.say("我家宝宝刚出生").body == "success"
    texts = wechat_twin.wait_for_texts(person.openid, 3)
    assert "昌乐县" in texts[1] and "出生医学证明" in texts[2]


def test_a_card_of_the_mini_program_is_answered_helpfully(mini_phone: People, wechat_twin: Twin) -> None:
    person = mini_phone()
    person.send(
        "miniprogrampage", Title="链", AppId="wx", PagePath="pages/chain", ThumbUrl="", ThumbMediaId=""
    )
    assert wechat_twin.wait_for_texts(person.openid) == [say("other")]


def test_a_plain_message_is_refused(mini_phone: People) -> None:
    person = mini_phone(way="plain")
    assert person.deliver(person.message("text", Content="你好")).status == 403


def test_a_notice_comes_with_its_links(mini_phone: People, wechat_twin: Twin) -> None:
    person = mini_phone()
    person.do("user_enter_tempsession")
    for text in ("1", "刚买了套二手房", "给我一份告知单"):
        person.say(text)
    notice = wechat_twin.wait_for_texts(person.openid, 4)[3]
    assert f"{PUBLIC}/notice/zhoucun/second-hand-home\n" in notice
    assert f"{PUBLIC}/notice/zhoucun/second-hand-home.pdf" in notice
