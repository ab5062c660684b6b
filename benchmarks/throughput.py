"""`python -m benchmarks.throughput`: messages a second, CPU time a message and memory, ours and a bare Rasa bot's, in the same minutes.

Both run at once and are asked in turn, so that whatever else the machine does hits both alike.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import sys
import time
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import asdict, dataclass
from pathlib import Path

from benchmarks.bare_bot import running_bare_bot
from benchmarks.load import Load, drive
from benchmarks.memory import Memory, cpu_seconds, memory_of
from evaluation.configuration import ROOT, commit
from evaluation.records import NAMED_AUDIENCES, cases, read_questions
from evaluation.server import AssistantFailed, running_assistant

OUTPUT = ROOT / "var" / "benchmarks"
QUESTIONS = ROOT / "evaluation" / "questions"
WARM_UP = 30


@dataclass(frozen=True)
class Figures:
    """One bot's figures: by number of askers, memory after the load, seconds until it answered, CPU ms a message."""

    name: str
    loads: tuple[Load, ...]
    memory: Memory
    start: float
    cpu: float


def bodies(size: int = 200) -> list[dict[str, object]]:
    """Messages as a portal sends them: held-out questions, each with its region."""
    found: list[dict[str, object]] = []
    for question in read_questions(QUESTIONS).questions:
        for case in cases(question)[:1]:
            metadata = {"region": case.region}
            if question.audience in NAMED_AUDIENCES and question.audience:
                metadata["audience"] = question.audience
            found.append({"message": question.text, "metadata": metadata})
    return found[:: max(1, len(found) // size)][:size]


def measure(askers: Sequence[int], seconds: float, scratch: Path) -> list[Figures]:
    """Starts both, then lets each number of askers loose on one after the other."""
    sent = bodies()
    shutil.rmtree(scratch, ignore_errors=True)
    with ExitStack() as stack:
        began = time.monotonic()
        print("training and starting the bare bot", file=sys.stderr, flush=True)
        bare_url, bare_pids = stack.enter_context(running_bare_bot(scratch))
        between = time.monotonic()
        print("starting the assistant", file=sys.stderr, flush=True)
        our_url, our_pid = stack.enter_context(running_assistant(OUTPUT / "logs"))
        starts = (between - began, time.monotonic() - between)
        bots = (("bare rasa", bare_url, bare_pids), ("一链办", our_url, (our_pid,)))
        loads: dict[str, list[Load]] = {name: [] for name, _, _ in bots}
        spent = dict.fromkeys(loads, 0.0)
        for _, url, _ in bots:
            drive(url, sent[:WARM_UP], 1, 3.0)
        for number in askers:
            for name, url, pids in bots:
                before = cpu_seconds(pids)
                loads[name].append(drive(url, sent, number, seconds))
                spent[name] += cpu_seconds(pids) - before
                print(f"  {name}: {loads[name][-1]}", file=sys.stderr, flush=True)
        return [
            Figures(name, tuple(loads[name]), memory_of(pids), start, _a_message(spent[name], loads[name]))
            for (name, _, pids), start in zip(bots, starts, strict=True)
        ]


def _a_message(spent: float, loads: Sequence[Load]) -> float:
    """Milliseconds of CPU time a message."""
    return spent * 1e3 / sum(load.messages for load in loads)


def table(found: Sequence[Figures]) -> str:
    """The figures as Markdown."""
    lines = [
        "| bot | askers at a time | messages/s | median | p95 | failed |",
        "| --- | --- | --- | --- | --- | --- |",
    ]
    for one in found:
        lines += [
            f"| {one.name} | {load.askers} | {load.rate:.1f} | {load.median:.0f} ms | {load.p95:.0f} ms "
            f"| {load.failed} of {load.messages} |"
            for load in one.loads
        ]
    lines += [
        "",
        "| bot | CPU time a message | processes | resident | shared pages counted once |",
        "| --- | --- | --- | --- | --- |",
    ]
    lines += [
        f"| {one.name} | {one.cpu:.1f} ms | {one.memory.processes} | {one.memory.resident:.0f} MiB "
        f"| {one.memory.proportional:.0f} MiB |"
        for one in found
    ]
    return "\n".join(lines) + "\n"


def main(given: list[str] | None = None) -> int:
    """Measures, prints, and writes var/benchmarks/throughput.{md,json}; returns the exit status."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.throughput", description=__doc__)
    parser.add_argument("--askers", type=int, nargs="*", default=[1, 4, 8], help="how many ask at a time")
    parser.add_argument("--seconds", type=float, default=8.0, help="how long each measurement takes")
    options = parser.parse_args(given)
    busy = os.getloadavg()[0]
    try:
        found = measure(options.askers, options.seconds, OUTPUT / "bare")
    except AssistantFailed as error:
        print(error, file=sys.stderr)
        return 1
    note = f"Commit {commit()}, {os.cpu_count()} processors, load average before: {busy:.1f}."
    OUTPUT.mkdir(parents=True, exist_ok=True)
    (OUTPUT / "throughput.md").write_text(f"{table(found)}\n{note}\n", encoding="utf-8")
    result = {"note": note, "bots": [asdict(one) for one in found]}
    (OUTPUT / "throughput.json").write_text(
        json.dumps(result, ensure_ascii=False, indent=1), encoding="utf-8"
    )
    print(f"{table(found)}\n{note}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
