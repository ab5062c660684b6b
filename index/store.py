"""Builds, saves and loads the index; a manifest refuses what does not fit together."""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import faiss
import numpy as np

from index.encoder import Encoder
from index.lines import OUT_OF_SCOPE, Line, titles
from index.normalise import Normaliser
from index.search import Searcher
from index.settings import Settings
from index.tfidf import TfIdf
from knowledge.catalogue import Catalogue

FORMAT = 4
Progress = Callable[[str], None]


class IndexMismatch(Exception):
    """The saved index was made for another encoder, catalogue, set of lines or program; build it again."""


def target_list(catalogue: Catalogue) -> list[tuple[str, str]]:
    """Every target with its kind; matters that no concept stands for are targets of their own."""
    found = [(name, "concept") for name in catalogue.concepts]
    found += [(name, "scenario") for name in catalogue.scenarios]
    found += [(name, "variant") for name in catalogue.variants]
    found += [(m.id, "matter") for m in catalogue.matters.values() if not catalogue.concepts_of(m.id)]
    return [*found, (OUT_OF_SCOPE, OUT_OF_SCOPE)]


def wordings(catalogue: Catalogue) -> list[tuple[str, str]]:
    """(target, wording) pairs of the catalogue itself: titles, aliases, printed names of matters."""
    found = list(titles(catalogue).items())
    for concept in catalogue.concepts.values():
        found += [(concept.id, alias) for alias in concept.aliases]
    for matter in catalogue.matters.values():
        for owner in catalogue.concepts_of(matter.id) or (matter.id,):
            found.append((owner, matter.title))
            if matter.submatter:
                found.append((owner, matter.shown("submatter")))
    return sorted(set(found))


def manifest(encoder: str, dimension: int, catalogue: Catalogue, lines: Sequence[Line]) -> dict[str, object]:
    """What an index belongs to."""
    digest = hashlib.sha256()
    for line in lines:
        digest.update(f"{line.target}\t{line.kind}\t{line.text}\n".encode())
    return {
        "format": FORMAT,
        "encoder": encoder,
        "dimension": dimension,
        "catalogue": catalogue.version,
        "lines": digest.hexdigest()[:16],
        "count": len(lines),
    }


def encode_all(
    encoder: Encoder, texts: Sequence[str], known: dict[str, np.ndarray], progress: Progress, what: str
) -> np.ndarray:
    """Vectors of all texts on two threads; texts with a known vector are not encoded again."""
    fresh = sorted({text for text in texts if text not in known})
    size, done = 256, 0
    with ThreadPoolExecutor(2) as pool:
        chunks = [fresh[i : i + size] for i in range(0, len(fresh), size)]
        for chunk, vectors in zip(chunks, pool.map(encoder.encode, chunks), strict=True):
            known |= dict(zip(chunk, vectors, strict=True))
            done += len(chunk)
            progress(f"{what}：{done}/{len(fresh)}")
    return np.stack([known[text] for text in texts])


def build(
    folder: Path,
    encoder: Encoder,
    catalogue: Catalogue,
    lines: Sequence[Line],
    normaliser: Normaliser,
    progress: Progress = lambda message: None,
) -> None:
    """Builds the index into `folder`, replacing what was there only when all is written."""
    targets = target_list(catalogue)
    position = {name: i for i, (name, _) in enumerate(targets)}
    texts = [normaliser(line.text) for line in lines]
    labels = np.array([position[line.target] for line in lines], np.int64)
    known = known_vectors(folder, encoder)
    vectors = encode_all(encoder, texts, known, progress, "训练语句向量")
    names = wordings(catalogue)
    name_texts = [normaliser(text) for _, text in names]
    name_vectors = encode_all(encoder, name_texts, known, progress, "事项名称向量")
    progress("词语索引")
    tfidf = TfIdf.fit(texts)
    fresh = folder.with_suffix(".new")
    shutil.rmtree(fresh, ignore_errors=True)
    fresh.mkdir(parents=True)
    flat = faiss.IndexFlatIP(vectors.shape[1])
    flat.add(vectors)
    faiss.write_index(flat, str(fresh / "lines.faiss"))
    np.save(fresh / "line_targets.npy", labels)
    np.save(fresh / "title_vectors.npy", name_vectors)
    np.save(fresh / "title_targets.npy", np.array([position[name] for name, _ in names], np.int64))
    tfidf.save(fresh)
    content = {
        "targets": targets,
        "texts": texts,
        "kinds": [line.kind for line in lines],
        "title_texts": name_texts,
    }
    (fresh / "content.json").write_text(json.dumps(content, ensure_ascii=False), encoding="utf-8")
    made = manifest(encoder.name, encoder.dimension, catalogue, lines)
    (fresh / "manifest.json").write_text(json.dumps(made, indent=1), encoding="utf-8")
    shutil.rmtree(folder, ignore_errors=True)
    fresh.rename(folder)


def known_vectors(folder: Path, encoder: Encoder) -> dict[str, np.ndarray]:
    """Vectors of an earlier index of the same encoder, by text."""
    try:
        made = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
        if (made["format"], made["encoder"]) != (FORMAT, encoder.name):
            return {}
        content = json.loads((folder / "content.json").read_text(encoding="utf-8"))
        flat = faiss.read_index(str(folder / "lines.faiss"))
        lines = flat.reconstruct_n(0, flat.ntotal)
        titles_ = np.load(folder / "title_vectors.npy")
    except (OSError, KeyError, ValueError, RuntimeError):
        return {}
    known = dict(zip(content["texts"], lines, strict=True))
    return known | dict(zip(content["title_texts"], titles_, strict=True))


def read_manifest(folder: Path) -> dict[str, object]:
    """The manifest of a saved index; raises IndexMismatch where there is none."""
    try:
        return json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    except (OSError, ValueError):
        raise IndexMismatch(f"{folder} 里没有可用的索引，请运行 make train") from None


def load(folder: Path, encoder: Encoder, catalogue: Catalogue, settings: Settings) -> Searcher:
    """The searcher of a saved index; raises IndexMismatch where encoder, dimension or catalogue is another."""
    made = read_manifest(folder)
    expected = {
        "format": FORMAT,
        "encoder": encoder.name,
        "dimension": encoder.dimension,
        "catalogue": catalogue.version,
    }
    for key, value in expected.items():
        if made.get(key) != value:
            raise IndexMismatch(f"索引的{key}是{made.get(key)}，现在是{value}，请运行 make train")
    content = json.loads((folder / "content.json").read_text(encoding="utf-8"))
    flat = faiss.read_index(str(folder / "lines.faiss"))
    return Searcher(
        targets=[(name, kind) for name, kind in content["targets"]],
        lines=content["texts"],
        line_targets=np.load(folder / "line_targets.npy"),
        line_kinds=content["kinds"],
        vectors=flat.reconstruct_n(0, flat.ntotal),
        tfidf=TfIdf.load(folder, len(content["texts"])),
        title_vectors=np.load(folder / "title_vectors.npy"),
        title_targets=np.load(folder / "title_targets.npy"),
        settings=settings,
    )
