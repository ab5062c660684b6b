"""Look-ups as clerks make them: by department, place, certificate, level, heading or list number."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from actions.heard import Heard
from actions.lines import names
from actions.offices import departments_named, departments_spoken, office_names, places_named
from actions.signals import SIGNS, has
from actions.wording import say
from knowledge.catalogue import Catalogue
from knowledge.matter import AUDIENCES, LEVELS, ONLINE, Matter

# Beside the name of a place, only these ask for what is done there.
_OUTRIGHT = re.compile("能办|办的|哪些|还有(?:啥|什么)|的$|几[项件条]|全")
# Said of a department rather than of the counter in its house.
_BODY = re.compile("牵头?|负责|管的|大队(?!车管)(?:那边|全部|的)?$|名下|归口")
_SYNONYMS = {"驾照": "驾驶证", "房产证": "不动产权证书", "房本": "不动产权证书", "老年证": "老年人优待证"}
_GIVES = re.compile("证件|凭证|拿到?|发|落到|给|出|领|换来|几")
_HEADING = re.compile("阶段|场景|(?:这|那)?一?(?:段|块|类|章|部分)|底下|人生")
_LISTS = re.compile("列|念|拉|挨个|一遍|全部|所有|清单")
_FILLERS = re.compile(
    r"[\W的给个人企业这边那哪些啥什么都有在能办是和跟要我想查看请帮下里上于把才就只归他们你事]"
)
_LEVEL = re.compile("([市省])(?:级|里(?:办|管|才))")
_ONLINE_WORDS = re.compile("全程网办|网上|线上|不用跑|不跑|手机上|在家")


@dataclass(frozen=True)
class Found:
    """Matters of a look-up and the words for what was looked up."""

    what: str
    matters: tuple[Matter, ...]


def rows_named(catalogue: Catalogue, heard: Heard, region: str, audience: str | None) -> tuple[Matter, ...]:
    """Matters whose list numbers the message names ("周村57号事项", "薛城企业58第四个小项")."""
    wanted = heard.audience or audience
    for choice in (wanted, *AUDIENCES):
        matters = catalogue.list_matters(region, choice) if choice else ()
        found = [
            m for row in heard.rows for m in matters if m.row == row or ("." not in row and str(m.no) == row)
        ]
        if found:
            return tuple(found)
    return ()


def find(
    catalogue: Catalogue, heard: Heard, region: str, audience: str | None, clear: bool = False
) -> Found | None:
    """What a message looks up in a region's lists; None where it looks nothing up.

    `clear`: search is sure of one target, so that only a message that is nothing but a look-up counts as one.
    """
    if set(heard.aspects) & {"phone", "address", "hours", "fee", "materials", "duration"}:
        return None
    scope = _scope(catalogue, region, audience or _audience_spoken(heard.text))
    looks_up = has("look_up", heard.text) or has("list_all", heard.text)
    residue = _residue(catalogue, heard.text, region)
    bare = len(residue) <= 1
    if clear and not bare and (heard.aspects or len(heard.text) > 18):
        return None
    heading = _by_heading(catalogue, heard, region, scope)
    if heading is not None:
        return heading
    asks = looks_up and not _tells(heard.text)
    by_office = _by_office(catalogue, heard, region, scope, asks, residue)
    if by_office is not None or not looks_up:
        return by_office
    named = _certificate_named(heard, scope)
    if named and _GIVES.search(heard.text):
        matters = [m for m in scope if any(named in c for c in m.shown_certificates)]
        return Found(say("list.what.certificate", name=named), tuple(matters))
    level = _LEVEL.search(heard.text)
    if level:
        name = next(found for found in LEVELS if found.startswith(level[1]))
        return Found(say("list.what.level", name=name), tuple(m for m in scope if m.level == name))
    if ONLINE in heard.text or "online" in heard.aspects or (bare and _ONLINE_WORDS.search(heard.text)):
        return Found(say("list.what.online"), tuple(m for m in scope if m.online))
    return None


def _scope(catalogue: Catalogue, region: str, audience: str | None) -> list[Matter]:
    return [
        matter
        for wanted in AUDIENCES
        if audience in (wanted, None)
        for matter in catalogue.list_matters(region, wanted)
    ]


def _audience_spoken(text: str) -> str | None:
    """In a look-up the bare word narrows ("税务局企业那边全部")."""
    spoken = [audience for word, audience in (("个人", "individual"), ("企业", "enterprise")) if word in text]
    return spoken[0] if len(spoken) == 1 else None


def _residue(catalogue: Catalogue, text: str, region: str) -> str:
    """The text without region, office, certificate and look-up words: empty where it is nothing but a look-up."""
    found = {name for r in catalogue.regions.values() for name in (r.name, r.short, *r.aliases)}
    found |= office_names(catalogue, region)
    found |= {c for m in catalogue.matters.values() if m.region == region for c in m.shown_certificates}
    for name in sorted(found, key=len, reverse=True):
        text = text.replace(name, "")
    text = SIGNS["look_up"].sub("", text)
    return _FILLERS.sub("", _ONLINE_WORDS.sub("", text))


def _certificate_named(heard: Heard, scope: Sequence[Matter]) -> str | None:
    """The certificate that the message names: as printed, by an everyday name, or by the end of its name (驾驶证)."""
    text = heard.text
    for spoken, printed in _SYNONYMS.items():
        text = text.replace(spoken, printed)
    certificates = sorted({c for m in scope for c in m.shown_certificates}, key=len, reverse=True)
    whole = next((c for c in (*heard.certificates, *certificates) if c in text), None)
    if whole:
        return whole
    endings = {c[-size:] for c in certificates for size in range(3, len(c))}
    return next((e for e in sorted(endings, key=lambda e: (-len(e), e)) if e in text), None)


def _tells(text: str) -> bool:
    """Whether the only sign of a look-up is a closing 的 that ends a story ("人是在医院走的")."""
    story = re.fullmatch("(.*[^管责办批发理口标]|.{8,}口)的", text)
    return story is not None and not has("look_up", story[1]) and not has("list_all", text)


def _by_office(
    catalogue: Catalogue, heard: Heard, region: str, scope: Sequence[Matter], looks_up: bool, residue: str
) -> Found | None:
    """Matters at a place, of a department, or of a department at a place."""
    bare = len(residue) <= 1
    departments = departments_named(catalogue, heard, region)
    places = places_named(catalogue, heard, scope)
    named_outright = bare or (looks_up and len(heard.text) <= 24 and _OUTRIGHT.search(heard.text))
    if places and named_outright:
        # 车管所 is a place and an everyday name of a department: where the list prints such a place, it is meant.
        housed = {d for d in departments if any(p.startswith(d) for p in places)}
        if housed and _BODY.search(heard.text):
            places = set()
        else:
            departments -= housed
    if places and named_outright:
        departments = departments or departments_spoken(catalogue, heard, region, without_places=True)
        matters = [m for m in scope if places & set(m.places)]
        narrowed = [m for m in matters if departments & set(m.departments)]
        what = say("list.what.place", name=names(sorted(places)))
        return Found(what, tuple(_without(heard.text, narrowed or matters)))
    spoken = bool(heard.audience or _audience_spoken(heard.text))
    if not departments and ((bare and (looks_up or spoken)) or (looks_up and len(residue) <= 2)):
        departments = departments_spoken(catalogue, heard, region)
    if departments and (looks_up or bare):
        own = [m for m in scope if departments & set(m.departments)]
        matters = own or [m for m in scope if departments & set(m.lead)]
        what = say("list.what.department", name=names(sorted(departments)))
        return Found(what, tuple(_without(heard.text, matters)))
    return None


def _by_heading(catalogue: Catalogue, heard: Heard, region: str, scope: Sequence[Matter]) -> Found | None:
    """Matters of a stage, or of a scene, that the message names as a heading ("养老这块", "企业变更那一段")."""
    if len(heard.text) > 22 or heard.aspects:
        return None
    text = heard.text
    short = catalogue.regions[region]
    for name in sorted({short.name, short.short, *short.aliases}, key=len, reverse=True):
        text = text.replace(name, "")
    plain = re.sub(r"\W|^(?:个人|企业)(?=..)|事项$|的$", "", text)
    marked = _HEADING.search(plain) or _LISTS.search(plain) or has("list_all", plain)
    if marked:
        plain = SIGNS["list_all"].sub("", SIGNS["look_up"].sub("", _LISTS.sub("", _HEADING.sub("", plain))))
        plain = re.sub("[的个这那都有给我把一下出来些事项哪啥什么]", "", plain)
    if len(plain) < (2 if marked else 4):
        return None
    for heading in ("stage", "scene"):
        found = tuple(m for m in scope if plain in _spoken_heading(getattr(m, heading)))
        if found:
            return Found(say("list.what.stage", name=getattr(found[0], heading)), found)
    return None


def _spoken_heading(heading: str) -> set[str]:
    """A heading as printed, and without 企业 before it or 办理 behind it."""
    return {
        heading,
        heading.removeprefix("企业"),
        heading.removesuffix("办理"),
        heading.removesuffix("人员救助"),
    }


def _without(text: str, matters: Sequence[Matter]) -> list[Matter]:
    """The matters less those that "除了…" rules out."""
    if "除了" not in text:
        return list(matters)
    ruled = text.split("除了", 1)[1][:6]
    for spoken, printed in _SYNONYMS.items():
        ruled = ruled.replace(spoken, printed)
    return [m for m in matters if not (m.scene[:3] in ruled or m.title[:4] in ruled)] or list(matters)
