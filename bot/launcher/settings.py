"""The settings of a start, read once from the environment."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from bot.launcher.faults import LauncherFault
from notice.address import public_base

ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True)
class Settings:
    """Where to serve, and where conversations and logs are kept."""

    host: str
    port: int
    conversations: Path
    logs: Path

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] = os.environ) -> Settings:
        """HOST, PORT and the rest; raises LauncherFault where one is not usable. The channels read the portal's."""
        try:
            public_base(environment.get("YILIANBAN_PUBLIC_URL") or "http://127.0.0.1")
        except ValueError as error:
            raise LauncherFault(
                f"YILIANBAN_PUBLIC_URL={error} 不是网址：请给 https://主机名 这样的地址"
            ) from None
        port = environment.get("PORT") or "5005"
        if not port.isascii() or not port.isdigit() or not 0 < int(port) < 65536:
            raise LauncherFault(f"PORT={port} 不是端口号：请给 1 到 65535 之间的整数")
        return cls(
            host=environment.get("HOST") or "127.0.0.1",
            port=int(port),
            conversations=Path(
                environment.get("YILIANBAN_CONVERSATIONS") or ROOT / "var" / "conversations.db"
            ),
            logs=Path(environment.get("YILIANBAN_LOGS") or ROOT / "logs"),
        )

    @property
    def address(self) -> str:
        """Address of the portal as a person on this machine types it."""
        host = {"0.0.0.0": "127.0.0.1", "::": "[::1]"}.get(self.host, self.host)
        return f"http://{host}:{self.port}/"
