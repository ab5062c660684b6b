"""Asks a running assistant every question over REST and judges the replies."""

from __future__ import annotations

import json
import time
import urllib.error
import urllib.request
import uuid
from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace

from evaluation.judge import Verdict, judge_case
from evaluation.outcome import Outcome, outcome_of
from evaluation.records import NAMED_AUDIENCES, Case, Dialogue, Question, QuestionSet, cases, turn_case
from evaluation.replies import Message, read_reply
from evaluation.rows import Rows

WEBHOOK = "/webhooks/rest/webhook"
TIMEOUT = 60.0
Progress = Callable[[int, int], None]


@dataclass(frozen=True)
class Exchange:
    """Messages that came back (None where the call failed, with the error) and how long it took."""

    messages: Sequence[Message] | None
    error: str
    seconds: float


class Assistant:
    """A running assistant, reached over its REST channel."""

    def __init__(self, url: str) -> None:
        self.url = url.rstrip("/")

    def say(self, sender: str, text: str, metadata: Mapping[str, str]) -> Exchange:
        """Sends one message and waits for the reply; a failed call is an exchange with an error."""
        body = json.dumps({"sender": sender, "message": text, "metadata": metadata}).encode()
        request = urllib.request.Request(self.url + WEBHOOK, body, {"Content-Type": "application/json"})
        begun = time.perf_counter()
        try:
            with urllib.request.urlopen(request, timeout=TIMEOUT) as response:
                messages, error = json.loads(response.read()), ""
        except (OSError, ValueError) as failure:
            messages, error = None, str(failure)[:200]
        return Exchange(messages, error, time.perf_counter() - begun)


def _metadata(region: str | None, audience: str | None) -> dict[str, str]:
    found = {"region": region} if region else {}
    return found | ({"audience": audience} if audience in NAMED_AUDIENCES and audience else {})


def _new_sender() -> str:
    return "evaluation-" + uuid.uuid4().hex


def _outcome(case: Case, exchange: Exchange, rows: Rows) -> Outcome:
    reply = read_reply(exchange.messages)
    verdict = Verdict(False, f"ERROR {exchange.error}") if exchange.error else judge_case(case, reply, rows)
    return outcome_of(case, reply, verdict, exchange.seconds, rows)


def ask_case(assistant: Assistant, case: Case, rows: Rows) -> Outcome:
    """One question in one region, in a fresh conversation."""
    metadata = _metadata(case.region, case.question.audience)
    return _outcome(case, assistant.say(_new_sender(), case.question.text, metadata), rows)


def hold_dialogue(assistant: Assistant, dialogue: Dialogue, rows: Rows) -> list[Outcome]:
    """A dialogue turn by turn in one conversation; region and audience are sent with the first turn only."""
    sender, found = _new_sender(), []
    metadata = _metadata(dialogue.region, dialogue.audience)
    for number, turn in enumerate(dialogue.turns, 1):
        exchange = assistant.say(sender, turn.text, metadata if number == 1 else {})
        if turn.scored:
            found.append(_outcome(turn_case(dialogue, number), exchange, rows))
    return found


def ask_all(
    assistant: Assistant,
    questions: QuestionSet,
    rows: Rows,
    workers: int = 2,
    progress: Progress = lambda done, total: None,
) -> list[Outcome]:
    """Every question in every one of its regions, then every dialogue; `workers` conversations at a time."""
    asked = [case for question in questions.questions for case in cases(question)]
    total = len(asked) + len(questions.dialogues)
    found: list[Outcome] = []
    with ThreadPoolExecutor(workers) as pool:
        answered: Iterable[list[Outcome]] = pool.map(lambda c: [ask_case(assistant, c, rows)], asked)
        held: Iterable[list[Outcome]] = pool.map(
            lambda d: hold_dialogue(assistant, d, rows), questions.dialogues
        )
        for done, outcomes in enumerate((part for parts in (answered, held) for part in parts), 1):
            found += outcomes
            progress(done, total)
    return found


def in_one_region(questions: QuestionSet) -> QuestionSet:
    """The questions, each in one of its regions only (in turn), for a quick check of all of them."""

    def only(number: int, question: Question) -> Question:
        regions = question.regions or tuple(sorted(question.labels))
        if not question.labels:
            return replace(question, regions=("huancui",))
        labelled = [region for region in regions if region in question.labels]
        return replace(question, regions=tuple(labelled[number % len(labelled) :][:1]) if labelled else ())

    chosen = tuple(only(number, question) for number, question in enumerate(questions.questions))
    return QuestionSet(tuple(q for q in chosen if q.regions), questions.dialogues)
