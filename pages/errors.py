"""What can keep a page from being drawn."""

from __future__ import annotations


class NoSuchPage(Exception):
    """The address names something that the catalogue does not have; the text is for the person who asked."""
