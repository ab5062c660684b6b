"""A reply as WeChat can show it: text with numbers in place of buttons, absolute links, a news card for a notice."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from pages.address import scenario_path
from wechat.cutting import STEP
from wechat.passive import Link
from wechat.wording import say

TAP = "/choose{}"


@dataclass(frozen=True)
class Told:
    """The text, the lines that stand under it, what each number means, and where the whole can be read."""

    text: str
    under: str = ""
    numbers: Mapping[str, str] = field(default_factory=dict)
    whole: str = ""
    link: Link | None = None

    @property
    def more(self) -> str:
        """The line in place of what does not fit."""
        return say("more_there", url=self.whole) if self.whole else say("more_here")


def tap(choice: str) -> str:
    """The payload of an option that the dialogue knows by this choice."""
    return TAP.format(json.dumps({"payload": choice}, ensure_ascii=False, separators=(",", ":")))


def read_reply(messages: Sequence[Mapping[str, Any]], public: str | None) -> Told:
    """What the dialogue's messages tell; `public` is the address that links begin with, None where it is not known."""
    text = "\n".join(found["text"] for found in messages if found.get("text"))
    card: Mapping[str, Any] = next((found["custom"] for found in messages if found.get("custom")), {})
    text, link = _with_links(text, card, public)
    if (card.get("handoff") or {}).get("state") == "taken":
        # Numbers are for the person who now reads along.
        leave = [option["label"] for option in card.get("options", ())][-1:]
        return Told(text, "\n".join(say("leave_person", label=label) for label in leave))
    printed = _printed(text)
    numbers, left = _printed_numbers(printed, card)
    first = max(printed, default=0) + 1
    lines = []
    for number, option in enumerate(left, first):
        numbers[str(number)] = option["payload"]
        lines.append(say("one_option", number=number, label=option["label"]))
    asked = [say("reply_number"), *lines] if lines else [say("reply_printed")] if numbers else []
    return Told(text, "\n".join(asked), numbers, _guide(card, public), link)


def choices(text: str, options: Sequence[tuple[str, str]]) -> Told:
    """A question of the channel's own, with options as label and choice."""
    lines = [say("one_option", number=n, label=label) for n, (label, _) in enumerate(options, 1)]
    numbers = {str(n): tap(choice) for n, (_, choice) in enumerate(options, 1)}
    return Told(text, "\n".join([say("reply_number"), *lines]), numbers)


def _printed(text: str) -> dict[int, list[str]]:
    """The numbered lines of a text, by number."""
    found: dict[int, list[str]] = {}
    for line in text.split("\n"):
        match = STEP.match(line)
        if match:
            found.setdefault(int(match[1]), []).append(line[match.end() :])
    return found


def _printed_numbers(
    printed: Mapping[int, Sequence[str]], card: Mapping[str, Any]
) -> tuple[dict[str, str], Sequence[Mapping[str, Any]]]:
    """What the text's own numbers stand for, and the options that have none yet."""
    options, steps = card.get("options") or [], card.get("steps") or []
    if card.get("kind") == "clarify" and not steps:
        listed = {str(n): option["payload"] for n, option in zip(sorted(printed), options, strict=False)}
        return listed, options[len(listed) :]
    numbers = _step_numbers(printed, steps)
    return numbers, [option for option in options if option["payload"] not in numbers.values()]


def _step_numbers(printed: Mapping[int, Sequence[str]], steps: Sequence[Mapping[str, Any]]) -> dict[str, str]:
    """The matter that each numbered line is about; where that is not plain the dialogue is asked for it by number."""
    found, left = {}, list(steps)
    for number, lines in printed.items():
        at = next((at for at, step in enumerate(left) if len(lines) == 1 and _is_of(lines[0], step)), None)
        if at is None:
            found[str(number)] = say("step", number=number)
        else:
            # In printed order: two steps may have the same title.
            found[str(number)] = tap(f"matter:{left[at]['matter_id']}")
            del left[: at + 1]
    return found


def _is_of(line: str, step: Mapping[str, Any]) -> bool:
    title = step.get("title") or step["matter"]
    return line.startswith(title) and line[len(title) :][:1] in ("：", "（", "")


def _guide(card: Mapping[str, Any], public: str | None) -> str:
    """Where the whole chain stands; empty where it has no page or the public address is not known."""
    region, scenario = card.get("region"), card.get("scenario")
    if not public or not region or not scenario:
        return ""
    return public + scenario_path(region["id"], scenario["id"])


def _with_links(text: str, card: Mapping[str, Any], public: str | None) -> tuple[str, Link | None]:
    """The text with links that can be opened; for a reply that is nothing but a notice also the news card."""
    paths = list((card.get("notice") or {}).values())
    if not paths:
        return text, None
    if public is None:
        lines = [line for line in text.split("\n") if not any(line.endswith(path) for path in paths)]
        return "\n".join([*lines, say("notice_without_address")]), None
    lines = text.split("\n")
    for path in paths:
        lines = [line[: -len(path)] + public + path if line.endswith(path) else line for line in lines]
    link = None
    if not card.get("steps"):
        title = say("notice_title", title=lines[0].partition("“")[2].partition("”")[0])
        link = Link(title, say("notice_description"), public + card["notice"]["html"])
    return "\n".join(lines), link
