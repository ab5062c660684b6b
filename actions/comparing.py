"""The same thing in two or more regions."""

from __future__ import annotations

from dataclasses import replace

from actions.candidates import rank
from actions.context import Context, Outcome
from actions.listing import compare_reply
from actions.regions import thread_targets
from actions.signals import has
from knowledge.matter import Matter

# From this probability by itself on, a message says what is to be compared.
NAMED = 0.3


def compare(context: Context) -> Outcome | None:
    """The same thing in two or more regions."""
    heard, state, catalogue = context.heard, context.state, context.catalogue
    asked = has("compare", heard.text) or (context.intends("compare_regions") and len(heard.regions) != 1)
    if heard.payload or heard.rows or not (asked or len(heard.regions) >= 2):
        return None
    if not asked and len(heard.regions) >= 2 and context.best < 0.3:
        return None
    # "跟环翠比有啥不一样" names nothing by itself: what was shown is set side by side, the whole chain where it was one.
    names = context.alone >= NAMED and len(heard.rest) > 1
    targets = heard.targets if names else thread_targets(context)
    home = [state.region] if state.region else []
    if len(heard.regions) >= 2:
        regions = list(heard.regions)
    elif len(heard.regions) == 1 and context.focus and len(heard.rest) <= 4:
        # "跟环翠有什么区别" sets what was shown beside that region, and stays where it is.
        here = context.focus[0].region
        # "环翠也一样吗" asks for 环翠 first of all.
        both = [*heard.regions, here] if has("same_there", heard.text) else [here, *heard.regions]
        regions = list(dict.fromkeys(both))
        context = replace(context, state=replace(state, region=here))
        if len(regions) < 2:
            return None
    else:
        regions = list(dict.fromkeys([*home, *heard.regions, *catalogue.regions]))
    entries: list[tuple[str, tuple[Matter, ...]]] = []
    title = ""
    for region in regions:
        ranking = rank(catalogue, targets, region, context.audience)
        best = ranking.here[0] if ranking.here and ranking.here[0].probability >= 0.2 else None
        if best is not None and not title:
            scenario = catalogue.scenarios[best.scenario] if best.scenario else None
            title = scenario.title if scenario else best.matters[0].title
        entries.append((region, best.matters[:8] if best else ()))
    if not any(matters for _, matters in entries):
        return None
    if len(regions) > 2 and len(heard.regions) < 2:
        entries = [entry for entry in entries if entry[1] or entry[0] == state.region]
    return context.remember(compare_reply(catalogue, entries, title, context.turn), heard.text)
