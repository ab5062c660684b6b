"""What a message names outright: region, audience, department, place, certificate, list number, ordinal, aspect."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from knowledge.catalogue import Catalogue

ASPECTS = Path(__file__).parent / "data" / "aspects.csv"
_DIGITS = {c: i for i, c in enumerate("零一二三四五六七八九")} | {"两": 2, "头": 1, "首": 1}
_NUMBER = r"(\d{1,3}|[一二三四五六七八九十两]{1,3})"
_ORDINAL = re.compile(
    rf"第\s*{_NUMBER}\s*(?:个|项|步|样|条|件|小项|种)|(?<![年月牵])(头|首)\s*(?:一)?(?:个|项|样|步|件)"
)
_ROW = re.compile(
    r"(?:第)?\s*(\d{1,3})(?:\s*[.．]\s*(\d{1,2}))?\s*(?:号|项|条)(?!楼|线|院|公|路|前|后|晚)|(?<=事项)\s*(\d{1,3})(?!\d)"
)
_SUBROW = re.compile(rf"第\s*{_NUMBER}\s*(?:个)?\s*小项")
_BARE_ROWS = re.compile(
    r"(?:个人|企业|清单|周村|昌乐|薛城|环翠|跟|和|与|第)\s*(\d{1,3})(?:[.．](\d{1,2}))?(?!\d|年|月|日|岁|天|万|块|元|平|方|％|%|个)"
)
# Words by which a clerk or a person names the audience outright; "企业退休" or "个人账户" do not.
_AUDIENCE = (
    (
        "enterprise",
        re.compile(
            r"(?:^|[\s,，:：、区县城翠村乐市局联委办政税所队])企业(?=$|[\s,，:：\d口类的这事项单]|方面)|企业(?:口|类|这边|事项|清单|方面)|我是企业(?!退|职工|的?人|里|养)|替企业|给企业|单位办的|替单位办|企业办的"
        ),
    ),
    (
        "individual",
        re.compile(
            r"(?:^|[\s,，:：、区县城翠村乐市局联委办政税所队])个人(?=$|[\s,，:：\d口类的这事项单]|方面)|个人(?:口|类|这边|事项|清单|方面)|给个人|我是个人|替自己|自然人|个人办的"
        ),
    ),
)


@dataclass(frozen=True)
class Mentions:
    """What was found in one message; tuples in order of appearance, ids where the catalogue has them."""

    regions: tuple[str, ...] = ()
    audience: str | None = None
    departments: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    certificates: tuple[str, ...] = ()
    rows: tuple[str, ...] = ()
    ordinal: int | None = None
    aspects: tuple[str, ...] = ()
    rest: str = ""


@lru_cache(maxsize=1)
def _aspects() -> tuple[tuple[str, re.Pattern[str]], ...]:
    with ASPECTS.open(encoding="utf-8", newline="") as stream:
        return tuple((row["aspect"], re.compile(row["patterns"])) for row in csv.DictReader(stream))


def chinese_number(text: str) -> int:
    """The value of 1-99 in Chinese or Arabic digits; 0 where it is none."""
    if text.isdigit():
        return int(text)
    if "十" in text:
        tens, _, ones = text.partition("十")
        return (_DIGITS.get(tens, 1) if tens else 1) * 10 + (_DIGITS.get(ones, 0) if ones else 0)
    return _DIGITS.get(text, 0)


def _find(text: str, names: Iterable[tuple[str, str]]) -> tuple[str, ...]:
    """Ids whose name occurs in the text, longest names first so that a part of a name is not found again."""
    found: list[tuple[int, str]] = []
    left = text
    for name, identifier in sorted(names, key=lambda pair: -len(pair[0])):
        at = left.find(name)
        if at >= 0:
            found.append((at, identifier))
            left = left.replace(name, "□" * len(name))
    return tuple(dict.fromkeys(identifier for _, identifier in sorted(found)))


class MentionFinder:
    """Finds mentions of one catalogue's names."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._regions = [
            (name, region.id)
            for region in catalogue.regions.values()
            for name in {region.name, region.short, *region.aliases}
        ]
        # Everyday names that are also plain words of requests ("社保", "公安") would turn wishes into look-ups.
        self._departments = sorted(
            {
                (name, name)
                for d in catalogue.departments
                for full in d.names
                for name in (full, re.sub("^[区县市]", "", full))
                if self._is_office(name)
            }
        )
        places = {place for m in catalogue.matters.values() for place in m.places}
        self._places = sorted(
            {(name, name) for place in places for name in (place, *catalogue.place_aliases.get(place, ()))}
        )
        self._certificates = sorted(
            {(c, c) for m in catalogue.matters.values() for c in m.shown_certificates if len(c) > 2}
        )

    @staticmethod
    def _is_office(name: str) -> bool:
        return bool(re.search(r"[局委处办队所厅]$|中心|分局|残联|公司|支行|协会|管理部|教体$|登记处", name))

    def __call__(self, text: str) -> Mentions:
        """The mentions of a folded text; `rest` is what is left without them."""
        regions = _find(text, self._regions)
        departments = _find(text, self._departments)
        ordinal = _ORDINAL.search(text)
        return Mentions(
            regions=regions,
            audience=self._audience(text),
            departments=departments,
            places=_find(text, self._places),
            certificates=_find(text, self._certificates),
            rows=self._rows(text),
            ordinal=(chinese_number(ordinal.group(1)) if ordinal.group(1) else 1) if ordinal else None,
            aspects=tuple(name for name, pattern in _aspects() if pattern.search(text)),
            rest=self.residue(text),
        )

    @staticmethod
    def _audience(text: str) -> str | None:
        for audience, pattern in _AUDIENCE:
            if pattern.search(text):
                return audience
        return None

    @staticmethod
    def _rows(text: str) -> tuple[str, ...]:
        found = []
        sub = _SUBROW.search(text)
        for match in [*_ROW.finditer(text), *_BARE_ROWS.finditer(text)]:
            groups = [g for g in match.groups() if g]
            row = ".".join(groups[:2])
            if sub and "." not in row:
                row += f".{chinese_number(sub.group(1))}"
            if row not in found:
                found.append(row)
        return tuple(found)

    def residue(self, text: str) -> str:
        """The text without regions, aspects, ordinals, pronouns and particles: short where it lives on context."""
        for name, _ in sorted(self._regions, key=lambda pair: -len(pair[0])):
            text = text.replace(name, "")
        for _, pattern in _aspects():
            text = pattern.sub("", text)
        text = _ORDINAL.sub("", text)
        return re.sub(
            r"[那这该它他她咱您你我俺们的了呢吗啊呀吧嘛不么哪都也就要得能会可以有没还再去到来办弄找归管是个些样项步证件一下事叫给在上里边头怎咋样]"
            r"|什么|多少|请问|麻烦|告诉|知道|具体|分别|手续|部门|单位|地方|谁|啥|[^\w]",
            "",
            text,
        )
