"""Cards of look-ups: lists in pages, and the same matter in several regions side by side."""

from __future__ import annotations

from collections.abc import Sequence

from actions.lines import names, source_line
from actions.lookup import Found
from actions.reply import Option, Reply, matter_steps
from actions.wording import say
from knowledge.catalogue import Catalogue
from knowledge.matter import Matter

# Lists are shown whole up to this length, then in pages.
PAGE = 12


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
