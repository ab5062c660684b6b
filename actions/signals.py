"""Signs that need no statistics: calls for a person, emergencies, corrections, and words that walk a chain."""

from __future__ import annotations

import re
from collections.abc import Mapping

SIGNS: Mapping[str, re.Pattern[str]] = {
    "crisis": re.compile(
        r"不想活|想死|自杀|跳楼|割腕|轻生|活够了|着火了|失火|救命|拿刀|要杀|砍人|昏迷不醒|大出血|喝农药了|煤气中毒|被绑"
    ),
    "human_agent": re.compile(
        r"人工(?!智能|费|耳蜗|湖|降|授|流产|呼吸|岛|草|关节|晶体|授粉|繁)|真人|活人|接.{0,10}坐席|接线员|(?:给|帮)我(?:回个?|打个?)电话|(?:找|叫|换)(?:个|一个)?(?:工作人员|人来|客服|领导)|工作人员(?:给|跟|来)|跟人说|zhuanrengong|rengong"
    ),
    "injection": re.compile(
        r"忽略(?:以上|之前|前面|上面)|系统提示词|提示词|system\s*prompt|\"role\"\s*:|你现在是|扮演|从现在起|越狱|开发者模式|导出.{0,12}(?:数据|对话|手机号|名单)|(?:查|给我|发我).{0,6}(?:别人|他人|邻居|前夫|前妻|员工).{0,8}(?:身份证|电话|住址|信息)|ignore (?:all|previous)",
        re.IGNORECASE,
    ),
    "correct": re.compile(r"^(?:不是|不对|错了|打错|说错|哎不|不不|我(?:是)?说的?是|我问的是|搞错|弄错)"),
    "list_all": re.compile(r"一股脑|全列|都列|列(?:个|一下|出来|上)|有哪些$|都有(?:啥|什么|哪些)|全部|所有"),
    "look_up": re.compile(
        r"管(?:哪|什么|啥|些)|能办(?:啥|什么|哪|的)|办(?:哪些|什么事|啥事)|批(?:什么|啥|哪)|哪些|有(?:哪|啥|几)|还有(?:啥|什么)|几(?:条|项|件|样|个)|就能办|的(?:事项|事)$|负责(?:什么|啥|哪)|归.{2,10}的|的有|所有|事项|一览|单子|清单|全(?:报|列|部|给)|报一遍|挨个|拉(?:一下|个|出)|列(?:一下|全|个|出)|件套|都有|底下|名下|口(?=$|[，,\s:：])|这(?:块|个阶段|一块)|阶段|类(?=$|[，,\s:：几])|的$"
    ),
    "compare": re.compile(
        r"一样(?:不|吗|么)|有(?:什么|啥)(?:不同|不一样|区别|差别)|区别|差在哪|差别|对比|比一比|比较|哪里不同|跟.{2,12}比|两个区|两个地方|各地|同一个"
    ),
    "next_list": re.compile(r"更多|还有呢|下一页|继续|接着(?:列|说)"),
    "restart": re.compile(r"^(?:从头(?:再)?来|重新(?:开始|来)|清空|重来)"),
    "back": re.compile(r"^(?:回到|返回|退回|上一个(?:问题|话题))|刚才那(?:个|件)|回去"),
    "notice": re.compile(r"告知单|打印|发我一份|存成|导出(?:成)?(?:pdf|word)|PDF|WORD", re.IGNORECASE),
    "done": re.compile(r"办好了|办完了|弄好了|弄完了|搞定了|已经办了$"),
    "order": re.compile(
        r"先(?:办|找|弄|去|跑|治)(?:哪|啥|谁|什么)|哪(?:个|样|步|一个)(?:最)?先|从哪(?:个|步|里|儿)?(?:开始|下手|起)"
    ),
    "optional": re.compile(r"可以不办|能不办|必须(?:都|全)办|不办(?:行|可以)|省掉|哪个不用"),
    "refers": re.compile(
        r"那(?:一)?(?:步|个|张|份|项|样|种|边|头|笔)|这(?:一)?(?:步|个|张|项|笔)|的呢|呢[？?]?$|^那|^(?:不是|不对)|也行|一块"
    ),
    "several": re.compile(
        r"两(?:份|笔|项|样|个|件|张|头)|俩|一份.{1,12}一份|还有|另外|顺便|以及|先后|一(?:整)?套|一块|一并|一起|都|全|各样|和|跟|再|也"
    ),
    "shows_audience": re.compile(
        r"公司|厂|单位|企业|老板|职工|员工|我们店|门店|财务|会计|[我俺咱](?:的|家|爹|妈|娘|爸|媳妇|老|闺女|儿)?|自己|个人|孩子|娃|老[人公婆头]"
    ),
    "presses": re.compile(r"估(?:一|个|计|摸)|大概|大约|差不多|到底|随便|猜|编一|你就说|都写了|都(?:说|告诉)了|别人都"),
    "others_data": re.compile(
        r"(?:查|给我|发我|告诉我).{0,6}(?:别人|他人|邻居|前夫|前妻|员工|同事|老板|房东).{0,8}(?:身份证|电话|手机|住址|信息|存款|工资)"
    ),
    "everything": re.compile(r"都在|都去|都找|全在|分别|各(?:在|去|归)|每(?:个|一)"),
    "greet": re.compile(
        r"^(?:你好|您好|hi|hello|hey|嗨|哈喽|在吗|在不在|有人吗|早上好|下午好|晚上好|早|喂|你好呀|hola|안녕|こんにちは)[呀啊哈吗么\s!！。~,，]*$",
        re.IGNORECASE,
    ),
    "thanks": re.compile(
        r"^(?:谢谢|多谢|感谢|谢了|thank|thx|辛苦了|好的谢谢|好嘞谢谢)[^？?]{0,8}$", re.IGNORECASE
    ),
    "goodbye": re.compile(r"^(?:再见|拜拜|bye|先这样|没事了|不问了|回头见|88)[^？?]{0,6}$", re.IGNORECASE),
}


def has(name: str, text: str) -> bool:
    """Whether the text shows the sign; raises KeyError for an unknown sign."""
    return bool(SIGNS[name].search(text))
