"""A chain as a text message: one of 70 characters, one of 210, with as much of it as fits."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from knowledge.catalogue import Catalogue
from knowledge.scenario import Chain
from lookup.wording import say

# What one text message holds in Chinese, and three that are joined.
ONE, THREE = 70, 210
_BRACKETS = re.compile(r"（[^（）]*）")


def short_message(catalogue: Catalogue, chain: Chain, longest: int, link: str = "") -> str:
    """The fullest wording that is not longer than `longest` characters; the link, where there is one, is always in it."""
    return next(text for text in _wordings(catalogue, chain, link) if len(text) <= longest)


def _wordings(catalogue: Catalogue, chain: Chain, link: str) -> Iterator[str]:
    """From the fullest to the shortest."""
    known = {
        "region": catalogue.regions[chain.region].short,
        "title": chain.scenario.title,
        "count": len(chain.steps),
        "link": link,
    }
    whole, brief, bare = (list(_steps(chain, form)) for form in ("whole", "brief", "bare"))
    for steps in (whole, brief, bare):
        yield say("message.whole", steps="；".join(steps), **known)
    for steps in (brief, bare):
        yield from _shortened(steps, known)
    yield say("message.count" if link else "message.count_alone", **known)
    # A link alone still leads to everything.
    yield link


def _shortened(steps: Sequence[str], known: dict[str, object]) -> Iterator[str]:
    for count in range(len(steps) - 1, 0, -1):
        yield say("message.part", steps="；".join(steps[:count]), **known)


def _steps(chain: Chain, form: str) -> Iterator[str]:
    """Steps with departments, with short titles and departments, or with short titles alone."""
    for number, step in enumerate(chain.steps, 1):
        matter = step.matter
        title = matter.title if form == "whole" else _BRACKETS.sub("", matter.title.rpartition("——")[2])
        told = "step" if form != "bare" and matter.departments else "bare_step"
        yield say(
            f"message.{told}",
            number=number,
            title=title or matter.title,
            departments="、".join(matter.departments),
        )
