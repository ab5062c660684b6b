"""Facts that a message tells about the conditions of a chain ("带贷款的", "是商铺", "不走按揭")."""

from __future__ import annotations

import re
from collections.abc import Iterable

from knowledge.scenario import Condition

_NEGATION = re.compile("[没不无]")
# "没有废水废气", "光卖农药，不卖兽药": what stands behind a no in the same clause is not so.
_OTHER = re.compile("非$")
_NEGATED = re.compile("非$|(?:不[卖做是含要带用]|没有?|无|×)[^，,。；;！!？?]{0,3}$")


def facts_told(text: str, conditions: Iterable[Condition]) -> dict[str, str]:
    """Values of conditions that the text states outright; contradictions tell nothing."""
    told = {}
    for condition in conditions:
        words = [(word, o.value) for o in condition.options for word in (*o.words, o.label)]
        values, left = set(), text
        # "没有贷款" holds "贷款": a word inside a longer one that was found says nothing of its own.
        for word, value in sorted(words, key=lambda pair: -len(pair[0])):
            at = left.find(word)
            if at < 0:
                continue
            if _NEGATION.match(word) or not _NEGATED.search(left[:at]):
                values.add(value)
            elif _OTHER.search(left[:at]) and len(condition.options) == 2:
                # "非住宅" says which of two it is.
                values.add(next(o.value for o in condition.options if o.value != value))
            left = left.replace(word, ("×" if _NEGATION.match(word) else "□") * len(word))
        if len(values) == 1:
            told[condition.id] = values.pop()
    return told


_YES = ("有", "有的", "是", "是的", "对", "对的", "嗯", "要", "卖", "提供", "yes")
# "有照了", "早有了"
_HAS = re.compile("(?:已经|早就?|都)?有.{0,3}了")
# "啥都没办呢"
_LACKS = re.compile("(?:啥|什么|一样|都|还)*没(?:有)?(?:办|弄|登记)?(?:呢|过|的)?")
_NO = ("没有", "没", "不是", "不", "无", "没的", "不要", "不卖", "不提供", "no")


def plain_answer(text: str, condition: Condition) -> dict[str, str]:
    """The value that a bare yes or no, or the number of an option, gives to the question just asked."""
    word = text.strip(" 。.！!，,").lower()
    negated = len(condition.options) == 2 and condition.options[1].label.startswith(
        ("没", "还没", "不", "无")
    )
    if word in _YES or (negated and _HAS.fullmatch(word)):
        return {condition.id: condition.options[0].value}
    if (word in _NO and len(condition.options) == 2) or (negated and _LACKS.fullmatch(word)):
        return {condition.id: condition.options[1].value}
    return {}
