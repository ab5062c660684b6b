"""Whether a reply is right: one short rule for each expected behaviour.

A chain is right when every key row is there, at least half of what is shown belongs, nothing ruled out is shown without
a condition, and the order is the list's. A matter is right when it comes first. An aspect is right when the matter is
and the list's value is in the reply. The rules are those of the samples' scorer; a test holds them together.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property

from evaluation.records import Case, Label, Wanted
from evaluation.replies import Reply
from evaluation.rows import Rows

NOTHING = ("out_of_scope", "refuse", "clarify")
TWO_EVENTS = "two_events"
HALF = 0.5
LIST_PRECISION = 0.7
TOP = 3
# Which endings are right for a message that means no row, by its kind (or else its expected behaviour).
ENDINGS = {
    "smalltalk": {"smalltalk", "out_of_scope"},
    "out_of_scope": {"out_of_scope", "refuse", "clarify"},
    "near_miss": {"out_of_scope", "refuse", "clarify"},
    "injection": {"out_of_scope", "smalltalk", "refuse", "clarify"},
    "gibberish": {"out_of_scope", "smalltalk", "clarify"},
    "complaint": {"out_of_scope", "smalltalk", "handoff", "clarify", "refuse"},
    "human_agent": {"handoff"},
    "handoff": {"handoff"},
}
_PRINTED = ("place", "certificate", "department")
_ANY_VALUE = ("place", "online", "department")
_MAY_BE_MISSING = ("place", "certificate", "materials", "fee", "phone", "duration", "address")
_PHONE = re.compile(r"(?<!\d)(\d{3,4}-?\d{7,8}|1\d{10})(?!\d)")
_PUNCTUATION = re.compile(r"[\s（）()、，,]")


@dataclass(frozen=True)
class Verdict:
    """Right or not, and why; the reasons that NEAR lists count as found among the first three."""

    right: bool
    reason: str


NEAR = ("top3", "option", "clarify+")


@dataclass(frozen=True)
class Reading:
    """One reading of a message (behaviour and label) beside the reply to it."""

    wanted: Wanted
    region: str
    audience: str
    label: Label
    reply: Reply
    rows: Rows

    def ids(self, rows: Sequence[str]) -> set[str]:
        """Matter ids of printed rows in the reading's list."""
        return set(self.rows.ids(self.region, self.audience, rows))

    def covers(self, rows: Sequence[str]) -> bool:
        """Whether the reply shows every one of the rows."""
        return self.rows.covered(self.region, self.audience, rows, self.reply.steps)

    @cached_property
    def good(self) -> set[str]:
        """Matters that a right reply may show."""
        return self.ids(self.label.rows) | self.ids(self.label.key)

    @cached_property
    def wide(self) -> set[str]:
        """Matters of this wish and of further wishes in the same message."""
        return self.good.union(*(self.ids(other.rows) for other in self.label.second_wishes))

    @property
    def two_events(self) -> bool:
        """Whether the message is labelled as bringing up two things."""
        return self.wanted.noise == TWO_EVENTS

    @property
    def answers_second(self) -> bool:
        """Whether the key rows of every further wish are shown."""
        return all(self.covers(other.key) for other in self.label.second_wishes)

    def elsewhere(self, others: Sequence[Label]) -> set[str]:
        """The good matters together with those of other labels, each in its own audience's list."""
        found = (self.rows.ids(self.region, o.audience or self.audience, o.rows) for o in others)
        return self.good.union(*found)

    def share(self, matters: set[str]) -> float:
        """Share of the shown matters that are among these; the reply must show some."""
        return sum(step in matters for step in self.reply.steps) / len(self.reply.steps)


def _kind(reading: Reading) -> str:
    return f"kind {reading.reply.kind}"


def _no_row(reading: Reading) -> Verdict:
    """The message means something that the region's list does not have."""
    return Verdict(reading.reply.kind in NOTHING, _kind(reading))


def _ending(reading: Reading, expect: str | None) -> Verdict:
    """The message means no row of any list."""
    fitting = ENDINGS.get(reading.wanted.kind or expect or "", {"out_of_scope"})
    return Verdict(reading.reply.kind in fitting, _kind(reading))


def _chain(reading: Reading) -> Verdict:
    label, reply = reading.label, reading.reply
    if not label.rows:
        return _no_row(reading)
    if not reply.steps:
        if reply.kind == "clarify":
            offered = set(reply.options) & reading.ids(label.key)
            return Verdict(False, "clarify+" if offered else "clarify-")
        return Verdict(False, f"{_kind(reading)} no steps")
    if not reading.covers(label.key):
        missed = "missing key" if set(reply.steps) & reading.good else "wrong scene"
        return Verdict(False, f"{missed} ({reply.kind})")
    if reading.two_events and not reading.answers_second:
        return Verdict(False, "second event missing")
    ruled_out = reading.ids(label.avoid_rows)
    if any(step in ruled_out and not reply.conditions.get(step) for step in reply.steps):
        return Verdict(False, "avoid row shown")
    if reading.share(reading.wide) < HALF:
        return Verdict(False, "imprecise")
    ordered = reading.rows.in_order(reading.region, reading.audience, label.rows, reply.steps)
    return Verdict(ordered, "ok" if ordered else "order")


def _both_matters(reading: Reading) -> Verdict:
    steps = reading.reply.steps
    first_belongs = bool(steps) and steps[0] in reading.wide
    if first_belongs and set(steps) & reading.good and reading.answers_second:
        return Verdict(True, "ok")
    return Verdict(False, "second event missing" if set(steps) & reading.wide else _kind(reading))


def _matter(reading: Reading) -> Verdict:
    reply, good = reading.reply, reading.good
    if not reading.label.rows:
        return _no_row(reading)
    if reading.two_events and reading.label.second_wishes:
        return _both_matters(reading)
    if reply.steps and reply.steps[0] in good:
        return Verdict(True, "ok")
    if set(reply.steps[:TOP]) & good:
        return Verdict(False, "top3")
    if set(reply.options) & good:
        return Verdict(False, "option")
    return Verdict(False, f"wrong matter ({reply.kind})" if reply.steps else _kind(reading))


def plain(text: str | None) -> str:
    """Text without white space, brackets and commas, as values are compared."""
    return _PUNCTUATION.sub("", text or "")


def _printed_values(reading: Reading, matter_id: str) -> Sequence[str] | None:
    """What the list gives for the aspect, or the label's own answer; None where neither says."""
    slot = reading.wanted.slot
    if reading.label.answer is not None or slot not in _PRINTED:
        return reading.label.answer
    matter = reading.rows.matters[matter_id]
    values = {"place": matter.places, "certificate": matter.certificates, "department": matter.departments}
    return values[slot]


def _slot(reading: Reading) -> Verdict:
    label, reply, slot = reading.label, reading.reply, reading.wanted.slot
    if not label.rows:
        return _no_row(reading)
    if slot in ("next", "previous"):
        asked = reading.ids(label.answer_rows or label.rows)
        return Verdict(bool(set(reply.steps[:TOP]) & asked), f"{slot} ({reply.kind})")
    if not reply.steps or reply.steps[0] not in reading.good:
        near = set(reply.steps[:TOP]) & reading.good
        return Verdict(False, "top3" if near else f"wrong matter ({reply.kind})")
    values = _printed_values(reading, reply.steps[0])
    if values:
        said = plain(reply.text + json.dumps(reply.card, ensure_ascii=False))
        found = [plain(value) in said for value in values]
        return Verdict(any(found) if slot in _ANY_VALUE else all(found), "value")
    if slot in _MAY_BE_MISSING and not reply.not_given and reply.kind != "refuse":
        return Verdict(False, "given?")
    return Verdict(True, "ok")


def _clarify(reading: Reading) -> Verdict:
    label, reply = reading.label, reading.reply
    if reply.kind == "clarify":
        return Verdict(True, "ok")
    both = reading.elsewhere(label.alternatives + label.also)
    hits = sum(step in both for step in reply.steps)
    right = len(reply.steps) > 1 and hits / len(reply.steps) >= HALF
    return Verdict(right, "one-sided" if hits else _kind(reading))


def _list(reading: Reading) -> Verdict:
    if not reading.label.rows:
        return Verdict(True, "n/a")
    if not reading.reply.steps:
        return Verdict(False, f"{_kind(reading)} no steps")
    if not reading.covers(reading.label.key):
        return Verdict(False, "incomplete")
    precise = reading.share(reading.elsewhere(reading.label.also)) >= LIST_PRECISION
    return Verdict(precise, "imprecise")


def _compare(reading: Reading) -> Verdict:
    here = [step for step in reading.reply.steps if step.startswith(reading.region + ".")]
    enough = len(here) <= max(4, 3 * len(reading.label.key))
    return Verdict(reading.covers(reading.label.key) and enough, _kind(reading))


def _refuse(reading: Reading) -> Verdict:
    return Verdict(reading.reply.kind == "refuse" or reading.reply.not_given, _kind(reading))


def _refuse_to_invent(reading: Reading) -> Verdict:
    reply = reading.reply
    if _PHONE.search(reply.text):
        return Verdict(False, "phone number in text")
    if reply.kind not in ("refuse", "out_of_scope") and not reply.not_given:
        return Verdict(False, _kind(reading))
    fitting = not reading.label.rows or not reply.steps or bool(set(reply.steps[:TOP]) & reading.good)
    return Verdict(fitting, f"wrong matter ({reply.kind})")


_RULES: dict[str, Callable[[Reading], Verdict]] = {
    "chain": _chain,
    "matter": _matter,
    "slot": _slot,
    "clarify": _clarify,
    "list": _list,
    "compare": _compare,
    "refuse": _refuse,
    "refuse_to_invent": _refuse_to_invent,
}


def _judge_reading(reading: Reading, expect: str | None) -> Verdict:
    if not reading.reply.has_card:
        return Verdict(False, "no card")
    if not reading.reply.text.strip():
        return Verdict(False, "no text")
    if expect is None or expect in ENDINGS:
        return _ending(reading, expect)
    rule = _RULES.get(expect)
    return rule(reading) if rule else Verdict(False, f"unknown expect {expect}")


def judge(wanted: Wanted, region: str, audience: str, label: Label, reply: Reply, rows: Rows) -> Verdict:
    """The reply against every accepted behaviour and every alternative label: the first that is right, else the first."""
    first: Verdict | None = None
    for expect in (wanted.expect, *wanted.accept):
        for other in (label, *label.alternatives):
            reading = Reading(wanted, region, other.audience or audience, other, reply, rows)
            verdict = _judge_reading(reading, expect)
            beside = expect == "clarify" and expect != wanted.expect
            if verdict.right and not (beside and reply.kind != "clarify"):
                return verdict
            first = first or Verdict(False, verdict.reason)
    return first or Verdict(False, "no label")


def judge_case(case: Case, reply: Reply, rows: Rows) -> Verdict:
    """The reply to a question in one region, against the labels of either audience."""
    first: Verdict | None = None
    for label in case.labels or (Label(),):
        audience = label.audience or case.audience
        verdict = judge(case.question.wanted, case.region, audience, label, reply, rows)
        if verdict.right:
            return verdict
        first = first or verdict
    return first or Verdict(False, "no label")
