"""Makes the font that notices carry, from Noto Sans CJK SC: `python -m notice.make_font NotoSansCJK-Regular.ttc`.

Debian's package fonts-noto-cjk has the source (SIL Open Font License 1.1). What comes out is a font of another name: the
common characters of GB 2312, those that the catalogue and our wording need, Latin letters and punctuation; with
TrueType outlines, because word processors read no other kind of embedded font. Run it by hand when
tests/notice/test_font.py names a character that is missing.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

from fontTools import subset
from fontTools.pens.cu2quPen import Cu2QuPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTFont, newTable

from notice.font import FAMILY, FONT, MISSING

ROOT = Path(__file__).resolve().parent.parent
SIMPLIFIED_CHINESE = 2  # the face of the collection
COMMON_ROWS = range(0xB0, 0xD8)  # GB 2312, level 1: 3,755 characters by frequency
PUNCTUATION = f"，。、；：？！“”‘’（）《》〈〉【】〔〕［］—…·～％／×→•●○–①②③④⑤⑥⑦⑧⑨⑩■□☐〇{MISSING}"
LARGEST_ERROR = 1.0  # of the outlines, in thousandths of the type size
VERSION = "1.000"
COPYRIGHT = "Copyright 2014-2021 Adobe (http://www.adobe.com/), with Reserved Font Name 'Source'"
LICENSE = "This Font Software is licensed under the SIL Open Font License, Version 1.1."
_CFF_ONLY = ("CFF ", "VORG", "vhea", "vmtx", "BASE", "GSUB", "GPOS", "GDEF", "DSIG")


def common() -> Iterator[str]:
    """The characters of GB 2312, level 1."""
    for row in COMMON_ROWS:
        for cell in range(0xA1, 0xFF):
            yield bytes((row, cell)).decode("gb2312", errors="ignore")


def needed(root: Path = ROOT) -> set[str]:
    """Every character of the catalogue and of the notice's wording."""
    files = [*(root / "knowledge").rglob("*.csv"), root / "notice" / "wording.yml"]
    return {c for path in files for c in path.read_text(encoding="utf-8") if c.isprintable()}


def to_truetype(font: TTFont) -> None:
    """Turns the cubic outlines of a font into quadratic ones, in place."""
    glyph_set, order = font.getGlyphSet(), font.getGlyphOrder()
    glyphs = {}
    for name in order:
        pen = TTGlyphPen(glyph_set)
        glyph_set[name].draw(Cu2QuPen(pen, LARGEST_ERROR, reverse_direction=True))
        glyphs[name] = pen.glyph()
    font["loca"] = newTable("loca")
    font["glyf"] = table = newTable("glyf")
    table.glyphOrder, table.glyphs = order, glyphs
    for glyph in glyphs.values():
        glyph.recalcBounds(table)
    most = font["maxp"]
    most.tableVersion = 0x00010000
    most.maxZones = 1
    for name in ("TwilightPoints", "Storage", "FunctionDefs", "InstructionDefs", "StackElements"):
        setattr(most, f"max{name}", 0)
    for name in ("Points", "Contours", "CompositePoints", "CompositeContours", "ComponentDepth"):
        setattr(most, f"max{name}", 0)
    most.maxSizeOfInstructions = most.maxComponentElements = 0
    font["post"].formatType = 3.0
    font["head"].glyphDataFormat = 0
    for tag in _CFF_ONLY:
        if tag in font:
            del font[tag]
    font.sfntVersion = "\0\1\0\0"


def rename(font: TTFont) -> None:
    """Gives the font a name of its own: it is not the original any more."""
    names = {
        0: COPYRIGHT,
        1: FAMILY,
        2: "Regular",
        3: f"{FAMILY} {VERSION}",
        4: FAMILY,
        5: f"Version {VERSION}",
    }
    names |= {6: FAMILY.replace(" ", "") + "-Regular", 13: LICENSE, 14: "https://openfontlicense.org"}
    font["name"].names = []
    for number, text in names.items():
        font["name"].setName(text, number, 3, 1, 0x409)


def make(source: Path, target: Path = FONT) -> TTFont:
    """Writes the font; returns it."""
    font = TTFont(source, fontNumber=SIMPLIFIED_CHINESE, lazy=True, recalcTimestamp=False)
    options = subset.Options(layout_features=[], hinting=False, notdef_outline=True, desubroutinize=True)
    subsetter = subset.Subsetter(options)
    latin = {chr(code) for code in range(0x20, 0x7F)}
    subsetter.populate(text="".join(sorted({*common(), *needed(), *PUNCTUATION, *latin})))
    subsetter.subset(font)
    to_truetype(font)
    rename(font)
    font["OS/2"].fsType = 0  # may be embedded
    font.save(target)
    return font


if __name__ == "__main__":
    made = make(Path(sys.argv[1]))
    print(f"{FONT.relative_to(ROOT)}: {len(made.getBestCmap())} characters, {FONT.stat().st_size:,} bytes")
