"""One request to WeChat's API: JSON in, JSON out, every failure an ApiError that holds no address.

Addresses carry tokens and secrets, so nothing of what the HTTP library says about a failure is passed on.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import Mapping
from typing import Any

import aiohttp

from wechat.errors import ApiError

SECONDS = 6.0
ANSWER_BYTES = 256 * 1024
BUSY = -1
PAUSES = (0.2, 0.6, 1.8)


async def ask(base: str, path: str, query: Mapping[str, str], body: Any = None) -> dict[str, Any]:
    """WeChat's answer; asked again, with growing pauses, while its system is busy. Raises ApiError."""
    for pause in PAUSES:
        try:
            return await _once(base, path, query, body)
        except ApiError as error:
            if error.code != BUSY:
                raise
            await asyncio.sleep(pause)
    return await _once(base, path, query, body)


async def _once(base: str, path: str, query: Mapping[str, str], body: Any) -> dict[str, Any]:
    # WeChat shows \uXXXX as it is sent.
    data = None if body is None else json.dumps(body, ensure_ascii=False).encode()
    method = "GET" if data is None else "POST"
    try:
        async with (
            aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=SECONDS)) as session,
            session.request(
                method, base + path, params=dict(query), data=data, allow_redirects=False
            ) as answer,
        ):
            found = json.loads(await answer.content.read(ANSWER_BYTES))
    except (aiohttp.ClientError, TimeoutError, ValueError, RecursionError) as error:
        raise ApiError(ApiError.UNREACHABLE, type(error).__name__) from None
    if not isinstance(found, dict):
        raise ApiError(ApiError.UNREACHABLE, "no object")
    code = found.get("errcode", 0)
    if code:
        raise ApiError(int(code), str(found.get("errmsg", ""))[:200])
    return found
