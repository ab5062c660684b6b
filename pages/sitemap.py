"""What search engines are told: which addresses there are, and which are nobody's business."""

from __future__ import annotations

from collections.abc import Iterator
from xml.sax.saxutils import escape

from knowledge.catalogue import Catalogue
from pages.address import CHAT, GUIDE, SEARCH, matter_path, region_path, scenario_path

SITEMAP = "/sitemap.xml"
_HEAD = (
    '<?xml version="1.0" encoding="UTF-8"?>\n<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n'
)


def sitemap(catalogue: Catalogue, base: str) -> str:
    """Every page that can be found, as XML; `base` is the site's public address."""
    lines = (f"<url><loc>{escape(base + path)}</loc></url>\n" for path in paths(catalogue))
    return f"{_HEAD}{''.join(lines)}</urlset>\n"


def robots(base: str) -> str:
    """The rules for programs that read pages."""
    hidden = "".join(f"Disallow: {path}\n" for path in (CHAT, SEARCH, "/desk", "/s/", "/api/", "/webhooks/"))
    return f"User-agent: *\n{hidden}Sitemap: {base}{SITEMAP}\n"


def paths(catalogue: Catalogue) -> Iterator[str]:
    """Addresses of regions, scenarios and matters, in the catalogue's order."""
    yield from ("/", GUIDE)
    for region in catalogue.regions:
        yield region_path(region)
        for scenario in catalogue.scenarios:
            if catalogue.chain(scenario, region).steps:
                yield scenario_path(region, scenario)
    yield from map(matter_path, catalogue.matters)
