"""Noise for training: the slips that keyboards and speech recognisers make, so that the encoder has met them."""

from __future__ import annotations

import random
import re
from collections import defaultdict
from functools import lru_cache

from pypinyin import lazy_pinyin

from index.lines import AFTER, after
from index.pinyin import fold_syllable

_CHINESE = re.compile(r"[\u4e00-\u9fff]")
_FILLERS = ("那个", "就是", "就是说", "你好", "喂", "请问一下", "然后", "我想问一下", "这个", "麻烦问下")
_ASPECTS = (
    "那去哪办",
    "归哪个局管",
    "谁家管",
    "要带啥去",
    "办完给个啥证",
    "几天能下来",
    "收费不",
    "网上能弄不",
    "村里能办不",
    "上哪儿盖章",
    "那个在哪领",
    "电话多少",
    "这事归谁",
    "得跑几趟",
    "市里办还是县里办",
    "那要多久",
    "叫啥本",
    "具体哪个窗口",
    "能让家里人替我去不",
    "周六开门不",
    "那接下来呢",
    "咋整",
    "然后去哪",
)
_RANT = (
    "跑了好几趟了也没人给个准话",
    "我都急死了",
    "打电话也打不通",
    "网上查了半天没查明白",
    "家里一堆事",
    "上回去人家说材料不对",
    "也没人跟我说清楚",
)


@lru_cache(maxsize=1)
def _homophones() -> dict[str, list[str]]:
    """Common characters by folded sound (GB2312 level 1)."""
    table: dict[str, list[str]] = defaultdict(list)
    for high in range(0xB0, 0xD8):
        for low in range(0xA1, 0xFF):
            try:
                char = bytes((high, low)).decode("gb2312")
            except UnicodeDecodeError:
                continue
            table[fold_syllable(lazy_pinyin(char)[0])].append(char)
    return dict(table)


class Augmenter:
    """Returns a text as it is (mostly), or with one kind of noise; deterministic for a seed."""

    def __init__(self, seed: int, share: float = 0.3) -> None:
        self.random, self.share = random.Random(seed), share

    def __call__(self, text: str) -> str:
        """The text, noisy in `share` of the calls."""
        if self.random.random() > self.share:
            return text
        kind = self.random.choice(
            (self._typos, self._typos, self._typos, self._fillers, self._bare, self._rant, self._latin)
        )
        return kind(text)

    def after(self, text: str, earlier: str, own: str) -> str:
        """The text as a conversation brings it: mostly alone, now and then after another wish that it replaces.

        Or, in its stead, a question for some aspect after `own`, another line of the same target.
        """
        draw = self.random.random()
        if draw < 0.10 and len(text) >= 6 and AFTER not in text + earlier:
            return after(earlier, text)
        if draw > 0.97 and AFTER not in own:
            return after(own, self.random.choice(_ASPECTS))
        return text

    def _typos(self, text: str) -> str:
        places = [i for i, c in enumerate(text) if _CHINESE.match(c)]
        if len(places) < 4:
            return text
        chars = list(text)
        start = self.random.choice(places)
        # Slips come in runs: a wrong choice in the input method changes two or three characters at once.
        for i in [p for p in places if start <= p < start + self.random.randint(1, 3)]:
            same = _homophones().get(fold_syllable(lazy_pinyin(chars[i])[0]), [])
            if same:
                chars[i] = self.random.choice(same)
        return "".join(chars)

    def _fillers(self, text: str) -> str:
        cut = self.random.randint(0, len(text))
        return text[:cut] + self.random.choice(_FILLERS) + text[cut:]

    def _bare(self, text: str) -> str:
        return re.sub(r"[^\w]", "", text)

    def _rant(self, text: str) -> str:
        extra = self.random.choice(_RANT)
        return f"{extra}，{text}" if self.random.random() < 0.6 else f"{text}，{extra}"

    def _latin(self, text: str) -> str:
        places = [i for i, c in enumerate(text) if _CHINESE.match(c)]
        if len(places) < 4:
            return text
        start = self.random.choice(places[:-1])
        return text[:start] + "".join(lazy_pinyin(text[start : start + 2])) + text[start + 2 :]
