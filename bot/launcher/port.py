"""The public port. Standard library only: `make run` asks before anything is installed."""

from __future__ import annotations

import errno
import socket
import sys

from bot.launcher.faults import LauncherFault
from bot.launcher.settings import Settings

BACKLOG = 128


def listen(host: str, port: int) -> socket.socket:
    """A listening socket on host and port; raises LauncherFault with the remedy where there can be none."""
    try:
        family, _, _, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        return socket.create_server((address[0], port), family=family, backlog=BACKLOG)
    except OSError as error:
        if isinstance(error, socket.gaierror) or error.errno == errno.EADDRNOTAVAIL:
            raise LauncherFault(f"HOST={host} 不是这台机器的地址：可用 127.0.0.1 或 0.0.0.0") from None
        if error.errno == errno.EADDRINUSE:
            remedy = f"请先停掉占用它的程序，或换一个：PORT={port + 1 if port < 65535 else 5005} make run"
            raise LauncherFault(f"端口 {port} 已被占用（port in use）。{remedy}") from None
        if error.errno == errno.EACCES:
            raise LauncherFault(
                f"没有权限使用端口 {port}：请用 1024 以上的端口，如 PORT=5005 make run"
            ) from None
        raise LauncherFault(f"不能在 {host}:{port} 上提供服务：{error.strerror}") from None


def free_port() -> int:
    """A port of the loopback interface that nobody uses now."""
    with socket.create_server(("127.0.0.1", 0)) as probe:
        return probe.getsockname()[1]


def main() -> int:
    """Says so when the port that is asked for cannot be had; returns the exit status."""
    try:
        settings = Settings.from_environment()
        listen(settings.host, settings.port).close()
    except LauncherFault as fault:
        print(f"[启动] {fault}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
