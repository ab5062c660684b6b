"""The page of a scenario: its chain in a region, step by step, with the conditions that change it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from knowledge.catalogue import Catalogue
from knowledge.matter import Matter
from knowledge.office import Office
from knowledge.scenario import Chain, ChainStep, Condition
from notice import address as notice
from notice.errors import Unknown
from notice.notice import unsaid
from notice.subject import ScenarioSubject, scenario_subject
from pages import linked_data
from pages.address import matter_path, region_path, scenario_path
from pages.errors import NoSuchPage
from pages.page import Link, Page
from pages.regions import trail
from pages.wording import say

# A place such as a police station stands for many offices; the rest are found on the matter's own page.
MOST_OFFICES = 5


@dataclass(frozen=True)
class Step:
    """One matter of the chain as it stands on the page."""

    number: int
    matter: Matter
    path: str
    document: str
    condition: str
    offices: tuple[Office, ...]


@dataclass(frozen=True)
class Question:
    """A condition with its answers; `back` takes the answer given back, empty where none was."""

    text: str
    why: str
    answers: tuple[Link, ...]
    back: str


def scenario_page(
    catalogue: Catalogue, region: str, scenario: str, facts: Mapping[str, str], today: date
) -> Page:
    """The chain as a page. Raises NoSuchPage, and Unreadable for a condition that cannot be chosen."""
    try:
        subject = scenario_subject(catalogue, region, scenario, facts)
    except Unknown as missing:
        raise NoSuchPage(str(missing)) from None
    chain, place, title = subject.chain, subject.region, subject.chain.scenario.title
    steps = tuple(step_of(catalogue, number, link, today) for number, link in enumerate(chain.steps, 1))
    path = scenario_path(region, scenario, facts)
    heading = say("scenario.title", title=title, region=place.short)
    return Page(
        "scenario.html.jinja",
        heading,
        path,
        {
            "region": place,
            "scenario": chain.scenario,
            "heading": heading,
            "count": _size(chain),
            "steps": steps,
            "questions": tuple(_question(condition, subject) for condition in asked(catalogue, chain)),
            "left_out": "、".join(step.matter.title for step in chain.left_out),
            "unsaid": tuple(unsaid(chain.matters)),
            "following": tuple(following(catalogue, chain)),
            "notices": notice_links(subject.path),
        },
        description=say(
            "scenario.description",
            title=title,
            region=place.name,
            matters="、".join(step.matter.title for step in steps[:4]),
            count=len(steps),
        ),
        trail=(*trail(), Link(place.short, region_path(region))),
        region=region,
        canonical=scenario_path(region, scenario),
        linked_data=(linked_data.of_chain(heading, path, chain, place),),
    )


def step_of(catalogue: Catalogue, number: int, link: ChainStep, today: date) -> Step:
    """One link of a chain; its condition is told until it is settled."""
    matter = link.matter
    label = link.condition.label if link.condition and not link.settled else ""
    offices = catalogue.offices_for(matter, today)[:MOST_OFFICES]
    return Step(number, matter, matter_path(matter.id), catalogue.document(matter), label, offices)


def _size(chain: Chain) -> str:
    if not chain.steps:
        return say("scenario.none")
    shape = "one" if len(chain.steps) == 1 else chain.scenario.shape
    return say(f"scenario.{shape}", count=len(chain.steps))


def notice_links(path: Callable[[str], str]) -> tuple[Link, ...]:
    """The one-time notice in each of its formats."""
    return tuple(Link(say(f"notice.{format}"), path(format)) for format in notice.FORMATS)


def asked(catalogue: Catalogue, chain: Chain) -> list[Condition]:
    """The scenario's conditions that decide about a step in this region."""
    deciding = {step.condition.condition for step in (*chain.steps, *chain.left_out) if step.condition}
    return [
        condition
        for name, condition in catalogue.conditions_of(chain.scenario.id).items()
        if name in deciding
    ]


def _question(condition: Condition, subject: ScenarioSubject) -> Question:
    region, scenario, facts = subject.region.id, subject.chain.scenario.id, subject.facts
    others = {name: value for name, value in facts.items() if name != condition.id}
    chosen = facts.get(condition.id)
    answers = tuple(
        Link(
            option.label,
            scenario_path(region, scenario, {**others, condition.id: option.value}),
            current=option.value == chosen,
        )
        for option in condition.options
    )
    return Question(
        condition.question, condition.why, answers, scenario_path(region, scenario, others) if chosen else ""
    )


def following(catalogue: Catalogue, chain: Chain) -> list[Link]:
    """The pages of the scenarios that come after, and who says so."""
    return [
        Link(
            other.title,
            scenario_path(chain.region, other.id),
            say("following.printed" if printed else "following.ours"),
        )
        for other, printed in catalogue.following(chain.scenario.id, chain.region)
    ]
