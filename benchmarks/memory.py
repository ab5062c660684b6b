"""Memory and CPU time of processes with all that they started."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import psutil

MEBIBYTE = 1 << 20


@dataclass(frozen=True)
class Memory:
    """Number of processes and their memory in MiB: resident, and with shared pages counted once (PSS)."""

    processes: int
    resident: float
    proportional: float


def memory_of(pids: Iterable[int]) -> Memory:
    """Memory of these processes and their descendants."""
    found = [process.memory_full_info() for process in _family(pids)]
    return Memory(
        processes=len(found),
        resident=sum(one.rss for one in found) / MEBIBYTE,
        proportional=sum(getattr(one, "pss", one.rss) for one in found) / MEBIBYTE,
    )


def cpu_seconds(pids: Iterable[int]) -> float:
    """CPU time that these processes and their descendants have taken so far, of the user and of the system."""
    times = [process.cpu_times() for process in _family(pids)]
    return sum(one.user + one.system for one in times)


def _family(pids: Iterable[int]) -> list[psutil.Process]:
    family: dict[int, psutil.Process] = {}
    for pid in pids:
        root = psutil.Process(pid)
        family |= {process.pid: process for process in (root, *root.children(recursive=True))}
    return list(family.values())
