"""`python -m evaluation.record URL QUESTIONS FILE`: keeps the replies to some questions, to try judges on later."""

from __future__ import annotations

import argparse
import json
import sys
import uuid
from pathlib import Path

from evaluation.records import NAMED_AUDIENCES, Case, cases, read_questions
from evaluation.runner import Assistant


def chosen(folder: Path, size: int) -> list[Case]:
    """About `size` cases, spread evenly over the folder's questions and over regions."""
    found = [case for question in read_questions(folder).questions for case in cases(question)]
    return found[:: max(1, len(found) // size)][:size]


def record(assistant: Assistant, case: Case) -> dict[str, object]:
    """Id, region and the messages that came back."""
    metadata = {"region": case.region}
    if case.question.audience in NAMED_AUDIENCES and case.question.audience:
        metadata["audience"] = case.question.audience
    exchange = assistant.say(f"record-{uuid.uuid4().hex}", case.question.text, metadata)
    return {"id": case.question.id, "region": case.region, "messages": exchange.messages}


def main(given: list[str] | None = None) -> int:
    """Writes one JSON object a line; returns the exit status."""
    parser = argparse.ArgumentParser(prog="python -m evaluation.record", description=__doc__)
    parser.add_argument("url")
    parser.add_argument("questions", type=Path)
    parser.add_argument("file", type=Path)
    parser.add_argument("--size", type=int, default=40)
    options = parser.parse_args(given)
    assistant = Assistant(options.url)
    kept = [record(assistant, case) for case in chosen(options.questions, options.size)]
    lines = (json.dumps(one, ensure_ascii=False) + "\n" for one in kept)
    options.file.write_text("".join(lines), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
