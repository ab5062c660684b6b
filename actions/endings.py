"""Endings that are not answers: questions back, out of scope, small talk, hand-off, errors."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from actions.candidates import Candidate
from actions.compose import MAX_OPTIONS, matter_option, scenario_option
from actions.lines import names
from actions.reply import SAYING, Option, Reply
from actions.wording import say
from knowledge.catalogue import Catalogue
from knowledge.matter import AUDIENCES

EXAMPLES = ("宝宝出生了要办什么", "刚买了二手房", "失业金怎么领")


def example_options() -> tuple[Option, ...]:
    """Things to ask, so that no reply is a dead end."""
    return tuple(Option(text, f"{SAYING}{text}") for text in EXAMPLES)


def simple(kind: str, key: str, turn: int, region: str | None = None, /, **values: object) -> Reply:
    """A reply of one wording with examples to go on from."""
    return Reply(kind=kind, text=say(key, turn, **values), region=region, options=example_options())


def ask_region(catalogue: Catalogue, audience: str | None, turn: int, text: str = "") -> Reply:
    """The question for the region; regions without a list for the audience are not offered.

    Those of a city that the text names come first ("我在威海").
    """
    offered = [
        region
        for region in catalogue.regions.values()
        if audience is None or catalogue.has_list(region.id, audience)
    ]
    offered.sort(key=lambda region: region.name[:2] not in text)
    return Reply(
        kind="clarify",
        text="\n".join([say("ask_region.head", turn), *(f"{i}. {r.name}" for i, r in enumerate(offered, 1))]),
        audience=audience,
        options=tuple(Option(r.short, f"region:{r.id}") for r in offered),
        numbered=True,
    )


def clarify(
    catalogue: Catalogue, candidates: Sequence[Candidate], region: str, turn: int, key: str = "clarify.head"
) -> Reply:
    """Up to four things that may be meant."""
    options = []
    for candidate in candidates[:4]:
        if candidate.scenario:
            options.append(scenario_option(catalogue.scenarios[candidate.scenario]))
        else:
            options.append(matter_option(candidate.matters[0]))
    lines = [say(key, turn), *(f"{i}. {o.label}" for i, o in enumerate(options, 1))]
    options.append(Option(say("option.human"), "human:"))
    return Reply(
        kind="clarify",
        text="\n".join(lines),
        region=region,
        options=tuple(options),
        confidence=candidates[0].probability if candidates else None,
        numbered=True,
    )


def not_here(catalogue: Catalogue, target: str, region: str, turn: int) -> Reply:
    """The region's list does not have what is meant; regions that do have it are offered."""
    title = title_of(catalogue, target)
    lines = [
        say("outside.not_here", turn, region=catalogue.regions[region].short, title=title),
    ]
    others = [r for r in catalogue.regions.values() if _has(catalogue, target, r.id)]
    if others:
        lines.append(say("outside.elsewhere", regions=names(r.short for r in others)))
    options = [Option(say("option.elsewhere", region=r.short), f"region:{r.id}") for r in others]
    options.append(Option(say("option.human"), "human:"))
    return Reply(kind="out_of_scope", text="\n".join(lines), region=region, options=tuple(options))


def not_for(catalogue: Catalogue, target: str, region: str, audience: str, turn: int) -> Reply:
    """The region has what is meant for the other audience only."""
    text = say(
        "outside.not_for",
        turn,
        region=catalogue.regions[region].short,
        title=title_of(catalogue, target),
        audience=say(f"audience.{audience}"),
    )
    other = next(name for name in AUDIENCES if name != audience)
    options = (Option(say(f"option.{other}"), f"audience:{other}"), Option(say("option.human"), "human:"))
    return Reply("out_of_scope", text, region, audience=audience, options=options)


def case_not_listed(
    catalogue: Catalogue, scenario_id: str, region: str, facts: Mapping[str, str], turn: int
) -> Reply:
    """The region's chain holds nothing for the case told; what it does hold is offered."""
    chain = catalogue.chain(scenario_id, region)
    told = [c.option(facts[c.id]).label for c in chain.open_conditions if c.id in facts]
    text = say(
        "outside.case_not_listed",
        turn,
        region=catalogue.regions[region].short,
        title=chain.scenario.title,
        case=names(told),
        titles=names(matter.title for matter in chain.matters),
    )
    options = [
        *(matter_option(m) for m in chain.matters[: MAX_OPTIONS - 1]),
        Option(say("option.human"), "human:"),
    ]
    return Reply(
        kind="out_of_scope",
        text=text,
        region=region,
        audience=chain.scenario.audience,
        options=tuple(options),
    )


def no_enterprise_list(catalogue: Catalogue, region: str) -> Reply:
    """The region has no list for businesses; those that have one are offered."""
    others = [r for r in catalogue.regions.values() if catalogue.has_list(r.id, "enterprise")]
    text = say(
        "outside.no_enterprise_list",
        region=catalogue.regions[region].short,
        regions=names(r.short for r in others),
    )
    options = tuple(Option(say("option.elsewhere", region=r.short), f"region:{r.id}") for r in others)
    return Reply(kind="out_of_scope", text=text, region=region, audience="enterprise", options=options)


def audience_options() -> tuple[Option, ...]:
    """One option an audience."""
    return tuple(Option(say(f"option.{name}"), f"audience:{name}") for name in AUDIENCES)


def title_of(catalogue: Catalogue, target: str) -> str:
    """What a concept, variant or scenario is called."""
    if target in catalogue.concepts:
        return catalogue.concepts[target].title
    if target in catalogue.variants:
        target = catalogue.variants[target].scenario
    return catalogue.scenarios[target].title if target in catalogue.scenarios else target


def _has(catalogue: Catalogue, target: str, region: str) -> bool:
    if target in catalogue.concepts:
        return bool(catalogue.matters_for(target, region))
    if target in catalogue.variants:
        target = catalogue.variants[target].scenario
    return target in catalogue.scenarios and bool(catalogue.chain(target, region).steps)
