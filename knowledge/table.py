"""Reading of the catalogue's spreadsheet files."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from pathlib import Path

from knowledge.errors import fault

SEPARATOR = "；"


def _text(path: Path) -> str:
    try:
        raw = path.read_bytes()
        return raw.decode("utf-8-sig")
    except FileNotFoundError:
        raise fault(path, None, None, "找不到这个文件") from None
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        raise fault(path, line, None, "不是UTF-8编码，请另存为“CSV UTF-8”") from None


def read_table(path: Path, columns: Sequence[str]) -> Iterator[tuple[int, dict[str, str]]]:
    """Yields (line number, row) of a UTF-8 CSV file whose header is `columns`.

    A byte-order mark, as spreadsheet programs write it, is accepted. Raises CatalogueError where the file is missing,
    is not UTF-8, has another header, or a row has too few or too many cells or a line break inside a cell.
    """
    reader = csv.reader(io.StringIO(_text(path), newline=""), strict=True)
    try:
        header = [cell.strip() for cell in next(reader, [])]
        if header != list(columns):
            raise fault(path, 1, _wrong_column(header, columns), _header_fault(header, columns))
        start = reader.line_num + 1
        for cells in reader:
            line, start = start, reader.line_num + 1
            if not any(cell.strip() for cell in cells):
                continue
            if len(cells) != len(columns):
                raise fault(path, line, None, f"应有{len(columns)}格，实际有{len(cells)}格")
            row = dict(zip(columns, (cell.strip() for cell in cells), strict=True))
            for name, cell in row.items():
                if "\n" in cell or "\r" in cell:
                    raise fault(path, line, name, "格子里不能换行，可能是引号没有成对")
            yield line, row
    except csv.Error:
        raise fault(path, reader.line_num, None, "这一行的引号没有成对，或者不是CSV格式") from None


def _wrong_column(header: Sequence[str], columns: Sequence[str]) -> str | None:
    missing = [name for name in columns if name not in header]
    return missing[0] if missing else None


def _header_fault(header: Sequence[str], columns: Sequence[str]) -> str:
    missing = [name for name in columns if name not in header]
    head = f"缺少{'、'.join(missing)}列，" if missing else ""
    return f"{head}表头应为 {','.join(columns)}，实际为 {','.join(header)}"


def values(cell: str) -> tuple[str, ...]:
    """The values of a cell that may hold several, separated by ；."""
    return tuple(part.strip() for part in cell.split(SEPARATOR) if part.strip())


def whole_number(path: Path, line: int, field: str, cell: str) -> int:
    """The cell as a positive whole number; raises CatalogueError otherwise."""
    if not cell.isascii() or not cell.isdigit() or int(cell) < 1:
        raise fault(path, line, field, f"“{cell}”不是正整数")
    return int(cell)
