"""Examples of every situation and every event of the dialogue's table, for all that can follow on what."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from actions.dialogue import Conversation
from actions.heard import Clause, Heard
from actions.situations import situation
from actions.state import State
from tests.actions.talk import hear, tapped, target

Script = Sequence[Heard]


def tap(choice: str) -> Heard:
    """A tap on an option with this choice."""
    return tapped(f'/choose{{"payload":"{choice}"}}')


# Ways into each situation: the region to begin with, and what is said.
WAYS: Mapping[str, Sequence[tuple[str | None, Script]]] = {
    "new": [(None, []), (None, [hear("你好")])],
    "asked_region": [
        (None, [hear("我家宝宝出生了", "birth")]),
        (None, [hear("身份证丢了去哪补", "id-card-replacement")]),
    ],
    "idle": [("zhoucun", []), ("huancui", [hear("你好")]), ("xuecheng", [hear("今天天气", outside=0.95)])],
    "asked_audience": [
        (
            region,
            [
                hear(
                    "社保登记",
                    target("employer-social-insurance-registration", 0.5, "concept"),
                    target("flexible-worker-insurance", 0.4, "concept"),
                )
            ],
        )
        for region in ("xuecheng", "huancui")
    ],
    "chain_asking": [
        ("zhoucun", [hear("刚买了套二手房", "second-hand-home")]),
        ("huancui", [hear("我要结婚了", "marriage")]),
        ("xuecheng", [hear("想开饭店", "restaurant")]),
    ],
    "chain": [
        ("changle", [hear("宝宝出生了", "birth")]),
        (
            "zhoucun",
            [hear("刚买了套二手房", "second-hand-home"), tap("fact:property=home"), hear("没有贷款")],
        ),
        ("weihai-city", [hear("宝宝出生了", "birth")]),
    ],
    "step": [
        ("changle", [hear("宝宝出生了", "birth"), hear("第二个去哪办")]),
        ("huancui", [hear("宝宝出生了", "birth"), hear("第三个归谁管")]),
    ],
    "matter": [
        ("zhoucun", [hear("老年证", target("elderly-card", 0.9, "concept"))]),
        ("changle", [hear("低保", target("minimum-living-allowance", 0.9, "concept"))]),
    ],
    "matters": [
        ("zhoucun", [hear("周村57号和58号事项")]),
        ("xuecheng", [hear("企业清单第15项和16项")]),
    ],
    "list": [
        ("changle", [hear("县医保局管哪些事")]),
        ("zhoucun", [hear("车管所能办哪些事")]),
        ("huancui", [hear("民政局个人事项")]),
    ],
}

# Event → (what it means, examples).
EVENTS: Mapping[str, tuple[str, Sequence[Heard]]] = {
    "wish_sequence": ("说了一件人生事件", [hear("我家宝宝出生了，都要办什么", "birth")]),
    "wish_menu": ("说了一个大类", [hear("公积金的事想问问", "housing-fund")]),
    "wish_matter": (
        "说了一个事项",
        [hear("遗嘱公证怎么办理", target("will-notarization", 0.9, "concept"))],
    ),
    "wish_two": (
        "一句话两件事",
        [
            hear(
                "宝宝出生了，还有我妈的老年证",
                target("birth", 0.5),
                clauses=(
                    Clause("宝宝出生了", (target("birth", 0.9),), 0.0),
                    Clause("我妈的老年证", (target("elderly-card", 0.9, "concept"),), 0.0),
                ),
            )
        ],
    ),
    "wish_either": (
        "说了个人和企业都有的事",
        [
            hear(
                "社保登记怎么弄呢",
                target("employer-social-insurance-registration", 0.5, "concept"),
                target("flexible-worker-insurance", 0.4, "concept"),
            )
        ],
    ),
    "wish_absent": (
        "这里的清单没有的事",
        [hear("去泰国旅游的签注怎么办", target("atlantis", 0.9, "concept"), outside=0.6)],
    ),
    "outside": (
        "清单以外的事",
        [hear("今天天气热不热", target("birth", 0.02), outside=0.95, outside_kind="other")],
    ),
    "vague": (
        "听不准的话",
        [
            hear(
                "那个证件的事情想咨询一下下",
                target("id-card", 0.06),
                target("passport", 0.05, "concept"),
                outside=0.3,
            )
        ],
    ),
    "small_talk": ("寒暄", [hear("你好"), hear("谢谢啦"), hear("再见")]),
    "complaint": (
        "抱怨",
        [hear("你们态度太差了", intent="complaint", outside=0.9, outside_kind="complaint")],
    ),
    "tap_scenario": ("点了一个情形", [tap("scenario:birth")]),
    "tap_matter": ("点了一个事项", [tap("matter:changle.individual.3")]),
    "tap_region": ("点了一个地区", [tap("region:changle")]),
    "tap_audience": ("点了个人或企业", [tap("audience:individual")]),
    "tap_fact": ("点了一个条件", [tap("fact:property=home"), tap("fact:partner=foreign")]),
    "tap_more": ("点了更多", [tap("more:")]),
    "says_fact": ("用话回答条件", [hear("是住房"), hear("没有")]),
    "says_region": ("只说了地区", [hear("在昌乐呢"), hear("环翠的")]),
    "ordinal": ("第几个", [hear("第一个去哪办"), hear("第二个")]),
    "ordinal_beyond": ("没有的第几个", [hear("第四十个去哪办")]),
    "aspect": ("问一个方面，清单里有的", [hear("那去哪办"), hear("归哪个部门管"), hear("办完给什么证")]),
    "aspect_not_given": ("问一个方面，清单不给的", [hear("要多久"), hear("多少钱"), hear("要带什么材料")]),
    "next": ("下一步", [hear("下一步呢"), hear("办完这个呢")]),
    "previous": ("上一步", [hear("上一步")]),
    "first": ("先办哪个", [hear("先办哪个")]),
    "optional": ("哪个可以不办", [hear("有没有哪个可以不办")]),
    "done": ("办好了", [hear("办好了")]),
    "left": ("还剩什么", [hear("还剩哪些没办")]),
    "back": ("回到前一个", [hear("回到刚才那个")]),
    "restart": ("从头再来", [hear("从头再来"), tap("restart:")]),
    "correct": ("更正", [hear("不是，我说的是离婚", target("divorce", 0.9))]),
    "look_up": ("查清单", [hear("区民政局管哪些事"), hear("市级事项有哪些")]),
    "row": ("按编号查", [hear("第57项是什么事项")]),
    "compare": (
        "比较各地",
        [hear("结婚登记昌乐和环翠有什么区别", target("marriage-registration", 0.9, "concept"))],
    ),
    "notice": ("要告知单", [hear("给我一份告知单")]),
    "human": ("要找人", [hear("转人工"), tap("human:")]),
    "crisis": ("危急", [hear("我不想活了")]),
    "others_data": ("要别人的信息", [hear("查一下邻居的电话")]),
    "empty": ("空消息", [hear(""), hear("   ")]),
}


def arrive(conversation: Conversation, region: str | None, script: Script) -> State:
    """The state after a script."""
    state = State(region=region)
    for heard in script:
        _, state = conversation(state, heard)
    return state


def examples(conversation: Conversation, name: str) -> list[State]:
    """States in the situation of this name; the ways must lead there."""
    found = [arrive(conversation, region, script) for region, script in WAYS[name]]
    assert [situation(state) for state in found] == [name] * len(found), name
    return found
