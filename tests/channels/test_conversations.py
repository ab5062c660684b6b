"""Conversations when something fails: nothing is lost, nothing is said twice, nothing is claimed to be deleted that is not."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from rasa.core.channels.channel import UserMessage
from rasa.core.lock_store import InMemoryLockStore
from rasa.core.tracker_store import InMemoryTrackerStore
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import BotUttered, UserUttered

from bot.channels import conversations as module
from bot.channels import wording
from bot.channels.conversations import Conversations
from bot.channels.refusal import Refused
from desk.desk import Desk
from desk.handoff import Event
from desk.settings import Settings

MINE = "session-mine"
FIRST, SECOND = "00000000-0000-4000-8000-000000000001", "00000000-0000-4000-8000-000000000002"


class Dialogue:
    """Answers with an echo, as Rasa's processor does: events into the tracker store, messages to the channel."""

    def __init__(self) -> None:
        self.tracker_store = InMemoryTrackerStore(Domain.empty())
        self.lock_store = InMemoryLockStore()
        self.failing = False
        self.heard: list[str] = []

    async def __call__(self, message: UserMessage) -> None:
        tracker = await self.tracker_store.get_or_create_tracker(message.sender_id)
        said = UserUttered(message.text, message_id=message.message_id, metadata=message.metadata)
        tracker.update(said)
        self.heard.append(message.text)
        if not self.failing:
            tracker.update(BotUttered(f"听到：{message.text}", {"custom": {"schema": "reply/1"}}))
        await self.tracker_store.save(tracker)
        if self.failing:
            raise RuntimeError("the action server is gone")
        await message.output_channel.send_text_message(message.sender_id, "听到")


@pytest.fixture
def dialogue() -> Dialogue:
    return Dialogue()


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    opened = Desk.open(settings(tmp_path))
    yield opened
    opened.close()


def settings(folder: Path) -> Settings:
    return Settings.from_environment({"YILIANBAN_CONVERSATIONS": str(folder / "conversations.db")})


@pytest.fixture
def conversations(dialogue: Dialogue, desk: Desk, tmp_path: Path) -> Conversations:
    agent: Any = SimpleNamespace(tracker_store=dialogue.tracker_store, lock_store=dialogue.lock_store)
    return Conversations(agent, dialogue, lambda: desk, lambda: settings(tmp_path))


def test_a_message_without_an_answer_is_refused_and_answered_when_sent_again(
    conversations: Conversations, dialogue: Dialogue
) -> None:
    dialogue.failing = True
    with pytest.raises(Refused) as refused:
        asyncio.run(conversations.say(MINE, FIRST, "买房", {}))
    assert (refused.value.status, str(refused.value)) == (503, wording.FAILED)
    dialogue.failing = False
    told = asyncio.run(conversations.say(MINE, FIRST, "买房", {}))
    assert [entry.text for entry in told.entries] == ["买房", "听到：买房"]
    assert [entry.text for entry in asyncio.run(conversations.tell(MINE)).entries] == ["买房", "听到：买房"]


def test_what_was_answered_is_not_asked_again(conversations: Conversations, dialogue: Dialogue) -> None:
    async def twice() -> None:
        first, again = await asyncio.gather(*(conversations.say(MINE, FIRST, "买房", {}) for _ in range(2)))
        assert first == again

    asyncio.run(twice())
    asyncio.run(conversations.say(MINE, SECOND, "买房", {}))
    assert dialogue.heard == ["买房", "买房"]


def test_without_the_desk_the_rest_is_told(dialogue: Dialogue) -> None:
    def broken() -> Desk:
        raise sqlite3.OperationalError("disk I/O error")

    agent: Any = SimpleNamespace(tracker_store=dialogue.tracker_store, lock_store=dialogue.lock_store)
    conversations = Conversations(agent, dialogue, broken)
    told = asyncio.run(conversations.say(MINE, FIRST, "买房", {}))
    assert len(told.entries) == 2 and told.handoff is None
    with pytest.raises(Refused) as refused:
        asyncio.run(conversations.delete(MINE))
    assert (refused.value.status, str(refused.value)) == (503, wording.NOT_DELETED)


def test_waiting_ends_with_news_or_with_its_time(
    conversations: Conversations, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "LOOK_SECONDS", 0.01)
    number = desk.wish(MINE).id
    last = asyncio.run(conversations.tell(MINE)).last

    async def news_after(event: str, said: str = "", by: str = "") -> Any:
        loop = asyncio.get_running_loop()
        loop.call_later(0.05, lambda: desk.handoffs.apply(number, Event(event, desk.now(), by=by), said))  # type: ignore[arg-type]
        return await conversations.news(MINE, last, wait=5)

    quiet = asyncio.run(conversations.news(MINE, last, wait=0.05))
    assert (quiet.entries, quiet.last) == ((), last)
    taken = asyncio.run(news_after("take", by="甲"))
    assert taken.handoff == {"state": "taken", "place": None, "by": None} and taken.last > last
    last = taken.last
    spoken = asyncio.run(news_after("reply", "您好"))
    assert [(entry.author, entry.text) for entry in spoken.entries] == [("person", "您好")]


def test_who_waits_hears_when_the_queue_moves(
    conversations: Conversations, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "LOOK_SECONDS", 0.01)
    ahead = desk.wish("session-ahead").id
    desk.wish(MINE)
    told = asyncio.run(conversations.tell(MINE))
    assert told.handoff and told.handoff["place"] == 2

    async def moved() -> Any:
        take = Event("take", desk.now(), by="甲")
        asyncio.get_running_loop().call_later(0.05, lambda: desk.handoffs.apply(ahead, take))
        return await conversations.news(MINE, told.last, wait=5)

    news = asyncio.run(moved())
    assert news.handoff["place"] == 1
