"""What machines are told about a page, in the words of schema.org; only what the lists say."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from knowledge.matter import Matter
from knowledge.region import Region
from knowledge.scenario import Chain
from pages.address import matter_path
from pages.page import Link

CONTEXT = "https://schema.org"
Data = Mapping[str, Any]


def of_chain(name: str, path: str, chain: Chain, region: Region) -> Data:
    """A sequence is a HowTo, a menu a list of government services. Paths are made addresses when the page is drawn."""
    steps = enumerate(chain.matters, 1)
    if chain.scenario.is_menu:
        items = [{"@type": "ListItem", "position": at, "item": of_matter(m, region)} for at, m in steps]
        return {"@context": CONTEXT, "@type": "ItemList", "name": name, "url": path, "itemListElement": items}
    found = [
        {"@type": "HowToStep", "position": at, "name": m.title, "text": _told(m), "url": matter_path(m.id)}
        for at, m in steps
    ]
    return {
        "@context": CONTEXT,
        "@type": "HowTo",
        "name": name,
        "url": path,
        "inLanguage": "zh-CN",
        "step": found,
    }


def of_matter(matter: Matter, region: Region) -> Data:
    """A matter as a service of the departments that handle it."""
    departments = [{"@type": "GovernmentOrganization", "name": name} for name in matter.departments]
    return {
        "@context": CONTEXT,
        "@type": "GovernmentService",
        "name": matter.title,
        "identifier": matter.id,
        "url": matter_path(matter.id),
        "inLanguage": "zh-CN",
        "areaServed": {"@type": "AdministrativeArea", "name": region.name},
        **({"provider": departments} if departments else {}),
    }


def of_trail(links: Sequence[Link]) -> Data:
    """The way to a page."""
    items = [
        {"@type": "ListItem", "position": at, "name": link.text, "item": link.path}
        for at, link in enumerate(links, 1)
    ]
    return {"@context": CONTEXT, "@type": "BreadcrumbList", "itemListElement": items}


def with_base(data: Any, base: str) -> Any:
    """The same with whole addresses: every path of ours begins with `base`."""
    if isinstance(data, Mapping):
        return {
            name: base + value
            if name in ("url", "item") and isinstance(value, str)
            else with_base(value, base)
            for name, value in data.items()
        }
    return [with_base(value, base) for value in data] if isinstance(data, list) else data


def _told(matter: Matter) -> str:
    return "；".join(filter(None, [matter.title, "、".join(matter.departments), "、".join(matter.places)]))
