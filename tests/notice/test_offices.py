"""The operator's offices on a notice: with the day of the check, marked as not the list's, in every format."""

from __future__ import annotations

import io
from datetime import date
from pathlib import Path

import pytest
from docx import Document

from knowledge.catalogue import Catalogue
from knowledge.office_reader import with_offices
from notice import pdf
from notice.docx import render as as_docx
from notice.html import render as as_html
from notice.notice import Notice, make_notice
from notice.subject import scenario_subject
from tests.notice.conftest import BASE

EXAMPLE = Path(__file__).resolve().parents[1] / "data" / "places"
DAY = date(2024, 11, 20)
HALL = "：示例公安办证厅。地址：示例东路5号；电话：0631-5550201；办公时间：周一至周六9:00—17:00"


@pytest.fixture(scope="module")
def filled(catalogue: Catalogue) -> Catalogue:
    """The catalogue with the invented offices of the example."""
    return with_offices(catalogue, EXAMPLE)


def birth(catalogue: Catalogue, day: date = DAY) -> Notice:
    return make_notice(catalogue, scenario_subject(catalogue, "huancui", "birth", {}), day, BASE)


def test_offices_stand_on_the_notice_with_their_steps_and_the_day(filled: Catalogue) -> None:
    offices = birth(filled).offices
    assert any(line.startswith("第") and HALL in line for line in offices)
    assert "核对于2024年11月1日" in offices[-1] and "本地政务部门" in offices[-1]


def test_the_printed_place_stays_as_printed(filled: Catalogue, catalogue: Catalogue) -> None:
    assert [step.cells for step in birth(filled).steps] == [step.cells for step in birth(catalogue).steps]


def test_without_a_directory_nothing_is_said_of_offices(catalogue: Catalogue) -> None:
    notice = birth(catalogue)
    assert not notice.offices and "offices" not in dict(notice.parts)
    assert "办事点" not in as_html(notice).content.decode()


def test_an_office_that_does_not_hold_yet_stays_away(filled: Catalogue) -> None:
    assert not birth(filled, date(2020, 1, 1)).offices


def test_every_format_has_them(filled: Catalogue) -> None:
    notice = birth(filled)
    page = as_html(notice).content.decode()
    document = Document(io.BytesIO(as_docx(notice)))
    paragraphs = [paragraph.text for paragraph in document.paragraphs]
    printed = {part["heading"]: part["lines"] for part in pdf._content(notice)["parts"]}
    for line in notice.offices:
        assert line in page and line in paragraphs
    assert notice.offices in printed.values()
    assert pdf.render(notice).startswith(b"%PDF")
