"""The faults that a catalogue file can have, told so that an official can mend them."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Fault:
    """One fault: which file (with its folder), which line of it (1 = header), which column, and what is wrong."""

    file: str
    line: int | None
    field: str | None
    message: str

    def __str__(self) -> str:
        where = self.file
        if self.line is not None:
            where += f" 第{self.line}行"
        if self.field:
            where += f" “{self.field}”列"
        return f"{where}：{self.message}"


class CatalogueError(Exception):
    """The catalogue cannot be used; `faults` says why, one by one."""

    def __init__(self, faults: list[Fault]) -> None:
        self.faults = faults
        super().__init__("\n".join(str(fault) for fault in faults))


def fault(path: Path, line: int | None, field: str | None, message: str) -> CatalogueError:
    """A CatalogueError with a single fault, for readers that cannot go on."""
    return CatalogueError([Fault(f"{path.parent.name}/{path.name}", line, field, message)])
