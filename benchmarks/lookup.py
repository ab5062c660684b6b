"""`python -m benchmarks.lookup`: how long the clerk's look-up takes over the whole catalogue, key press by key press."""

from __future__ import annotations

import statistics
import time

from knowledge.catalogue import Catalogue, load_catalogue
from lookup.built import build_finder
from lookup.finder import Finder
from lookup.sound import written

TYPED = 24
TRIES = 3


def key_presses(catalogue: Catalogue) -> list[str]:
    """What stands in the field after each key while every scenario's title is typed: characters, pinyin, initials."""
    found: list[str] = []
    for scenario in catalogue.scenarios.values():
        units = [unit for unit in written(scenario.title).split("|") if unit]
        sounds = "".join(unit[:-1] if len(unit) > 1 else unit for unit in units)[:TYPED]
        for whole in (scenario.title, sounds, "".join(unit[0] for unit in units)):
            found += [whole[:end] for end in range(1, len(whole) + 1)]
    return found


def milliseconds(finder: Finder, queries: list[str]) -> list[float]:
    """Processor time of each query, the best of TRIES so that other work on the machine does not count, sorted."""
    return sorted(min(_once(finder, query) for _ in range(TRIES)) for query in queries)


def _once(finder: Finder, query: str) -> float:
    began = time.process_time()
    finder.find(query)
    return (time.process_time() - began) * 1000


def main() -> None:
    """Measures and prints one line."""
    catalogue = load_catalogue()
    began = time.perf_counter()
    finder = build_finder(catalogue)
    built = time.perf_counter() - began
    taken = milliseconds(finder, key_presses(catalogue))
    print(
        f"{len(finder.entries)} entries, built in {built:.1f} s; {len(taken)} queries: "
        f"median {statistics.median(taken):.1f} ms, 95 % {taken[int(len(taken) * 0.95)]:.1f} ms, "
        f"slowest {taken[-1]:.1f} ms"
    )


if __name__ == "__main__":
    main()
