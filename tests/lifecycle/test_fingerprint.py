"""A model belongs to what it was trained on: any edit gives it another name."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.launcher.build import _EPOCHS
from bot.launcher.fingerprint import Fingerprint, features
from bot.launcher.processes import Child, Log

FILES = {
    "config.yml": "inputs",
    "domain.yml": "inputs",
    "data/nlu/events.yml": "inputs",
    "data/rules/events.yml": "inputs",
    "var/nlu/lines.yml": "inputs",
    "bot/components/featurizer.py": "surroundings",
    "index/search.py": "surroundings",
    "index/data/words.txt": "surroundings",
    "knowledge/lists/changle.individual.csv": "surroundings",
    "knowledge/regions.csv": "surroundings",
    "var/index/manifest.json": "surroundings",
}


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    for name in FILES:
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(name)
    return tmp_path


@pytest.mark.parametrize("name", FILES)
def test_every_edit_counts(tree: Path, name: str) -> None:
    before = Fingerprint.of(tree)
    (tree / name).write_text("edited")
    after = Fingerprint.of(tree)
    changed = {part for part in ("inputs", "surroundings") if getattr(before, part) != getattr(after, part)}
    assert changed == {FILES[name]}
    assert before.model_name != after.model_name


def test_only_what_makes_features_asks_for_training_from_scratch(tree: Path) -> None:
    before = features(["公积金"], tree)
    for name, part in FILES.items():
        (tree / name).write_text("edited")
        after = features(["公积金"], tree)
        assert (after != before) == (part == "surroundings" and name.startswith(("bot", "index"))), name
        before = after
    assert features(["公积金", "户口"], tree) != before


def test_a_file_that_comes_or_goes_counts(tree: Path) -> None:
    before = Fingerprint.of(tree)
    (tree / "data/nlu/new.yml").write_text("")
    with_new = Fingerprint.of(tree)
    assert with_new != before
    (tree / "data/nlu/new.yml").unlink()
    assert Fingerprint.of(tree) == before


def test_other_files_do_not_count(tree: Path) -> None:
    before = Fingerprint.of(tree)
    (tree / "README.md").write_text("x")
    (tree / "actions").mkdir()
    (tree / "actions/guide.py").write_text("x")
    (tree / "knowledge/places").mkdir()
    (tree / "knowledge/places/changle.csv").write_text("x")
    assert Fingerprint.of(tree) == before


def test_progress_is_read_from_a_training_log() -> None:
    bar = "Epochs:  40%|####      | 20/50 [00:12<00:18,  1.62it/s, t_loss=3.2]"
    match = _EPOCHS.search(bar)
    assert match and match.groups() == ("20", "50", "00:12", "00:18")


def test_a_log_tells_problems_and_does_not_repeat_itself(tmp_path: Path) -> None:
    path = tmp_path / "a.log"
    path.write_text("ERROR of an earlier run\n")
    log = Log(path)
    with path.open("a") as file:
        file.write(
            "\x1b[31m12:00 ERROR one\x1b[0m\nall well\n" + "12:01 ERROR two\n" * 9 + "ValueError: three\n"
        )
    assert log.new_problems() == ["12:00 ERROR one", *["12:01 ERROR two"] * 3, "ValueError: three"]
    assert log.new_problems() == []


def test_a_child_writes_its_log_and_is_stopped(tmp_path: Path) -> None:
    child = Child.start("probe", ["http.server", "0", "--bind", "127.0.0.1"], tmp_path / "logs" / "probe.log")
    assert child.status() is None
    child.stop()
    assert child.status() is not None
