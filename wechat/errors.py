"""What can go wrong between WeChat's servers and ours."""

from __future__ import annotations

from typing import Literal

Reason = Literal["signature", "timestamp", "nonce", "app", "cipher", "mode", "malformed", "too large"]
STATUS: dict[Reason, int] = {"malformed": 400, "too large": 413}


class WechatError(Exception):
    """A setting or a file that cannot be used; the message names it."""


class Refused(Exception):
    """A request that is not from WeChat, or not as WeChat sends it. Holds nothing of what was sent."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason)
        self.reason = reason
        self.status = STATUS.get(reason, 403)


class ApiError(Exception):
    """WeChat's API said no, or (code UNREACHABLE) nothing that can be read."""

    UNREACHABLE = -2

    def __init__(self, code: int, detail: str = "") -> None:
        super().__init__(f"{code} {detail}".strip())
        self.code, self.detail = code, detail
