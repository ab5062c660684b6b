"""The catalogue, pages drawn from it, and how a test reads a page."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from xml.etree.ElementTree import Element

import html5lib
import pytest

from knowledge.catalogue import Catalogue, load_catalogue
from pages.page import Page, Visitor
from pages.rendering import draw

TODAY = date(2026, 11, 23)
BASE = "https://example.org"
XHTML = "{http://www.w3.org/1999/xhtml}"


@pytest.fixture(scope="session")
def catalogue() -> Catalogue:
    return load_catalogue()


class Drawn:
    """A drawn page, parsed by the rules that browsers follow; a parse error fails."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.root: Element = html5lib.HTMLParser(strict=True).parse(text)

    def all(self, name: str) -> list[Element]:
        """Elements of one name, in order."""
        return list(self.root.iter(XHTML + name))

    def words(self, element: Element | None = None) -> str:
        """What a person reads, white space made single."""
        found = self.root.find(f".//{XHTML}main") if element is None else element
        assert found is not None
        return " ".join("".join(found.itertext()).split())

    @property
    def matters(self) -> list[str]:
        """Ids of the steps, in order."""
        return [item.attrib["data-matter"] for item in self.all("li") if "data-matter" in item.attrib]

    @property
    def links(self) -> dict[str, str]:
        """Address → words."""
        return {a.attrib["href"]: self.words(a) for a in self.all("a") if "href" in a.attrib}


@pytest.fixture(scope="session")
def drawn(catalogue: Catalogue) -> Callable[..., Drawn]:
    """Draws a page for a visitor and parses it; pages in another language have to be made within `speaking`."""

    def of(page: Page, visitor: Visitor = Visitor()) -> Drawn:  # noqa: B008
        return Drawn(draw(page, catalogue, visitor, BASE).content.decode())

    return of
