"""`python -m bot.launcher [run | build | train | examples]`: what the Makefile calls."""

from __future__ import annotations

import argparse
import os
import signal
import sys
from threading import Event

from bot.channels.settings import PortalSettings
from bot.launcher.build import Stopped, build, complain, say
from bot.launcher.child import die_with_parent
from bot.launcher.door import Door
from bot.launcher.examples import write_examples
from bot.launcher.faults import LauncherFault
from bot.launcher.page import build_page
from bot.launcher.port import listen
from bot.launcher.settings import Settings
from bot.launcher.supervise import supervise
from knowledge.catalogue import load_catalogue
from knowledge.errors import CatalogueError
from knowledge.office_reader import places_folder, with_offices


def _stop_on_signals() -> Event:
    """An event that Ctrl-C, SIGTERM and a closed terminal set (a terminal left with nohup does not)."""
    stop = Event()
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        if number != signal.SIGHUP or signal.getsignal(number) != signal.SIG_IGN:
            signal.signal(number, lambda *_: stop.set())
    if os.environ.get("MAKELEVEL"):
        die_with_parent(signal.SIGTERM)
    return stop


def _check_data() -> None:
    """Raises LauncherFault where a list or the facility directory cannot be used: better now than in an answer."""
    try:
        with_offices(load_catalogue(), places_folder())
    except CatalogueError as error:
        raise LauncherFault(f"数据文件有错，改好再启动：\n{error}") from None


def _build_page_if_possible(settings: Settings, stop: Event) -> None:
    """Without Node or a package registry the assistant still answers: `/` leads to the chat without JavaScript."""
    try:
        build_page(settings.logs, stop)
    except LauncherFault as fault:
        complain(f"{fault}\n先用不需要 JavaScript 的网页（/chat）和办事指南（/guide/）；修好后重新启动")


def _check_portal() -> None:
    """Raises LauncherFault where a setting of the portal cannot be used."""
    try:
        PortalSettings.from_environment()
    except ValueError as error:
        raise LauncherFault(f"这个设置不能用：{error}。写法见 docs/operator.zh-CN.md") from None


def run(settings: Settings, stop: Event) -> int:
    """Builds what changed and serves; the port answers 503 meanwhile."""
    _check_data()
    _check_portal()
    with listen(settings.host, settings.port) as listening:
        door = Door(listening)
        door.stage("正在构建网页")
        _build_page_if_possible(settings, stop)
        model = build(settings.logs, stop, door.stage)
        return supervise(settings, model, listening, door, stop)


def main(arguments: list[str] | None = None) -> int:
    """Runs the command; returns the exit status."""
    parser = argparse.ArgumentParser(prog="python -m bot.launcher", description=__doc__)
    parser.add_argument("command", nargs="?", choices=("run", "build", "train", "examples"), default="run")
    command = parser.parse_args(arguments).command
    stop = _stop_on_signals()
    try:
        settings = Settings.from_environment()
        if command == "run":
            return run(settings, stop)
        if command == "examples":
            write_examples()
            return 0
        build_page(settings.logs, stop)
        say(f"模型：{build(settings.logs, stop, force=command == 'train').name}")
        return 0
    except LauncherFault as fault:
        complain(str(fault))
        return 1
    except Stopped:
        return 130


if __name__ == "__main__":
    sys.exit(main())
