"""The read-aloud script of a chain: short sentences in parts of half a minute."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from knowledge.catalogue import Catalogue
from knowledge.scenario import Chain, ChainStep
from lookup.spoken import aloud, counted, number, seconds
from lookup.wording import say

LONGEST_SECONDS = 30.0


@dataclass(frozen=True)
class Way:
    """How much is said: each later way is shorter, none leaves out a step or whom to see."""

    placed: bool = False
    together: bool = True
    own_names: bool = False
    everyday: bool = False
    brief_head: bool = False


# From the fullest to the shortest; the first that fits is read.
WAYS = (
    Way(placed=True, together=False),
    Way(together=False),
    Way(),
    Way(own_names=True),
    Way(own_names=True, everyday=True),
    Way(own_names=True, everyday=True, brief_head=True),
)
IN_PARTS = Way()


@dataclass(frozen=True)
class _Told:
    """One step ready to be said."""

    number: str
    title: str
    where: str
    places: str


def script(catalogue: Catalogue, chain: Chain) -> tuple[str, ...]:
    """What is read to a caller, in parts of at most LONGEST_SECONDS; six steps fit into one unless their names are too long."""
    for way in WAYS:
        text = _head(catalogue, chain, way) + "".join(_sentences(_steps(catalogue, chain, way), way))
        if _fits(text):
            return (text,)
    return tuple(_parts(_head(catalogue, chain, IN_PARTS), _steps(catalogue, chain, IN_PARTS)))


def _head(catalogue: Catalogue, chain: Chain, way: Way) -> str:
    return say(
        f"script.{'brief_head' if way.brief_head else 'head'}.{chain.scenario.shape}",
        region=aloud(catalogue.regions[chain.region].short),
        title=aloud(chain.scenario.title),
        count=counted(len(chain.steps)),
    )


def _parts(head: str, steps: Sequence[_Told]) -> Iterator[str]:
    """As many steps to a part as fit, each part whole in itself; all but the last say that there is more."""
    begin, rest = head, list(steps)
    while rest:
        fitting = [text for count in range(1, len(rest) + 1) if _fits(text := _part(begin, rest, count))]
        yield fitting[-1] if fitting else _part(begin, rest, 1)
        rest = rest[max(1, len(fitting)) :]
        begin = say("script.goes_on")


def _part(begin: str, steps: Sequence[_Told], count: int) -> str:
    left = len(steps) - count
    more = say("script.more", count=counted(left)) if left else ""
    return f"{begin}{''.join(_sentences(steps[:count], IN_PARTS))}{more}"


def _fits(text: str) -> bool:
    return seconds(text) <= LONGEST_SECONDS


def _sentences(steps: Sequence[_Told], way: Way) -> Iterator[str]:
    if not way.together:
        for step in steps:
            form = "placed" if way.placed and step.places else "step"
            yield say(
                f"script.{form}", number=step.number, told=step.title, where=step.where, places=step.places
            )
        return
    for where, group in groupby(steps, key=lambda step: step.where):
        found = list(group)
        if len(found) == 1:
            yield say("script.brief", number=found[0].number, told=found[0].title, where=where)
            continue
        yield say("script.several", count=counted(len(found)), where=where)
        inside = [say("script.inside", number=step.number, told=step.title) for step in found]
        yield from (*inside[:-1], inside[-1][:-1] + "。")


def _steps(catalogue: Catalogue, chain: Chain, way: Way) -> list[_Told]:
    titles = _titles(chain.steps, way)
    return [
        _Told(
            number(at),
            _with_condition(step, title),
            _where(catalogue, step, way),
            "、".join(aloud(place) for place in step.matter.windows),
        )
        for at, (step, title) in enumerate(zip(chain.steps, titles, strict=True), 1)
    ]


def _titles(steps: Sequence[ChainStep], way: Way) -> list[str]:
    """Titles without brackets, except where two would then sound the same."""
    whole = [step.matter.title for step in steps]
    if way.own_names:
        own = [title.rpartition("——")[2] for title in whole]
        whole = own if len(set(map(aloud, own))) == len(set(map(aloud, whole))) else whole
    plain = [aloud(title) for title in whole]
    return [
        short if plain.count(short) == 1 else _with_brackets(title)
        for title, short in zip(whole, plain, strict=True)
    ]


def _with_brackets(title: str) -> str:
    """Brackets at the end become an addition, those inside a part of the name."""
    return aloud(re.sub(r"（([^（）]*)）$", r"，\1", title).replace("（", "").replace("）", ""))


def _with_condition(step: ChainStep, title: str) -> str:
    """The title, after whom it is for where that is not settled."""
    if step.condition is None or step.settled:
        return title
    return say("script.only", label=aloud(step.condition.label), title=title)


def _where(catalogue: Catalogue, step: ChainStep, way: Way) -> str:
    matter = step.matter
    name: Callable[[str], str] = aloud
    if way.everyday:
        name = lambda printed: _everyday(catalogue, matter.region, printed)  # noqa: E731
    if matter.departments:
        return say("script.departments", departments="、".join(map(name, matter.departments)))
    return say("script.level", up=say(f"up.{matter.level}")) if matter.level else say("script.nowhere")


def _everyday(catalogue: Catalogue, region: str, printed: str) -> str:
    """What people call the department, where that is shorter and still says what it is."""
    department = catalogue.department(region, printed)
    fit = [aloud(name) for name in (printed, *department.aliases) if name[-1] in "局中心部院厅处会办"]
    return min(fit or [aloud(printed)], key=len)
