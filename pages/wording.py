"""Looks up what stands on the pages: `wording.yml`, in English `wording.en.yml`."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from pathlib import Path

from notice.wording import Wording

HERE = Path(__file__).parent
# The first is the one that visitors get who picked none; each with what `<html lang>` says.
LANGUAGES = {"zh": "zh-CN", "en": "en"}
WORDINGS = {"zh": Wording(HERE / "wording.yml"), "en": Wording(HERE / "wording.en.yml")}
_spoken: ContextVar[str] = ContextVar("spoken", default="zh")


def say(key: str, **values: object) -> str:
    """The wording under a dotted key in the language being spoken; raises KeyError where there is none."""
    return WORDINGS[_spoken.get()](key, **values)


def spoken() -> str:
    """The language being spoken: a key of LANGUAGES."""
    return _spoken.get()


@contextmanager
def speaking(language: str) -> Iterator[None]:
    """Everything that is said within is in this language, the first of LANGUAGES where it is not one of them."""
    token = _spoken.set(language if language in LANGUAGES else next(iter(LANGUAGES)))
    try:
        yield
    finally:
        _spoken.reset(token)
