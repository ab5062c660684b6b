"""What a WeChat message or event asks for: something for the dialogue, or an answer of the channel's own."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, replace
from typing import Literal

from bot.channels.wechat_told import Told, choices, tap
from knowledge.catalogue import Catalogue
from wechat.message import Message
from wechat.wording import say

SAYING = "say:"
REGIONS = "regions"
SCENE = "qrscene_"
# Messages without words that have an answer of their own.
KINDS = ("voice", "image", "video", "link", "location")
CLICKED = ("click", "scancode_push", "scancode_waitmsg")
_NUMBER = re.compile(r"(?:回复|选择?)?\s*(\d{1,3})[.。、]?")


@dataclass(frozen=True)
class Wish:
    """ask: `text` goes to the dialogue, after a region where one was scanned. say: `told` is the answer.

    next: what did not fit into the last message. close: the person has left. nothing: no answer is wanted.
    `greeting` stands before the answer.
    """

    kind: Literal["ask", "say", "next", "close", "nothing"]
    text: str = ""
    region: str = ""
    told: Told | None = None
    greeting: str = ""


def read_wish(message: Message, catalogue: Catalogue) -> Wish:
    """The wish behind any message that WeChat may deliver."""
    if message.kind == "event":
        return _event(message, catalogue)
    if message.kind == "text" or (message.kind == "voice" and message.text):
        word = message.text.strip(" \n。.！!")
        return Wish("next") if word == say("next_word") else Wish("ask", message.text)
    if message.kind == "location":
        return _place(message.text, catalogue)
    return Wish("say", told=Told(say(message.kind if message.kind in KINDS else "other")))


def number_in(text: str) -> str:
    """The number that a message consists of, in plain digits; empty where it is something else."""
    match = _NUMBER.fullmatch(unicodedata.normalize("NFKC", text).strip())
    return str(int(match[1])) if match else ""


def region_choice(catalogue: Catalogue, question: str) -> Told:
    """A question that is answered by choosing a region."""
    return choices(question, [(r.name, f"region:{r.id}") for r in catalogue.regions.values()])


def _event(message: Message, catalogue: Catalogue) -> Wish:
    if message.event == "unsubscribe":
        return Wish("close")
    if message.event in ("subscribe", "user_enter_tempsession"):
        scanned = _scene(message.key.removeprefix(SCENE), catalogue)
        if scanned:
            return replace(scanned, greeting=say("welcome_line"))
        return Wish("say", told=region_choice(catalogue, say("welcome")))
    if message.event == "scan":
        return _scene(message.key, catalogue) or _ask_region(catalogue)
    if message.event in CLICKED:
        return _clicked(message.key, catalogue)
    return Wish("nothing")


def _clicked(key: str, catalogue: Catalogue) -> Wish:
    """A menu key: words to be said, the choice of a region, or an option as the dialogue knows it."""
    if key == REGIONS:
        return _ask_region(catalogue)
    if key.startswith(SAYING):
        return Wish("ask", key.removeprefix(SAYING))
    return Wish("ask", tap(key))


def _scene(scene: str, catalogue: Catalogue) -> Wish | None:
    """`REGION` or `REGION/SCENARIO`, as a QR code at a service window carries it; None for any other."""
    region, _, scenario = scene.partition("/")
    if region not in catalogue.regions or (scenario and scenario not in catalogue.scenarios):
        return None
    if not scenario:
        return Wish("ask", tap(f"region:{region}"))
    return Wish("ask", tap(f"scenario:{scenario}"), region)


def _place(label: str, catalogue: Catalogue) -> Wish:
    """A place that was sent: only the region in its label counts, and nothing of it is kept."""
    found = [region.id for region in catalogue.regions.values() if region.short in label]
    if len(found) == 1:
        return Wish("ask", tap(f"region:{found[0]}"))
    return Wish("say", told=region_choice(catalogue, say("location")))


def _ask_region(catalogue: Catalogue) -> Wish:
    return Wish("say", told=region_choice(catalogue, say("regions")))
