"""The table of conditions, walked completely: every scenario in every region, every answer to every question."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import pytest

from actions.compose import chain_reply
from actions.dialogue import Conversation
from actions.facts import facts_told
from actions.reply import Reply
from actions.state import State
from knowledge.catalogue import Catalogue, load_catalogue
from knowledge.scenario import Chain, ConditionOption
from tests.actions.talk import Talk, faults, hear, tapped

CATALOGUE = load_catalogue()
CHAINS = [
    pytest.param(scenario, region, id=f"{scenario}-{region}")
    for scenario in CATALOGUE.scenarios
    for region in CATALOGUE.regions
    if CATALOGUE.chain(scenario, region).steps
]
CONDITIONAL = [
    param for param in CHAINS if CATALOGUE.chain(str(param.values[0]), str(param.values[1])).open_conditions
]


def leads(catalogue: Catalogue, scenario: str, region: str, state: State, option: ConditionOption) -> bool:
    """Whether the region's chain holds anything for this answer."""
    return bool(catalogue.chain(scenario, region, {**state.facts, option.condition: option.value}).steps)


def ids(chain: Chain) -> list[str]:
    return [matter.id for matter in chain.matters]


def ways(conversation: Conversation, scenario: str, region: str) -> Iterator[tuple[Reply, State, Chain]]:
    """Every reply on every way through a scenario's open conditions, with the state and the chain it stands for."""
    catalogue = conversation.catalogue
    first = conversation(State(region=region), tapped(f'/choose{{"payload":"scenario:{scenario}"}}'))
    queue = [first]
    seen: set[tuple[tuple[str, str], ...]] = set()
    while queue:
        reply, state = queue.pop()
        chain = catalogue.chain(scenario, region, state.facts)
        yield reply, state, chain
        if not reply.steps:
            continue
        for condition in chain.open_conditions:
            for option in condition.options:
                told = tuple(sorted({**state.facts, condition.id: option.value}.items()))
                if told not in seen:
                    seen.add(told)
                    payload = f'/choose{{"payload":"fact:{option.id}"}}'
                    queue.append(conversation(state, tapped(payload)))


def test_every_scenario_has_a_chain_somewhere(catalogue: Catalogue) -> None:
    reached = {str(param.values[0]) for param in CHAINS}
    assert reached == set(catalogue.scenarios)


@pytest.mark.parametrize(("scenario", "region"), CHAINS)
def test_every_way_through_a_chain(conversation: Conversation, scenario: str, region: str) -> None:
    catalogue = conversation.catalogue
    whole = catalogue.chain(scenario, region)
    order = {matter: at for at, matter in enumerate(ids(whole))}
    ends = 0
    for reply, state, chain in ways(conversation, scenario, region):
        facts = dict(state.facts)
        assert not faults(reply, catalogue), f"{facts}: {faults(reply, catalogue)}\n{reply.text}"
        if reply.kind == "out_of_scope":
            # The list has nothing for this answer: it says so and offers what there is.
            assert f"“{whole.scenario.title}”" in reply.text and "12345" in reply.text
            assert {o.matter_id for o in reply.options} & set(order)
            continue
        assert reply.kind == "chain" and reply.scenario is not None and reply.scenario.id == scenario, facts
        assert reply.region == region and reply.audience == whole.scenario.audience
        shown = [step.matter.id for step in reply.steps]
        # Order kept, nothing lost, nothing twice.
        assert shown == sorted(shown, key=order.__getitem__), facts
        left_out = {step.matter.id for step in chain.left_out}
        assert set(shown) | left_out == set(order) and not set(shown) & left_out, facts
        assert len(shown) == len(set(shown)) and shown
        for step in chain.left_out:
            assert step.matter.title in reply.text, f"{facts}: left out without a word: {step.matter.title}"
        # What still depends on a condition says so; what is settled says nothing of it.
        for step in reply.steps:
            if step.condition and step.condition.condition not in facts:
                assert step.condition.label in reply.text
        ends += not chain.open_conditions
    assert ends, "no way leads to a chain without an open condition"


@pytest.mark.parametrize(("scenario", "region"), CONDITIONAL)
def test_questions_are_asked_one_at_a_time_until_none_is_open(
    conversation: Conversation, scenario: str, region: str
) -> None:
    """Always the first option, then always the last: each question is new, gives its reason, and the asking ends."""
    catalogue = conversation.catalogue
    for which in (0, -1):
        talk = Talk(conversation, region)
        talk.hear(tapped(f'/choose{{"payload":"scenario:{scenario}"}}'))
        asked: list[str] = []
        while talk.state.asking:
            condition = catalogue.conditions[talk.state.asking]
            assert condition.id not in asked
            asked.append(condition.id)
            assert talk.reply is not None
            assert condition.question in talk.reply.text and condition.why in talk.reply.text
            labels = [option.label for option in talk.reply.options]
            assert labels[: len(condition.options)] == [option.label for option in condition.options]
            listed = [o for o in condition.options if leads(catalogue, scenario, region, talk.state, o)]
            talk.tap(listed[which].label)
        chain = catalogue.chain(scenario, region, talk.state.facts)
        if not chain.scenario.is_menu:
            assert not chain.open_conditions
        else:
            # A menu asks only where conditions sort out all of it; otherwise one taps the matter.
            assert not chain.open_conditions or any(step.condition is None for step in chain.steps)


def _words() -> Iterator[object]:
    """Each word of each condition once, in the first chain where the condition is open and the answer leads on."""
    for condition in CATALOGUE.conditions.values():
        for option in condition.options:
            scenario, region = next(
                (str(scenario), str(region))
                for scenario, region in (param.values for param in CONDITIONAL)
                if condition in CATALOGUE.chain(str(scenario), str(region)).open_conditions
                and leads(CATALOGUE, str(scenario), str(region), State(), option)
            )
            for word in dict.fromkeys((*option.words, option.label)):
                yield pytest.param(
                    scenario, region, condition.id, option.value, word, id=f"{option.id}-{word}"
                )


@pytest.mark.parametrize(("scenario", "region", "condition", "value", "word"), _words())
def test_words_count_as_taps(
    conversation: Conversation, scenario: str, region: str, condition: str, value: str, word: str
) -> None:
    """A word of the table settles its condition as a tap on its option does; at most it settles more."""
    catalogue = conversation.catalogue
    told = facts_told(word, [catalogue.conditions[condition]])
    assert told == {condition: value}
    typed, tap = Talk(conversation, region), Talk(conversation, region)
    for talk in (typed, tap):
        talk.hear(tapped(f'/choose{{"payload":"scenario:{scenario}"}}'))
    typed.say(word)
    tap.hear(tapped(f'/choose{{"payload":"fact:{condition}={value}"}}'))
    assert typed.state.facts[condition] == value
    settled = catalogue.chain(scenario, region, typed.state.facts)
    assert typed.steps == ids(settled)
    assert set(typed.steps) <= set(tap.steps)


def test_every_condition_is_open_somewhere(catalogue: Catalogue) -> None:
    asked = {
        c.id for p in CONDITIONAL for c in catalogue.chain(str(p.values[0]), str(p.values[1])).open_conditions
    }
    assert asked == set(catalogue.conditions)


@pytest.mark.parametrize(("scenario", "region"), CONDITIONAL)
def test_all_of_it_comes_back_on_request(conversation: Conversation, scenario: str, region: str) -> None:
    """What an answer left out is shown again when everything is asked for."""
    catalogue = conversation.catalogue
    talk = Talk(conversation, region)
    talk.hear(tapped(f'/choose{{"payload":"scenario:{scenario}"}}'))
    before = talk.steps
    condition = catalogue.chain(scenario, region).open_conditions[0]
    talk.hear(tapped(f'/choose{{"payload":"fact:{condition.options[0].id}"}}'))
    talk.say("全部列出来")
    assert talk.steps == before


@pytest.mark.parametrize(("scenario", "region"), CHAINS)
def test_facts_of_the_first_sentence_are_not_asked_again(
    conversation: Conversation, scenario: str, region: str
) -> None:
    catalogue = conversation.catalogue
    chain = catalogue.chain(scenario, region)
    options = [option for condition in chain.open_conditions for option in condition.options]
    for option in options:
        condition = catalogue.conditions[option.condition]
        listed = leads(catalogue, scenario, region, State(), option)
        reply, asking = chain_reply(catalogue, scenario, region, {condition.id: option.value}, 0)
        assert asking != condition.id and condition.question not in reply.text
        for word in option.words[:3]:
            talk = Talk(conversation, region)
            talk.hear(hear(f"我的情况是{word}", scenario))
            assert talk.reply is not None
            assert (talk.reply.kind == "chain") == listed or talk.reply.kind == "matter", word
            if talk.reply.kind == "chain":
                assert talk.state.facts.get(condition.id) == option.value, word
                assert talk.state.asking != condition.id


def test_facts_outlive_no_scenario(conversation: Conversation) -> None:
    """What was told about one scenario is not taken for granted in the next."""
    talk = Talk(conversation, "zhoucun")
    talk.say("我买了套带贷款的二手房", "second-hand-home")
    assert talk.state.facts == {"mortgage": "yes"}
    talk.say("又买了一套新房", "new-home")
    facts: Mapping[str, str] = talk.state.facts
    assert "mortgage" not in facts
