"""What a person lives through, the conditions that shape it, and the chain of matters it leads to."""

from __future__ import annotations

from dataclasses import dataclass

from knowledge.matter import Matter


@dataclass(frozen=True)
class ConditionOption:
    """One answer to a condition's question, with the words by which people say it."""

    condition: str
    value: str
    label: str
    words: tuple[str, ...]

    @property
    def id(self) -> str:
        """`condition=value`."""
        return f"{self.condition}={self.value}"


@dataclass(frozen=True)
class Condition:
    """A question that settles which steps of a chain apply."""

    id: str
    question: str
    why: str
    options: tuple[ConditionOption, ...]

    def option(self, value: str) -> ConditionOption:
        """The option with this value; raises KeyError where there is none."""
        for option in self.options:
            if option.value == value:
                return option
        raise KeyError(f"{self.id}={value}")


@dataclass(frozen=True)
class ScenarioStep:
    """A step as authored: a concept (or all matters of a list's scene), its part of the scenario, and its condition."""

    part: int
    concept: str
    scene: str
    regions: tuple[str, ...]
    condition: str

    def applies_in(self, region: str) -> bool:
        """Whether the step was written for this region (no regions named = all)."""
        return not self.regions or region in self.regions


@dataclass(frozen=True)
class Scenario:
    """A life event or business event; `origin` is listed (a scene of the lists) or composed (ours)."""

    id: str
    title: str
    audience: str
    shape: str
    origin: str
    tone: str
    next: tuple[str, ...]
    steps: tuple[ScenarioStep, ...]

    @property
    def is_menu(self) -> bool:
        """A menu offers matters of which a person needs one or three; a sequence is done whole and in order."""
        return self.shape == "menu"


@dataclass(frozen=True)
class ChainStep:
    """One matter of a chain, with the option (`condition=value`) under which it applies, if any."""

    matter: Matter
    condition: ConditionOption | None
    settled: bool = False


@dataclass(frozen=True)
class Chain:
    """The ordered matters of a scenario in one region, given the facts known so far.

    `left_out` are the steps that the facts rule out; `open_conditions` are those whose answer would change the chain.
    """

    scenario: Scenario
    region: str
    steps: tuple[ChainStep, ...]
    left_out: tuple[ChainStep, ...]
    open_conditions: tuple[Condition, ...]

    @property
    def matters(self) -> tuple[Matter, ...]:
        """The matters in order."""
        return tuple(step.matter for step in self.steps)

    @property
    def scene(self) -> str | None:
        """The list's own word for the scene, where all steps share one."""
        scenes = {step.matter.scene for step in self.steps}
        return scenes.pop() if len(scenes) == 1 else None
