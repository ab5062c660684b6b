"""Every option of every reply is accepted and leads on: the table of states has no hole and no dead end."""

from __future__ import annotations

from collections import deque

import pytest

from actions.dialogue import Conversation
from actions.heard import Heard
from actions.reply import Option, Reply
from actions.state import State
from knowledge.catalogue import load_catalogue
from tests.actions.talk import KINDS, faults, hear, tapped

CATALOGUE = load_catalogue()
REGIONS = list(CATALOGUE.regions)
# What has to come of a tap, by the first word of its choice.
ENDINGS = {
    "scenario": {"chain", "out_of_scope"},
    "matter": {"matter"},
    "fact": {"chain", "out_of_scope"},
    "more": {"list", "smalltalk"},
    "restart": {"smalltalk"},
    "human": {"handoff"},
    "rate": {"feedback", "clarify"},
    "region": set(KINDS) - {"error", "refuse"},
    "audience": set(KINDS) - {"error"},
}


def explore(conversation: Conversation, start: list[tuple[State, Heard]], most: int = 4000) -> dict[str, int]:
    """Taps every option of every reply, breadth first; the same tap from the same region is tried once."""
    queue = deque(conversation(state, heard) for state, heard in start)
    seen: set[tuple[object, ...]] = set()
    met: dict[str, int] = {}
    while queue and len(seen) < most:
        reply, state = queue.popleft()
        met[reply.kind] = met.get(reply.kind, 0) + 1
        for option in reply.options:
            if not option.payload.startswith("/choose"):
                continue
            key = (state.region, state.audience, option.choice, tuple(sorted(state.facts.items())))
            if key in seen:
                continue
            seen.add(key)
            after, then = accept(conversation, reply, state, option)
            queue.append((after, then))
    return met


def accept(conversation: Conversation, before: Reply, state: State, option: Option) -> tuple[Reply, State]:
    """The reply to a tap, which must be the ending that such a choice promises."""
    reply, after = conversation(state, tapped(option.payload))
    where = f"{before.kind} → {option.label} ({option.choice}) in {state.region}"
    wrong = faults(reply, conversation.catalogue, whole=reply.kind not in ("list", "compare"))
    assert not wrong, f"{where}: {wrong}\n{reply.text}"
    promised = ENDINGS[option.choice.partition(":")[0]]
    assert reply.kind in promised, f"{where}: {reply.kind}, not {promised}\n{reply.text}"
    if option.matter_id and not option.choice.startswith("region"):
        assert option.matter_id in {step.matter.id for step in reply.steps}, where
    if option.scenario_id and reply.kind == "chain":
        assert reply.scenario is not None and reply.scenario.id == option.scenario_id, where
    return reply, after


@pytest.mark.parametrize("region", REGIONS)
def test_all_that_can_be_tapped_from_any_scenario(conversation: Conversation, region: str) -> None:
    start = [
        (State(region=region), tapped(f'/choose{{"payload":"scenario:{scenario}"}}'))
        for scenario in CATALOGUE.scenarios
    ]
    met = explore(conversation, start)
    assert met["chain"] > 50 and met["matter"] > 50


@pytest.mark.parametrize("region", REGIONS)
def test_all_that_can_be_tapped_from_look_ups_and_endings(conversation: Conversation, region: str) -> None:
    departments = [d.printed for d in CATALOGUE.departments if d.region == region]
    said = [hear(f"{name}管哪些事") for name in departments]
    said += [
        hear(text)
        for text in ("你好", "", "那去哪办", "从头再来", "转人工", "今天天气怎么样", "市级事项有哪些")
    ]
    said += [hear("结婚登记各地有什么区别", "marriage"), hear("我要办企业的事"), hear("开饭店", "restaurant")]
    explore(conversation, [(State(region=region), heard) for heard in said])


def test_all_that_can_be_tapped_before_a_region_is_known(conversation: Conversation) -> None:
    said = [
        hear("我家宝宝出生了", "birth"),
        hear("开饭店", "restaurant"),
        hear("你好"),
        hear("第三个去哪办"),
        hear("社保登记"),
    ]
    met = explore(conversation, [(State(), heard) for heard in said], most=300)
    assert met["clarify"] and met["chain"]


def test_the_wish_is_answered_by_the_tap_on_a_region(conversation: Conversation) -> None:
    for scenario in CATALOGUE.scenarios:
        reply, state = conversation(State(), hear("办事", scenario))
        assert reply.kind == "clarify"
        for option in reply.options:
            answer, after = conversation(state, tapped(option.payload))
            region = option.choice.removeprefix("region:")
            assert after.region == answer.region == region
            if CATALOGUE.chain(scenario, region).steps:
                assert answer.scenario is not None and answer.scenario.id == scenario
            else:
                assert answer.kind == "out_of_scope"


def test_an_option_can_be_named_by_number_and_by_label(conversation: Conversation) -> None:
    """On the telephone or in a text message nobody taps."""
    for scenario, region in (
        ("second-hand-home", "zhoucun"),
        ("death", "changle"),
        ("restaurant", "huancui"),
    ):
        reply, state = conversation(
            State(region=region), tapped(f'/choose{{"payload":"scenario:{scenario}"}}')
        )
        for number, option in enumerate(reply.options, 1):
            tap, _ = conversation(state, tapped(option.payload))
            for text in (str(number), f"选{number}", option.label, f"{option.label}。"):
                said, _ = conversation(state, hear(text))
                assert (said.kind, said.steps) == (tap.kind, tap.steps), text


def test_a_stale_tap_is_answered(conversation: Conversation) -> None:
    """Buttons of an older message, or of a conversation that was cleared, still lead somewhere."""
    choices = (
        "fact:mortgage=yes",
        "more:",
        "audience:enterprise",
        "region:changle",
        "scenario:birth",
        "say:你好",
        "x",
    )
    for choice in choices:
        for state in (State(), State(region="huancui")):
            reply, _ = conversation(state, tapped(f'/choose{{"payload":"{choice}"}}'))
            assert not faults(reply, CATALOGUE, whole=False), f"{choice}: {reply.text}"
