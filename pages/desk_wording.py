"""Looks up what stands on the desk's pages (`desk.yml`)."""

from __future__ import annotations

from pathlib import Path

from notice.wording import Wording

say = Wording(Path(__file__).parent / "desk.yml")
