"""Health and regions: what they say."""

from __future__ import annotations

import asyncio
import socket

import pytest
from rasa.utils.endpoints import EndpointConfig

from actions.responder import Responder
from bot.action import OwnAction, ServedAction
from bot.channels import health
from bot.channels.health import report
from bot.channels.portal import region_choices
from knowledge.catalogue import load_catalogue


class Agent:
    """As much of Rasa's agent as health looks at."""

    def __init__(self, ready: bool) -> None:
        self.ready = ready
        self.processor = type("Processor", (), {"model_filename": "var/models/m.tar.gz"})

    def is_ready(self) -> bool:
        return self.ready


def test_health_needs_all_three() -> None:
    assert report(Agent(True), True, {"catalogue": "c"}) == (  # type: ignore[arg-type]
        200,
        {"status": "ok", "model": "m.tar.gz", "catalogue": "c"},
    )


@pytest.mark.parametrize(
    ("agent", "actions", "index", "missing"),
    [
        (None, True, {"catalogue": "c"}, ["model"]),
        (Agent(False), True, {"catalogue": "c"}, ["model"]),
        (Agent(True), False, {"catalogue": "c"}, ["actions"]),
        (Agent(True), True, {}, ["index"]),
        (None, False, {}, ["model", "actions", "index"]),
    ],
)
def test_health_says_what_is_missing(agent, actions, index, missing) -> None:  # type: ignore[no-untyped-def]
    assert report(agent, actions, index) == (503, {"status": "starting", "missing": missing})


def test_health_asks_whoever_makes_the_answers(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []

    async def server_answers(webhook: str) -> bool:
        asked.append(webhook)
        return False

    monkeypatch.setattr(health, "server_answers", server_answers)

    def answers(action: object) -> bool:
        agent = Agent(True)
        agent.processor.action = action  # type: ignore[attr-defined]
        return asyncio.run(health.actions_answer(agent))  # type: ignore[arg-type]

    assert answers(OwnAction(Responder())) and not asked
    assert not answers(ServedAction("action_guide", EndpointConfig("http://127.0.0.1:1/webhook")))
    assert asked == ["http://127.0.0.1:1/webhook"]
    assert not asyncio.run(health.actions_answer(None))


def test_health_knows_an_action_server_that_is_gone() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    assert not asyncio.run(health.server_answers(f"http://127.0.0.1:{port}/webhook"))


def test_regions_come_from_the_catalogue_with_the_audiences_they_have() -> None:
    regions = {region["id"]: region["audiences"] for region in region_choices(load_catalogue())}
    assert regions["huancui"] == ["individual", "enterprise"]
    assert regions["changle"] == ["individual"]
    assert len(regions) == 5
