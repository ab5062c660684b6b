"""Flat documents as WeChat sends and takes them, in XML or in JSON."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal
from xml.etree.ElementTree import ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import fromstring

from wechat.errors import Refused

Format = Literal["xml", "json"]
Item = Mapping[str, str | int]
Fields = Mapping[str, str | int | Sequence[Item]]
MOST_FIELDS = 64
# What XML 1.0 cannot hold at all.
_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True)
class Document:
    """Names and texts of one document, and the format that it came in."""

    fields: Mapping[str, str]
    format: Format


def read(body: bytes) -> Document:
    """The document in a body; fields that hold others are left out. Raises Refused where there is none."""
    if body.lstrip()[:1] == b"{":
        return Document(_from_json(body), "json")
    return Document(_from_xml(body), "xml")


def _from_json(body: bytes) -> dict[str, str]:
    try:
        found: Any = json.loads(body)
    except (ValueError, RecursionError):
        raise Refused("malformed") from None
    if not isinstance(found, dict) or len(found) > MOST_FIELDS:
        raise Refused("malformed")
    plain = (str, int, float)
    return {name: str(v) for name, v in found.items() if isinstance(v, plain) and not isinstance(v, bool)}


def _from_xml(body: bytes) -> dict[str, str]:
    """Without declarations of any sort: no entity, no document type, nothing from elsewhere."""
    try:
        root = fromstring(body, forbid_dtd=True)
    except (ParseError, DefusedXmlException, ValueError, LookupError):
        raise Refused("malformed") from None
    names = [child.tag for child in root]
    if root.tag != "xml" or len(names) > MOST_FIELDS or len(set(names)) != len(names):
        raise Refused("malformed")
    return {child.tag: child.text or "" for child in root if not len(child)}


def write(fields: Fields, format: Format) -> str:
    """The document with these fields; a list of documents stands in `item` elements."""
    if format == "json":
        return json.dumps(fields, ensure_ascii=False)
    return f"<xml>{_inside(fields)}</xml>"


def _inside(fields: Fields) -> str:
    return "".join(f"<{name}>{_value(value)}</{name}>" for name, value in fields.items())


def _value(value: str | int | Sequence[Item]) -> str:
    if isinstance(value, int):
        return str(value)
    if isinstance(value, str):
        text = _NOT_XML.sub("", value).replace("]]>", "]]]]><![CDATA[>")
        return f"<![CDATA[{text}]]>"
    return "".join(f"<item>{_inside(fields)}</item>" for fields in value)
