"""Reading of the catalogue's spreadsheet files."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from pathlib import Path

from knowledge.errors import fault

SEPARATOR = "；"


def read_table(path: Path, columns: Sequence[str]) -> Iterator[tuple[int, dict[str, str]]]:
    """Yields (line number, row) of a UTF-8 CSV file whose header is `columns`.

    A byte-order mark, as spreadsheet programs write it, is accepted. Raises CatalogueError where the file is missing,
    is not UTF-8, has another header, or a row has too few or too many cells.
    """
    try:
        with path.open(encoding="utf-8-sig", newline="") as stream:
            reader = csv.reader(stream)
            header = next(reader, None)
            if header is None or [cell.strip() for cell in header] != list(columns):
                raise fault(path, 1, None, f"表头应为 {','.join(columns)}，实际为 {','.join(header or [])}")
            for cells in reader:
                if not any(cell.strip() for cell in cells):
                    continue
                if len(cells) != len(columns):
                    raise fault(path, reader.line_num, None, f"应有{len(columns)}格，实际有{len(cells)}格")
                yield reader.line_num, dict(zip(columns, (cell.strip() for cell in cells), strict=True))
    except FileNotFoundError:
        raise fault(path, None, None, "找不到这个文件") from None
    except UnicodeDecodeError as error:
        raise fault(path, None, None, f"不是UTF-8编码（第{error.start}字节处），请另存为“CSV UTF-8”") from None


def values(cell: str) -> tuple[str, ...]:
    """The values of a cell that may hold several, separated by ；."""
    return tuple(part.strip() for part in cell.split(SEPARATOR) if part.strip())


def whole_number(path: Path, line: int, field: str, cell: str) -> int:
    """The cell as a positive whole number; raises CatalogueError otherwise."""
    if not cell.isascii() or not cell.isdigit() or int(cell) < 1:
        raise fault(path, line, field, f"“{cell}”不是正整数")
    return int(cell)
