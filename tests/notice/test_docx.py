"""The Word document: opened by a library and by an office program."""

from __future__ import annotations

import io
import shutil
import subprocess
import uuid
import zipfile
from pathlib import Path

import docx as library
import pypdf
import pytest
from docx.oxml.ns import qn
from fontTools.ttLib import TTFont

from notice import docx, font
from notice.docx_font import obfuscated
from notice.notice import Notice
from tests.notice.conftest import Make

OFFICE = shutil.which("soffice") or shutil.which("libreoffice")
OFFICE_SECONDS = 120


def opened(notice: Notice) -> library.document.Document:
    """The rendered document, as the library reads it."""
    return library.Document(io.BytesIO(docx.render(notice)))


@pytest.mark.parametrize(
    ("region", "scenario"), [("changle", "second-hand-home"), ("zhoucun", "birth"), ("huancui", "restaurant")]
)
def test_its_table_is_the_chain(make: Make, region: str, scenario: str) -> None:
    notice = make(region, scenario)
    document = opened(notice)
    table = document.tables[1]
    assert tuple(cell.text for cell in table.rows[0].cells) == notice.columns
    for row, step in zip(table.rows[1:], notice.steps, strict=True):
        number, title, *cells = (cell.text for cell in row.cells)
        assert number == str(step.number) and tuple(cells) == step.cells
        assert title == "\n".join(filter(None, (step.title, step.condition, *step.notes)))
    text = "\n".join(paragraph.text for paragraph in document.paragraphs)
    for line in (notice.title, notice.link, *notice.unsaid, *notice.remarks, *notice.sources):
        assert line in text


def test_it_can_be_heard(make: Make) -> None:
    notice = make("changle", "second-hand-home")
    document = opened(notice)
    properties = document.core_properties
    assert (properties.title, properties.language) == (notice.title, "zh-CN")
    styles = [paragraph.style.name for paragraph in document.paragraphs if paragraph.style]
    assert styles[0] == "Title" and styles.count("Heading 1") >= 4
    table = document.tables[1]
    assert table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
    assert table._tbl.tblPr.find(qn("w:tblCaption")).get(qn("w:val")) == notice.steps_heading
    assert [shape._inline.docPr.get("descr") for shape in document.inline_shapes] == [
        "二维码，内容是本告知单的网址"
    ]
    for name in ("Normal", "Title", "Heading 1"):
        fonts = document.styles[name].element.rPr.rFonts
        assert fonts.get(qn("w:eastAsia")) == fonts.get(qn("w:ascii")) == font.FAMILY
        assert document.styles[name].element.rPr.find(qn("w:lang")).get(qn("w:eastAsia")) == "zh-CN"


def test_its_font_is_inside_with_every_character(make: Make) -> None:
    notice = make("huancui", "restaurant")
    made = docx.render(notice)
    with zipfile.ZipFile(io.BytesIO(made)) as package:
        hidden = package.read("word/fonts/font1.odttf")
        assert b"embedTrueTypeFonts" in package.read("word/settings.xml")
        assert not [name for name in package.namelist() if "thumbnail" in name]
    inside = TTFont(io.BytesIO(obfuscated(hidden, uuid.uuid5(uuid.NAMESPACE_OID, font.FAMILY))))
    has = {chr(code) for code in inside.getBestCmap()}
    document = library.Document(io.BytesIO(made))
    text = "".join(str(part) for part in document.element.body.itertext())
    assert {c for c in text if not c.isspace()} <= has
    assert inside["OS/2"].fsType == 0, "may not be embedded"


@pytest.mark.skipif(OFFICE is None, reason="no office program here (Debian: libreoffice-writer-nogui)")
def test_an_office_program_draws_it(make: Make, tmp_path: Path) -> None:
    notice = make("changle", "second-hand-home")
    (tmp_path / "notice.docx").write_bytes(docx.render(notice))
    command = [
        str(OFFICE),
        f"-env:UserInstallation=file://{tmp_path}/profile",
        "--headless",
        "--convert-to",
        "pdf",
    ]
    subprocess.run(
        [*command, "--outdir", str(tmp_path), str(tmp_path / "notice.docx")],
        check=True,
        capture_output=True,
        timeout=OFFICE_SECONDS,
    )
    drawn = pypdf.PdfReader(tmp_path / "notice.pdf")
    words = "".join("".join(page.extract_text() for page in drawn.pages).split())
    for step in notice.steps:
        assert "".join(step.title.split()) in words
    assert notice.link in words
    fonts = {
        str(found.get_object()["/BaseFont"])
        for page in drawn.pages
        for found in page["/Resources"]["/Font"].values()
    }
    assert any("YilianbanSans" in name for name in fonts), f"the font inside was not used: {fonts}"
