"""The contract of our Rasa components: tokens, features, and what they leave in the message."""

from __future__ import annotations

from types import SimpleNamespace

import numpy as np
import pytest
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.components import semantic_guide
from bot.components.catalogue_tokenizer import CatalogueTokenizer
from bot.components.semantic_guide import GUIDANCE, SemanticGuide
from index.encoder import load_encoder
from index.guide import Understanding
from index.mentions import Mentions
from index.normalise import fold
from index.search import Hit, SearchResult
from index.settings import load_settings

ENCODER = load_encoder(load_settings().encoder)


class FakeGuide:
    """A guide with the real encoder and one hit, so that no index is needed."""

    encoder = ENCODER
    normaliser = staticmethod(fold)

    def understand(self, text: str, earlier: str = "") -> Understanding:
        result = SearchResult((Hit("birth", "scenario", 0.9, 0.8, "宝宝出生"),), (), 0.05, 0.0, "")
        after = SearchResult((Hit("pregnancy", "scenario", 0.7, 0.8, earlier),), (), 0.05, 0.1, "")
        return Understanding(
            text, ENCODER.encode([text])[0], result, (), Mentions(), after if earlier else None
        )


@pytest.fixture
def component() -> SemanticGuide:
    return SemanticGuide({"alias": "semantic"}, "guide", FakeGuide())  # type: ignore[arg-type]


def tokenised(text: str) -> Message:
    tokenizer = CatalogueTokenizer(CatalogueTokenizer.get_default_config(), None, None)  # type: ignore[arg-type]
    return tokenizer.process([Message.build(text)])[0]


def test_names_of_the_catalogue_stay_whole() -> None:
    tokens = [token.text for token in tokenised("环翠的镇（街道）便民服务中心和残疾人证").get("text_tokens")]
    assert "环翠" in tokens
    assert "残疾人证" in tokens
    assert "便民服务中心" in "".join(tokens)


def test_features_are_the_one_vector_and_not_zero(component: SemanticGuide) -> None:
    message = component.process([tokenised("我家宝宝刚出生")])[0]
    sequence, sentence = message.get_dense_features(TEXT, [])
    assert sentence is not None and sequence is not None
    vector = ENCODER.encode(["我家宝宝刚出生"])[0]
    assert np.allclose(sentence.features[0], vector)
    assert sequence.features.shape == (len(message.get("text_tokens")), ENCODER.dimension)
    assert np.abs(sequence.features).sum() > 0


def test_guidance_goes_out_with_the_message(component: SemanticGuide) -> None:
    message = component.process([tokenised("我家宝宝刚出生")])[0]
    output = message.as_dict(only_output_properties=True)
    assert output[GUIDANCE]["targets"][0][:2] == ["birth", "scenario"]


def test_training_examples_get_features_too(
    component: SemanticGuide, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(semantic_guide, "known_vectors", lambda *_: {})
    data = TrainingData([tokenised("护照到期了"), tokenised("失业金怎么领")])
    component.process_training_data(data)
    vectors = [example.get_dense_features(TEXT, [])[1].features[0] for example in data.training_examples]
    assert not np.allclose(vectors[0], vectors[1])
    assert SimpleNamespace(text=vectors[0].shape) == SimpleNamespace(text=(ENCODER.dimension,))
