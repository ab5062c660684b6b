"""Trains the Rasa model in a process of its own: `python -m bot.launcher.train FOLDER NAME [--force]`."""

from __future__ import annotations

import argparse
import os
import shutil
import sys

from rasa.api import train
from rasa.shared.exceptions import RasaException

from bot.components.catalogue_tokenizer import vocabulary
from bot.launcher.fingerprint import TRAINING_DATA, features
from bot.launcher.rasa_process import set_up
from bot.launcher.settings import ROOT
from knowledge.catalogue import load_catalogue

CACHES = ROOT / "var" / "training-cache"


def use_cache_of(features: str) -> None:
    """Makes Rasa keep what it trained under these features, and forgets what was trained under others."""
    for other in CACHES.glob("*"):
        if other.name != features:
            shutil.rmtree(other, ignore_errors=True)
    os.environ["RASA_CACHE_DIRECTORY"] = str(CACHES / features)


def main() -> int:
    """Trains from config.yml, domain.yml and the training data; returns the exit status."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder")
    parser.add_argument("name")
    parser.add_argument("--force", action="store_true")
    options = parser.parse_args()
    set_up()
    use_cache_of(features(vocabulary(load_catalogue())))
    try:
        result = train(
            domain=str(ROOT / "domain.yml"),
            config=str(ROOT / "config.yml"),
            training_files=[str(ROOT / folder) for folder in TRAINING_DATA if (ROOT / folder).exists()],
            output=options.folder,
            fixed_model_name=options.name,
            force_training=options.force,
        )
    except RasaException as error:
        print(f"{type(error).__name__}: {error}")
        return 1
    return 0 if result.model and result.code == 0 else 1


if __name__ == "__main__":
    sys.exit(main())
