"""Accessibility checks by axe-core, of everything that it can check (WCAG 2.2 A and AA, and good practice)."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from playwright.sync_api import Page

SCRIPT = Path(__file__).resolve().parents[2] / "web" / "node_modules" / "axe-core" / "axe.min.js"
_RUN = """() => axe.run(document, {resultTypes: ["violations"], runOnly: [
    "wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]})"""

_UNSTICK = """() => { for (const bar of document.querySelectorAll(".picker, .composer")) bar.style.position = "static"; }"""
_STICK = _UNSTICK.replace("static", "")


def violations(page: Page) -> list[str]:
    """One line a violation: the rule, and where."""
    if not page.evaluate("() => 'axe' in window"):
        page.evaluate(SCRIPT.read_text(encoding="utf-8"))
    # At any scroll position what sticks lies over something: targets are measured without.
    page.evaluate(_UNSTICK)
    found: dict[str, Any] = page.evaluate(_RUN)
    page.evaluate(_STICK)
    return [
        f"{rule['id']}: {node['target']} {node['failureSummary']}"
        for rule in found["violations"]
        for node in rule["nodes"]
    ]
