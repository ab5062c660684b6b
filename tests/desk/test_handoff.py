"""The table of a hand-off, walked completely."""

from __future__ import annotations

from dataclasses import replace

import pytest

from desk.errors import NotPossible
from desk.handoff import EVENTS, OPEN, STATES, TABLE, Event, EventName, Handoff, State, Wish, step

WAITING = Handoff("c", "waiting", id=1, sender="u", contact="0000", wished_at=1.0, active_at=1.0)
IN_STATE: dict[State, Handoff] = {
    "none": Handoff("c"),
    "waiting": WAITING,
    "taken": replace(WAITING, state="taken", by="甲", taken_at=2.0, active_at=2.0),
    "ended": replace(WAITING, state="ended", sender="", contact="", ended_at=3.0, ended_by="desk"),
}


def event(name: EventName) -> Event:
    return Event(name, at=9.0, by="甲", contact="13800138000", wish=Wish("c", sender="u", text="想找人"))


def test_the_table_is_whole() -> None:
    assert set(TABLE) == set(STATES)
    assert all(set(row) == set(EVENTS) for row in TABLE.values())


@pytest.mark.parametrize("name", EVENTS)
@pytest.mark.parametrize("state", STATES)
def test_every_state_with_every_event(state: State, name: EventName) -> None:
    before, target = IN_STATE[state], TABLE[state][name]
    if target is None:
        with pytest.raises(NotPossible, match=name):
            step(before, event(name))
        return
    after = step(before, event(name))
    assert after.state == target
    assert after.conversation == before.conversation
    if target == "ended":
        assert (after.sender, after.contact) == ("", ""), "who it was is kept after the end"
        assert step(after, event(name)) == after, "a second end changes something"


def test_every_state_can_be_reached_and_every_open_one_ends() -> None:
    reached, states = {"none"}, ["none"]
    while states:
        for target in TABLE[states.pop()].values():  # type: ignore[index]
            if target and target not in reached:
                reached.add(target)
                states.append(target)
    assert reached == set(STATES)
    assert all("ended" in TABLE[state].values() for state in OPEN)


def test_a_second_wish_changes_nothing_but_urgency() -> None:
    again = Event("wish", 9.0, wish=Wish("c", text="另一句"))
    assert step(WAITING, again) == WAITING
    urgent = Event("wish", 9.0, wish=Wish("c", urgent=True))
    assert step(WAITING, urgent) == replace(WAITING, urgent=True)
    assert step(step(WAITING, urgent), again).urgent


def test_a_wish_after_the_end_is_a_new_hand_off() -> None:
    after = step(IN_STATE["ended"], event("wish"))
    assert (after.id, after.state, after.wished_at, after.text) == (0, "waiting", 9.0, "想找人")


def test_only_one_person_takes() -> None:
    taken = IN_STATE["taken"]
    assert step(taken, Event("take", 9.0, by="甲")) == taken
    with pytest.raises(NotPossible, match="甲"):
        step(taken, Event("take", 9.0, by="乙"))


def test_only_who_has_it_may_go_on() -> None:
    taken = IN_STATE["taken"]
    for name in ("reply", "release", "end"):
        with pytest.raises(NotPossible, match="甲"):
            step(taken, Event(name, 9.0, clerk="乙"))  # type: ignore[arg-type]
        assert step(taken, Event(name, 9.0, clerk="甲")).state == TABLE["taken"][name]  # type: ignore[index,arg-type]


def test_a_released_hand_off_waits_as_if_nobody_had_taken_it() -> None:
    taken = step(WAITING, Event("take", 5.0, by="甲", display="3号坐席"))
    assert taken.display == "3号坐席"
    assert step(taken, Event("release", 9.0, clerk="甲")) == replace(WAITING, active_at=9.0)
