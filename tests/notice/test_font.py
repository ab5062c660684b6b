"""The font: small, free to embed, with every character that notices need."""

from __future__ import annotations

import io

from fontTools.ttLib import TTFont

from notice import font
from notice.make_font import needed


def test_it_has_every_character_of_catalogue_and_wording() -> None:
    missing = {c for c in needed() if not c.isspace()} - font.characters()
    assert not missing, f"{''.join(sorted(missing))}: run notice.make_font again (docs/adr/0012)"


def test_it_is_small_and_says_whose_it_is() -> None:
    assert font.FONT.stat().st_size < 1_500_000
    with TTFont(font.FONT) as found:
        names = {record.nameID: str(record) for record in found["name"].names}
        assert names[1] == font.FAMILY and "Adobe" in names[0] and "Open Font License" in names[13]
        assert "Source" not in names[1] and "Noto" not in names[1], "a changed font has a name of its own"
        assert found["OS/2"].fsType == 0
    assert "SIL OPEN FONT LICENSE" in (font.FOLDER / "OFL.txt").read_text(encoding="utf-8")


def test_a_copy_has_what_is_asked_for_and_little_more() -> None:
    text = "一次性告知单：户口登记"
    with TTFont(io.BytesIO(font.cut(text))) as found:
        assert {chr(code) for code in found.getBestCmap()} == {*text}
    assert len(font.cut(text, "woff")) < 12_000
    assert font.cut(text, "woff")[:4] == b"wOFF"


def test_what_is_missing_gets_a_sign() -> None:
    assert font.printable("户口龘\n") == f"户口{font.MISSING}\n"
