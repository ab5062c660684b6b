"""Looks up what stands on the pages (`wording.yml`)."""

from __future__ import annotations

from pathlib import Path

from notice.wording import Wording

say = Wording(Path(__file__).parent / "wording.yml")
