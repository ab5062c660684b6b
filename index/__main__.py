"""Command line of the index: build it, or ask it."""

from __future__ import annotations

import argparse
import sys
import time

from index.encoder import load_encoder
from index.guide import Guide, frequencies, save_frequencies
from index.lines import LineError, read_lines, unknown_targets
from index.normalise import Normaliser
from index.settings import Settings, load_settings
from index.store import IndexMismatch, build, manifest, read_manifest
from index.words import domain_words
from knowledge.catalogue import Catalogue, load_catalogue
from knowledge.errors import CatalogueError


def _progress(message: str) -> None:
    print(f"  {message}", flush=True)


def _build(settings: Settings, catalogue: Catalogue) -> None:
    lines = read_lines(settings.lines)
    unknown = unknown_targets(lines, catalogue)
    if unknown:
        raise LineError(f"data/lines 里有目录中没有的目标：{'、'.join(sorted(unknown))}")
    encoder = load_encoder(settings.encoder)
    wanted = manifest(encoder.name, encoder.dimension, catalogue, lines)
    try:
        if read_manifest(settings.index) == wanted:
            print("索引没有变化，不用重建")
            return
    except IndexMismatch:
        pass
    begun = time.time()
    print(f"建立索引：{len(lines)}条训练语句，{len(catalogue.matters)}个事项", flush=True)
    counted = frequencies(lines)
    normaliser = Normaliser.from_words(domain_words(), counted)
    build(settings.index, encoder, catalogue, lines, normaliser, _progress)
    save_frequencies(settings.index, counted)
    print(f"索引建好了，用了{time.time() - begun:.0f}秒")


def _ask(settings: Settings, catalogue: Catalogue, text: str) -> None:
    guide = Guide.load(settings, catalogue)
    begun = time.perf_counter()
    understood = guide.understand(text)
    spent = (time.perf_counter() - begun) * 1e3
    print(f"规范化：{understood.text}   {spent:.1f}毫秒   清单外概率 {understood.result.outside:.3f}")
    for hit in (understood.result.kept + understood.result.rejected)[:8]:
        mark = " " if hit in understood.result.kept else "×"
        print(
            f"{mark} {hit.probability:.3f} {hit.similarity:.3f} {hit.kind:8s} {hit.target}  ← {hit.nearest}"
        )
    for part, result in understood.clauses:
        best = (result.kept or result.rejected)[0]
        print(f"  分句 {part}: {best.probability:.3f} {best.target}")
    print(understood.mentions)


def main(arguments: list[str] | None = None) -> int:
    """`python -m index build` or `python -m index ask TEXT`; returns the exit status."""
    parser = argparse.ArgumentParser(prog="python -m index")
    commands = parser.add_subparsers(dest="command", required=True)
    commands.add_parser("build", help="建立索引（没有变化就跳过）")
    ask = commands.add_parser("ask", help="看一句话被怎么理解")
    ask.add_argument("text")
    options = parser.parse_args(arguments)
    settings = load_settings()
    try:
        catalogue = load_catalogue()
        if options.command == "build":
            _build(settings, catalogue)
        else:
            _ask(settings, catalogue, options.text)
    except (CatalogueError, LineError, IndexMismatch) as error:
        print(error, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
