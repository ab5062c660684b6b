"""A wish for the one-time notice: links to the document of what is being talked about, with the facts told so far."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from actions import endings
from actions.answering import answer_wish
from actions.compose import matter_option, scenario_option
from actions.context import Context, Outcome
from actions.facts import chain_conditions
from actions.reply import Option, Reply
from actions.signals import has
from actions.state import State
from actions.wording import say
from knowledge.catalogue import Catalogue
from notice.address import FORMATS, matters_path, scenario_path

# From this probability of a target on, a message names an event of its own beside the wish for its notice.
CLEAR = 0.6
# Longer lists are no document to hand out.
MOST_MATTERS = 40
SHORT = 30
FILES = {"pdf": "PDF", "docx": "Word"}


@dataclass(frozen=True)
class Links:
    """Where the notice of something is, by format; `about` is what it is called."""

    about: str
    region: str
    paths: Mapping[str, str]
    options: tuple[Option, ...]


def give_notice(context: Context) -> Outcome | None:
    """Links to the notice; where nothing is talked about, the question for what it should be."""
    if context.heard.payload or not _is_wished(context):
        return None
    if _names_another(context):
        outcome = answer_wish(context)
        if outcome is None or outcome.reply.kind not in ("chain", "matter"):
            return outcome
        links = links_to(context.catalogue, outcome.state)
        return replace(outcome, reply=_added(outcome.reply, links)) if links else outcome
    thread = context.state.thread
    links = links_to(context.catalogue, context.state)
    if links is None:
        key = "notice.too_many" if thread else "notice.which"
        return context.end(endings.simple("clarify", key, context.turn, context.state.region))
    text = say("notice.head", context.turn, title=links.about, region=_short(context.catalogue, links.region))
    reply = Reply("smalltalk", text, links.region, options=links.options)
    return context.end(_added(reply, links))


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


def _is_wished(context: Context) -> bool:
    """Plain words always; words of printing and saving, or a sure intent, where the message is nothing else."""
    text = context.heard.text
    if has("notice", text):
        return True
    weak = has("print", text) or context.intends("ask_notice")
    return weak and len(text) <= SHORT and (context.best < CLEAR or context.state.thread is not None)


def _names_another(context: Context) -> bool:
    """Whether the message names an event or a matter that is not the one being talked about."""
    targets, thread = context.heard.targets, context.state.thread
    if not targets or context.best < CLEAR or context.heard.outside > context.best:
        return False
    best = max(targets, key=lambda target: target.probability).id
    return thread is None or best not in (thread.scenario, thread.concept, *thread.matters)


def _facts(catalogue: Catalogue, scenario: str, told: Mapping[str, str]) -> dict[str, str]:
    """The facts told that this scenario asks for."""
    return {
        condition.id: told[condition.id]
        for condition in chain_conditions(catalogue, scenario)
        if told.get(condition.id) in {option.value for option in condition.options}
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
