"""The dialogue's table is walked completely: every event in every situation ends as the table says, with a way on."""

from __future__ import annotations

from pathlib import Path

import pytest

from actions.dialogue import Conversation
from actions.situations import SITUATIONS, situation
from actions.table import Cell, draw, read_table
from tests.actions.events import EVENTS, examples
from tests.actions.talk import faults

TABLE = read_table()
DRAWING = Path(__file__).resolve().parents[2] / "docs" / "dialogue.md"


def test_every_situation_has_every_event_once() -> None:
    assert [(c.situation, c.event) for c in TABLE] == [(s, e) for s in SITUATIONS for e in EVENTS]
    assert all(cell.means == EVENTS[cell.event][0] for cell in TABLE)


@pytest.mark.parametrize("name", SITUATIONS)
def test_a_situation_is_reached(conversation: Conversation, name: str) -> None:
    assert examples(conversation, name)


@pytest.mark.parametrize("cell", TABLE, ids=lambda cell: f"{cell.situation}-{cell.event}")
def test_a_cell_ends_as_the_table_says(conversation: Conversation, cell: Cell) -> None:
    kinds, then = set(), set()
    for state in examples(conversation, cell.situation):
        for heard in EVENTS[cell.event][1]:
            reply, after = conversation(state, heard)
            wrong = faults(reply, conversation.catalogue, whole=False)
            assert not wrong, f"{heard.text or heard.payload}: {wrong}"
            kinds.add(reply.kind)
            then.add(situation(after))
    # Equal, not only contained: an ending that can no longer happen has to leave the table.
    assert (kinds, then) == (cell.kinds, cell.then)


def test_every_situation_can_be_left_and_entered() -> None:
    for name in SITUATIONS:
        assert any(cell.then - {name} for cell in TABLE if cell.situation == name), name
        entered = any(name in cell.then for cell in TABLE if cell.situation != name)
        assert entered or name in ("new",), name


def test_the_drawing_is_of_this_table() -> None:
    assert DRAWING.read_text(encoding="utf-8") == draw(TABLE), (
        "run: python -m actions.table > docs/dialogue.md"
    )
