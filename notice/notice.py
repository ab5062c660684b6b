"""A notice: everything that stands on it, ready to be drawn as HTML, PDF or docx. No personal data goes in."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from knowledge.catalogue import Catalogue
from knowledge.matter import Matter
from knowledge.scenario import ChainStep, Condition
from notice.address import FORMATS, scenario_path
from notice.subject import MattersSubject, ScenarioSubject, Subject
from notice.wording import say


@dataclass(frozen=True)
class Field:
    """A label and what stands beside it."""

    label: str
    value: str


@dataclass(frozen=True)
class Link:
    """Words that lead somewhere."""

    text: str
    url: str


@dataclass(frozen=True)
class Step:
    """One matter as the list gives it; `condition` says when it applies, `notes` what is in doubt about it."""

    number: int
    title: str
    department: str
    place: str
    certificate: str
    level: str
    source: str
    condition: str = ""
    notes: tuple[str, ...] = ()

    @property
    def cells(self) -> tuple[str, ...]:
        """The values below the columns, in their order; the first two are number and title."""
        return self.department, self.place, self.certificate, self.level, self.source


@dataclass(frozen=True)
class Question:
    """A condition that is still open, with the notices that its answers lead to."""

    text: str
    answers: tuple[Link, ...]


@dataclass(frozen=True)
class Notice:
    """The document. `link` opens the same chain again; `file` is a file name without ending."""

    title: str
    file: str
    link: str
    header: tuple[Field, ...]
    steps_heading: str
    steps: tuple[Step, ...]
    unsaid: tuple[str, ...]
    remarks: tuple[str, ...]
    sources: tuple[str, ...]
    questions: tuple[Question, ...] = ()
    following: tuple[Link, ...] = ()
    downloads: tuple[Link, ...] = field(default=())

    @property
    def columns(self) -> tuple[str, ...]:
        """Headings of the columns: number, matter, and one for each cell."""
        names = ("number", "matter", "department", "place", "certificate", "level", "source")
        return tuple(say(f"columns.{name}") for name in names)


def make_notice(catalogue: Catalogue, subject: Subject, today: date, base: str = "") -> Notice:
    """The notice of a subject; `base` is the public address of the assistant, such as https://example.org."""
    if isinstance(subject, ScenarioSubject):
        return _of_scenario(catalogue, subject, today, base)
    return _of_matters(catalogue, subject, today, base)


def _of_scenario(catalogue: Catalogue, subject: ScenarioSubject, today: date, base: str) -> Notice:
    chain, scenario, region = subject.chain, subject.chain.scenario, subject.region
    conditions = catalogue.conditions_of(scenario.id)
    chosen = [c.option(subject.facts[c.id]).label for c in conditions.values() if c.id in subject.facts]
    header = [
        Field(say("header.scenario"), scenario.title),
        Field(say("header.audience"), say(f"audience.{scenario.audience}")),
    ]
    if conditions:
        header.append(Field(say("header.conditions"), "；".join(chosen) or say("header.no_conditions")))
    heading = say(f"steps.{scenario.shape}", count=len(chain.steps)) if chain.steps else say("steps.none")
    remarks = [say("remarks.composed")] if scenario.origin == "composed" else []
    if conditions:
        remarks.append(say("remarks.conditions"))
    if chain.left_out:
        titles = "、".join(step.matter.title for step in chain.left_out)
        remarks.append(say("remarks.left_out", titles=titles))
    following = tuple(
        Link(
            say("following.printed" if printed else "following.ours", title=other.title),
            base + scenario_path(region.id, other.id, {}),
        )
        for other, printed in catalogue.following(scenario.id, region.id)
    )
    questions = tuple(_question(condition, subject, base) for condition in chain.open_conditions)
    return _notice(
        catalogue,
        subject,
        today,
        base,
        scenario.title,
        header,
        heading,
        chain.steps,
        remarks,
        questions,
        following,
    )


def _of_matters(catalogue: Catalogue, subject: MattersSubject, today: date, base: str) -> Notice:
    matters = subject.matters
    name = matters[0].title
    if len(matters) > 1:
        name = say("several", first=name, count=len(matters))
    audiences = dict.fromkeys(say(f"audience.{matter.audience}") for matter in matters)
    header = [Field(say("header.matters"), name), Field(say("header.audience"), "、".join(audiences))]
    heading = say("steps.matters", count=len(matters))
    steps = tuple(ChainStep(matter, None) for matter in matters)
    return _notice(catalogue, subject, today, base, name, header, heading, steps, [])


def _notice(
    catalogue: Catalogue,
    subject: Subject,
    today: date,
    base: str,
    name: str,
    header: Sequence[Field],
    heading: str,
    steps: Sequence[ChainStep],
    remarks: Sequence[str],
    questions: tuple[Question, ...] = (),
    following: tuple[Link, ...] = (),
) -> Notice:
    region = subject.region
    matters = [step.matter for step in steps]
    noted = [say("remarks.region", region=region.short, note=region.note)] if region.note else []
    return Notice(
        title=say("title", subject=name, region=region.short),
        file=say("file", subject=name, region=region.short),
        link=base + subject.path(),
        header=(
            Field(say("header.region"), region.name),
            *header,
            Field(say("header.date"), say("date", year=today.year, month=today.month, day=today.day)),
            Field(say("header.catalogue"), catalogue.version),
        ),
        steps_heading=heading,
        steps=tuple(_step(number, step) for number, step in enumerate(steps, 1)),
        unsaid=tuple(unsaid(matters)),
        remarks=(*remarks, *noted, say("remarks.official")),
        sources=tuple(_sources(catalogue, matters)),
        questions=questions,
        following=following,
        downloads=tuple(Link(say(f"downloads.{format}"), base + subject.path(format)) for format in FORMATS),
    )


def _step(number: int, step: ChainStep) -> Step:
    matter = step.matter
    online = [say("online")] if matter.online else []
    applies = step.condition is not None and not step.settled
    return Step(
        number=number,
        title=matter.title,
        department="、".join(matter.departments) or say("no_department"),
        place="、".join([*matter.windows, *online]) or say("not_given"),
        certificate="、".join(matter.shown_certificates) or say("not_given"),
        level=say("level", level=matter.level, up=say(f"up.{matter.level}"))
        if matter.level
        else say("no_level"),
        source=say("source", row=matter.row),
        condition=say("condition", label=step.condition.label) if step.condition and applies else "",
        notes=(say("uncertain"),) if matter.uncertain else (),
    )


def _question(condition: Condition, subject: ScenarioSubject, base: str) -> Question:
    region, scenario = subject.region.id, subject.chain.scenario.id
    answers = tuple(
        Link(
            option.label,
            base + scenario_path(region, scenario, {**subject.facts, condition.id: option.value}),
        )
        for option in condition.options
    )
    return Question(say("questions.line", question=condition.question, why=condition.why), answers)


def unsaid(matters: Sequence[Matter]) -> Iterable[str]:
    """What the list does not say, and whom to ask."""
    for name, lacks in (
        ("department", [number for number, m in enumerate(matters, 1) if not m.departments]),
        ("place", [number for number, m in enumerate(matters, 1) if not m.places]),
        ("certificate", [number for number, m in enumerate(matters, 1) if not m.shown_certificates]),
    ):
        if lacks:
            every = len(lacks) == len(matters)
            which = say("unsaid.all") if every else say("unsaid.some", numbers="、".join(map(str, lacks)))
            yield say(f"unsaid.{name}", which=which)
    yield say("unsaid.never")


def _sources(catalogue: Catalogue, matters: Iterable[Matter]) -> Iterable[str]:
    """Each list with the rows that stand on the notice."""
    rows: dict[str, list[str]] = {}
    for matter in matters:
        rows.setdefault(catalogue.document(matter), []).append(matter.row)
    for document, found in rows.items():
        yield say("sources.line", document=document, rows=say("source", row="、".join(found)))
