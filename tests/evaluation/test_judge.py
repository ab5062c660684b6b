"""The judge's rules on a real list: what a person would call right and wrong."""

from __future__ import annotations

import pytest

from evaluation.judge import Verdict, judge
from evaluation.records import Label, Wanted
from evaluation.replies import read_reply
from evaluation.rows import Rows
from knowledge.catalogue import load_catalogue
from tests.evaluation.made_up import card, messages, step

REGION, AUDIENCE = "zhoucun", "individual"
BIRTH = Label(rows=("1", "2", "3", "4", "5"), key_rows=("1", "2"))


@pytest.fixture(scope="module")
def rows() -> Rows:
    """Rows of the real lists."""
    return Rows.from_catalogue(load_catalogue())


def _says(rows: Rows, wanted: Wanted, label: Label, kind: str, numbers: list[str], **more: object) -> Verdict:
    condition = more.pop("condition", None)
    steps = [
        step(rows, i, condition)
        for i in rows.ids(REGION, AUDIENCE, numbers)  # type: ignore[arg-type]
    ]
    text = str(more.pop("text", "好的"))
    reply = read_reply(messages(card(kind, steps, **more), text=text))
    return judge(wanted, REGION, AUDIENCE, label, reply, rows)


@pytest.mark.parametrize(
    ("kind", "shown", "reason"),
    [
        ("chain", ["1", "2", "3", "4", "5"], "ok"),
        ("chain", ["1", "2"], "ok"),
        ("chain", ["2", "1"], "order"),
        ("chain", ["1", "3"], "missing key (chain)"),
        ("chain", ["57"], "wrong scene (chain)"),
        ("chain", ["1", "2", "57", "58", "59"], "imprecise"),
        ("clarify", [], "clarify-"),
        ("out_of_scope", [], "kind out_of_scope no steps"),
    ],
)
def test_chain(rows: Rows, kind: str, shown: list[str], reason: str) -> None:
    """Key rows, order, and at least half that belongs."""
    verdict = _says(rows, Wanted("chain"), BIRTH, kind, shown)
    assert verdict == Verdict(reason == "ok", reason)


def test_what_was_ruled_out_needs_a_condition(rows: Rows) -> None:
    """A row that the person ruled out may be shown only as depending on something."""
    label = Label(rows=("1", "2"), key_rows=("1",), avoid_rows=("2",))
    assert not _says(rows, Wanted("chain"), label, "chain", ["1", "2"]).right
    assert _says(rows, Wanted("chain"), label, "chain", ["1", "2"], condition="在家出生").right


def test_a_matter_comes_first(rows: Rows) -> None:
    """First is right, second or third is near, an option is near."""
    label = Label(rows=("57",), key_rows=("57",))
    option = [{"matter_id": rows.ids(REGION, AUDIENCE, ["57"])[0]}]
    assert _says(rows, Wanted("matter"), label, "matter", ["57", "1"]).right
    assert _says(rows, Wanted("matter"), label, "chain", ["1", "57"]).reason == "top3"
    assert _says(rows, Wanted("matter"), label, "clarify", [], options=option).reason == "option"


def test_an_accepted_question_back_has_to_be_one(rows: Rows) -> None:
    """Where asking back is accepted beside an answer, half a right answer is not."""
    wanted = Wanted("matter", accept=("clarify",))
    label = Label(rows=("57",), key_rows=("57",))
    assert _says(rows, wanted, label, "clarify", []).right
    assert not _says(rows, wanted, label, "list", ["58", "57"]).right


def test_an_aspect_has_the_printed_value(rows: Rows) -> None:
    """The place of the list has to be said, and what the list lacks has to be owned up to."""
    label, matter = Label(rows=("57",)), rows.ids(REGION, AUDIENCE, ["57"])
    assert rows.matters[matter[0]].places
    assert _says(rows, Wanted("slot", slot="place"), label, "slot", ["57"]).right
    fee = Wanted("slot", slot="fee")
    assert not _says(rows, fee, label, "slot", ["57"], slot={"given": True}).right
    assert _says(rows, fee, label, "slot", ["57"], slot={"given": False}).right


def test_nothing_is_invented(rows: Rows) -> None:
    """A telephone number in the text is wrong, however politely the card refuses."""
    wanted, label = Wanted("refuse_to_invent", slot="phone"), Label(rows=("57",))
    assert _says(rows, wanted, label, "refuse", ["57"]).right
    assert not _says(rows, wanted, label, "refuse", ["57"], text="请拨打 0533-6181234").right


@pytest.mark.parametrize(
    ("kind", "ending", "right"),
    [
        ("near_miss", "out_of_scope", True),
        ("near_miss", "smalltalk", False),
        ("smalltalk", "smalltalk", True),
        ("human_agent", "out_of_scope", False),
        ("human_agent", "handoff", True),
        ("gibberish", "matter", False),
    ],
)
def test_outsiders(rows: Rows, kind: str, ending: str, right: bool) -> None:
    """Each sort of outsider has its endings."""
    assert _says(rows, Wanted("out_of_scope", kind=kind), Label(), ending, []).right is right


def test_a_card_and_words_are_needed(rows: Rows) -> None:
    """A reply without card or without words is wrong whatever it says."""
    wanted = Wanted("smalltalk")
    assert judge(wanted, REGION, AUDIENCE, Label(), read_reply([{"text": "你好"}]), rows).reason == "no card"
    assert _says(rows, wanted, Label(), "smalltalk", [], text=" ").reason == "no text"
