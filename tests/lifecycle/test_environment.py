"""What `make` does before there is an environment: notices what is missing, repairs what is broken."""

from __future__ import annotations

import importlib.util
import json
import shutil
from pathlib import Path
from types import ModuleType, SimpleNamespace

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """deploy/environment.py, looking at a pretended .venv that was installed and finished."""
    spec = importlib.util.spec_from_file_location("environment", ROOT / "deploy" / "environment.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    module.VENV = tmp_path / ".venv"
    module.PYTHON, module.UV = module.VENV / "python", module.VENV / "uv"
    module.PACKAGES, module.STAMP = module.VENV / "packages", module.VENV / "installed.json"
    for package in ("rasa", "rasa-3.dist-info"):
        (module.PACKAGES / package).mkdir(parents=True)
    module.PYTHON.touch()
    module.STAMP.write_text(json.dumps({"lock": module.lock_digest(), "entries": module.entries()}))
    return module


def test_a_finished_install_is_left_alone(environment: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(environment, "install", lambda: pytest.fail("installed again"))
    assert environment.is_ready()
    assert environment.main([]) == 0


def test_more_than_the_locks_ask_for_is_fine(environment: ModuleType) -> None:
    (environment.PACKAGES / "ipython").mkdir()
    (environment.PACKAGES / "__pycache__").mkdir()
    assert environment.is_ready()


def test_a_package_that_has_gone_is_noticed(environment: ModuleType) -> None:
    shutil.rmtree(environment.PACKAGES / "rasa")
    assert not environment.is_whole()


def test_an_install_that_was_cut_off_is_noticed(environment: ModuleType) -> None:
    environment.STAMP.unlink()
    assert not environment.is_whole()


def test_new_locks_ask_for_an_install_but_not_for_a_new_environment(environment: ModuleType) -> None:
    environment.STAMP.write_text(json.dumps({"lock": "older", "entries": environment.entries()}))
    assert environment.is_whole() and not environment.is_ready()


def test_a_full_disk_is_one_clear_line(
    environment: ModuleType, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    environment.STAMP.unlink()
    monkeypatch.setattr(environment.shutil, "disk_usage", lambda _: SimpleNamespace(free=2e9))
    assert environment.main([]) == 1
    told = capsys.readouterr().err
    assert told.count("\n") == 1 and "磁盘" in told and "2.0 GB" in told


def test_the_machines_pip_settings_reach_uv(environment: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    listed = "global.cert='/c.pem'\n:env:.find-links='/a /b'\nglobal.extra-index-url='file:///x'\n"
    monkeypatch.setattr(environment.subprocess, "run", lambda *_, **__: SimpleNamespace(stdout=listed))
    monkeypatch.setattr(environment.os, "environ", {})
    assert environment.uv_environment() == {
        "UV_PYTHON_DOWNLOADS": "never",
        "SSL_CERT_FILE": "/c.pem",
        "UV_FIND_LINKS": "/a,/b",
        "UV_INDEX": "file:///x",
        "UV_INDEX_STRATEGY": "unsafe-best-match",
    }


def test_without_find_links_torch_comes_from_its_cpu_index(
    environment: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(environment.subprocess, "run", lambda *_, **__: SimpleNamespace(stdout=""))
    monkeypatch.setattr(environment.os, "environ", {})
    assert environment.uv_environment()["UV_TORCH_BACKEND"] == "cpu"


def test_the_lock_has_hashes_and_no_gpu_packages() -> None:
    locked = (ROOT / "requirements.lock").read_text()
    pins = [line for line in locked.splitlines() if "==" in line and not line.lstrip().startswith("#")]
    assert len(pins) > 100
    assert all(line.endswith("\\") for line in pins)
    assert not [line for line in pins if line.startswith(("nvidia-", "triton", "cuda"))]
    assert [line.split()[0] for line in pins if line.startswith("torch==")] == ["torch==2.13.0+cpu"]
    assert [line.split()[0] for line in pins if line.startswith("protobuf==")] == ["protobuf==4.23.3"]
