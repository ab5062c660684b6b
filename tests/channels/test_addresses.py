"""Health and regions: what they say."""

from __future__ import annotations

import pytest

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


def test_regions_come_from_the_catalogue_with_the_audiences_they_have() -> None:
    regions = {region["id"]: region["audiences"] for region in region_choices(load_catalogue())}
    assert regions["huancui"] == ["individual", "enterprise"]
    assert regions["changle"] == ["individual"]
    assert len(regions) == 5
