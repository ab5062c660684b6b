"""The desk's settings, read once from the environment."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from desk import hours

ROOT = Path(__file__).resolve().parents[1]


@dataclass(frozen=True)
class Settings:
    """Where things are kept, and the two secrets (`token` opens the API, `key` hashes conversations)."""

    database: Path
    conversations: Path
    hours: Path
    key_file: Path
    key: str | None = None
    token: str | None = None

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] = os.environ) -> Settings:
        """YILIANBAN_CONVERSATIONS, _DESK, _DESK_HOURS, _KEY, _DESK_TOKEN; the desk's file stands beside conversations."""
        conversations = Path(environment.get("YILIANBAN_CONVERSATIONS") or ROOT / "var" / "conversations.db")
        database = Path(environment.get("YILIANBAN_DESK") or conversations.with_name("desk.db"))
        return cls(
            database=database,
            conversations=conversations,
            hours=Path(environment.get("YILIANBAN_DESK_HOURS") or hours.PATH),
            key_file=database.with_name("key"),
            key=environment.get("YILIANBAN_KEY") or None,
            token=environment.get("YILIANBAN_DESK_TOKEN") or None,
        )
