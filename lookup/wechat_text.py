"""A chain as a text to paste into WeChat: everything the list gives, a line each."""

from __future__ import annotations

from collections.abc import Iterator

from knowledge.catalogue import Catalogue
from knowledge.scenario import Chain, ChainStep
from lookup.wording import say
from notice.notice import unsaid


def wechat_text(catalogue: Catalogue, chain: Chain, link: str = "") -> str:
    """The whole chain with departments, places, certificates, what the list does not say, and where it stands."""
    region = catalogue.regions[chain.region]
    lines = [
        say(
            f"wechat.head.{chain.scenario.shape}",
            region=region.short,
            title=chain.scenario.title,
            count=len(chain.steps),
        )
    ]
    for number, step in enumerate(chain.steps, 1):
        lines += _step(number, step)
    if chain.left_out:
        lines.append(say("wechat.left_out", titles="、".join(step.matter.title for step in chain.left_out)))
    lines += unsaid(chain.matters)
    lines += _sources(catalogue, chain)
    if link:
        lines.append(say("wechat.link", link=link))
    return "\n".join(lines)


def _step(number: int, step: ChainStep) -> Iterator[str]:
    matter = step.matter
    only = step.condition and not step.settled
    condition = say("wechat.only", label=step.condition.label) if step.condition and only else ""
    yield say("wechat.step", number=number, title=matter.title) + condition
    if matter.departments:
        yield say("wechat.departments", departments="、".join(matter.departments))
    elif not matter.level:
        yield say("wechat.nowhere")
    if matter.level:
        yield say("wechat.level", level=matter.level, up=say(f"up.{matter.level}"))
    if matter.places:
        yield say("wechat.places", places="、".join(matter.places))
    if matter.shown_certificates:
        yield say("wechat.certificates", certificates="、".join(matter.shown_certificates))


def _sources(catalogue: Catalogue, chain: Chain) -> Iterator[str]:
    rows: dict[str, list[str]] = {}
    for matter in chain.matters:
        rows.setdefault(catalogue.document(matter), []).append(matter.row)
    for document, found in rows.items():
        yield say("wechat.source", document=document, rows="、".join(found))
