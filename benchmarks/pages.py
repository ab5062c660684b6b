"""How large guide pages are and how fast they come: `python -m benchmarks.pages [ADDRESS]` asks a running assistant."""

from __future__ import annotations

import statistics
import sys
import time
from dataclasses import dataclass

import requests

ADDRESS = "http://127.0.0.1:5005"
TIMES = 20
PAGES = (
    "/guide/",
    "/guide/huancui",
    "/guide/zhoucun/birth",
    "/guide/changle/second-hand-home?mortgage=yes",
    "/matter/huancui.individual.57.1",
    "/search?q=失业金&region=changle",
)


@dataclass(frozen=True)
class Timing:
    """One page: bytes on the wire, milliseconds of the first answer and of the middle one."""

    path: str
    size: int
    first: float
    median: float


def measure(address: str, path: str, times: int = TIMES) -> Timing:
    """Asks for a page so many times over one connection; raises requests.HTTPError where it does not come."""
    took, size = [], 0
    with requests.Session() as session:
        for _ in range(times):
            began = time.perf_counter()
            answer = session.get(address + path, headers={"Accept-Encoding": "gzip"}, timeout=30)
            took.append((time.perf_counter() - began) * 1000)
            answer.raise_for_status()
            size = int(answer.headers["Content-Length"])
    return Timing(path, size, took[0], statistics.median(took))


def main() -> None:
    """Prints a line a page."""
    address = (sys.argv[1] if len(sys.argv) > 1 else ADDRESS).rstrip("/")
    for path in PAGES:
        found = measure(address, path)
        print(f"{found.size:7} B  first {found.first:6.1f} ms  median {found.median:6.1f} ms  {found.path}")


if __name__ == "__main__":
    main()
