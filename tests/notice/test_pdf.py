"""The PDF: its words can be read out again, its font is inside, and it is tagged for screen readers."""

from __future__ import annotations

import io
from dataclasses import replace

import pypdf
import pytest
from pypdf.generic import DictionaryObject

from notice import font, pdf
from notice.notice import Notice
from tests.notice.conftest import Make

SAMPLES = [
    ("changle", "second-hand-home", {"mortgage": "yes"}),
    ("zhoucun", "birth", {}),
    ("huancui", "restaurant", {"dine": "hall"}),
    ("weihai-city", "marriage", {}),
    ("xuecheng", "company-closing", {}),
]


def read(notice: Notice) -> pypdf.PdfReader:
    """The rendered PDF."""
    return pypdf.PdfReader(io.BytesIO(pdf.render(notice)))


def words(reader: pypdf.PdfReader) -> str:
    """All text, without the spaces and breaks of the layout."""
    return "".join("".join(page.extract_text() for page in reader.pages).split())


def close(text: str) -> str:
    """A text as `words` gives it."""
    return "".join(text.split())


@pytest.mark.parametrize(("region", "scenario", "facts"), SAMPLES)
def test_its_words_are_those_of_the_notice(
    make: Make, region: str, scenario: str, facts: dict[str, str]
) -> None:
    notice = make(region, scenario, **facts)
    found = words(read(notice))
    at = found.index(close(notice.steps_heading))
    for step in notice.steps:
        whole = close("".join((str(step.number), step.title, step.condition, *step.notes, *step.cells)))
        assert whole in found[at:], f"{step.title}: not in order"
        at = found.index(whole, at)
    for line in (notice.title, notice.link, *notice.unsaid, *notice.remarks, *notice.sources):
        assert close(line) in found
    for field in notice.header:
        assert close(field.label + field.value) in found


def test_every_font_is_inside(make: Make) -> None:
    fonts: dict[str, DictionaryObject] = {}
    for page in read(make("huancui", "restaurant")).pages:
        fonts |= {name: found.get_object() for name, found in page["/Resources"]["/Font"].items()}
    assert fonts
    for found in fonts.values():
        below = found["/DescendantFonts"][0].get_object()
        assert "YilianbanSans" in str(found["/BaseFont"])
        assert len(below["/FontDescriptor"].get_object()["/FontFile2"].get_object().get_data()) > 10_000


def test_it_can_be_heard(make: Make) -> None:
    notice = make("changle", "second-hand-home")
    reader = read(notice)
    root = reader.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"].value and "/StructTreeRoot" in root
    assert root["/Lang"] == "zh-CN"
    assert reader.metadata is not None and reader.metadata.title == notice.title
    assert root["/ViewerPreferences"]["/DisplayDocTitle"].value
    assert b"pdfuaid:part>1<" in root["/Metadata"].get_data().replace(b"\n", b"")
    kinds = {str(kind) for kind in _kinds(root["/StructTreeRoot"])}
    assert {"/H1", "/H2", "/Table", "/TH", "/TD", "/L", "/Figure", "/Link"} <= kinds


def _kinds(element: object, depth: int = 0) -> set[str]:
    """Types of all elements of the structure tree."""
    found: set[str] = set()
    if isinstance(element, list):
        for child in element:
            found |= _kinds(child.get_object(), depth + 1)
    elif isinstance(element, dict):
        found |= {str(element["/S"])} if "/S" in element else set()
        if "/K" in element:
            found |= _kinds(
                element["/K"].get_object() if hasattr(element["/K"], "get_object") else element["/K"], depth
            )
    return found


def test_links_lead_somewhere(make: Make) -> None:
    notice = make("changle", "second-hand-home")
    targets = {
        str(annotation.get_object()["/A"]["/URI"])
        for page in read(notice).pages
        for annotation in page.get("/Annots", [])
    }
    assert notice.link in targets
    assert {answer.url for question in notice.questions for answer in question.answers} <= targets


def test_the_head_of_the_table_is_on_every_page(make: Make, catalogue) -> None:  # type: ignore[no-untyped-def]
    ids = [matter.id for matter in catalogue.list_matters("huancui", "individual")[:40]]
    pages = read(make("huancui", ids)).pages
    assert len(pages) > 1
    for page in pages[:2]:
        assert "办理部门" in page.extract_text()


def test_a_character_that_the_font_lacks_becomes_a_sign(make: Make) -> None:
    notice = make("changle", "birth")
    found = words(read(replace(notice, title="一次性告知单：龘")))
    assert f"一次性告知单：{font.MISSING}" in found


def test_words_are_no_markup(make: Make) -> None:
    notice = make("changle", "birth")
    step = replace(notice.steps[0], title='#import "x": *; $x$ *b* \\ @ref <l> `r`')
    assert '#import"x":*;$x$*b*\\@ref<l>`r`' in words(read(replace(notice, steps=(step,))))
