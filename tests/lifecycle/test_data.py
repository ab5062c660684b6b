"""A data file that cannot be used stops the start, before anything is built, in words that say where to look."""

from __future__ import annotations

from pathlib import Path
from threading import Event

import pytest

from bot.launcher.__main__ import run
from bot.launcher.faults import LauncherFault
from bot.launcher.settings import Settings


def test_a_fault_in_the_facility_directory_is_told_at_the_start(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "zhoucun.csv").write_text("name\n某中心\n", encoding="utf-8")
    monkeypatch.setenv("YILIANBAN_PLACES", str(tmp_path))
    with pytest.raises(LauncherFault, match=rf"改好再启动：\n{tmp_path.name}/zhoucun.csv 第1行 “places”列"):
        run(Settings.from_environment({}), Event())
