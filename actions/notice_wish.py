"""A wish for the one-time notice: links to the document of what is being talked about, with the facts told so far."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace

from actions import endings
from actions.answering import answer_wish
from actions.compose import matter_option, scenario_option
from actions.context import Context, Outcome
from actions.reply import Option, Reply
from actions.signals import has
from actions.state import State
from actions.wording import say
from knowledge.catalogue import Catalogue
from notice.address import FORMATS, matters_path, scenario_path
from notice.subject import MOST_MATTERS

# From this probability of a target on, the words beside the wish for a notice name an event of their own.
NAMED = 0.35
SHORT = 30
FILES = {"pdf": "PDF", "docx": "Word"}
# What a wish for a notice is made of; what is left of the message names the event, if anything does.
_WISH = re.compile(
    r"一次性|告知[单书]?|清单|单子|步骤|手续|打印|导出?|下载|保存|生成|存|发|给|弄|做|转|打|文件|文档|纸质?|电子版|版本?|pdf|word|docx|"
    r"[一两]?[份张个]|下来|出来|成|[我俺您你的把要想请能可以不没有吗吧呗呢么了啊这那些下就行带走来去拿]|\W",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Links:
    """Where the notice of something is, by format; `about` is what it is called."""

    about: str
    region: str
    paths: Mapping[str, str]
    options: tuple[Option, ...]


def give_notice(context: Context) -> Outcome | None:
    """Links to the notice; where nothing is talked about, the question for what it should be."""
    text = context.heard.text
    plain = has("notice", text) or (context.intends("ask_notice") and len(text) <= SHORT)
    if context.heard.payload or not (plain or (has("print", text) and len(text) <= SHORT)):
        return None
    if _names_another(context):
        # "社保证明能打印一份吗" asks for a paper, not for a notice.
        return with_notice(context.catalogue, answer_wish(context)) if plain else None
    thread = context.state.thread
    links = links_to(context.catalogue, context.state)
    if links is None and context.state.wish and context.state.region is None:
        # The event is known, only the region is not.
        asked = endings.ask_region(context.catalogue, context.state.audience, context.turn)
        wish = replace(context.state.wish, notice=True)
        return Outcome(asked, replace(context.state, wish=wish))
    if links is None:
        key = "notice.too_many" if thread else "notice.which"
        reply = endings.simple("clarify", key, context.turn, context.state.region)
        return Outcome(reply, context.state if thread else replace(context.state, asking="notice"))
    text = say("notice.head", context.turn, title=links.about, region=_short(context.catalogue, links.region))
    reply = Reply("smalltalk", text, links.region, options=links.options)
    return context.end(_added(reply, links))


def answer_with_notice(context: Context) -> Outcome | None:
    """The answer to a wish, with the links to its notice where the notice was asked for before the wish was named."""
    outcome = answer_wish(context)
    return with_notice(context.catalogue, outcome) if context.state.asking == "notice" else outcome


def links_to(catalogue: Catalogue, state: State) -> Links | None:
    """The notice of the present thread; None where there is no thread, or one that is no document."""
    thread = state.thread
    matters = (
        [catalogue.matters[name] for name in thread.matters if name in catalogue.matters] if thread else []
    )
    if thread is None or not matters:
        return None
    region = matters[0].region
    if thread.scenario and catalogue.chain(thread.scenario, region).steps:
        scenario = catalogue.scenarios[thread.scenario]
        facts = _facts(catalogue, scenario.id, state.facts)
        paths = {name: scenario_path(region, scenario.id, facts, _ending(name)) for name in FORMATS}
        return Links(scenario.title, region, paths, (scenario_option(scenario),))
    ids = list(dict.fromkeys(matter.id for matter in matters if matter.region == region))
    if len(ids) > MOST_MATTERS:
        return None
    about = matters[0].title
    if len(ids) > 1:
        about = say("notice.several", first=about, count=len(ids))
    paths = {name: matters_path(region, ids, _ending(name)) for name in FORMATS}
    return Links(about, region, paths, (matter_option(matters[0]),))


def _names_another(context: Context) -> bool:
    """Whether the message names an event or a matter that is not the one being talked about."""
    targets, thread = context.heard.targets, context.state.thread
    if len(_WISH.sub("", context.heard.text)) < 2 or context.best < max(NAMED, context.heard.outside):
        return False
    best = max(targets, key=lambda target: target.probability).id
    return thread is None or best not in (thread.scenario, thread.concept, *thread.matters)


def with_notice(catalogue: Catalogue, outcome: Outcome | None) -> Outcome | None:
    """An answer with the links to its notice; a wish that still waits for a region will have them then."""
    if outcome is None:
        return None
    if outcome.state.wish:
        wish = replace(outcome.state.wish, notice=True)
        return replace(outcome, state=replace(outcome.state, wish=wish))
    if outcome.reply.kind not in ("chain", "matter"):
        return outcome
    links = links_to(catalogue, outcome.state)
    return replace(outcome, reply=_added(outcome.reply, links)) if links else outcome


def _facts(catalogue: Catalogue, scenario: str, told: Mapping[str, str]) -> dict[str, str]:
    """The facts told that this scenario asks for."""
    return {
        name: told[name]
        for name, condition in catalogue.conditions_of(scenario).items()
        if told.get(name) in {option.value for option in condition.options}
    }


def _added(reply: Reply, links: Links) -> Reply:
    """The reply with the links in its text and on its card."""
    lines = [say("notice.page", path=links.paths["html"])]
    lines += [say("notice.file", kind=kind, path=links.paths[name]) for name, kind in FILES.items()]
    if reply.steps:
        lines = [say("notice.also"), *lines]
    return replace(
        reply,
        text="\n".join([reply.text, *lines]),
        service={**reply.service, "notice": dict(links.paths)},
    )


def _ending(format: str) -> str:
    return "" if format == "html" else format


def _short(catalogue: Catalogue, region: str) -> str:
    return catalogue.regions[region].short
