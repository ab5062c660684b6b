"""What a message asks in shorthand or with a slip ("然后", "上那办", "税多少"): aspects that the index's patterns leave out."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace

from actions.heard import Heard

_DO = "(?:办|领|交|开|补|查|弄|盖|评|报|取|问|拿)?"
# The whole message, so that no wish is cut short by them.
_WHOLE: Mapping[str, re.Pattern[str]] = {
    "place": re.compile(rf"(?:那|得|要)?(?:在|去|上|到)[哪那](?:里|儿)?{_DO}[呢啊呀]?"),
    "next": re.compile("(?:再|那)?(?:然后|接下来|完了|接着|再往后|后面)[呢咧哩啊]?|下一?个呢?|再下一步"),
    "previous": re.compile("上一?个呢?"),
    "department": re.compile("(?:那|得|要)?(?:找|问|归|去问|去找)谁[办管要问]?[呢啊]?"),
}
_PAPER = re.compile("(?:给|发)(?:我|俺)?[本个张](?:啥|什么)")
_LEVEL = re.compile(
    "(?:市|省|区|县)里(?:能|给|也)?(?:办|管|批)[不吗么]|^(?:是)?[市省区县]级(?:的|事项)?[吗么不]$"
)
_ROW = re.compile(r"第?(\d{2,3})呢")
_ONE_PLACE = re.compile("(?:一个|同一个?|一处)(?:地方|窗口|大厅|地儿)")
_HOW_MUCH = re.compile(
    r"(?<!有)多少[呢啊]?$|^(?:还|那)?(?:要|得|用|需要)?(?:不要|不)?(?:交|收|花|掏)钱[吗么不]?$"
)
_HOW_LONG, _COSTS = re.compile("多少天|多少个?工作日|多少日子"), re.compile("多少钱|收费|费用|要钱|几块|花钱")


def with_shorthand(heard: Heard) -> Heard:
    """The message with the aspects that it asks in shorthand."""
    text = heard.text.strip(" 。.！!，,？?")
    found = set(heard.aspects)
    if {"fee", "duration"} <= found and _HOW_LONG.search(text) and not _COSTS.search(text):
        # "到底多少天" asks for no money.
        found.remove("fee")
    if not found:
        found = {aspect for aspect, pattern in _WHOLE.items() if pattern.fullmatch(text)}
    if not found and _PAPER.search(text):
        found = {"certificate"}
    if not found and _LEVEL.search(text):
        found = {"level"}
    if not found and _ONE_PLACE.search(text):
        found = {"place"}
    if not found and len(text) <= 8 and _HOW_MUCH.search(text):
        found = {"fee"}
    row = _ROW.fullmatch(text)
    if row and not heard.rows:
        # "84呢" after 第83项.
        return replace(heard, rows=(row[1],))
    return heard if found == set(heard.aspects) else replace(heard, aspects=tuple(sorted(found)))
