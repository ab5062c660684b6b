"""Rasa's REST channel with limits on what comes in and a polite card when nothing comes out."""

from __future__ import annotations

from typing import Any

from rasa.core.channels.rest import RestInput as RasaRestInput
from sanic import Blueprint
from sanic.request import Request
from sanic.response import HTTPResponse, json

from bot.channels.answering import Handler, NoAnswer, collect
from bot.channels.contact import message_of, with_contact
from bot.channels.incoming import BadRequest, Incoming, read
from bot.channels.open_desk import open_desk
from bot.channels.outgoing import error_messages


class RestInput(RasaRestInput):
    """`POST /webhooks/rest/webhook`; without streaming, since every answer is complete at once."""

    def get_metadata(self, request: Request) -> dict[str, Any]:
        """The message's metadata: region, audience and other small strings, `masked` and `truncated`."""
        return dict(read(request.body).metadata)

    def blueprint(self, on_new_message: Handler) -> Blueprint:
        """The channel's two addresses."""
        routes = Blueprint("rest_channel")

        @routes.get("/")
        async def ping(_: Request) -> HTTPResponse:
            return json({"status": "ok"})

        @routes.post("/webhook")
        async def receive(request: Request) -> HTTPResponse:
            try:
                incoming = with_contact(read(request.body), message_of(request.body), open_desk)
            except BadRequest as refused:
                return json({"error": str(refused)}, status=refused.status, ensure_ascii=False)
            return json(await self.answer(on_new_message, incoming), ensure_ascii=False)

        return routes

    async def answer(self, on_new_message: Handler, incoming: Incoming) -> list[dict[str, Any]]:
        """The dialogue's messages; a card of kind error where it failed, took too long or said nothing."""
        try:
            messages = await collect(on_new_message, incoming, self.name())
        except NoAnswer as sorry:
            messages = error_messages(incoming.sender, str(sorry), incoming.text)
        return [{**found, "recipient_id": incoming.sender} for found in messages]
