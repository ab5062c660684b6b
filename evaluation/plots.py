"""Plots of the report, as PNG files."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import matplotlib

matplotlib.use("Agg")

import matplotlib.pyplot as plt
import numpy as np
from matplotlib import font_manager

from evaluation.measures import Bin, RankRate, Rate, TradeOff

CHINESE_FONTS = ("Noto Sans CJK SC", "Noto Sans SC", "Source Han Sans SC", "WenQuanYi Micro Hei", "WenQuanYi Zen Hei", "SimHei", "PingFang SC", "Microsoft YaHei")  # fmt: skip
BLUE, PALE, RED, GREY = "#1f5fa8", "#a9c7e8", "#b3261e", "#777777"


def chinese_font() -> str | None:
    """An installed font with Chinese characters; None where there is none."""
    installed = {font.name for font in font_manager.fontManager.ttflist}
    return next((name for name in CHINESE_FONTS if name in installed), None)


def use_fonts() -> bool:
    """Sets the font; returns whether Chinese labels can be drawn."""
    font = chinese_font()
    if font:
        plt.rcParams["font.family"] = [font, "DejaVu Sans"]
        plt.rcParams["axes.unicode_minus"] = False
    return font is not None


def _figure(width: float, height: float) -> tuple[Any, Any]:
    figure, axes = plt.subplots(figsize=(width, height), dpi=110)
    axes.spines[["top", "right"]].set_visible(False)
    return figure, axes


def _save(figure: Any, path: Path) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    figure.tight_layout()
    figure.savefig(path)
    plt.close(figure)
    return path


def bars(path: Path, title: str, found: Sequence[Rate]) -> Path:
    """Horizontal bars of shares with their 95 % intervals, near misses paler behind."""
    figure, axes = _figure(7.5, 0.9 + 0.34 * len(found))
    places = np.arange(len(found))[::-1]
    axes.barh(places, [r.near_share for r in found], color=PALE, label="among the first three, or offered")
    axes.barh(places, [r.share for r in found], color=BLUE, label="right")
    for place, one in zip(places, found, strict=True):
        axes.plot(one.interval, (place, place), color="black", linewidth=1)
        axes.text(1.01, place, f"{one.share:.1%}", va="center", fontsize=8)
    axes.set_yticks(places, [f"{r.name} ({r.count})" for r in found], fontsize=8)
    axes.set_xlim(0, 1.08)
    axes.set_ylim(-0.6, len(found) - 0.4)
    axes.set_title(title, fontsize=10)
    axes.legend(
        fontsize=7,
        loc="upper center",
        bbox_to_anchor=(0.5, -0.3 / (0.9 + 0.34 * len(found)) - 0.02),
        ncols=2,
        frameon=False,
    )
    return _save(figure, path)


def systems(path: Path, title: str, found: Sequence[RankRate]) -> Path:
    """Top-1 and top-3 shares of several systems."""
    figure, axes = _figure(7.5, 0.9 + 0.34 * len(found))
    places = np.arange(len(found))[::-1]
    axes.barh(places, [r.top3 for r in found], color=PALE, label="among the first three")
    axes.barh(places, [r.top1 for r in found], color=BLUE, label="first")
    for place, one in zip(places, found, strict=True):
        axes.text(1.01, place, f"{one.top1:.1%} / {one.top3:.1%}", va="center", fontsize=8)
    axes.set_yticks(places, [r.system for r in found], fontsize=8)
    axes.set_xlim(0, 1.18)
    axes.set_ylim(-0.6, len(found) - 0.4)
    axes.set_title(title, fontsize=10)
    axes.legend(
        fontsize=7,
        loc="upper center",
        bbox_to_anchor=(0.5, -0.3 / (0.9 + 0.34 * len(found)) - 0.02),
        ncols=2,
        frameon=False,
    )
    return _save(figure, path)


def calibration_curve(path: Path, bins: Sequence[Bin], error: float) -> Path:
    """Confidence against accuracy; the size of a point is the number of answers."""
    figure, axes = _figure(4.6, 4.4)
    axes.plot((0, 1), (0, 1), color=GREY, linestyle="--", linewidth=1)
    largest = max((b.count for b in bins), default=1)
    axes.plot([b.confidence for b in bins], [b.accuracy for b in bins], color=BLUE, linewidth=1)
    sizes = [20 + 180 * b.count / largest for b in bins]
    axes.scatter([b.confidence for b in bins], [b.accuracy for b in bins], s=sizes, color=BLUE)
    axes.set_xlabel("confidence of the card")
    axes.set_ylabel("share of answers that were right")
    axes.set_xlim(0, 1.02)
    axes.set_ylim(0, 1.05)
    axes.set_title(f"Calibration (expected error {error:.3f})", fontsize=10)
    return _save(figure, path)


def refusal_curve(path: Path, found: Sequence[TradeOff], chosen: float) -> Path:
    """Outsiders caught against good questions refused, for each threshold; the one in force is marked."""
    figure, axes = _figure(4.6, 4.4)
    axes.plot([t.refused for t in found], [t.recall for t in found], color=BLUE)
    nearest = min(found, key=lambda t: abs(t.threshold - chosen))
    axes.scatter([nearest.refused], [nearest.recall], color=RED, zorder=3)
    axes.annotate(
        f"threshold {chosen:g}", (nearest.refused, nearest.recall), (6, -12), textcoords="offset points"
    )
    axes.set_xlabel("good questions refused")
    axes.set_ylabel("outsiders caught")
    axes.set_xlim(0, 0.25)
    axes.set_ylim(0.5, 1.01)
    axes.set_title("Out of scope: search alone", fontsize=10)
    return _save(figure, path)


def latency_curve(path: Path, seconds: Sequence[float]) -> Path:
    """Share of replies that came within a time."""
    figure, axes = _figure(5.2, 3.6)
    spent = np.sort(np.asarray(seconds)) * 1e3
    axes.plot(spent, np.arange(1, len(spent) + 1) / max(1, len(spent)), color=BLUE)
    axes.set_xlabel("milliseconds")
    axes.set_ylabel("share of replies")
    axes.set_xscale("log")
    axes.set_title("Reply time through REST", fontsize=10)
    return _save(figure, path)


def confusion_matrix(path: Path, found: Sequence[tuple[str, str, int]], size: int = 14) -> Path:
    """Wanted against shown for the commonest confusions."""
    top = found[:size]
    wanted = list(dict.fromkeys(w for w, _, _ in top))
    shown = list(dict.fromkeys(s for _, s, _ in top))
    counts = np.zeros((len(wanted), len(shown)))
    for one, other, count in top:
        counts[wanted.index(one), shown.index(other)] = count
    figure, axes = _figure(4.0 + 0.42 * len(shown), 3.2 + 0.3 * len(wanted))
    axes.imshow(counts, cmap="Blues", aspect="auto")
    for (row, column), count in np.ndenumerate(counts):
        if count:
            axes.text(column, row, int(count), ha="center", va="center", fontsize=8, color="white" if count > counts.max() / 2 else "black")  # fmt: skip
    axes.set_yticks(range(len(wanted)), wanted, fontsize=7)
    axes.set_xticks(range(len(shown)), shown, fontsize=7, rotation=60, ha="right")
    axes.set_ylabel("wanted")
    axes.set_xlabel("shown first")
    axes.set_title("Commonest confusions", fontsize=10)
    return _save(figure, path)
