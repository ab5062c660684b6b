"""The life of `make run`: start, health, stop; what happens when a part dies; nothing left behind."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest
import requests

from tests.assistant import ROOT, Launch

pytestmark = pytest.mark.slow
ACTIONS, RASA = "rasa_sdk", "bot.launcher.server"


@pytest.fixture
def launch(tmp_path: Path) -> Iterator[Launch]:
    started = Launch(tmp_path)
    yield started
    started.end()


def family(launch: Launch) -> list[psutil.Process]:
    return [launch.process, *launch.process.children(recursive=True)]


def assert_all_gone(processes: list[psutil.Process], port: int, seconds: float = 15) -> None:
    _, left = psutil.wait_procs(processes, timeout=seconds)
    assert not [process for process in left if process.status() != psutil.STATUS_ZOMBIE]
    with socket.socket() as probe:
        assert probe.connect_ex(("127.0.0.1", port)) != 0


def test_start_death_of_the_action_server_and_stop(launch: Launch) -> None:
    began = time.monotonic()
    assistant = launch.wait_until_healthy()
    print(f"healthy after {time.monotonic() - began:.1f} s")
    status, body = assistant.health()
    assert (status, body["status"]) == (200, "ok")
    assert body["model"] and body["catalogue"]
    assert "一链办" in requests.get(assistant.base_url, timeout=10).content.decode()
    for connection in launch.child(ACTIONS).net_connections(kind="tcp"):
        assert connection.laddr.ip == "127.0.0.1"

    before = assistant.ask("你好", sender="lifecycle")
    assert before.card["kind"] != "error"
    launch.child(ACTIONS).kill()
    launch.wait_for("503", lambda: assistant.health()[0] == 503, 5)
    assert assistant.health()[1]["missing"] == ["actions"]
    failed = assistant.ask("你好", sender="lifecycle")
    assert failed.card["kind"] == "error"
    assert failed.card["options"]
    launch.wait_for("the action server again", lambda: assistant.health()[0] == 200, 60)
    assert "动作服务停了" in launch.output and "动作服务重新启动" in launch.output
    assert assistant.ask("你好", sender="lifecycle").card["kind"] == before.card["kind"]

    everything = family(launch)
    os.killpg(launch.process.pid, signal.SIGINT)  # Ctrl-C reaches the whole group
    assert launch.process.wait(20) == 0
    assert_all_gone(everything, launch.port)


def test_when_the_rasa_server_dies_everything_stops_and_says_so(launch: Launch) -> None:
    launch.wait_until_healthy()
    everything = family(launch)
    launch.child(RASA).kill()
    assert launch.process.wait(20) == 1
    assert "对话服务停了" in launch.output
    assert_all_gone(everything, launch.port)


def test_while_it_loads_the_port_says_503_and_a_killed_launcher_leaves_nothing(launch: Launch) -> None:
    launch.wait_for("the server to load", lambda: bool(launch.children(RASA)))
    status, body = launch.assistant.health()
    assert status == 503
    assert body["status"] == "starting" and body["missing"]
    waiting = launch.assistant.post({"sender": "u", "message": "你好"})
    assert waiting.status_code == 503
    assert "准备" in waiting.json()["error"]
    everything = family(launch)
    assert len(everything) >= 3
    launch.process.kill()
    assert_all_gone(everything, launch.port)


def test_a_child_whose_launcher_went_before_it_could_ask_for_a_signal_ends_at_once() -> None:
    """The launcher may be killed while the child's interpreter still starts."""
    gone = psutil.Popen([sys.executable, "-c", ""])
    gone.wait(20)
    ended = run(sys.executable, "-m", "bot.launcher.child", "this", YILIANBAN_LAUNCHER=str(gone.pid))
    assert ended.returncode == 1
    assert not ended.stdout and not ended.stderr


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_it_can_be_stopped_before_it_is_ready(launch: Launch, number: signal.Signals) -> None:
    launch.wait_for("the port", lambda: launch.assistant.health()[0] == 503)
    everything = family(launch)
    launch.process.send_signal(number)
    launch.process.wait(20)
    assert_all_gone(everything, launch.port)


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGKILL])
def test_nothing_outlives_make(tmp_path: Path, number: signal.Signals) -> None:
    launch = Launch(tmp_path, ["make", "run"])
    launch.wait_for("a child of the launcher", lambda: bool(launch.children("bot.launcher.child")))
    everything = family(launch)
    launch.process.send_signal(number)
    assert_all_gone(everything, launch.port)


def run(*command: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        command,
        cwd=ROOT,
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


@pytest.mark.parametrize("command", [("make", "run"), (sys.executable, "-m", "bot.launcher")])
def test_a_busy_port_is_one_clear_line(command: tuple[str, ...]) -> None:
    with socket.create_server(("127.0.0.1", 0)) as busy:
        port = str(busy.getsockname()[1])
        ended = run(*command, PORT=port)
    assert ended.returncode != 0
    told = [line for line in ended.stderr.splitlines() if not line.startswith("make")]
    assert len(told) == 1
    assert port in told[0] and "已被占用" in told[0]


@pytest.mark.parametrize("port", ["0", "65536", "abc", "-1", "５００５"])
def test_a_port_that_is_none_is_one_clear_line(port: str) -> None:
    ended = run(sys.executable, "-m", "bot.launcher", PORT=port)
    assert ended.returncode == 1
    assert ended.stderr.count("\n") == 1 and f"PORT={port}" in ended.stderr


def test_a_setting_of_the_portal_that_cannot_be_used_is_one_clear_line() -> None:
    ended = run(sys.executable, "-m", "bot.launcher", PORT="5999", YILIANBAN_PROXIES="all")
    assert ended.returncode == 1
    assert ended.stderr.count("\n") == 1 and "YILIANBAN_PROXIES=all" in ended.stderr


def test_a_host_that_is_not_ours_is_one_clear_line() -> None:
    ended = run(sys.executable, "-m", "bot.launcher", HOST="203.0.113.1", PORT="5999")
    assert ended.returncode == 1
    assert ended.stderr.count("\n") == 1 and "HOST=203.0.113.1" in ended.stderr


def test_without_python_make_says_what_to_install() -> None:
    ended = run("make", "environment", "PYTHON=python3.11-missing")
    assert ended.returncode != 0
    assert "找不到 python3.11-missing" in ended.stderr
