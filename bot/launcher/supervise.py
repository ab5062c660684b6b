"""Starts the Rasa server, and an action server where one is wanted, on an open port, says when they answer, and watches over them."""

from __future__ import annotations

import json
import socket
import time
import urllib.error
import urllib.request
from pathlib import Path
from threading import Event

from bot.launcher.build import complain, say
from bot.launcher.door import Door
from bot.launcher.port import free_port
from bot.launcher.processes import Child
from bot.launcher.retention import Retention
from bot.launcher.settings import Settings

TICK_SECONDS = 0.2
FIRST_PAUSE, LONGEST_PAUSE = 1.0, 30.0
STEADY_SECONDS = 60.0
SLOW_START_SECONDS = 120.0
# One message is too little work to share: threads of these libraries that wait for each other took half of all CPU time.
_ONE_THREAD = dict.fromkeys(
    (
        "OMP_NUM_THREADS",
        "OPENBLAS_NUM_THREADS",
        "MKL_NUM_THREADS",
        "TF_INTRA_OP_PARALLELISM_THREADS",
        "TF_INTER_OP_PARALLELISM_THREADS",
    ),
    "1",
)
_TITLES = {"actions": "动作服务", "rasa": "对话服务"}


class ActionServer:
    """The action server, on the loopback interface only; started again, with growing pauses, when it dies."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self.port = free_port()
        self._pause = FIRST_PAUSE
        self._due: float | None = None
        self.child = self._start()

    @property
    def webhook(self) -> str:
        """Where the Rasa server calls actions."""
        return f"http://127.0.0.1:{self.port}/webhook"

    def _start(self) -> Child:
        self._began = time.monotonic()
        command = ["rasa_sdk", "--actions", "actions", "--port", str(self.port)]
        return Child.start(
            "actions", command, self._settings.logs / "actions.log", {"SANIC_HOST": "127.0.0.1"}
        )

    def watch(self) -> None:
        """Starts it again where it has died and its pause is over."""
        status, now = self.child.status(), time.monotonic()
        if status is None:
            return
        if self._due is None:
            self._pause = FIRST_PAUSE if now - self._began > STEADY_SECONDS else self._pause
            complain(
                f"动作服务停了（状态 {status}），{self._pause:.0f} 秒后重新启动；对话不受影响\n{self.child.log.tail(6)}"
            )
            self._due = now + self._pause
            self._pause = min(self._pause * 2, LONGEST_PAUSE)
        elif now >= self._due:
            self._due = None
            self.child = self._start()
            say("动作服务重新启动")


class RasaServer:
    """The Rasa server; takes the port over from the door when it has loaded."""

    def __init__(
        self, settings: Settings, model: Path, webhook: str, listening: socket.socket, door: Door
    ) -> None:
        """Without a `webhook` it answers by itself."""
        self._door: Door | None = door
        self._line, theirs = socket.socketpair()
        self._line.setblocking(False)
        listening.set_inheritable(True)
        descriptors = (listening.fileno(), theirs.fileno())
        settings.conversations.parent.mkdir(parents=True, exist_ok=True)
        self.child = Child.start(
            "rasa",
            ["bot.launcher.server", str(model), *map(str, descriptors)],
            settings.logs / "rasa.log",
            {
                **_ONE_THREAD,
                "ACTION_ENDPOINT": webhook,
                "YILIANBAN_CONVERSATIONS": str(settings.conversations),
            },
            descriptors,
        )
        theirs.close()

    def watch(self) -> None:
        """Hands the port over when the server has loaded."""
        if self._door is None:
            return
        try:
            loaded = self._line.recv(16)
        except BlockingIOError:
            return
        if loaded:
            self._door.close()
            self._door = None
            self._line.sendall(b"go")


def missing(settings: Settings) -> list[str]:
    """What /health still misses; empty when the whole chain can answer."""
    direct = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    try:
        with direct.open(f"{settings.address}health", timeout=5) as answer:
            return [] if answer.status == 200 else ["?"]
    except urllib.error.HTTPError as error:
        try:
            return json.loads(error.read()).get("missing", [])
        except ValueError:
            return [str(error)]
    except OSError as error:
        return [str(error)]


def supervise(settings: Settings, model: Path, listening: socket.socket, door: Door, stop: Event) -> int:
    """Runs the servers until `stop` is set (0) or the Rasa server dies (1). Nothing is left running."""
    began = time.monotonic()
    door.stage("正在装载模型")
    say("启动服务")
    actions = ActionServer(settings) if settings.actions == "server" else None
    rasa = RasaServer(settings, model, actions.webhook if actions else "", listening, door)
    servers = (actions, rasa) if actions else (rasa,)
    retention = Retention(settings)
    healthy, slow, next_look = False, False, 0.0
    try:
        while not stop.wait(TICK_SECONDS):
            if (status := rasa.child.status()) is not None:
                complain(f"对话服务停了（状态 {status}），全部停止。最后几行日志：\n{rasa.child.log.tail()}")
                return 1
            for server in servers:
                server.watch()
                for problem in server.child.log.new_problems():
                    complain(f"{_TITLES[server.child.name]}：{problem}")
            for problem in retention.watch():
                complain(f"过期记录没删成：{problem}")
            now = time.monotonic()
            if not healthy and now >= next_look:
                next_look = now + 0.5
                lacking = missing(settings)
                healthy = not lacking
                if healthy:
                    say(f"一链办已就绪（{now - began:.0f} 秒）：{settings.address}   停止请按 Ctrl-C")
                elif not slow and now - began > SLOW_START_SECONDS:
                    slow = True
                    complain(
                        f"启动了 {SLOW_START_SECONDS:.0f} 秒还没有就绪，还缺：{'、'.join(lacking)}；日志在 {settings.logs}"
                    )
        return 0
    finally:
        say("正在停止")
        for server in servers:
            server.child.ask_to_stop()
        for server in servers:
            server.child.stop()
        retention.stop()
