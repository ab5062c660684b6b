"""The QR code of an address, as SVG for pages and as PNG for word processors."""

from __future__ import annotations

import io

import segno

BORDER = 4  # modules of white around it, as the standard wants
PNG_SCALE = 8


def _code(text: str) -> segno.QRCode:
    return segno.make_qr(text, error="m")


def svg(text: str) -> str:
    """A drawing without an XML header, to stand in a page or a file; black on white."""
    code = _code(text)
    return code.svg_inline(
        border=BORDER, dark="#000", light="#fff", omitsize=True, svgclass=None, lineclass=None
    )


def png(text: str) -> bytes:
    """A picture of one bit a module."""
    made = io.BytesIO()
    _code(text).save(made, kind="png", scale=PNG_SCALE, border=BORDER)
    return made.getvalue()
