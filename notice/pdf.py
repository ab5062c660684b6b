"""A notice as PDF: tagged (PDF/UA-1), with its font inside and text that can be selected."""

from __future__ import annotations

import json
import threading
import time
from dataclasses import asdict
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal

import typst

from notice import font, qr
from notice.notice import Notice
from notice.wording import say

TEMPLATES = Path(__file__).parent / "templates"
STANDARD: Literal["ua-1"] = "ua-1"
_TURN = threading.Lock()  # the compiler holds what it was given last


def render(notice: Notice) -> bytes:
    """The PDF of a notice. Takes a tenth of a second: not for an event loop."""
    inputs = {"notice": font.printable(json.dumps(_content(notice), ensure_ascii=False))}
    with _TURN:
        made = _compiler().compile(
            format="pdf", sys_inputs=inputs, pdf_standards=STANDARD, timestamp=int(time.time())
        )
    assert isinstance(made, bytes)
    return made


def _content(notice: Notice) -> dict[str, Any]:
    """What the template reads."""
    return {
        **asdict(notice),
        "columns": notice.columns,
        "steps": [{**asdict(step), "cells": step.cells} for step in notice.steps],
        "parts": [{"heading": say(f"{name}.heading"), "lines": lines} for name, lines in notice.parts],
        "again": say("again.text"),
        "qr": qr.svg(notice.link).replace("<svg ", '<svg xmlns="http://www.w3.org/2000/svg" ', 1),
        "font": font.FAMILY,
        "words": {
            "publisher": say("publisher"),
            "page": say("page"),
            "questions": say("questions.heading"),
            "questions_intro": say("questions.intro"),
            "following": say("following.heading"),
            "again": say("again.heading"),
            "qr": say("again.qr"),
        },
    }


@lru_cache(maxsize=1)
def _compiler() -> typst.Compiler:
    fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[font.FOLDER])
    return typst.Compiler(TEMPLATES / "notice.typ", root=TEMPLATES, font_paths=fonts)
