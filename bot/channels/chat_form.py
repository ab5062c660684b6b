"""The chat without JavaScript: a page with everything said so far, and a plain form."""

from __future__ import annotations

import logging
import sqlite3
import uuid
from collections.abc import Callable

from rasa.core.channels.channel import InputChannel
from sanic import Blueprint
from sanic.request import Request
from sanic.response import HTTPResponse, redirect

from bot.channels import wording
from bot.channels.answering import Handler
from bot.channels.chat import BODY_LIMIT, conversations_of
from bot.channels.conversations import Conversations, Told
from bot.channels.incoming import TEXT_LIMIT, clean
from bot.channels.page_response import elder_switch, missing, respond, shown_catalogue, visitor_of
from bot.channels.reception import Reception, open_reception
from bot.channels.refusal import Refused
from bot.channels.session import Session
from desk.errors import DeskError
from pages.address import CHAT
from pages.chat import Form, chat_page
from pages.wording import say

# Beside a secret of the session stands what somebody wrote: never compressed together, never kept.
HEADERS = {"Cache-Control": "no-store, no-transform"}
logger = logging.getLogger(__name__)


class ChatFormInput(InputChannel):
    """The plain chat at /chat; its conversation is the same as the chat page's."""

    def __init__(self, reception: Callable[[], Reception] = open_reception) -> None:
        self._reception = reception()

    @classmethod
    def name(cls) -> str:
        """Name of the channel."""
        return "chat_form"

    def url_prefix(self) -> str:
        """At the top of the site."""
        return "/"

    def blueprint(self, on_new_message: Handler) -> Blueprint:
        """The one address."""
        routes, reception = Blueprint("chat_form"), self._reception

        @routes.route(CHAT, methods=["GET", "HEAD"], name="read")
        async def read(request: Request) -> HTTPResponse:
            switched = elder_switch(request)
            if switched:
                return switched
            try:
                reception.limits.count_address(reception.address(request))
                conversations = conversations_of(request, on_new_message)
            except Refused as sorry:
                return missing(request, str(sorry), sorry.status)
            session = reception.visitor(request)
            # Another page may have asked for the words already.
            form = Form(
                "", "", request.args.get("region", ""), text=request.args.get("text", "")[:TEXT_LIMIT]
            )
            page = await self._page(request, session, conversations, form)
            return reception.keep(request, page, session)

        @routes.post(CHAT, name="write")
        async def write(request: Request) -> HTTPResponse:
            session = reception.visitor(request)
            try:
                conversations = conversations_of(request, on_new_message)
            except Refused as sorry:
                return missing(request, str(sorry), sorry.status)
            try:
                return await self._write(request, session, conversations)
            except Refused as sorry:
                form = Form("", "", text=request.form.get("text", ""), problem=str(sorry))
                page = await self._page(request, session, conversations, form, sorry.status)
                return reception.keep(request, page, session)

        return routes

    async def _write(self, request: Request, session: Session, conversations: Conversations) -> HTTPResponse:
        """Says what was typed or tapped, or deletes; leads back to the page, so that reloading sends nothing again."""
        reception, form = self._reception, request.form
        reception.limits.count_address(reception.address(request))
        if len(request.body) > BODY_LIMIT:
            raise Refused(413, wording.CHAT_BODY_TOO_LARGE)
        if not reception.sessions.is_form_token(session, form.get("token", "")):
            raise Refused(403, say("chat.stale"))
        if form.get("delete"):
            await conversations.delete(session.conversation)
            return reception.keep(request, redirect(CHAT, status=303), reception.sessions.new("cookie"))
        text = form.get("payload") or form.get("text", "")
        if not clean(text):
            raise Refused(400, wording.TEXT_NEEDED)
        reception.limits.count_session(session.conversation)
        given = {name: form.get(name) for name in ("region", "audience") if form.get(name)}
        # The same form sent twice is one message; the same page with other words is another.
        message_id = str(uuid.uuid5(uuid.NAMESPACE_OID, f"{form.get('message', '')}\0{text}"))
        try:
            await conversations.say(session.conversation, message_id, text, given)
        except (DeskError, sqlite3.Error, OSError):
            logger.exception("a message of conversation %s failed", session.conversation)
            raise Refused(503, wording.FAILED) from None
        return reception.keep(request, redirect(f"{CHAT}#last", status=303), session)

    async def _page(
        self, request: Request, session: Session, conversations: Conversations, form: Form, status: int = 200
    ) -> HTTPResponse:
        told: Told = await conversations.tell(session.conversation)
        form = Form(
            token=self._reception.sessions.form_token(session),
            message=uuid.uuid4().hex,
            region=form.region or told.region or visitor_of(request).region,
            audience=told.audience or "",
            text=form.text,
            problem=form.problem,
        )
        entries = [entry.as_json() for entry in told.entries]
        return respond(request, chat_page(shown_catalogue(), entries, form, told.handoff, status), HEADERS)
