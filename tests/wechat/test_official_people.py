"""A person at the desk and a citizen on WeChat, through the real stack: both ways, and when WeChat does not let us."""

from __future__ import annotations

import secrets
import time
from collections.abc import Callable
from typing import Any

import pytest
import requests

from knowledge.catalogue import Catalogue
from tests.assistant import DESK_TOKEN, Assistant
from tests.wechat.conftest import choose_region
from tests.wechat.twin import Phone, Twin
from wechat.wording import say

pytestmark = pytest.mark.server
People = Callable[..., Phone]


def desk(assistant: Assistant, method: str, path: str, **body: str) -> Any:
    answer = requests.request(
        method,
        f"{assistant.base_url}/api/handoff{path}",
        json=body or None,
        headers={"Authorization": f"Bearer {DESK_TOKEN}"},
        timeout=20,
    )
    assert answer.status_code == 200, answer.text
    return answer.json()


def taken(assistant: Assistant, person: Phone) -> str:
    """The person's hand-off, taken by somebody; its path."""
    mark = f"转人工，{secrets.token_hex(3)}"
    assert "12345" in person.say(mark).text
    found = [h for h in desk(assistant, "GET", "")["handoffs"] if h["text"] == mark]
    assert len(found) == 1 and found[0]["channel"] == "wechat-official"
    path = f"/{found[0]['id']}"
    desk(assistant, "POST", f"{path}/take", by="甲")
    return path


def test_a_person_talks_both_ways(
    assistant: Assistant, phone: People, catalogue: Catalogue, wechat_twin: Twin
) -> None:
    person = phone()
    choose_region(person, catalogue, "zhoucun")
    path = taken(assistant, person)
    silent = person.say("1")
    assert "工作人员" in silent.text and say("reply_number") not in silent.text
    heard = desk(assistant, "GET", path)["messages"]
    assert [m["text"] for m in heard] == ["1"]
    said = desk(assistant, "POST", f"{path}/reply", text="您好，请说")
    assert said["delivery"] == {"sent": True, "told": say("delivery.sent")}
    assert wechat_twin.texts_to(person.openid) == [say("person", text="您好，请说")]
    ended = desk(assistant, "POST", f"{path}/end")
    assert ended["delivery"]["sent"]
    assert wechat_twin.texts_to(person.openid)[-1] == say("person_left")
    assert "出生医学证明" in person.say("我家宝宝刚出生").text


def test_the_clerk_learns_of_what_does_not_get_through(assistant: Assistant, phone: People) -> None:
    person = phone()
    path = taken(assistant, person)
    assert person.send("image", PicUrl="http://mmbiz.example/1", MediaId="m").text == say("image")
    person.send("file", Title="t")
    heard = [message["text"] for message in desk(assistant, "GET", path)["messages"]]
    assert heard == [say("sent", what=say(f"kinds.{kind}")) for kind in ("image", "other")]


def test_who_leaves_the_account_leaves_the_queue(assistant: Assistant, phone: People) -> None:
    person = phone()
    path = taken(assistant, person)
    person.do("unsubscribe")
    assert desk(assistant, "GET", path)["state"] == "ended"


def test_a_long_word_of_a_person_arrives_whole(
    assistant: Assistant, phone: People, wechat_twin: Twin
) -> None:
    person = phone()
    path = taken(assistant, person)
    text = "".join(f"第{n}句，带上原件和复印件。" for n in range(140))
    desk(assistant, "POST", f"{path}/reply", text=text)
    texts = wechat_twin.texts_to(person.openid)
    assert len(texts) > 1 and "".join(texts) == say("person", text=text)


@pytest.mark.parametrize(
    ("leave", "why"),
    [((-1.0, 5), "delivery.window"), ((3600.0, 0), "delivery.quota")],
)
def test_who_cannot_be_reached_is_told_to_the_clerk_and_reads_it_later(
    assistant: Assistant,
    phone: People,
    wechat_twin: Twin,
    leave: tuple[float, int],
    why: str,
) -> None:
    person = phone()
    path = taken(assistant, person)
    wechat_twin.leave[person.openid] = (time.time() + leave[0], leave[1])
    said = desk(assistant, "POST", f"{path}/reply", text="材料齐了吗")
    assert said["delivery"] == {"sent": False, "told": say("delivery.waiting", why=say(why))}
    later = person.say("在吗")
    assert say("person", text="材料齐了吗") in later.text


def test_the_way_out_of_a_talk_with_a_person_is_said_and_works(assistant: Assistant, phone: People) -> None:
    person = phone()
    taken(assistant, person)
    shown = person.say("在吗").text
    label = shown.partition(say("leave_person", label="|").partition("|")[0])[2].partition("”")[0]
    assert label
    assert "结束" in person.say(label).text


def test_a_contact_goes_to_the_desk_only(assistant: Assistant, phone: People) -> None:
    person = phone()
    person.say("转人工")
    assert "记下" in person.say("联系方式：13700137000").text
    assert "13700137000" not in assistant.logged()
