"""Sends messages over REST as fast as replies come, and measures them."""

from __future__ import annotations

import http.client
import itertools
import json
import time
import uuid
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from urllib.parse import urlsplit

import numpy as np

WEBHOOK = "/webhooks/rest/webhook"
TIMEOUT = 60.0


@dataclass(frozen=True)
class Load:
    """What so many askers at a time got: messages a second and milliseconds a message."""

    askers: int
    messages: int
    failed: int
    rate: float
    median: float
    p95: float


def _asker(url: str, bodies: Sequence[dict[str, object]], until: float) -> tuple[list[float], int]:
    """Times of one asker's messages in seconds, and how many failed; every message is a conversation of its own."""
    address = urlsplit(url)
    connection = http.client.HTTPConnection(address.hostname or "127.0.0.1", address.port, timeout=TIMEOUT)
    times, failed = [], 0
    for body in itertools.cycle(bodies):
        if time.perf_counter() > until:
            break
        data = json.dumps({**body, "sender": f"benchmark-{uuid.uuid4().hex}"})
        begun = time.perf_counter()
        try:
            connection.request("POST", WEBHOOK, data, {"Content-Type": "application/json"})
            response = connection.getresponse()
            answered = response.status == 200 and bool(json.loads(response.read()))
        except (OSError, http.client.HTTPException, ValueError):
            connection.close()
            answered = False
        times.append(time.perf_counter() - begun)
        failed += not answered
    connection.close()
    return times, failed


def drive(url: str, bodies: Sequence[dict[str, object]], askers: int, seconds: float) -> Load:
    """So many askers at a time for so long; each begins at another message."""
    begun = time.perf_counter()
    turns = [[*bodies[i * 7 :], *bodies[: i * 7]] for i in range(askers)]
    with ThreadPoolExecutor(askers) as pool:
        found = list(pool.map(lambda turn: _asker(url, turn, begun + seconds), turns))
    spent = time.perf_counter() - begun
    times = np.array([one for own, _ in found for one in own]) * 1e3
    return Load(
        askers=askers,
        messages=len(times),
        failed=sum(failed for _, failed in found),
        rate=len(times) / spent,
        median=float(np.percentile(times, 50)),
        p95=float(np.percentile(times, 95)),
    )
