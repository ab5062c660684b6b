"""Our runner of Rasa's graph gives what Rasa's own gives."""

from __future__ import annotations

from typing import Any

import pytest
from rasa.engine.graph import ExecutionContext, GraphComponent, GraphSchema, SchemaNode
from rasa.engine.runner.dask import DaskGraphRunner

from bot.planned_runner import PlannedRunner

ran: list[str] = []


class Join(GraphComponent):
    """Puts its name behind what it is given."""

    def __init__(self, name: str) -> None:
        self._name = name

    @classmethod
    def create(cls, config: dict[str, Any], *_: Any, **__: Any) -> Join:
        """Named by its configuration."""
        return cls(config["name"])

    def join(self, **given: str) -> str:
        """What came in, in the order of its names, and the own name."""
        ran.append(self._name)
        if self._name == "broken":
            raise ValueError("broken on purpose")
        return "".join(given[key] for key in sorted(given)) + self._name


def node(name: str, **needs: str) -> SchemaNode:
    return SchemaNode(needs, Join, "create", "join", {"name": name}, eager=True)


@pytest.fixture
def loaded() -> DaskGraphRunner:
    # Written down against the order in which they have to run.
    nodes = {
        "d": node("d", x="b", y="c"),
        "aside": node("aside", x="__message__"),
        "c": node("c", x="a", y="__tracker__"),
        "b": node("b", x="a"),
        "a": node("a", x="__message__"),
        "broken": node("broken", x="a"),
    }
    schema = GraphSchema(nodes)
    return DaskGraphRunner.create(schema, None, ExecutionContext(schema))  # type: ignore[arg-type]


def test_the_same_outcome_and_nothing_that_is_not_needed(loaded: DaskGraphRunner) -> None:
    runner, inputs = PlannedRunner(loaded), {"__message__": "m", "__tracker__": "t"}
    theirs = loaded.run(dict(inputs), ["d"])
    ran.clear()
    assert runner.run(inputs, ["d"]) == theirs == {"d": "mabmatcd"}
    assert sorted(ran) == ["a", "b", "c", "d"]
    assert ran[0] == "a" and ran[-1] == "d"


def test_every_run_is_a_new_one(loaded: DaskGraphRunner) -> None:
    runner = PlannedRunner(loaded)
    assert runner.run({"__message__": "m", "__tracker__": ""}, ["a"]) == {"a": "ma"}
    assert runner.run({"__message__": "n", "__tracker__": ""}, ["a"]) == {"a": "na"}
    assert runner.run({"__message__": "n", "__tracker__": "t"}, ["b", "c"]) == {"b": "nab", "c": "natc"}


def test_a_component_that_fails_fails_as_in_rasas_runner(loaded: DaskGraphRunner) -> None:
    inputs = {"__message__": "m", "__tracker__": "t"}
    with pytest.raises(Exception) as theirs:
        loaded.run(dict(inputs), ["broken"])
    with pytest.raises(type(theirs.value), match="broken"):
        PlannedRunner(loaded).run(inputs, ["broken"])
