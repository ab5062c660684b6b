"""Thresholds of the answer bands, each chosen on our own held-out set (docs/quality.md)."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Policy:
    """Probabilities between 0 and 1."""

    # At or above: answered at once.
    answer: float = 0.30
    # Between `clarify` and `clarify_below` with several candidates: asked which one.
    clarify: float = 0.04
    clarify_below: float = 0.10
    # A candidate is offered as an option from this on.
    option: float = 0.04
    # Out of scope from this probability on, if nothing is likelier.
    outside: float = 0.45
    # From this probability on a message is a wish by itself, and a look-up only if it is nothing else.
    clear: float = 0.6
    # Below this the dialogue intent out_of_scope may decide.
    doubt: float = 0.35
    # The region's best candidate must have this share of what other regions' lists would answer.
    here: float = 0.25
    # Both audiences are answered if the second has this share of the first.
    other_audience: float = 0.25
    # The other audience's answer is given where the audience named has none and this is so sure.
    other_sure: float = 0.6
    # A message that brings nothing new is out of scope from this on, by itself.
    far_off: float = 0.6
    # Inside a menu, one matter is picked if it has this share of the menu's probability.
    pick: float = 0.1
    # The same for a matter that holds only under a condition which is still open.
    alternative: float = 0.2
    # One of the matters under one name is meant from this share on.
    narrower: float = 0.3
    # The same for a sequence: one of its matters is meant rather than the whole.
    specific: float = 1.0
    # The same for a sequence where an aspect is asked.
    asked: float = 0.5
    # The same for a composed scenario where the message speaks of a permit.
    licence: float = 0.01
    # The same for a composed scenario of which a part is being talked about.
    further_on: float = 0.05
    # A sequence that opens with the matter meant is shown instead of it from this share on.
    opens: float = 0.6
    # A sequence follows its first matter, and a further matter is added, from these shares on.
    follow: float = 0.03
    also: float = 0.03
    # A further matter of another scene of the same stage is added from this share on.
    also_stage: float = 0.1
    # A further wish (index/further.py) is answered too from this probability on.
    further: float = 0.40
    # Each of two requests must be this sure.
    second: float = 0.25


POLICY = Policy()
