"""The state survives its slot, and whatever a slot may hold gives a state that can be answered from."""

from __future__ import annotations

import json
from dataclasses import fields

from hypothesis import given
from hypothesis import strategies as st

from actions.heard import Target
from actions.state import State, Thread, from_slot, to_slot
from actions.wish import Wish

WORDS = st.text(max_size=12)
NAMES = st.lists(WORDS, max_size=4).map(tuple)
THREADS = st.builds(
    Thread,
    said=WORDS,
    scenario=st.none() | WORDS,
    concept=st.none() | WORDS,
    matters=NAMES,
    at=st.integers(0, 200),
    chosen=st.booleans(),
    facts=st.dictionaries(WORDS, WORDS, max_size=3),
)
TARGETS = st.builds(Target, WORDS, WORDS, st.floats(0, 1))
WISHES = st.builds(
    Wish,
    text=WORDS,
    targets=st.lists(TARGETS, max_size=3).map(tuple),
    aspects=st.lists(WORDS, max_size=2).map(tuple),
    notice=st.booleans(),
)
STATES = st.builds(
    State,
    region=st.none() | WORDS,
    audience=st.none() | WORDS,
    audience_said=st.booleans(),
    threads=st.lists(THREADS, max_size=3).map(tuple),
    asking=WORDS,
    options=st.lists(st.tuples(WORDS, WORDS), max_size=4).map(tuple),
    wish=WISHES,
    done=NAMES,
    page=NAMES,
    page_at=st.integers(0, 200),
    rated=NAMES,
    abused=st.booleans(),
    numbered=st.booleans(),
    hinted_region=st.none() | WORDS,
    hinted_audience=st.none() | WORDS,
    aspect=WORDS,
    turn=st.integers(0, 10_000),
)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | WORDS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(WORDS, inner, max_size=3),
    max_leaves=8,
)
SLOTS = JSON | st.dictionaries(st.sampled_from([f.name for f in fields(State)]), JSON, max_size=6)


@given(STATES)
def test_state_survives_its_slot(state: State) -> None:
    assert from_slot(json.loads(json.dumps(to_slot(state)))) == state


def test_every_field_is_kept() -> None:
    """A field added to State has to come through the slot too."""
    thread = Thread("宝宝出生", "birth", None, ("changle.individual.1",), 3, True, facts={"mortgage": "yes"})
    state = State(
        region="changle",
        audience="individual",
        audience_said=True,
        threads=(thread, thread),
        asking="mortgage",
        options=(("有贷款", "fact:mortgage=yes"),),
        wish=Wish("买房", (Target("new-home", "scenario", 0.9),), ("place",), True),
        done=("changle.individual.1",),
        page=("由县公安局办理", "changle.individual.3"),
        page_at=12,
        rated=("birth",),
        abused=True,
        numbered=True,
        hinted_region="huancui",
        hinted_audience="individual",
        aspect="fee",
        turn=7,
    )
    slot = json.loads(json.dumps(to_slot(state), ensure_ascii=False))
    assert from_slot(slot) == state
    assert set(slot) == {f.name for f in fields(State)}, "a field is not set above"


def test_a_new_conversation_is_an_empty_slot() -> None:
    assert to_slot(State()) == {}
    assert from_slot({}) == from_slot(None) == from_slot("x") == from_slot([1]) == State()


def test_unknown_keys_of_another_version_are_ignored() -> None:
    assert from_slot({"region": "changle", "colour": "red"}) == State(region="changle")


@given(SLOTS)
def test_any_slot_gives_a_state_of_the_right_types(slot: object) -> None:
    state = from_slot(slot)
    assert from_slot(to_slot(state)) == state
    assert state.region is None or isinstance(state.region, str)
    assert all(isinstance(thread, Thread) for thread in state.threads)
    assert all(isinstance(key, str) and isinstance(value, str) for key, value in state.facts.items())
    assert isinstance(state.turn, int) and isinstance(state.asking, str)
