"""A message in the light of what was talked about: its targets by itself and after the earlier words, put together."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

from actions.heard import Heard, Target
from actions.signals import has

# Added to every probability before they are multiplied: what one reading finds impossible may still be meant.
FLOOR = 0.005
# The message by itself counts less, as this power of its probability: it is the one that lacks the context.
ALONE = 0.75
# What a message turns away from keeps this share; from this probability on it names something else by itself.
BEHIND, ANOTHER, LIKELY, CORRECTED = 0.02, 0.25, 0.4, 0.6
# From this probability on a message that does not lean on earlier words is taken by itself.
SURE = 0.9


def in_context(heard: Heard, own: Collection[str] = (), around: Collection[str] = ()) -> Heard:
    """The message with the targets that both readings support, best first; as it is where there is one reading only.

    A weighted product of both: "医保呢" after a change of jobs means moving the insurance, whereas a new wish that is clear by
    itself stays what it is. `own` are the ids of what is being talked about, `around` those of what holds all of it.
    """
    after = heard.in_context
    if after is None or heard.payload:
        return heard
    best = max((t.probability for t in heard.targets), default=0.0)
    repeats = bool(after.targets) and after.targets[0].id in own
    # "一年能贷多少" asks an aspect of what is at hand.
    asks = bool(heard.aspects) and len(heard.rest) <= 3
    kind = has("kind", heard.text) and has("leans", heard.text)
    if best >= SURE and not asks and not kind and (repeats or not has("leans", heard.text)):
        # "我要结婚" after a question for unemployment money is a new wish, and so is "那低保呢" where the second reading
        # finds nothing but the old one.
        return replace(heard, in_context=None)
    if has("correct", heard.text) and best >= CORRECTED:
        # What corrects stands by itself: the earlier words are what it takes back.
        return replace(heard, in_context=None, alone=best, alone_outside=heard.outside, behind=tuple(own))
    behind = _behind(heard, own)
    others = max((t.probability for t in after.targets if t.id not in behind), default=0.0)
    if behind and best >= CORRECTED and others < ANOTHER:
        # "医保呢" after the identity card: read with the earlier words it means nothing.
        return replace(heard, in_context=None, alone=best, alone_outside=heard.outside, behind=tuple(behind))
    alone = {t.id: t for t in heard.targets}
    there = {t.id: t for t in after.targets}
    weights: dict[str, float] = {}
    for name in alone.keys() | there.keys():
        first = alone[name].probability if name in alone else 0.0
        second = there[name].probability if name in there else 0.0
        weights[name] = (first + FLOOR) ** ALONE * (second + FLOOR)
    # "孩子生下来呢" after the pregnancy is not the whole way from there, which begins with what was just answered.
    turned = behind | set(around) if behind else set()
    for name in turned & weights.keys():
        weights[name] *= BEHIND
    outside = (heard.outside + FLOOR) ** ALONE * (after.outside + FLOOR)
    total = sum(weights.values())
    # Earlier words can make a wish of a message; they cannot take from it that it is one ("有没有补贴").
    outside = min(outside / (total + outside), heard.outside)
    ranked = sorted(weights, key=lambda name: (-weights[name], name))[:40]
    share = (1 - outside) / total if total else 0.0
    targets = tuple(Target(n, (alone.get(n) or there[n]).kind, share * weights[n]) for n in ranked)
    return replace(
        heard,
        targets=targets,
        outside=outside,
        in_context=None,
        alone=best,
        alone_outside=heard.outside,
        behind=tuple(sorted(behind)),
    )


def _behind(heard: Heard, own: Collection[str]) -> set[str]:
    """What the message turns away from: "小学呢" after the kindergarten names another thing, "要是丢了呢" another case."""
    if heard.aspects or not heard.rest:
        return set()
    if has("correct", heard.text):
        return set(own)
    after = heard.in_context.targets if heard.in_context else ()
    likely = any(t.probability >= LIKELY and t.id not in own for t in heard.targets)
    if likely and len(heard.rest) >= 4 and after and after[0].id in own:
        # Nobody says at length what was just answered: "离了以后户口想迁走" is about the move.
        return set(own)
    if not has("contrasts", heard.text):
        return set()
    another = any(t.probability >= ANOTHER and t.id not in own for t in heard.targets)
    return set(own) if another or has("turns", heard.text) else set()
