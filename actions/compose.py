"""Replies about scenarios and matters: the answer first, then what refines it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from actions.lines import matter_lines, names, place_note, source_line, step_line
from actions.reply import Option, Reply, matter_steps
from actions.wording import say
from knowledge.catalogue import Catalogue
from knowledge.matter import Matter
from knowledge.scenario import ChainStep, Scenario

MAX_OPTIONS = 8


def scenario_option(scenario: Scenario) -> Option:
    """An option that leads to a scenario."""
    return Option(scenario.title, f"scenario:{scenario.id}", scenario_id=scenario.id)


def matter_option(matter: Matter) -> Option:
    """An option that leads to a matter."""
    return Option(matter.title, f"matter:{matter.id}", matter_id=matter.id)


def chain_reply(
    catalogue: Catalogue, scenario_id: str, region: str, facts: Mapping[str, str], turn: int
) -> tuple[Reply, str]:
    """The chain of a scenario with the next question, and the condition asked for ("" where none is open)."""
    chain = catalogue.chain(scenario_id, region, facts)
    scenario, short = chain.scenario, catalogue.regions[region].short
    head = "chain.menu" if scenario.is_menu else "chain.head"
    if len(chain.steps) == 1:
        head = "chain.head_one"
    opening = say(f"opening.{scenario.tone}", turn)
    lines = [opening + say(head, turn, region=short, title=scenario.title, count=len(chain.steps))]
    lines += [step_line(order, step) for order, step in enumerate(chain.steps, 1)]
    if chain.left_out:
        titles = names(step.matter.title for step in chain.left_out)
        lines.append(say("chain.left_out", titles=titles))
    note = place_note(chain.matters)
    if note:
        lines.append(note + "。")
    if scenario.origin == "composed":
        lines.append(say("chain.composed"))
    lines.append(source_line(catalogue, chain.matters))
    asking, options = "", []
    # In a menu that conditions do not sort out, picking a matter is the quicker question.
    sorted_out = not scenario.is_menu or all(step.condition for step in chain.steps)
    if chain.open_conditions and sorted_out:
        condition = chain.open_conditions[0]
        asking = condition.id
        lines.append(say("chain.ask", question=condition.question, why=condition.why))
        options = [Option(o.label, f"fact:{o.id}") for o in condition.options]
    following = [other for other, _ in catalogue.following(scenario_id, region)]
    if following and not scenario.is_menu:
        lines.append(say("chain.next", titles=names(f"“{other.title}”" for other in following)))
    if not options and (scenario.is_menu or not following):
        options = [matter_option(matter) for matter in chain.matters[: MAX_OPTIONS - 1]]
    options += [scenario_option(other) for other in following][: max(0, MAX_OPTIONS - len(options))]
    reply = Reply(
        kind="chain",
        text="\n".join(lines),
        region=region,
        audience=scenario.audience,
        scenario=scenario,
        steps=chain.steps,
        options=tuple(options),
        facts=dict(facts),
    )
    return reply, asking


def matter_reply(
    catalogue: Catalogue,
    matters: Sequence[Matter],
    exact: bool,
    turn: int,
    followers: Sequence[Matter] = (),
) -> Reply:
    """One matter in full, or the few that a wish comes to; options lead to the chain that it belongs to.

    `followers` are matters that are likely needed after these.
    """
    first = matters[0]
    region = catalogue.regions[first.region]
    opening = _opening(catalogue, first, turn)
    if len(matters) == 1:
        key = "matter.head" if exact else "matter.near"
        lines = [opening + say(key, turn if exact else 0, region=region.short, title=first.title)]
        lines += matter_lines(catalogue, first)
    else:
        lines = [opening + say("matter.several", turn, region=region.short, count=len(matters))]
        lines += [step_line(order, step) for order, step in enumerate(matter_steps(matters), 1)]
        note = place_note(matters)
        lines += [note + "。"] if note else []
        lines.append(source_line(catalogue, matters))
    if followers:
        lines.append(say("matter.followers"))
        lines += [
            step_line(order, step) for order, step in enumerate(matter_steps(followers), len(matters) + 1)
        ]
        lines.append(source_line(catalogue, followers))
    options = [matter_option(matter) for matter in matters] if len(matters) > 1 else []
    options += [matter_option(matter) for matter in followers]
    scenarios = [
        s for s in catalogue.scenarios_of(first) if len(catalogue.chain(s.id, first.region).steps) > 1
    ]
    options += [scenario_option(scenario) for scenario in scenarios[:2]]
    if not options:
        options = [Option(say("option.restart"), "restart:")]
    return Reply(
        kind="matter",
        text="\n".join(lines),
        region=first.region,
        audience=first.audience,
        steps=matter_steps([*matters, *followers]),
        options=tuple(options[:MAX_OPTIONS]),
    )


def _opening(catalogue: Catalogue, matter: Matter, turn: int) -> str:
    """Condolence where the matter follows a death; a single matter gets no congratulation."""
    tones = {scenario.tone for scenario in catalogue.scenarios_of(matter)}
    return say("opening.condolence", turn) if tones == {"condolence"} else ""


def joined(replies: Sequence[Reply]) -> Reply:
    """Two answers in one: texts one after the other, steps in the order asked."""
    first = replies[0]
    steps: list[ChainStep] = []
    for reply in replies:
        steps += [step for step in reply.steps if step.matter not in {s.matter for s in steps}]
    lines = [first.text]
    for reply in replies[1:]:
        lines += [say("chain.also"), reply.text]
    options: list[Option] = []
    for reply in replies:
        options += [o for o in reply.options if o not in options and not o.choice.startswith("fact:")][:3]
    kind = "chain" if any(reply.kind == "chain" for reply in replies) else "matter"
    return Reply(
        kind=kind,
        text="\n".join(lines),
        region=first.region,
        audience=first.audience,
        scenario=first.scenario,
        steps=tuple(steps),
        options=tuple(options[:MAX_OPTIONS]),
        confidence=first.confidence,
    )
