"""The QR code: an address comes out as it went in."""

from __future__ import annotations

import re
import struct

import segno

from notice import qr

ADDRESS = "https://example.org/notice/changle/second-hand-home?mortgage=yes"


def test_the_drawing_is_a_code_with_a_border() -> None:
    drawing = qr.svg(ADDRESS)
    size = segno.make_qr(ADDRESS, error="m").symbol_size(border=qr.BORDER)[0]
    assert f'viewBox="0 0 {size} {size}"' in drawing
    assert "<?xml" not in drawing and not re.search(r"style=|class=|script", drawing)


def test_the_picture_is_large_enough_to_print() -> None:
    picture = qr.png(ADDRESS)
    width, height = struct.unpack(">II", picture[16:24])
    assert width == height >= 300


def test_a_long_address_still_fits() -> None:
    ids = ",".join(f"weihai-city.individual.113.{n}" for n in range(40))
    assert qr.svg(f"https://yilianban.example.gov.cn/notice/weihai-city?matters={ids}")
