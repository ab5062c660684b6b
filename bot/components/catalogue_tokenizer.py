"""Jieba with the catalogue's vocabulary; the dictionary is taught from the catalogue, not from a file beside it."""

from __future__ import annotations

import logging
from typing import Any

import jieba
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.tokenizers.jieba_tokenizer import JiebaTokenizer

from index.words import domain_words, teach_jieba
from knowledge.catalogue import Catalogue, load_catalogue


def vocabulary(catalogue: Catalogue) -> set[str]:
    """Names that have to stay whole: regions, departments, places, certificates, everyday domain words."""
    words = set(domain_words())
    for region in catalogue.regions.values():
        words |= {region.short, *region.aliases}
    for department in catalogue.departments:
        words |= set(department.names)
    for place, aliases in catalogue.place_aliases.items():
        words |= {place, *aliases}
    for matter in catalogue.matters.values():
        words |= set(matter.shown_certificates)
    return {word for word in words if 2 <= len(word) <= 12}


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_TOKENIZER, is_trainable=False)
class CatalogueTokenizer(JiebaTokenizer):
    """Rasa's JiebaTokenizer with our vocabulary."""

    def __init__(self, config: dict[str, Any], model_storage: ModelStorage, resource: Resource) -> None:
        """Teaches jieba's process-wide dictionary before the first message."""
        jieba.setLogLevel(logging.WARNING)
        teach_jieba(vocabulary(load_catalogue()))
        super().__init__(config, model_storage, resource)
