"""A request that gets a status and a line of text instead of an answer."""

from __future__ import annotations


class Refused(Exception):
    """Carries the HTTP status, what a person reads, and after how many seconds it is worth asking again."""

    def __init__(self, status: int, message: str, retry_after: int | None = None) -> None:
        super().__init__(message)
        self.status = status
        self.retry_after = retry_after
