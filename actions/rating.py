"""Ratings (好差评): heard as words or taps, and offered once for each scenario that was answered."""

from __future__ import annotations

import re
from dataclasses import replace

from actions.compose import MAX_OPTIONS
from actions.context import Context, Outcome
from actions.endings import example_options
from actions.reply import Option, Reply
from actions.state import State
from actions.wording import say

LEVELS = (5, 4, 3, 2, 1)
POOR = 2
_DIGITS = {"一": 1, "二": 2, "两": 2, "三": 3, "四": 4, "五": 5}
# Longer words come first; each must stand alone or before a comma, so that 五星级酒店 and 一般纳税人 stay wishes.
_WORDS = {
    "非常不满意": 1,
    "很不满意": 1,
    "太差": 1,
    "差评": 1,
    "不满意": 2,
    "不太满意": 2,
    "非常满意": 5,
    "十分满意": 5,
    "很满意": 5,
    "比较满意": 4,
    "基本满意": 3,
    "满意": 4,
    "好评": 5,
    "满分": 5,
    "中评": 3,
    "一般般": 3,
    "一般": 3,
}
_LEAD = r"(?:[我俺]|就|那|呃|嗯|给|打|选|评|个|服务评价|评价|[:：，, ])*"
_STOP = r"(?=$|[吧了啊呢哈]*(?:$|[，,。.！!；;\s]))"
_WORD = re.compile(rf"^{_LEAD}({'|'.join(_WORDS)}){_STOP}")
_STARS = re.compile(rf"^{_LEAD}([1-5一二两三四五])(?:颗|个)?星(?:好评)?{_STOP}")
_POINTS = re.compile(rf"^{_LEAD}(?:给|打|评)个?([1-5一二两三四五])(?:个)?分{_STOP}")
_WANT = re.compile(r"^(?:我要|我想|去)?(?:评价|打个?分|评个分)(?:一下)?[。！!]?$")
_LOOSE = re.compile(r"(?:[，,]|觉着|觉得).{0,8}?([1-5一二两三四五])(?:颗|个)?星$")


def level_of(text: str) -> int | None:
    """The level from 1 to 5 that words such as 五星, 不满意, 打3分 give; None where they give none."""
    text = text.strip()
    if word := _WORD.search(text):
        return _WORDS[word[1]]
    if number := _STARS.search(text) or _POINTS.search(text) or _LOOSE.search(text):
        return _DIGITS.get(number[1]) or int(number[1])
    return None


def answered(state: State) -> str:
    """The scenario (or concept) being talked about; empty where nothing has been answered."""
    thread = state.thread
    return (thread.scenario or thread.concept or "") if thread else ""


def rate(context: Context) -> Outcome | None:
    """Takes a rating, or asks for its level where somebody only wants to rate."""
    choice = context.heard.payload or _numbered(context)
    if choice.startswith("rate:"):
        value = choice.removeprefix("rate:")
        return _thanks(context, int(value)) if value in map(str, LEVELS) else _ask(context)
    if context.heard.payload:
        return None
    level = level_of(context.heard.text)
    if level is not None:
        return _thanks(context, level)
    return _ask(context) if _WANT.search(context.heard.text.strip()) else None


def offer(reply: Reply, before: State, after: State) -> tuple[Reply, State]:
    """Adds 评价 to the second reply about one scenario, once; never to the first answer, never to a question back."""
    scenario = answered(after)
    if (
        reply.kind not in ("chain", "matter", "slot", "refuse")
        or not scenario
        or scenario != answered(before)
        or scenario in after.rated
        or any(option.choice.startswith("fact:") for option in reply.options)
        or len(reply.options) >= MAX_OPTIONS
    ):
        return reply, after
    options = (*reply.options, Option(say("rate.option"), "rate:"))
    return replace(reply, options=options), replace(after, rated=(*after.rated, scenario)[-20:])


def _numbered(context: Context) -> str:
    """The choice behind a number or label that was typed instead of tapped."""
    text, options = context.heard.text.strip(" 。.！!"), context.state.options
    if text.isascii() and text.isdigit() and len(text) <= 2 and 1 <= int(text) <= len(options):
        return options[int(text) - 1][1]
    return next((choice for label, choice in options if label == text), "")


def _ask(context: Context) -> Outcome:
    options = tuple(Option(say(f"rate.levels.{level}"), f"rate:{level}") for level in LEVELS)
    lines = [say("rate.ask"), *(f"{i}. {option.label}" for i, option in enumerate(options, 1))]
    reply = Reply(
        "clarify", "\n".join(lines), context.state.region, options=options, service={"rating": "asked"}
    )
    return context.end(reply)


def _thanks(context: Context, level: int) -> Outcome:
    state, scenario = context.state, answered(context.state)
    poor = level <= POOR
    text = say("rate.poor" if poor else "rate.thanks", context.turn)
    human = (Option(say("option.human"), "human:"),) if poor else ()
    given = {"level": level, "scenario": scenario or None}
    reply = Reply(
        "feedback", text, state.region, options=(*human, *example_options()), service={"feedback": given}
    )
    rated = state.rated if not scenario or scenario in state.rated else (*state.rated, scenario)
    return Outcome(reply, replace(state, rated=rated[-20:]))
