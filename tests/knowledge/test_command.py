"""`python -m knowledge`: what an official types and reads."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

import knowledge.__main__ as command
from knowledge.catalogue import Catalogue, load_catalogue
from knowledge.errors import CatalogueError, Fault
from tests.knowledge.conftest import EXAMPLE


def test_check(capsys: pytest.CaptureFixture[str]) -> None:
    assert command.main(["check"]) == 0
    out = capsys.readouterr().out
    assert "1056个事项" in out and "0处问题" in out


def test_check_reads_the_facility_directory_too(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("YILIANBAN_PLACES", str(EXAMPLE))
    assert command.main(["check"]) == 0
    assert "6个办事点，0处问题" in capsys.readouterr().out
    (tmp_path / "zhoucun.csv").write_text((EXAMPLE / "zhoucun.csv").read_text("utf-8").replace("0533-", ""))
    monkeypatch.setenv("YILIANBAN_PLACES", str(tmp_path))
    assert command.main(["check"]) == 1
    assert f"{tmp_path.name}/zhoucun.csv 第2行 “phone”列" in capsys.readouterr().err
    assert command.main(["show", "zhoucun", "marriage"]) == 0


def test_check_lists_every_fault(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, home: Path
) -> None:
    steps = home / "scenarios/steps.csv"
    kept = [line for line in steps.read_text(encoding="utf-8").split("\n") if "village-" not in line]
    steps.write_text("\n".join(kept), encoding="utf-8")
    scenarios = home / "scenarios/scenarios.csv"
    kept = [
        line for line in scenarios.read_text(encoding="utf-8").split("\n") if not line.startswith("village-")
    ]
    scenarios.write_text("\n".join(kept), encoding="utf-8")
    monkeypatch.setattr(command, "load_catalogue", lambda: load_catalogue(home))
    assert command.main(["check"]) == 1
    captured = capsys.readouterr()
    assert "12处问题" in captured.out
    assert "changle.individual.61 农村村民住宅用地审核 不在任何情形里" in captured.err


def test_broken_files_are_told_not_traced(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken() -> Catalogue:
        raise CatalogueError(
            [Fault("lists/x.csv", 3, "no", "“一”不是正整数"), Fault("a.csv", None, None, "空的")]
        )

    monkeypatch.setattr(command, "load_catalogue", broken)
    assert command.main(["check"]) == 1
    assert capsys.readouterr().err == "lists/x.csv 第3行 “no”列：“一”不是正整数\na.csv：空的\n"


def test_show(capsys: pytest.CaptureFixture[str]) -> None:
    assert command.main(["show", "changle", "birth"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == "潍坊市昌乐县 · 宝宝出生"
    assert lines[1] == "1. 出生医学证明办理 — 县卫健局 [第1项]"
    assert lines[6] == "6. 居民身份证签发 — 县公安局 [第6项]"


def test_show_names_conditions_levels_and_what_follows(capsys: pytest.CaptureFixture[str]) -> None:
    assert command.main(["show", "zhoucun", "marriage"]) == 0
    out = capsys.readouterr().out
    assert "（双方都是内地居民）" in out
    assert "之后：怀孕生育（清单印有关联）" in out and "之后：购置新房（本系统组合）" in out
    assert command.main(["show", "huancui", "second-hand-home"]) == 0
    assert "市级事项 [第58项]" in capsys.readouterr().out


def test_show_where_the_region_has_none(capsys: pytest.CaptureFixture[str]) -> None:
    assert command.main(["show", "zhoucun", "divorce"]) == 0
    assert "这个地区的清单里没有这类事项" in capsys.readouterr().out


@pytest.mark.parametrize("words", [["show", "zhoucun", "party"], ["show", "jinan", "birth"]])
def test_show_of_something_unknown_offers_what_there_is(
    capsys: pytest.CaptureFixture[str], words: list[str]
) -> None:
    assert command.main(words) == 1
    err = capsys.readouterr().err
    assert "zhoucun、changle" in err and "second-hand-home" in err


def test_matter(capsys: pytest.CaptureFixture[str]) -> None:
    assert command.main(["matter", "zhoucun.individual.108"]) == 0
    out = capsys.readouterr().out
    assert "证件：机动车登记证书、机动车行驶证" in out
    assert "来源：周村区自然人全生命周期服务事项清单 第108项" in out
    assert command.main(["matter", "huancui.enterprise.55.1"]) == 0
    assert "存疑：lead" in capsys.readouterr().out


def test_matter_that_does_not_exist(capsys: pytest.CaptureFixture[str]) -> None:
    assert command.main(["matter", "zhoucun.individual.137"]) == 1
    assert "没有编号为 zhoucun.individual.137 的事项" in capsys.readouterr().err


def test_export_in_a_process_of_its_own_is_utf8() -> None:
    run = subprocess.run(
        [sys.executable, "-m", "knowledge", "export", "--json"], capture_output=True, check=True, timeout=60
    )
    leaves = [json.loads(line) for line in run.stdout.decode("utf-8").splitlines()]
    assert len(leaves) == 1056 and leaves[0]["matter"] == "办理出生医学证明"
