"""On the way along one chain: the next event, a further thing, and the same chain set beside another region's."""

from __future__ import annotations

from actions.heard import InContext
from tests.actions.conftest import Start
from tests.actions.talk import target


def test_the_next_event_is_not_the_whole_way_from_the_one_before(start: Start) -> None:
    talk = start("huancui")
    talk.say("怀孕了", "pregnancy")
    after = InContext((target("first-child-all", 0.46), target("birth", 0.11)), 0.06)
    reply = talk.say("孩子生下来呢", target("birth", 0.54), target("first-child-all", 0.27), in_context=after)
    assert reply.scenario and reply.scenario.id == "birth"


def test_a_further_thing_is_not_all_of_it_once_more(start: Start) -> None:
    talk = start("zhoucun")
    wish = target("second-hand-home-all", 0.9), target("housing-fund-withdrawal-buy", 0.08, "concept")
    assert talk.say("过户完了能提公积金不", *wish).kind == "chain"
    talk = start("zhoucun")
    talk.say("买了套二手房，全款", "second-hand-home")
    assert talk.say("过户完了能提公积金不", *wish).kind == "matter"
    assert talk.steps[0] == "zhoucun.individual.54"


def test_a_comparison_that_names_nothing_takes_the_whole_chain(start: Start) -> None:
    talk = start("zhoucun")
    chain = talk.say("买了套二手房", "second-hand-home")
    after = InContext((target("second-hand-ownership-transfer", 0.65, "concept"),), 0.02)
    reply = talk.say("跟环翠比有啥不一样", target("car-papers", 0.03), outside=0.5, in_context=after)
    assert reply.kind == "compare"
    assert [matter for _, matters in reply.comparison[:1] for matter in matters] == [
        s.matter for s in chain.steps
    ]
