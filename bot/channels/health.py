"""`GET /health`: 200 only when server, actions and index can all answer; else 503 and what is missing."""

from __future__ import annotations

import sqlite3
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import aiohttp
from rasa.core.agent import Agent
from rasa.core.channels.channel import InputChannel, UserMessage
from sanic import Blueprint
from sanic.request import Request
from sanic.response import HTTPResponse, json

from bot.action import ServedAction
from bot.channels.open_wechat import open_wechat
from index.settings import load_settings
from index.store import IndexMismatch, read_manifest

ACTION_SECONDS = 2.0


async def actions_answer(agent: Agent | None) -> bool:
    """Whether answers are made in this process, or the action server says that it is well."""
    action = getattr(agent.processor, "action", None) if agent else None
    if isinstance(action, ServedAction):
        return await server_answers(action.action_endpoint.url)
    return action is not None


async def server_answers(webhook: str) -> bool:
    """Whether the action server behind this webhook says that it is well."""
    address = webhook.removesuffix("/webhook") + "/health"
    try:
        timeout = aiohttp.ClientTimeout(total=ACTION_SECONDS)
        async with aiohttp.ClientSession(timeout=timeout) as session, session.get(address) as answer:
            return answer.status == 200
    except (aiohttp.ClientError, TimeoutError):
        return False


def index_manifest() -> dict[str, Any]:
    """What the index was built for; empty where there is none."""
    try:
        return read_manifest(load_settings().index)
    except IndexMismatch:
        return {}


def report(agent: Agent | None, actions: bool, index: dict[str, Any]) -> tuple[int, dict[str, Any]]:
    """HTTP status and body. A loaded model has loaded the index: its components cannot be made without."""
    parts = {"model": agent is not None and agent.is_ready(), "actions": actions, "index": bool(index)}
    missing = [name for name, there in parts.items() if not there]
    if missing:
        return 503, {"status": "starting", "missing": missing}
    model = Path(agent.processor.model_filename).name if agent and agent.processor else None
    return 200, {"status": "ok", "model": model, "catalogue": index.get("catalogue")}


def wechat_report() -> dict[str, Any]:
    """What WeChat refuses at present and only the operator can mend; empty where no account is set up."""
    wechat = open_wechat()
    if wechat is None:
        return {}
    try:
        return {"wechat": {"troubles": wechat.troubles.shown(wechat.now())}}
    except sqlite3.Error:
        return {"wechat": {"troubles": None}}


class HealthInput(InputChannel):
    """Not a channel for messages: one address beside them, registered through credentials.yml."""

    @classmethod
    def name(cls) -> str:
        """Name of the channel."""
        return "health"

    def url_prefix(self) -> str:
        """Absolute, so that it stands outside /webhooks/."""
        return "/health"

    def blueprint(self, on_new_message: Callable[[UserMessage], Awaitable[Any]]) -> Blueprint:
        """The one address."""
        routes = Blueprint("health")

        @routes.get("/")
        async def health(request: Request) -> HTTPResponse:
            agent = getattr(request.app.ctx, "agent", None)
            status, body = report(agent, await actions_answer(agent), index_manifest())
            return json({**body, **wechat_report()}, status=status, ensure_ascii=False)

        return routes
