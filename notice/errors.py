"""What can keep a notice from being made."""

from __future__ import annotations


class NoticeError(Exception):
    """A notice that cannot be made; the text is for the person who asked, in Chinese."""


class Unknown(NoticeError):
    """The address names something that the catalogue does not have."""


class Unreadable(NoticeError):
    """The address is not one of a notice: too long, doubled, or with words that mean nothing."""
