"""Further wishes: what the model is shown, what it says, and the messages that it was fitted on."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.clauses import every_part
from index.further import FEATURES, WEIGHTS, FurtherWishes
from index.lines import read_lines, unknown_targets
from index.store import target_list
from knowledge.catalogue import Catalogue

SEVERAL = Path(__file__).resolve().parents[2] / "data" / "several"
PARTS = ("娃要上小学得报名", "我刚被裁也想领那个钱")


@pytest.fixture(scope="module")
def further(catalogue: Catalogue) -> FurtherWishes:
    return FurtherWishes.load(target_list(catalogue), catalogue)


def _found(catalogue: Catalogue, **shares: float) -> np.ndarray:
    """Probabilities over all targets: these, and what is left for out of scope."""
    names = [name for name, _ in target_list(catalogue)]
    found = np.zeros(len(names))
    for name, share in shares.items():
        found[names.index(name.replace("_", "-"))] = share
    found[-1] = 1 - found.sum()
    return found


def test_a_wish_with_a_part_of_its_own_is_found(further: FurtherWishes, catalogue: Catalogue) -> None:
    whole = _found(catalogue, primary_school_enrolment=0.5, unemployment_benefit=0.2)
    parts = [
        _found(catalogue, primary_school_enrolment=0.9),
        _found(catalogue, unemployment_benefit=0.8),
    ]
    found = further("，".join(PARTS), whole, PARTS, parts)
    assert found[0].target == "unemployment-benefit" and found[0].probability > 0.4


def test_what_no_part_asks_for_is_none(further: FurtherWishes, catalogue: Catalogue) -> None:
    whole = _found(catalogue, primary_school_enrolment=0.9, unemployment_benefit=0.002)
    parts = [_found(catalogue, primary_school_enrolment=0.9)] * 2
    assert further("，".join(PARTS), whole, PARTS, parts) == ()


def test_a_clear_message_is_not_taken_apart(further: FurtherWishes, catalogue: Catalogue) -> None:
    assert not further.may_hold(_found(catalogue, primary_school_enrolment=0.99))
    assert further.may_hold(_found(catalogue, primary_school_enrolment=0.9, unemployment_benefit=0.01))


def test_a_part_of_the_first_is_no_further_wish(further: FurtherWishes, catalogue: Catalogue) -> None:
    """A chain and one of its matters are one wish, and so are a scenario and its variant."""
    step = next(s.concept for s in catalogue.scenarios["second-hand-home"].steps if s.concept)
    names = [name for name, _ in target_list(catalogue)]
    whole = _found(catalogue, second_hand_home=0.6)
    part = _found(catalogue)
    part[names.index(step)] = 0.9
    rows = further.evidence("，".join(PARTS), whole, PARTS, [whole, part])
    assert step not in [names[row.target] for row in rows]


def test_more_of_a_part_is_never_less_of_a_wish(further: FurtherWishes, catalogue: Catalogue) -> None:
    whole = _found(catalogue, primary_school_enrolment=0.6, unemployment_benefit=0.2)
    sure = []
    for share in (0.2, 0.5, 0.9):
        parts = [
            _found(catalogue, primary_school_enrolment=0.9),
            _found(catalogue, unemployment_benefit=share),
        ]
        sure.append(max((f.probability for f in further("，".join(PARTS), whole, PARTS, parts)), default=0.0))
    assert sure == sorted(sure) and sure[0] < sure[-1]


def test_weights_for_other_features_are_refused(catalogue: Catalogue, tmp_path: Path) -> None:
    other = json.loads(WEIGHTS.read_text(encoding="utf-8")) | {"features": list(FEATURES[1:])}
    path = tmp_path / "further.json"
    path.write_text(json.dumps(other), encoding="utf-8")
    with pytest.raises(ValueError, match=r"further\.json"):
        FurtherWishes.load(target_list(catalogue), catalogue, path)


@given(st.text(alphabet="我想办证了，。？！ a1\n", max_size=80))
def test_parts_hold_nothing_new_and_keep_the_end(text: str) -> None:
    parts = every_part(text)
    assert 1 <= len(parts) <= 6
    assert all(part in text for part in parts)
    assert not text.strip("，,。；;、 \n") or text.rstrip("，,。；;、 \n")[-1] in parts[-1]


def test_messages_with_one_wish_and_with_several_are_as_many(catalogue: Catalogue) -> None:
    lines = read_lines(SEVERAL)
    assert not unknown_targets(lines, catalogue)
    for source in {line.source for line in lines}:
        wishes: dict[str, int] = {}
        for line in lines:
            if line.source == source:
                wishes[line.text] = wishes.get(line.text, 0) + 1
        several = sum(count > 1 for count in wishes.values())
        assert 0.4 < several / len(wishes) < 0.6
