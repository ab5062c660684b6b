"""Whatever is heard, in whatever state: an answer of a named kind, never an exception."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from actions.dialogue import Conversation, respond
from actions.heard import Clause, Heard, Target, from_message
from actions.signals import SIGNS
from actions.state import State, Thread, from_slot
from actions.wish import Wish
from knowledge.catalogue import load_catalogue
from tests.actions.talk import KINDS, SCHEMA, faults, hear, mention_finder, tapped, target
from tests.actions.test_state import JSON, SLOTS

CATALOGUE = load_catalogue()
CONVERSATION = Conversation(CATALOGUE)
SETTINGS = settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])
ASPECTS = SCHEMA["properties"]["slot"]["properties"]["name"]["enum"]
PIECES = [
    *(
        "宝宝出生",
        "二手房",
        "公积金",
        "第三个",
        "下一步",
        "那去哪办",
        "多少钱",
        "办好了",
        "从头再来",
        "回到",
        "更多",
    ),
    *(
        "转人工",
        "你好",
        "谢谢",
        "不是",
        "周村",
        "昌乐县",
        "环翠",
        "企业",
        "个人",
        "区医保局",
        "管哪些事",
        "派出所",
    ),
    *(
        "和",
        "哪里不一样",
        "？",
        "，",
        "1",
        "57",
        "市级事项",
        "全程网办",
        "结婚证",
        "阶段",
        "<b>",
        "\u202e",
        "{}",
        "😀",
    ),
]
TEXTS = st.one_of(
    st.text(max_size=60), st.lists(st.sampled_from(PIECES), max_size=6).map("".join), st.just("好" * 4000)
)
NAMES = st.sampled_from(
    [
        *CATALOGUE.scenarios,
        *CATALOGUE.variants,
        *list(CATALOGUE.concepts)[::7],
        *list(CATALOGUE.matters)[::37],
        "?",
    ]
)
TARGETS = st.lists(
    st.builds(Target, id=NAMES, kind=st.just("concept"), probability=st.floats(0, 1)), max_size=5
).map(lambda found: tuple(sorted(found, key=lambda t: -t.probability)))
REGIONS = st.sampled_from([*CATALOGUE.regions])
INTENTS = st.sampled_from(
    [
        "",
        *SIGNS,
        *(f"ask_{name}" for name in ASPECTS),
        "set_audience",
        "go_back",
        "show_more",
        "step_done",
        "out_of_scope",
        "compare_regions",
        "restart_guidance",
        "empty_message",
        "nlu_fallback",
        "capabilities",
        "complaint",
    ]
)
CHOICES = st.one_of(
    st.just(""),
    st.builds(lambda kind, value: f"{kind}:{value}", st.sampled_from(["scenario", "matter", "fact"]), NAMES),
    st.sampled_from(
        [
            "region:changle",
            "region:atlantis",
            "audience:enterprise",
            "audience:x",
            "fact:mortgage=yes",
            "fact:",
            "fact:mortgage=maybe",
            "more:",
            "human:",
            "restart:",
            "say:你好",
            "matter:",
            ":",
            "打开",
        ]
    ),
)


@st.composite
def messages(draw: st.DrawFn) -> Heard:
    text = draw(TEXTS)
    found = mention_finder()(text)
    clauses = st.builds(Clause, text=TEXTS, targets=TARGETS, outside=st.floats(0, 1))
    return Heard(
        text=text,
        intent=draw(INTENTS),
        intent_confidence=draw(st.floats(0, 1)),
        payload=draw(CHOICES),
        targets=draw(TARGETS),
        outside=draw(st.floats(0, 1)),
        outside_kind=draw(st.sampled_from(["", "smalltalk", "complaint", "injection", "human_agent", "?"])),
        clauses=tuple(draw(st.lists(clauses, max_size=3))),
        regions=draw(st.just(found.regions) | st.lists(REGIONS, max_size=3, unique=True).map(tuple)),
        audience=found.audience,
        departments=found.departments,
        places=found.places,
        certificates=found.certificates,
        rows=found.rows,
        ordinal=draw(st.just(found.ordinal) | st.none() | st.integers(0, 120)),
        aspects=draw(st.just(found.aspects) | st.lists(st.sampled_from(ASPECTS), max_size=3).map(tuple)),
        rest=found.rest,
        region_hint=draw(st.none() | REGIONS | st.just("atlantis")),
        audience_hint=draw(st.sampled_from([None, "individual", "enterprise", "martian"])),
        masked=draw(st.sampled_from([(), ("id_card",), ("phone", "bank_card"), ("landline", "mobile")])),
    )


@SETTINGS
@given(st.lists(messages(), min_size=1, max_size=5))
def test_any_conversation_is_answered(heard: list[Heard]) -> None:
    state = State()
    for message in heard:
        reply, state = CONVERSATION(state, message)
        assert reply.kind in KINDS
        wrong = faults(reply, CATALOGUE, whole=False)
        assert not wrong, f"{message}\n{wrong}\n{reply.text}"


@SETTINGS
@given(SLOTS, messages())
def test_any_slot_is_answered_from(slot: object, message: Heard) -> None:
    reply, _ = CONVERSATION(from_slot(slot), message)
    assert reply.kind in KINDS


NAMED = st.fixed_dictionaries(
    {}, optional={"name": st.none() | st.text(max_size=8), "confidence": st.none() | st.floats(0, 1)}
)
TRACKED = st.fixed_dictionaries(
    {},
    optional={
        "text": st.none() | TEXTS,
        "intent": st.none() | NAMED,
        "entities": st.none()
        | st.lists(st.fixed_dictionaries({"entity": st.just("payload"), "value": JSON}), max_size=2),
        "guidance": st.none()
        | st.fixed_dictionaries({}, optional={"outside": st.floats(0, 1), "mentions": st.just({})}),
    },
)


@SETTINGS
@given(TRACKED, st.dictionaries(st.sampled_from(["region", "audience", "else"]), JSON))
def test_any_message_of_a_tracker_is_answered(
    message: dict[str, object], metadata: dict[str, object]
) -> None:
    """Parts of Rasa's message may be missing or empty, and metadata holds what a stranger sent."""
    reply, _ = CONVERSATION(State(), from_message(message, metadata))
    assert reply.kind in KINDS


THEN = [
    hear("那去哪办"),
    hear("下一步呢"),
    hear("第二个要带什么"),
    hear("回到刚才那个"),
    hear("办好了"),
    hear("更多"),
    hear("昌乐呢"),
    hear("是商铺"),
    hear("环翠和昌乐哪里不一样"),
    tapped('/choose{"payload":"fact:mortgage=yes"}'),
    tapped('/choose{"payload":"more:"}'),
    tapped('/choose{"payload":"audience:enterprise"}'),
]


@pytest.mark.parametrize("heard", THEN, ids=lambda heard: heard.text)
def test_what_the_catalogue_no_longer_has_is_forgotten(heard: Heard) -> None:
    """A conversation may outlive a region, a scenario, a matter, a condition of the catalogue."""
    gone = Thread("从前", "gone-scenario", None, ("atlantis.individual.1",), 0, facts={"gone": "yes"})
    near = Thread("落户", None, "gone-concept", ("changle.individual.999", "changle.individual.3"), 1)
    kept = Thread("宝宝出生", "birth", None, ("changle.individual.1", "changle.individual.2"), 1)
    states = [
        State(region="atlantis", threads=(kept,), turn=3),
        State(region="changle", threads=(gone,), asking="gone", turn=3),
        State(region="changle", threads=(near, gone), page=("x", "atlantis.individual.1"), turn=3),
        State(region="changle", threads=(kept, near), wish=Wish(targets=(target("gone", 1.0),)), turn=3),
        State(region="changle", threads=(gone, kept), done=("atlantis.individual.1",), turn=3),
        State(region="changle", audience="martian", threads=(kept,), turn=3),
    ]
    for state in states:
        reply, after = respond(CATALOGUE, state, heard)
        assert not faults(reply, CATALOGUE, whole=False), reply.text
        again, _ = respond(CATALOGUE, after, replace(heard, payload=""))
        assert again.kind in KINDS
