"""Looks up what the look-up says (`wording.yml`)."""

from __future__ import annotations

from pathlib import Path

from notice.wording import Wording

say = Wording(Path(__file__).parent / "wording.yml")
