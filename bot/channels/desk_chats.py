"""The desk's conversations at /desk/chats: the inbox, live by server-sent events, and what a clerk does in it."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable
from dataclasses import asdict
from typing import Any, Literal

from rasa.core.channels.channel import InputChannel
from sanic import Blueprint
from sanic.request import Request
from sanic.response import HTTPResponse

from bot.channels.answering import Handler
from bot.channels.chat import check_type
from bot.channels.courier import Courier, Delivery
from bot.channels.desk_room import HEADERS, for_clerks, open_sessions
from bot.channels.desk_session import Clerk, DeskSessions
from bot.channels.desk_views import conversation, inbox
from bot.channels.handoff import TEXT_LIMIT, answer, text_of
from bot.channels.history import Entry, entries
from bot.channels.open_desk import open_desk
from bot.channels.page_response import shown_catalogue
from bot.channels.wechat_courier import WechatCourier
from desk.desk import Desk
from desk.handoff import Event, Handoff

LOOK_SECONDS = 0.5
# Proxies and browsers give up on a line that is silent for longer.
BEAT_SECONDS = 15.0
Does = Literal["take", "reply", "release", "end"]


class DeskChatsInput(InputChannel):
    """Not a channel for messages: what clerks do with conversations, registered through credentials.yml."""

    def __init__(
        self,
        sessions: Callable[[], DeskSessions] = open_sessions,
        desk: Callable[[], Desk] = open_desk,
        courier: Courier | None = None,
    ) -> None:
        self._sessions, self._desk = sessions(), desk
        self._courier = courier or WechatCourier()

    @classmethod
    def name(cls) -> str:
        """Name of the channel."""
        return "desk_chats"

    def url_prefix(self) -> str:
        """Absolute, so that it stands outside /webhooks/."""
        return "/desk/chats"

    def blueprint(self, on_new_message: Handler) -> Blueprint:
        """The addresses."""
        routes, guard = Blueprint("desk_chats"), for_clerks(self._sessions)

        @routes.get("/", name="inbox", strict_slashes=False)
        @guard
        async def all_of_them(_: Request, clerk: Clerk) -> HTTPResponse:
            return answer(inbox(self._desk(), shown_catalogue(), clerk))

        @routes.get("/events", name="events")
        @guard
        async def events(request: Request, clerk: Clerk) -> None:
            await self._tell(request, clerk)

        @routes.get("/<number:int>", name="one")
        @guard
        async def one(request: Request, clerk: Clerk, number: int) -> HTTPResponse:
            return answer(await self._conversation(request, clerk, number))

        self._changes(routes, guard)
        return routes

    def _changes(self, routes: Blueprint, guard: Callable[[Any], Any]) -> None:
        def change(name: Does) -> None:
            @guard
            async def run(request: Request, clerk: Clerk, number: int) -> HTTPResponse:
                check_type(request)
                said = text_of(request.body, "text", TEXT_LIMIT) if name == "reply" else ""
                before = self._desk().handoffs.by_id(number)
                self._move(clerk, number, name, said)
                delivery = await self._bring(before, name, said)
                shown = await self._conversation(request, clerk, number)
                return answer({**shown, "delivery": asdict(delivery)} if delivery else shown)

            routes.add_route(run, f"/<number:int>/{name}", methods=["POST"], name=name)

        for name in ("take", "reply", "release", "end"):
            change(name)

    async def _bring(self, before: Handoff, name: Does, said: str) -> Delivery | None:
        """What was said, or that the person has left, brought to a citizen who has to be sent to; None for everybody else."""
        if name == "reply":
            return await self._courier.bring(before.channel, before.sender, said)
        if name == "end" and before.state == "taken":
            return await self._courier.bring_end(before.channel, before.sender)
        return None

    def _move(self, clerk: Clerk, number: int, name: Does, said: str) -> Handoff:
        """One step of the hand-off by this clerk; raises NotPossible where another one has it."""
        desk = self._desk()
        owner = "" if name == "take" else clerk.name
        event = Event(name, desk.now(), by=clerk.name, clerk=owner, display=clerk.display)
        return desk.handoffs.apply(number, event, said)

    async def _conversation(self, request: Request, clerk: Clerk, number: int) -> dict[str, Any]:
        desk = self._desk()
        handoff = desk.handoffs.by_id(number)
        events = await self._events(request, handoff)
        said = desk.handoffs.said(handoff.conversation, "person") if events else []
        found: list[Entry] = entries(events, said)
        return conversation(desk, shown_catalogue(), clerk, handoff, found, events)

    async def _events(self, request: Request, handoff: Handoff) -> list[dict[str, Any]]:
        """The tracker's events; none once the hand-off has ended, because then nobody knows whose it was."""
        agent = getattr(request.app.ctx, "agent", None)
        if agent is None or not handoff.sender:
            return []
        tracker = await agent.tracker_store.retrieve_full_tracker(handoff.sender)
        return [event.as_dict() for event in tracker.events] if tracker else []

    async def _tell(self, request: Request, clerk: Clerk) -> None:
        """Sends the inbox whenever it has changed, until the browser leaves or the sign-in is over."""
        desk, clock = self._desk(), asyncio.get_running_loop().time
        stream = await request.respond(content_type="text/event-stream; charset=utf-8", headers=HEADERS)
        moved: tuple[int, int] | None = None
        told, beat = "", clock()
        while True:
            if moved != desk.moved:
                moved = desk.moved
                now = json.dumps(inbox(desk, shown_catalogue(), clerk), ensure_ascii=False)
                if now != told:
                    told = now
                    await stream.send(f"event: inbox\ndata: {told}\n\n")
            if clock() - beat >= BEAT_SECONDS:
                beat = clock()
                if self._sessions.clerk(request) is None:
                    await stream.send("event: over\ndata: {}\n\n")
                    break
                desk.release_absent()
                await stream.send(": here\n\n")
            await asyncio.sleep(LOOK_SECONDS)
        await stream.eof()
