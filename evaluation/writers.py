"""A report as Markdown and as one HTML file."""

from __future__ import annotations

import base64
from collections.abc import Iterable, Sequence
from html import escape
from pathlib import Path

from evaluation.sections import Section, Table

_STYLE = """
body { font: 15px/1.55 system-ui, "Noto Sans CJK SC", "PingFang SC", "Microsoft YaHei", sans-serif;
       max-width: 62rem; margin: 2rem auto; padding: 0 1rem; color: #1b1b1b; }
table { border-collapse: collapse; margin: .8rem 0; font-variant-numeric: tabular-nums; }
th, td { border-bottom: 1px solid #ddd; padding: .2rem .8rem .2rem 0; text-align: left; vertical-align: top; }
img { max-width: 100%; height: auto; }
nav a { margin-right: .8rem; white-space: nowrap; }
"""


def _markdown_cell(text: str) -> str:
    return text.replace("|", "\\|").replace("\n", " ") or " "


def _markdown_table(table: Table) -> list[str]:
    rule = ["---"] * len(table.columns)
    rows = ([_markdown_cell(cell) for cell in row] for row in (table.columns, rule, *table.rows))
    return ["| " + " | ".join(row) + " |" for row in rows]


def markdown(title: str, intro: str, sections: Iterable[Section], plots_from: Path | None) -> str:
    """The report as Markdown; plots are linked relative to `plots_from`, or left out where that is None."""
    lines = [f"# {title}", "", intro, ""]
    for section in sections:
        lines += [f"## {section.heading}", ""]
        if section.text:
            lines += [section.text, ""]
        if section.table and section.table.rows:
            lines += [*_markdown_table(section.table), ""]
        if section.plot and plots_from:
            lines += [f"![{section.heading}]({section.plot.relative_to(plots_from).as_posix()})", ""]
    return "\n".join(lines).rstrip() + "\n"


def _html_table(table: Table) -> str:
    head = "".join(f"<th scope=col>{escape(cell)}</th>" for cell in table.columns)
    body = "".join(
        "<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in row) + "</tr>" for row in table.rows
    )
    return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"


def _html_plot(path: Path, heading: str) -> str:
    data = base64.b64encode(path.read_bytes()).decode()
    return f'<img alt="{escape(heading)}" src="data:image/png;base64,{data}">'


def html(title: str, intro: str, sections: Sequence[Section]) -> str:
    """The report as one HTML file with the plots inside."""
    parts = [f"<!doctype html><html lang=en><meta charset=utf-8><title>{escape(title)}</title>"]
    parts += [f"<style>{_STYLE}</style><h1>{escape(title)}</h1><p>{escape(intro)}</p><nav>"]
    parts += [f"<a href=#s{n}>{escape(s.heading)}</a>" for n, s in enumerate(sections)]
    parts.append("</nav>")
    for number, section in enumerate(sections):
        parts.append(f"<h2 id=s{number}>{escape(section.heading)}</h2>")
        if section.text:
            parts.append(f"<p>{escape(section.text)}</p>")
        if section.table and section.table.rows:
            parts.append(_html_table(section.table))
        if section.plot:
            parts.append(_html_plot(section.plot, section.heading))
    return "\n".join(parts) + "</html>\n"
