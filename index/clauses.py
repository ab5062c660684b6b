"""Parts of a message: where the request is in a long one, and whether there are two."""

from __future__ import annotations

import re

LONG = 110
_BORDER = re.compile(r"(?<=[。！？!?；;\n…])|(?<=[，,])")
_STRONG_BORDER = re.compile(r"(?<=[。！？!?；;\n…])")
_ASKS = re.compile(
    r"[?？吗呢么]|怎|咋|如何|哪|什么|啥|谁|多少|几|能不能|可不可以|行不行|想问|请问|我要|想办|需要|申请|办理|要办|能办|问题是|该"
)
_SECOND = re.compile(
    r"另外|还有(?:就是|个|一|件|俩)?|顺便|顺带|捎带|再(?=问|就是|说|办|有)|又(?=买|要|想|生|怀|结|换|办|开)|俩事|两件事|两个事|一块问|一起问|一并|同时|以及|外加|加上|此外|接着(?=又|还)|然后(?=还|又)"
)
_CONNECTOR = re.compile(
    r"[，,。；;、\s]*(?:另外|还有就是|还有个|还有|顺便|顺带|捎带着?|外加|以及|此外|同时|(?:接着|然后)?又|再就是|加上)[，,、\s]*|[，,。；;！？!?]"
)
_CLOSING = re.compile(r"(?:这)?(?:俩|两)(?:件|个)?事?[^，,。]{0,6}|一(?:块|起|并)(?:问|办|说|弄)[^，,。]{0,4}")


def request_parts(text: str, limit: int = 3) -> list[str]:
    """For a long text the parts likeliest to hold the request, latest first; for a short one the text itself."""
    if len(text) <= LONG:
        return [text]
    sentences = [s for s in _STRONG_BORDER.split(text) if s.strip()]
    if len(sentences) < 2:
        sentences = [s for s in _BORDER.split(text) if s.strip()]
    windows: list[str] = []
    for at in range(len(sentences) - 1, -1, -1):
        if _ASKS.search(sentences[at]) or at == len(sentences) - 1:
            before = sentences[at - 1] if at else ""
            windows.append((before + sentences[at])[-LONG:])
        if len(windows) == limit:
            break
    return windows or [text[-LONG:]]


def second_request(text: str) -> list[str]:
    """The clauses of a message that announces more than one request; empty where nothing announces it."""
    if len(text) > 160 or not _SECOND.search(text):
        return []
    plain = _CLOSING.sub("", text)
    parts = [part.strip() for part in _CONNECTOR.split(plain)]
    parts = [part for part in parts if len(re.sub(r"\W", "", part)) >= 3]
    return parts if 2 <= len(parts) <= 6 else []
