"""Parts of a message: where the request is in a long one, and whether there are two."""

from __future__ import annotations

import re

# Longer than this a message is read at its end; up to SHORT it is never split; a sentence over RUN_ON is.
LONG, SHORT, RUN_ON = 110, 34, 60
_BORDER = re.compile(r"(?<=[。！？!?；;\n…])|(?<=[，,])")
_EVERY_BORDER = re.compile(r"(?<=[。！？!?；;\n…，,、\s])")
_STRONG_BORDER = re.compile(r"(?<=[。！？!?；;\n…])")
_ASKS = re.compile(
    r"[?？吗呢么]|怎|咋|如何|哪|什么|啥|谁|多少|几|能不能|可不可以|行不行|想问|请问|我要|想办|需要|申请|办理|要办|能办|问题是|该"
)
# Words that open a second request; a bare "还有" or comma does not.
_CONNECTOR = re.compile(
    r"[，,。；;、!！?？\s]*(?:另外(?:就是|还)?|还有(?:就是|个事|一个事|件事|一件)|(?<=[，,。；;!！?？])还有|顺便(?:再)?|顺带|捎带着?|外加|以及|此外|与此同时|再就是|再(?=问(?:一下|个|下|问))|(?:接着|然后)又|(?<!来)(?<!翻)(?<!复)又(?=买|要|想|生|怀|结|换|办|开|当|得|赶上))[，,、\s]*"
)
_CLOSING = re.compile(
    r"[，,、\s]*(?:这)?(?:俩|两)(?:件|个|样)?(?:事|手续)[^，,。]{0,8}|[，,、\s]*(?:想)?一(?:块|起|并|趟)(?:儿)?(?:问问|问|办了|办|说|弄|给弄)[^，,。]{0,4}|都(?:咋|怎么)(?:办|弄)$"
)


_CORRECTION = re.compile(
    r"^(?:(?:哎)?(?:不是|不对|错了|打错字?了|说错了?|搞错了?|弄错了?)[，,。！!\s]+(?:我(?:说|问)的是|我是(?:说|问)|是)?|我(?:说|问)的是)[，,\s]*"
)


def without_correction(text: str) -> str:
    """The text without the words that only take back what was said before ("不是，我说的是…")."""
    rest = _CORRECTION.sub("", text)
    return rest if len(rest) >= 2 else text


def request_parts(text: str, limit: int = 4) -> list[str]:
    """The texts to search for: the message itself (or, of a long one, its end), then sentences that hold a request.

    A short message or a single sentence is searched for as it stands.
    """
    sentences = [s for s in _STRONG_BORDER.split(text) if len(s) >= 5]
    if len(text) > RUN_ON and len(sentences) < 2:
        clauses = _BORDER.split(text)
        sentences = ["".join(clauses[:-3]), "".join(clauses[-3:])] if len(clauses) > 4 else sentences
    if len(text) <= SHORT or len(sentences) < 2:
        return [text] if len(text) <= LONG else [text[-LONG:]]
    asking = [at for at, sentence in enumerate(sentences) if _ASKS.search(sentence)] or [len(sentences) - 1]
    windows = [text if len(text) <= LONG else "".join(sentences[-2:])[-LONG:]]
    for at in reversed(asking):
        before = sentences[at - 1] if at and len(sentences[at]) < 14 else ""
        window = (before + sentences[at])[-LONG:]
        if window not in windows:
            windows.append(window)
    return windows[:limit]


def every_part(text: str, limit: int = 6) -> list[str]:
    """The parts of a message between commas and stops, at most `limit` (the last ones); short ones join the next."""
    found, part = [], ""
    for piece in _EVERY_BORDER.split(text):
        part += piece
        if len(re.sub(r"\W", "", part)) >= 5:
            found.append(part)
            part = ""
    if part and found:
        found[-1] += part
    return [part.strip("，,。；;、 ") for part in found or [text]][-limit:]


def second_request(text: str) -> list[str]:
    """The clauses of a message that announces more than one request; empty where nothing announces it."""
    if len(text) > 160:
        return []
    plain = _CLOSING.sub("", text)
    if _CONNECTOR.search(plain):
        parts = _CONNECTOR.split(plain)
    elif plain != text:
        parts = re.split(r"[，,。；;、]|和|跟", plain)
    else:
        return []
    parts = [part.strip("，,。；;、 ") for part in parts]
    parts = [part for part in parts if len(re.sub(r"\W", "", part)) >= 3]
    return parts if 2 <= len(parts) <= 4 else []
