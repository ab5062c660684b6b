"""Puts a font into a Word document, hidden as ECMA-376 (part 1, 17.8.1) wants it: the first 32 bytes are XORed."""

from __future__ import annotations

import uuid

from docx.document import Document
from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.oxml.parser import OxmlElement

OBFUSCATED = "application/vnd.openxmlformats-officedocument.obfuscatedFont"
FONT_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/font"
HIDDEN = 32
_BEFORE = (
    *("writeProtection", "view", "zoom", "removePersonalInformation", "removeDateAndTime"),
    *("doNotDisplayPageBoundaries", "displayBackgroundShape", "printPostScriptOverText"),
    *("printFractionalCharacterWidth", "printFormsData"),
)
_TABLE = (
    '<w:fonts {names}><w:font w:name="{family}"><w:charset w:val="86"/><w:family w:val="swiss"/>'
    '<w:pitch w:val="variable"/><w:embedRegular r:id="{relation}" w:fontKey="{key}"/></w:font></w:fonts>'
)


def embed(document: Document, family: str, font: bytes) -> None:
    """Adds a TrueType font under its family name, and tells word processors to use it."""
    package = document.part.package
    key = uuid.uuid5(uuid.NAMESPACE_OID, family)
    hidden = Part(PackURI("/word/fonts/font1.odttf"), OBFUSCATED, obfuscated(font, key), package)
    for relation in list(document.part.rels.values()):
        if relation.reltype == RELATIONSHIP_TYPE.FONT_TABLE:
            del document.part.rels[relation.rId]
    table = Part(PackURI("/word/fontTable.xml"), CONTENT_TYPE.WML_FONT_TABLE, b"", package)
    relation_id = table.relate_to(hidden, FONT_RELATION)
    xml = _TABLE.format(
        names=nsdecls("w", "r"), family=family, relation=relation_id, key=f"{{{str(key).upper()}}}"
    )
    table._blob = b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>' + xml.encode()
    document.part.relate_to(table, RELATIONSHIP_TYPE.FONT_TABLE)
    parse_xml(xml)  # raises where the family's name spoilt it
    setting = OxmlElement("w:embedTrueTypeFonts")
    document.settings.element.insert(_place(document), setting)


def obfuscated(font: bytes, key: uuid.UUID) -> bytes:
    """The font with its first bytes hidden by the key; the same call brings them back."""
    mask = key.bytes[::-1] * 2
    head = bytes(a ^ b for a, b in zip(font[:HIDDEN], mask, strict=True))
    return head + font[HIDDEN:]


def _place(document: Document) -> int:
    """Where the schema wants the setting: behind these, before all else."""
    names = {qn(f"w:{name}") for name in _BEFORE}
    return sum(1 for child in document.settings.element if child.tag in names)
