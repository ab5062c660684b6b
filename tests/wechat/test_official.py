"""The official account through the real stack: what people send, and what they read."""

from __future__ import annotations

import secrets
from collections.abc import Callable

import pytest

from knowledge.catalogue import Catalogue
from tests.assistant import Assistant
from tests.conftest import PUBLIC
from tests.wechat.conftest import choose_region
from tests.wechat.twin import Phone
from wechat.cutting import STEP
from wechat.wording import say

pytestmark = pytest.mark.server
People = Callable[..., Phone]


def steps(text: str) -> list[str]:
    """The numbered lines of a text."""
    return [line for line in text.split("\n") if STEP.match(line)]


@pytest.mark.parametrize("way", ["plain", "compatible", "safe"])
@pytest.mark.parametrize("format", ["xml", "json"])
def test_every_way_and_format_is_answered_in_kind(
    phone: People, catalogue: Catalogue, way: str, format: str
) -> None:
    person = phone(way=way, format=format)
    choose_region(person, catalogue, "changle")
    reply = person.say("我家宝宝刚出生")
    assert reply.fields["MsgType"] == "text"
    assert (reply.fields["ToUserName"], reply.fields["FromUserName"]) == (person.openid, "gh_0fficia1")
    assert "出生医学证明" in reply.text
    assert reply.body.startswith("{" if format == "json" else "<xml>")
    assert ("Encrypt" in reply.body) == (way != "plain")


@pytest.mark.parametrize(
    ("region", "question"),
    [
        ("zhoucun", "我家宝宝刚出生"),
        ("zhoucun", "刚买了套二手房"),
        ("changle", "想给孩子办助学"),
        ("changle", "老人去世了要办什么"),
        ("xuecheng", "想开个饭店"),
        ("xuecheng", "我失业了"),
        ("weihai-city", "我们要结婚了"),
        ("weihai-city", "买了辆新车"),
        ("huancui", "公司要注销"),
        ("huancui", "孩子该上学了"),
    ],
)
def test_the_same_question_gets_the_same_chain(
    assistant: Assistant, phone: People, catalogue: Catalogue, region: str, question: str
) -> None:
    person = phone()
    choose_region(person, catalogue, region)
    over_rest = assistant.ask(question, region=region)
    expected = steps(over_rest.text)
    shown = [person.say(question).text]
    while say("more_here")[:6] in shown[-1]:
        shown.append(person.say(say("next_word")).text)
    assert steps("\n".join(shown)) == expected
    assert len(expected) == len(over_rest.card["steps"]) > 1


def test_who_follows_is_welcomed_and_chooses_a_region(phone: People, catalogue: Catalogue) -> None:
    person = phone()
    welcome = person.do("subscribe")
    for number, region in enumerate(catalogue.regions.values(), 1):
        assert f"{number} {region.name}" in welcome.text
    chosen = person.say("3")
    assert catalogue.regions["xuecheng"].short in chosen.text
    answer = person.say("我失业了")
    assert catalogue.regions["xuecheng"].short in answer.text or "薛城" in answer.text


def test_who_leaves_is_forgotten_and_begins_anew(phone: People, catalogue: Catalogue) -> None:
    person = phone()
    choose_region(person, catalogue, "zhoucun")
    person.say("刚买了套二手房")
    source = "来源："
    assert source in person.say("第三步去哪办").text
    assert person.do("unsubscribe").body == "success"
    assert source not in person.say("第三步去哪办").text


@pytest.mark.parametrize("scan", ["scan", "subscribe"])
def test_a_code_at_a_window_sets_region_and_scenario(phone: People, scan: str) -> None:
    key = "huancui/birth"
    person = phone()
    reply = person.do("SCAN", key) if scan == "scan" else person.do("subscribe", f"qrscene_{key}", Ticket="t")
    assert "环翠区" in reply.text and "出生医学证明" in reply.text
    assert reply.text.startswith(say("welcome_line")) == (scan == "subscribe")


def test_a_code_that_is_scanned_again_counts_again(phone: People) -> None:
    person = phone()
    person.do("SCAN", "huancui/birth")
    person.say("昌乐县")
    assert "环翠区" in person.do("SCAN", "huancui/birth").text


def test_a_code_with_a_region_only_sets_it(phone: People) -> None:
    person = phone()
    assert "昌乐县" in person.do("SCAN", "changle").text
    assert "昌乐县" in person.say("我家宝宝刚出生").text


@pytest.mark.parametrize("key", ["nowhere", "zhoucun/nothing", "", "../..", "100086"])
def test_a_code_that_is_not_ours_asks_for_the_region(phone: People, key: str) -> None:
    assert say("regions") in phone().do("SCAN", key).text


def test_a_tapped_menu_is_answered(phone: People, catalogue: Catalogue) -> None:
    person = phone()
    assert "1 " in person.do("CLICK", "regions").text
    person.say("1")
    assert "出生医学证明" in person.do("CLICK", "scenario:birth").text
    assert person.do("CLICK", "say:你能做什么").text
    assert person.do("VIEW", "https://yilianban.example/").body == "success"


def test_voice_is_read_where_wechat_recognised_it(phone: People, catalogue: Catalogue) -> None:
    person = phone()
    choose_region(person, catalogue, "changle")
    known = person.send("voice", MediaId="m", Format="amr", Recognition="我家宝宝刚出生。")
    assert "出生医学证明" in known.text
    assert person.send("voice", MediaId="m", Format="amr").text == say("voice")


@pytest.mark.parametrize(
    ("kind", "more", "wording"),
    [
        ("image", {"PicUrl": "http://mmbiz.example/1", "MediaId": "m"}, "image"),
        ("video", {"MediaId": "m", "ThumbMediaId": "t"}, "video"),
        ("shortvideo", {"MediaId": "m", "ThumbMediaId": "t"}, "video"),
        ("link", {"Title": "t", "Description": "d", "Url": "http://a.example"}, "link"),
        ("file", {"Title": "t"}, "other"),
    ],
)
def test_what_cannot_be_read_gets_a_helpful_answer(
    phone: People, kind: str, more: dict[str, str], wording: str
) -> None:
    assert phone().send(kind, **more).text == say(wording)


def test_a_place_tells_the_region(phone: People) -> None:
    person = phone()
    here = {"Location_X": "36.8", "Location_Y": "117.8", "Scale": "15"}
    assert "周村区" in person.send("location", Label="山东省淄博市周村区某路1号", **here).text
    assert say("location") in person.send("location", Label="北京市", **here).text


def test_an_event_of_another_sort_wants_no_answer(phone: People) -> None:
    assert phone().do("TEMPLATESENDJOBFINISH").body == "success"


def test_an_empty_message_is_answered(phone: People) -> None:
    assert phone().say("").text


def test_a_notice_comes_as_a_news_card(phone: People, catalogue: Catalogue) -> None:
    person = phone()
    choose_region(person, catalogue, "zhoucun")
    person.say("刚买了套二手房")
    card = person.say("给我一份告知单")
    assert card.fields["MsgType"] == "news"
    article = card.fields["Articles"]["item"]
    assert article["Url"].startswith(f"{PUBLIC}/notice/zhoucun/second-hand-home")
    assert "二手房" in article["Title"]


def test_the_number_of_an_option_answers_its_question(
    assistant: Assistant, phone: People, catalogue: Catalogue
) -> None:
    person = phone()
    choose_region(person, catalogue, "zhoucun")
    asked = person.say("刚买了套二手房")
    numbers = [line for line in asked.text.partition(say("reply_number"))[2].split("\n") if line]
    assert numbers, asked.text
    number, _, label = numbers[0].partition(" ")
    answered = person.say(number)
    sender = f"numbers-{secrets.token_hex(4)}"
    first = assistant.ask("刚买了套二手房", region="zhoucun", sender=sender)
    option = next(o for o in first.card["options"] if o["label"] == label)
    tapped = assistant.ask(option["payload"], sender=sender)
    assert tapped.text.split("\n")[1:3] == answered.text.split("\n")[1:3]


def test_the_number_of_a_step_is_about_that_step(phone: People, catalogue: Catalogue) -> None:
    person = phone()
    choose_region(person, catalogue, "changle")
    chain = person.say("我家宝宝刚出生").text
    third = next(line for line in chain.split("\n") if line.startswith("3. "))
    assert third[3:].partition("：")[0] in person.say("３").text


def test_personal_numbers_are_masked_here_too(assistant: Assistant, phone: People) -> None:
    reply = phone().say("我的手机号是13912345678，帮我查一下公积金")
    assert "手机号" in reply.text or "电话" in reply.text
    assert "13912345678" not in assistant.logged()
