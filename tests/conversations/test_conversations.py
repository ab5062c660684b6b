"""Whole conversations with the real server, text in and card out."""

from __future__ import annotations

import hashlib
from collections import Counter

import pytest

from knowledge.catalogue import load_catalogue
from knowledge.matter import AUDIENCES
from tests.assistant import Assistant
from tests.conversations.script import Script, matters, play, read_scripts

SCRIPTS = read_scripts()
# Files whose conversations are refusals, near misses, changes of region or bad input: a third of all.
ADVERSE = ("不给的方面", "清单以外", "地区变化", "坏输入", "安全", "没有的事项")


def params() -> list[object]:
    """One a conversation; what is known not to work yet may fail, with its reason in the summary."""
    known = {
        script.id: [pytest.mark.xfail(reason=script.known_fault)] for script in SCRIPTS if script.known_fault
    }
    return [pytest.param(script, id=script.id, marks=known.get(script.id, [])) for script in SCRIPTS]


@pytest.mark.server
@pytest.mark.parametrize("script", params())
def test_conversation(assistant: Assistant, script: Script) -> None:
    sender = "script-" + hashlib.sha256(script.id.encode()).hexdigest()[:24]
    play(assistant, script, sender)


def test_there_are_enough_and_a_third_go_wrong_on_purpose() -> None:
    adverse = [script for script in SCRIPTS if script.file.startswith(ADVERSE)]
    assert len([script for script in SCRIPTS if not script.known_fault]) >= 130
    assert len(adverse) * 3 >= len(SCRIPTS)
    assert not [name for name, times in Counter(script.id for script in SCRIPTS).items() if times > 1]


def test_every_region_and_audience_is_talked_about() -> None:
    met = {(script.region, script.audience) for script in SCRIPTS}
    catalogue = load_catalogue()
    for region in catalogue.regions:
        assert {(region, None), (region, "individual")} & met, region
    for region, audience in catalogue.lists:
        if audience == "enterprise":
            assert (region, audience) in met


def test_scripts_name_what_the_catalogue_has() -> None:
    """A row that the lists do not have would make a check that can never hold."""
    catalogue = load_catalogue()
    for script in SCRIPTS:
        assert script.region is None or script.region in catalogue.regions, script.id
        assert script.audience in (None, *AUDIENCES), script.id
        for turn in script.turns:
            for key in ("steps", "contains", "first", "lacks"):
                for name in matters(turn[key]) if turn.get(key) else []:
                    assert name in catalogue.matters, f"{script.id}: {name}"
            assert turn.get("scenario") is None or turn["scenario"] in catalogue.scenarios, script.id
