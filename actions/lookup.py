"""Look-ups as clerks make them: by department, place, certificate, level, stage or number; comparisons of regions."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from actions.heard import Heard
from actions.lines import names, source_line
from actions.reply import Option, Reply, matter_steps
from actions.signals import SIGNS, has
from actions.wording import say
from knowledge.catalogue import Catalogue
from knowledge.department import Department
from knowledge.matter import AUDIENCES, LEVELS, ONLINE, Matter

# Lists are shown whole up to this length, then in pages.
PAGE = 12
# Beside the name of a place, only these ask for what is done there.
_OUTRIGHT = re.compile("能办|办的|哪些|还有(?:啥|什么)|的$|几[项件条]|全")
_SYNONYMS = {"驾照": "驾驶证", "房产证": "不动产权证书", "老年证": "老年人优待证"}


@dataclass(frozen=True)
class Found:
    """Matters of a look-up and the words for what was looked up."""

    what: str
    matters: tuple[Matter, ...]


def _scope(catalogue: Catalogue, region: str, audience: str | None) -> list[Matter]:
    return [
        matter
        for wanted in AUDIENCES
        if audience in (wanted, None)
        for matter in catalogue.list_matters(region, wanted)
    ]


def _places_named(catalogue: Catalogue, heard: Heard, scope: Sequence[Matter]) -> set[str]:
    printed = {place for matter in scope for place in matter.places}
    return {
        place
        for place in printed
        for name in heard.places
        if name == place or name in catalogue.place_aliases.get(place, ())
    }


def _without_places(heard: Heard) -> Heard:
    text = heard.text
    for name in heard.places:
        text = text.replace(name, "")
    return replace(heard, text=text)


def _departments_named(catalogue: Catalogue, heard: Heard, region: str) -> set[str]:
    found = set()
    for department in catalogue.departments:
        if department.region != region:
            continue
        plain = {name.lstrip("区县市") for name in department.names}
        if any(name in department.names or name in plain for name in heard.departments):
            found.add(department.printed)
    return found


def _weak_departments(catalogue: Catalogue, heard: Heard, region: str) -> set[str]:
    """Departments named by a short everyday word ("民政"), which counts only beside another sign of a look-up."""
    return {
        d.printed
        for d in catalogue.departments
        if d.region == region and any(name in heard.text for name in _short_names(d) if len(name) >= 2)
    }


def _short_names(department: Department) -> set[str]:
    """Names without the region's prefix and the office's suffix: 城乡水务局 also answers to 城乡水务."""
    plain = {name.lstrip("区县市") for name in department.names}
    return plain | {re.sub("(?:管理|事务)?(?:局|中心|委|办|分局|大队)$", "", name) for name in plain}


def _residue(catalogue: Catalogue, text: str, region: str) -> str:
    """The text without region, department, place and look-up words: empty where it is nothing but a look-up."""
    names = {name for r in catalogue.regions.values() for name in (r.name, r.short, *r.aliases)}
    names |= {
        name
        for d in catalogue.departments
        if d.region == region
        for name in _short_names(d) | set(d.names)
        if len(name) >= 2
    }
    for place, aliases in catalogue.place_aliases.items():
        names |= {place, *aliases}
    names |= {c for m in catalogue.matters.values() if m.region == region for c in m.shown_certificates}
    for name in sorted(names, key=len, reverse=True):
        text = text.replace(name, "")
    text = SIGNS["look_up"].sub("", text)
    return re.sub(r"[\W的给个人企业这边那哪些啥什么都有在能办是和跟要我想查看请帮下个到里上于]", "", text)


def find(
    catalogue: Catalogue, heard: Heard, region: str, audience: str | None, clear: bool = False
) -> Found | None:
    """What a message looks up in a region's lists; None where it looks nothing up.

    `clear`: search is sure of one target, so that only a message that is nothing but a look-up counts as one.
    """
    if set(heard.aspects) & {"phone", "address", "hours", "fee", "materials", "duration"}:
        return None
    scope = _scope(catalogue, region, audience)
    looks_up = has("look_up", heard.text) or has("list_all", heard.text)
    bare = len(_residue(catalogue, heard.text, region)) <= 1
    if clear and not bare and (heard.aspects or len(heard.text) > 18):
        return None
    heading = _by_heading(catalogue, heard, region, scope)
    if heading is not None:
        return heading
    by_office = _by_office(catalogue, heard, region, scope, looks_up and not _tells(heard.text), bare)
    if by_office is not None or not looks_up:
        return by_office
    certificates = sorted({c for m in scope for c in m.shown_certificates}, key=len, reverse=True)
    named = next((c for c in (*heard.certificates, *certificates) if c in heard.text), None)
    if named and re.search("证件|凭证|拿到|发|落到|给|几", heard.text):
        matters = [m for m in scope if any(named in c for c in m.shown_certificates)]
        return Found(say("list.what.certificate", name=named), tuple(matters))
    for level in LEVELS:
        if level in heard.text or f"{level[:2]}一级" in heard.text or f"{level[0]}里办" in heard.text:
            return Found(say("list.what.level", name=level), tuple(m for m in scope if m.level == level))
    if ONLINE in heard.text or "online" in heard.aspects:
        return Found(say("list.what.online"), tuple(m for m in scope if m.online))
    return None


def _tells(text: str) -> bool:
    """Whether the only sign of a look-up is a closing 的 that ends a story ("人是在医院走的")."""
    story = re.fullmatch("(.*[^管责办批发理口标])的", text)
    return story is not None and not has("look_up", story[1]) and not has("list_all", text)


def _by_office(
    catalogue: Catalogue, heard: Heard, region: str, scope: Sequence[Matter], looks_up: bool, bare: bool
) -> Found | None:
    """Matters at a place, of a department, or of a department at a place."""
    departments = _departments_named(catalogue, heard, region)
    places = _places_named(catalogue, heard, scope)
    named_outright = bare or (looks_up and len(heard.text) <= 24 and _OUTRIGHT.search(heard.text))
    if places and named_outright:
        # 车管所 is a place and an everyday name of a department: where the list prints such a place, it is meant.
        departments -= {d for d in departments if any(p.startswith(d) for p in places)}
        departments = departments or _weak_departments(catalogue, _without_places(heard), region)
        matters = [m for m in scope if places & set(m.places)]
        narrowed = [m for m in matters if departments & set(m.departments)]
        what = say("list.what.place", name=names(sorted(places)))
        return Found(what, tuple(_without(heard.text, narrowed or matters)))
    if not departments and bare and (looks_up or heard.audience):
        departments = _weak_departments(catalogue, heard, region)
    if departments and (looks_up or bare):
        own = [m for m in scope if departments & set(m.departments)]
        matters = own or [m for m in scope if departments & set(m.lead)]
        what = say("list.what.department", name=names(sorted(departments)))
        return Found(what, tuple(_without(heard.text, matters)))
    return None


def _by_heading(catalogue: Catalogue, heard: Heard, region: str, scope: Sequence[Matter]) -> Found | None:
    """Matters of a stage, or of a scene, that the message names as a heading ("养老这块", "就医阶段")."""
    short = catalogue.regions[region]
    text = heard.text
    for name in sorted({short.name, short.short, *short.aliases}, key=len, reverse=True):
        text = text.replace(name, "")
    plain = re.sub(r"[\W]", "", text)
    for heading in ("scene", "stage"):
        found = tuple(m for m in scope if getattr(m, heading) == plain and len(plain) >= 4)
        if found:
            return Found(say("list.what.stage", name=plain), found)
    if len(heard.text) > 20 or not re.search("阶段|这块|这一块|场景|底下|类|人生", heard.text):
        return None
    for heading in ("stage", "scene"):
        for name in sorted({getattr(m, heading) for m in scope}, key=len, reverse=True):
            if re.search(
                f"{re.escape(name)}[”」』\\s]*(?:这个|这一|的)?(?:阶段|这块|这一块|场景|底下|类|那块)",
                heard.text,
            ):
                found = tuple(m for m in scope if getattr(m, heading) == name)
                return Found(say("list.what.stage", name=name), found)
    return None


def _without(text: str, matters: Sequence[Matter]) -> list[Matter]:
    """The matters less those that "除了…" rules out."""
    if "除了" not in text:
        return list(matters)
    ruled = text.split("除了", 1)[1][:6]
    for spoken, printed in _SYNONYMS.items():
        ruled = ruled.replace(spoken, printed)
    return [m for m in matters if not (m.scene[:3] in ruled or m.title[:4] in ruled)] or list(matters)


def list_reply(
    catalogue: Catalogue, found: Found, region: str, audience: str | None, turn: int, start: int = 0
) -> Reply:
    """A page of a look-up; the card holds the whole list on the first page."""
    short = catalogue.regions[region].short
    if not found.matters:
        text = say("list.none", region=short, what=found.what)
        ways = (Option(say("option.restart"), "restart:"), Option(say("option.human"), "human:"))
        return Reply(kind="out_of_scope", text=text, region=region, audience=audience, options=ways)
    page = found.matters[start : start + PAGE]
    lines = [say("list.head", turn, region=short, what=found.what, count=len(found.matters))]
    for order, matter in enumerate(page, start + 1):
        where = names(matter.departments) or matter.level or ""
        lines.append(f"{order}. {matter.title}（{where}，第{matter.row}项）")
    left = len(found.matters) - start - len(page)
    lines.append(
        say("list.more", count=left) if left else source_line(catalogue, page[:1]).split("第")[0] + "。"
    )
    options = [Option(m.title, f"matter:{m.id}", matter_id=m.id) for m in page[:6]]
    if left:
        options.insert(0, Option(say("option.more"), "more:"))
    return Reply(
        kind="list",
        text="\n".join(lines),
        region=region,
        audience=found.matters[0].audience,
        steps=matter_steps(found.matters if start == 0 else page),
        options=tuple(options),
    )


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


def compare_reply(
    catalogue: Catalogue, entries: Sequence[tuple[str, tuple[Matter, ...]]], title: str, turn: int
) -> Reply:
    """The same matter in several regions side by side, differences pointed out."""
    lines = [say("compare.head", turn, title=title)]
    seen = set()
    for region, matters in entries:
        short = catalogue.regions[region].short
        if not matters:
            lines.append(f"{short}：{say('compare.none')}")
            continue
        for matter in matters:
            where = "；".join(
                part for part in (names(matter.departments), matter.level or "", names(matter.places)) if part
            )
            seen.add((tuple(d.lstrip("区县市") for d in matter.departments), matter.level))
            lines.append(f"{short}：{matter.title}，{where}（第{matter.row}项）")
    lines.append(say("compare.same" if len(seen) <= 1 else "compare.differ"))
    shown = [m for _, matters in entries for m in matters]
    return Reply(
        kind="compare",
        text="\n".join(lines),
        region=entries[0][0],
        audience=shown[0].audience if shown else None,
        steps=matter_steps(shown),
        comparison=tuple(entries),
        options=tuple(Option(m.title, f"matter:{m.id}", matter_id=m.id) for m in shown[:4]),
    )
