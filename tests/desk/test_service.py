"""The service around an answer, with the real dialogue and a real desk."""

from __future__ import annotations

import asyncio
import json
import sqlite3
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import jsonschema
import pytest
from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.actions import ActionGuide
from actions.dialogue import Conversation
from actions.heard import Heard, Target
from actions.reply import Reply, to_card
from actions.responder import Responder
from actions.service import DeskService, Turn, is_unanswered
from actions.state import State
from desk.desk import Desk
from desk.errors import DeskError
from desk.handoff import Event
from desk.settings import Settings
from knowledge.catalogue import load_catalogue
from tests.assistant import SCHEMA
from tests.desk.conftest import MORNING, NIGHT, Clock, bytes_of
from tests.desk.test_rating import tap


@pytest.fixture(scope="module")
def conversation() -> Conversation:
    return Conversation(load_catalogue())


class Talk:
    """A person who talks to dialogue and service together."""

    def __init__(self, conversation: Conversation, service: DeskService, sender: str = "u") -> None:
        self.conversation, self.service, self.sender = conversation, service, sender
        self.state = State(region="zhoucun")

    def hear(self, heard: Heard, contact: str = "") -> Reply:
        turn = Turn(self.sender, heard, "rest", contact, self.state)
        reply = self.service.before(turn)
        if reply is None:
            reply, self.state = self.conversation(self.state, heard)
            reply = self.service.after(turn, reply, self.state)
        jsonschema.validate(to_card(reply, self.conversation.catalogue), SCHEMA)
        assert reply.text.strip() and reply.options
        return reply

    def say(self, text: str) -> Reply:
        return self.hear(Heard(text=text))


@pytest.fixture
def talk(conversation: Conversation, desk: Desk) -> Talk:
    return Talk(conversation, DeskService(lambda: desk))


def test_a_wish_is_queued_and_its_place_told(conversation: Conversation, desk: Desk, talk: Talk) -> None:
    Talk(conversation, talk.service, "somebody before").say("转人工")
    reply = talk.say("转人工")
    assert reply.service["handoff"] == {"state": "waiting", "place": 2, "open": True}
    assert "前面还有1位" in reply.text
    assert "现在没有工作人员" not in reply.text
    again = talk.say("转人工")
    assert again.service == reply.service
    assert desk.handoff("u").region == "zhoucun"


def test_out_of_hours_it_is_said_when_somebody_comes_and_that_a_contact_can_be_left(
    talk: Talk, clock: Clock
) -> None:
    clock.at = NIGHT
    reply = talk.say("转人工")
    assert "周一至周五 9:00-12:00、13:00-17:00" in reply.text
    assert "11月24日（周二）9:00" in reply.text
    assert "联系方式" in reply.text
    assert reply.service["handoff"]["open"] is False


def test_while_waiting_the_assistant_goes_on_answering(talk: Talk) -> None:
    talk.say("转人工")
    tapped = tap("scenario:marriage")
    assert talk.hear(tapped).kind == "chain"


def test_while_a_person_has_it_the_assistant_is_silent_and_the_person_reads(desk: Desk, talk: Talk) -> None:
    talk.say("转人工")
    number = desk.handoff("u").id
    desk.handoffs.apply(number, Event("take", MORNING, by="甲"))
    before = talk.state
    reply = talk.say("我家宝宝出生了要办什么")
    assert (reply.kind, reply.service["handoff"]["state"], reply.steps) == ("handoff", "taken", ())
    assert talk.state == before
    assert [m.text for m in desk.handoffs.messages(number)] == ["我家宝宝出生了要办什么"]
    desk.handoffs.apply(number, Event("end", MORNING, by="desk"))
    assert talk.hear(tap("scenario:marriage")).kind == "chain"


@pytest.mark.parametrize("taken", [False, True])
def test_a_citizen_can_leave(desk: Desk, talk: Talk, taken: bool) -> None:
    talk.say("转人工")
    number = desk.handoff("u").id
    if taken:
        desk.handoffs.apply(number, Event("take", MORNING, by="甲"))
    reply = talk.hear(tap("handoff:leave"))
    assert reply.service["handoff"]["state"] == "ended"
    assert desk.handoff("u").ended_by == "citizen"
    talk.say("转人工")
    assert talk.say("不用人工了").service["handoff"]["state"] == "ended"
    assert talk.say("转人工").service["handoff"]["state"] == "waiting"


def test_danger_goes_first_and_is_not_told_of_a_queue(
    conversation: Conversation, desk: Desk, talk: Talk, clock: Clock
) -> None:
    Talk(conversation, talk.service, "somebody before").say("转人工")
    reply = talk.say("我不想活了")
    assert "120" in reply.text and "110" in reply.text
    assert "位" not in reply.text and "接待时间" not in reply.text
    assert desk.handoffs.place(desk.handoff("u")) == 1
    clock.at = NIGHT
    at_night = Talk(conversation, talk.service, "at night").say("我不想活了")
    assert "不要等" in at_night.text
    desk.handoffs.apply(desk.handoff("u").id, Event("take", NIGHT, by="甲"))
    assert "120" in talk.say("我不想活了").text


def test_a_contact_that_was_kept_is_confirmed(desk: Desk, talk: Talk) -> None:
    talk.say("转人工")
    reply = talk.hear(Heard(text="联系方式：［已另存］"), contact="kept")
    assert "记下" in reply.text and reply.kind == "handoff"


def rows(settings: Settings, table: str) -> list[Any]:
    with sqlite3.connect(settings.database) as connection:
        return connection.execute(f"SELECT * FROM {table}").fetchall()


def test_a_rating_is_kept_with_its_words(talk: Talk, settings: Settings) -> None:
    talk.hear(tap("scenario:marriage"))
    assert talk.say("不满意，没说材料").kind == "feedback"
    ((_, level, words, scenario, region, _),) = rows(settings, "rating")
    assert (level, words, scenario, region) == (2, "不满意，没说材料", "marriage", "zhoucun")
    assert not rows(settings, "review")


def test_what_was_not_answered_is_kept_for_review(talk: Talk, settings: Settings) -> None:
    unclear = Heard(text="今天天气怎么样", outside=0.95, targets=(Target("birth", "scenario", 0.02),))
    assert talk.hear(unclear).kind == "out_of_scope"
    ((_, text, region, targets, ending, _),) = rows(settings, "review")
    assert (text, region, ending) == ("今天天气怎么样", "zhoucun", "out_of_scope")
    assert json.loads(targets) == [["birth", 0.02]]
    assert b"rest" not in bytes_of(settings)


def test_which_answers_are_looked_at_again() -> None:
    state, heard = State(region="zhoucun"), Heard(text="办事")
    answered = Reply("chain", "好", confidence=0.9)
    assert not is_unanswered(answered, heard, state)
    assert is_unanswered(replace(answered, confidence=0.39), heard, state)
    assert is_unanswered(Reply("clarify", "哪个"), heard, state)
    assert not is_unanswered(Reply("clarify", "哪个地区"), heard, replace(state, asking="region"))
    assert not is_unanswered(Reply("out_of_scope", "没有"), replace(heard, payload="matter:x"), state)
    assert not is_unanswered(Reply("clarify", "没字"), replace(heard, text=" "), state)


@pytest.fixture
def broken(conversation: Conversation) -> Iterator[Talk]:
    def fail() -> Desk:
        raise DeskError("cannot be opened")

    yield Talk(conversation, DeskService(fail))


def test_a_broken_store_does_not_stop_answers(broken: Talk, caplog: pytest.LogCaptureFixture) -> None:
    assert broken.hear(tap("scenario:marriage")).kind == "chain"
    assert "cannot be opened" in caplog.text


def test_a_broken_store_promises_nothing(broken: Talk) -> None:
    assert "没能登记" in broken.say("转人工").text
    urgent = broken.say("我不想活了").text
    assert "120" in urgent and "没能通知" in urgent
    assert "没存上" in broken.say("五星").text


def test_a_store_that_breaks_later(talk: Talk, desk: Desk) -> None:
    talk.say("转人工")
    desk.close()
    assert "没能登记" in talk.say("转人工").text


def test_a_store_that_comes_back_is_used_again(
    conversation: Conversation, settings: Settings, clock: Clock
) -> None:
    opened: list[Desk] = []

    def reopen() -> Desk:
        opened.append(Desk.open(settings, clock))
        return opened[-1]

    talk = Talk(conversation, DeskService(reopen))
    talk.say("转人工")
    opened[0].close()
    assert talk.say("转人工").service["handoff"]["place"] == 1
    assert len(opened) == 2


def test_the_action_gives_the_service_sender_and_channel(conversation: Conversation, desk: Desk) -> None:
    action = ActionGuide(Responder(lambda: conversation, DeskService(lambda: desk)))
    message = {"text": "转人工", "intent": {"name": "human_agent", "confidence": 1.0}, "entities": []}
    tracker = Tracker("sender-1", {"region": "zhoucun"}, message, [], False, None, {}, "action_listen")
    tracker.events = [{"event": "user", "input_channel": "rest"}]
    dispatcher = CollectingDispatcher()
    asyncio.run(action.run(dispatcher, tracker, {}))
    assert dispatcher.messages[0]["custom"]["handoff"]["state"] == "waiting"
    kept = desk.handoff("sender-1")
    assert (kept.state, kept.sender, kept.channel, kept.text) == ("waiting", "sender-1", "rest", "转人工")
