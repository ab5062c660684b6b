"""Encodes a message once: its vector becomes a dense feature for DIET, and the same vector searches the catalogue."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import numpy as np
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.featurizers.dense_featurizer.dense_featurizer import DenseFeaturizer
from rasa.nlu.tokenizers.tokenizer import Tokenizer
from rasa.shared.nlu.constants import FEATURE_TYPE_SENTENCE, FEATURE_TYPE_SEQUENCE, TEXT
from rasa.shared.nlu.training_data.features import Features
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from index.guide import Guide
from index.settings import load_settings
from index.store import known_vectors
from knowledge.catalogue import load_catalogue

GUIDANCE = "guidance"
EARLIER = "earlier"
"""Key of a message's metadata: what the conversation is about (bot/processor.py)."""


@lru_cache(maxsize=1)
def shared_guide() -> Guide:
    """The process's one guide; raises IndexMismatch where the index has to be built first."""
    return Guide.load(load_settings(), load_catalogue())


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_FEATURIZER, is_trainable=False)
class SemanticGuide(DenseFeaturizer, GraphComponent):
    """Sets the sentence vector as dense features and `guidance` (hits, mentions, clauses) as output of NLU.

    The sequence feature repeats the sentence vector for every token, because DIET wants both kinds.
    """

    @classmethod
    def required_components(cls) -> list[type]:
        """Components that have to stand before this one."""
        return [Tokenizer]

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """`index` is the hash of what the index was made from: it keeps Rasa's training cache honest."""
        return {**DenseFeaturizer.get_default_config(), "alias": "semantic"}

    def __init__(self, config: dict[str, Any], name: str, guide: Guide) -> None:
        super().__init__(name, config)
        self._guide = guide

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> SemanticGuide:
        """A component around the process's guide."""
        return cls(config, execution_context.node_name, shared_guide())

    @classmethod
    def validate_config(cls, config: dict[str, Any]) -> None:
        """There is nothing to set."""

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """Features for all examples; vectors that the index holds already are taken from there."""
        known = known_vectors(load_settings().index, self._guide.encoder)
        for message in training_data.training_examples:
            text = message.get(TEXT)
            if text:
                plain = self._guide.normaliser(text)
                vector = known.get(plain)
                self._set(message, self._guide.encoder.encode([plain])[0] if vector is None else vector)
        return training_data

    def process(self, messages: list[Message]) -> list[Message]:
        """Features and guidance for incoming messages."""
        for message in messages:
            text = message.get(TEXT)
            if text:
                earlier = str((message.get("metadata") or {}).get(EARLIER) or "")
                understood = self._guide.understand(text, earlier)
                self._set(message, understood.vector)
                message.set(GUIDANCE, understood.as_message(), add_to_output=True)
        return messages

    def _set(self, message: Message, vector: np.ndarray) -> None:
        tokens = message.get("text_tokens") or []
        sentence = vector.reshape(1, -1)
        for kind, values in (
            (FEATURE_TYPE_SEQUENCE, np.repeat(sentence, max(1, len(tokens)), axis=0)),
            (FEATURE_TYPE_SENTENCE, sentence),
        ):
            message.add_features(Features(values, kind, TEXT, self._config["alias"]))
