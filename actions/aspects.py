"""Answers to one asked aspect: what the list gives, else what the operator's directory gives, or plainly that none does."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from actions.facilities import office_lines, office_values, offices_known
from actions.lines import matter_lines, names, place_note, source_line, step_line, where_to_ask
from actions.reply import Option, Reply, Slot, matter_steps
from actions.wording import say
from knowledge.catalogue import Catalogue
from knowledge.matter import ONLINE, Matter

# What no list prints; where the operator's directory has nothing either, the department is named instead.
NEVER_GIVEN = ("materials", "fee", "duration", "phone", "address", "hours", "eligibility", "other")
# Matters by which people are paid.
_PAYS = re.compile("金(?!融)|津贴|补贴|补助|待遇|救助|支付|供养|报销|返还|奖励|伤残")
# Where several are asked at once, the one that matters most is answered.
ORDER = (
    "previous",
    "next",
    "phone",
    "fee",
    "materials",
    "duration",
    "hours",
    "address",
    "certificate",
    "level",
    "online",
    "department",
    "place",
    "eligibility",
)


def main_aspect(aspects: Sequence[str]) -> str | None:
    """The aspect to answer among those found."""
    return next((name for name in ORDER if name in aspects), None)


def values_of(matter: Matter, aspect: str) -> tuple[str, ...]:
    """What the list gives for place, department, certificate, online or level; empty where it gives nothing."""
    if aspect == "place":
        return matter.places
    if aspect == "department":
        return matter.departments or ((matter.level,) if matter.level else ())
    if aspect == "certificate":
        return matter.shown_certificates
    if aspect == "online":
        return (ONLINE,) if matter.online else ()
    if aspect == "level":
        return (matter.level,) if matter.level else ()
    return ()


def aspect_reply(
    catalogue: Catalogue,
    matters: Sequence[Matter],
    aspect: str,
    turn: int,
    followers: Sequence[Matter] = (),
) -> Reply:
    """The aspect of each of these matters; kind slot where the list or an office gives it, else refuse.

    `followers` are matters that are likely needed after these.
    """
    lines: list[str] = []
    values: list[str] = []
    given = False
    for group in _alike(catalogue, matters, aspect):
        found, known = group.found, group.known
        given = given or bool(found or known)
        values += [value for value in found or known if value not in values]
        lines += _told(group, aspect, turn)
    offices = office_lines(catalogue, matters, aspect)
    lines += offices
    if len(matters) == 1:
        # The rest of what the list does say; the aspect itself has been answered above.
        own = say("line.department", names=names(matters[0].departments))
        rest = matter_lines(catalogue, matters[0], offices=not offices)
        # Whom to ask is said above where the answer is that the list has nothing.
        said = {own} if aspect == "department" else {place_note(matters)} if not given else set()
        lines += [line for line in rest if line not in said]
    else:
        lines.append(source_line(catalogue, matters))
    if followers:
        lines.append(say("matter.followers"))
        lines += [
            step_line(order, step) for order, step in enumerate(matter_steps(followers), len(matters) + 1)
        ]
        lines.append(source_line(catalogue, followers))
    first = matters[0]
    refused = not given and aspect in NEVER_GIVEN
    options = [Option(f"“{m.title}”全部内容"[:40], f"matter:{m.id}", matter_id=m.id) for m in matters[:3]]
    return Reply(
        kind="refuse" if refused else "slot",
        text="\n".join(lines),
        region=first.region,
        audience=first.audience,
        steps=matter_steps([*matters, *followers]),
        slot=Slot(aspect, given, tuple(values)),
        options=(*options, Option(say("option.human"), "human:")),
    )


@dataclass
class _Group:
    """Matters of which the same is to be said: what the list gives, else what the operator's directory gives."""

    found: tuple[str, ...]
    known: tuple[str, ...]
    level: str
    matters: list[Matter] = field(default_factory=list)

    @property
    def title(self) -> str:
        """The titles, fit to stand between “ and ”."""
        return "”、“".join(dict.fromkeys(matter.title for matter in self.matters))

    @property
    def departments(self) -> str:
        """Whom to ask about them, each once."""
        asked = [name for m in self.matters for name in (m.departments or (where_to_ask(m),))]
        return names(dict.fromkeys(asked))


def _alike(catalogue: Catalogue, matters: Sequence[Matter], aspect: str) -> list[_Group]:
    """The matters in groups that one sentence can answer, in the order of their first."""
    groups: dict[tuple[tuple[str, ...], bool, str], _Group] = {}
    for matter in matters:
        found = values_of(matter, aspect)
        known = () if found else office_values(offices_known(catalogue, matter, aspect), aspect)
        level = (matter.level or "") if found and aspect in ("department", "level") else ""
        group = groups.setdefault((found, bool(known), level), _Group(found, known, level))
        group.known = tuple(dict.fromkeys((*group.known, *known)))
        group.matters.append(matter)
    return list(groups.values())


def name_of(aspect: str, matters: Sequence[Matter]) -> str:
    """What the aspect is called: money that is paid out to people is no charge."""
    pays = aspect == "fee" and any(_PAYS.search(matter.title) for matter in matters)
    return say("aspect.names.amount") if pays else say(f"aspect.names.{aspect}")


def _told(group: _Group, aspect: str, turn: int) -> list[str]:
    title, departments, found, level = group.title, group.departments, group.found, group.level
    if group.known:
        return [say("aspect.known", title=title, aspect=name_of(aspect, group.matters))]
    if aspect == "online":
        key = "aspect.online" if found else "aspect.online_no"
        return [say(key, title=title, departments=departments)]
    if aspect == "level":
        if found:
            return [say("aspect.level", title=title, values=found[0], up=say(f"up.{level}"))]
        return [say("aspect.level_no", title=title, departments=departments)]
    if not found:
        name = name_of(aspect, group.matters)
        return [say("aspect.not_given", turn, title=title, aspect=name, departments=departments)]
    lines = [say(f"aspect.{aspect}", title=title, values=names(found))]
    if aspect == "department" and level:
        lines.append(say("line.level", level=level, up=say(f"up.{level}")) + "。")
    return lines


def neighbour_reply(catalogue: Catalogue, row: Sequence[Matter], at: int, aspect: str) -> tuple[Reply, int]:
    """The matter after (`next`) or before (`previous`) position `at` of a chain, and its position.

    At the end of the chain the position stays and the text says so; the matter at `at` is shown then.
    """
    to = at + 1 if aspect == "next" else at - 1
    current = row[at]
    inside = 0 <= to < len(row)
    shown = row[to] if inside else current
    if inside:
        text = say(f"aspect.{aspect}", title=current.title, values=f"“{shown.title}”")
    else:
        text = say(f"aspect.{aspect}_none", title=current.title)
    lines = [text, *matter_lines(catalogue, shown)]
    reply = Reply(
        kind="slot",
        text="\n".join(lines),
        region=shown.region,
        audience=shown.audience,
        steps=matter_steps([shown]),
        slot=Slot(aspect, inside, (shown.title,) if inside else ()),
        options=(Option(f"“{shown.title}”全部内容"[:40], f"matter:{shown.id}", matter_id=shown.id),),
    )
    return reply, to if inside else at
