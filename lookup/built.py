"""The one finder of a process: over the catalogue as it is, with the names that people were heard to say."""

from __future__ import annotations

from pathlib import Path

from index.lines import read_lines
from knowledge.catalogue import Catalogue
from lookup.entries import entries
from lookup.finder import Finder
from lookup.names import everyday_names

LINES = Path(__file__).resolve().parents[1] / "data" / "lines"


def build_finder(catalogue: Catalogue, lines: Path = LINES) -> Finder:
    """A finder over the whole catalogue; takes about a second. Raises LineError."""
    return Finder(entries(catalogue, everyday_names(read_lines(lines))))
