"""A notice as a Word document: real headings, a table whose head is repeated, its font inside."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime

from docx import Document
from docx.document import Document as Doc
from docx.enum.text import WD_PARAGRAPH_ALIGNMENT
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml.ns import qn
from docx.oxml.parser import OxmlElement
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.shared import Length, Mm, Pt, RGBColor
from docx.styles.style import ParagraphStyle
from docx.table import Table, _Cell, _Row
from docx.text.paragraph import Paragraph

from notice import font, qr
from notice.docx_font import embed
from notice.notice import Link, Notice, Step
from notice.wording import say

LANGUAGE = "zh-CN"
BLUE = RGBColor(0x12, 0x4C, 0x94)
WIDTHS = tuple(Mm(width) for width in (12, 44, 31, 27, 23, 22, 19))
HEADER_WIDTHS = (Mm(140), Mm(38))
SIZES = {"Normal": 10.5, "Title": 18, "Heading 1": 13, "List Bullet": 10.5, "Footer": 8.5}


def render(notice: Notice) -> bytes:
    """The document of a notice. Takes a tenth of a second: not for an event loop."""
    document = Document()
    _set_up(document, notice)
    document.add_paragraph(notice.title, style="Title")
    _header(document, notice)
    document.add_heading(notice.steps_heading, 1)
    if notice.steps:
        _steps(document, notice)
    if notice.questions:
        document.add_heading(say("questions.heading"), 1)
        document.add_paragraph(say("questions.intro"))
        for question in notice.questions:
            _bullet(document, f"{question.text} ", question.answers)
    for name, lines in notice.parts:
        _part(document, say(f"{name}.heading"), lines)
    if notice.following:
        document.add_heading(say("following.heading"), 1)
        for link in notice.following:
            _bullet(document, "", (link,))
    _again(document, notice)
    _footer(document, notice)
    embed(document, font.FAMILY, font.cut(_text(document)))
    made = io.BytesIO()
    document.save(made)
    return made.getvalue()


def _set_up(document: Doc, notice: Notice) -> None:
    """Paper, language, properties and styles."""
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = Mm(16)
    section.top_margin = section.bottom_margin = Mm(18)
    properties = document.core_properties
    properties.title, properties.language = notice.title, LANGUAGE
    properties.author = properties.last_modified_by = say("publisher")
    properties.subject, properties.comments, properties.keywords = say("name"), "", ""
    properties.created = properties.modified = datetime.now(UTC)
    for name, size in SIZES.items():
        style = document.styles[name]
        assert isinstance(style, ParagraphStyle)
        _typeset(style, size)
    document.styles["Normal"].paragraph_format.space_after = Pt(3)
    _speak(document.styles.element.find(qn("w:docDefaults")).find(f".//{qn('w:rPr')}"))
    for name, relation in list(document.part.package.rels.items()):
        if relation.reltype == RELATIONSHIP_TYPE.THUMBNAIL:  # of the template, not of this document
            del document.part.package.rels[name]


def _typeset(style: ParagraphStyle, size: float) -> None:
    """One font for Latin and Chinese, without the theme's."""
    style.font.name, style.font.size = font.FAMILY, Pt(size)
    if style.name in ("Title", "Heading 1"):
        style.font.color.rgb = BLUE
        style.paragraph_format.keep_with_next = True
        style.paragraph_format.space_before = Pt(10)
    properties = style.element.get_or_add_rPr()
    fonts = properties.get_or_add_rFonts()
    for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        fonts.attrib.pop(qn(f"w:{theme}"), None)
    for script in ("ascii", "hAnsi", "eastAsia", "cs"):
        fonts.set(qn(f"w:{script}"), font.FAMILY)
    _speak(properties)


def _speak(properties: BaseOxmlElement) -> None:
    """Says that the text is Chinese."""
    language = properties.find(qn("w:lang"))
    if language is None:
        language = OxmlElement("w:lang")
        properties.append(language)
    for name in ("val", "eastAsia"):
        language.set(qn(f"w:{name}"), LANGUAGE)


def _header(document: Doc, notice: Notice) -> None:
    """Region, scenario and the like beside the QR code."""
    table = document.add_table(rows=1, cols=2)
    words, picture = table.rows[0].cells
    table.autofit = False
    _widen(table, HEADER_WIDTHS)
    picture.paragraphs[0].alignment = WD_PARAGRAPH_ALIGNMENT.RIGHT
    for number, field in enumerate(notice.header):
        paragraph = words.add_paragraph() if number else words.paragraphs[0]
        paragraph.add_run(f"{field.label}：{field.value}")
    drawing = picture.paragraphs[0].add_run().add_picture(io.BytesIO(qr.png(notice.link)), width=Mm(32))
    properties = drawing._inline.docPr
    properties.set("descr", say("again.qr"))
    properties.set("title", say("again.link"))


def _steps(document: Doc, notice: Notice) -> None:
    """The table of steps; its head is repeated on every page, and no row is torn."""
    table = document.add_table(rows=1, cols=len(notice.columns), style="Table Grid")
    table.autofit = False
    _describe(table, notice.steps_heading)
    _flag(table.rows[0], "w:tblHeader")
    _fill(table.rows[0], notice.columns, bold=True)
    for step in notice.steps:
        row = table.add_row()
        _flag(row, "w:cantSplit")
        _fill(row, (str(step.number), _matter(step), *step.cells))
    _widen(table, WIDTHS)


def _matter(step: Step) -> str:
    return "\n".join(filter(None, (step.title, step.condition, *step.notes)))


def _fill(row: _Row, texts: Iterable[str], bold: bool = False) -> None:
    for cell, text in zip(row.cells, texts, strict=True):
        _write(cell, text, bold)


def _widen(table: Table, widths: Sequence[Length]) -> None:
    """Word reads the width of a cell, LibreOffice that of a column."""
    for column, width in zip(table.columns, widths, strict=True):
        column.width = width
        for cell in column.cells:
            cell.width = width


def _write(cell: _Cell, text: str, bold: bool) -> None:
    paragraph = cell.paragraphs[0]
    paragraph.paragraph_format.space_after = Pt(0)
    run = paragraph.add_run(text)
    run.bold, run.font.size = bold or None, Pt(9.5)


def _flag(row: _Row, name: str) -> None:
    properties = row._tr.get_or_add_trPr()
    properties.append(OxmlElement(name))


def _describe(table: Table, text: str) -> None:
    """Words for people who hear the table."""
    caption = OxmlElement("w:tblCaption")
    caption.set(qn("w:val"), text)
    table._tbl.tblPr.append(caption)


def _part(document: Doc, heading: str, lines: Iterable[str]) -> None:
    if found := list(lines):
        document.add_heading(heading, 1)
        for line in found:
            document.add_paragraph(line, style="List Bullet")


def _bullet(document: Doc, text: str, links: Iterable[Link]) -> None:
    paragraph = document.add_paragraph(text, style="List Bullet")
    for number, link in enumerate(links):
        if number:
            paragraph.add_run("　")
        _link(paragraph, link)


def _link(paragraph: Paragraph, link: Link) -> None:
    """Words that a word processor follows."""
    element = OxmlElement("w:hyperlink")
    relation = paragraph.part.relate_to(link.url, RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
    element.set(qn("r:id"), relation)
    run = paragraph.add_run(link.text)
    run.font.color.rgb, run.underline = BLUE, True
    element.append(run._r)
    paragraph._p.append(element)


def _again(document: Doc, notice: Notice) -> None:
    document.add_heading(say("again.heading"), 1)
    document.add_paragraph(say("again.text"))
    _link(document.add_paragraph(), Link(notice.link, notice.link))


def _footer(document: Doc, notice: Notice) -> None:
    """The title and the number of the page."""
    paragraph = document.sections[0].footer.paragraphs[0]
    before, between, after = say("page", number="\0", count="\0").split("\0")
    paragraph.add_run(f"{notice.title}　{before}")
    _field(paragraph, "PAGE")
    paragraph.add_run(between)
    _field(paragraph, "NUMPAGES")
    paragraph.add_run(after)


def _field(paragraph: Paragraph, code: str) -> None:
    """A number that the word processor works out."""
    element = OxmlElement("w:fldSimple")
    element.set(qn("w:instr"), code)
    run = paragraph.add_run("1")
    element.append(run._r)
    paragraph._p.append(element)


def _text(document: Doc) -> str:
    """Every character of the document, and the digits of its page numbers."""
    parts = (document.element.body, document.sections[0].footer._element)
    return "0123456789•·" + "".join(text for part in parts for text in part.itertext())
