"""Flows as values: their steps in order, and what interrupts them. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from app.conversation.step import SlotType, Step
from app.parsing.meanings import Command


@dataclass(frozen=True, slots=True)
class Flow:
    """A conversation: its steps by id, in the order of the file.

    Attributes:
        file: As faults name it.
        version: Raised by whoever changes what its slots or answers mean.
        given: The slots that are set by who enters the flow.
        comes_back: Left before its end, it is taken up again at a good moment.
    """

    name: str
    version: int
    steps: Mapping[str, Step]
    given: Mapping[str, SlotType] = field(default_factory=dict)
    file: str = ""
    comes_back: bool = False

    @property
    def first(self) -> str:
        """The id of the step a flow begins with."""
        return next(iter(self.steps))


@dataclass(frozen=True, slots=True)
class Interrupt:
    """What a command does in the middle of anything, and when nothing waits.

    Attributes:
        say: What is said; empty where the flow entered says it.
        enter: The flow it goes into, setting the present one aside.
        always: It is obeyed even where the waiting question has a row of the same name.
    """

    id: str
    commands: tuple[Command, ...]
    line: int
    say: str = ""
    enter: str | None = None
    always: bool = False


@dataclass(frozen=True, slots=True)
class Flows:
    """Every flow, the interrupts in their order, and the languages offered.

    Attributes:
        languages: Code and own name of each language with a complete catalog, by code.
        wordings: By what is told, the whole sentences that tell it in all languages, `{}` in them.
    """

    flows: Mapping[str, Flow]
    interrupts: tuple[Interrupt, ...] = ()
    languages: Mapping[str, str] = field(default_factory=dict)
    wordings: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def step(self, flow: str, step_id: str) -> Step | None:
        """Find a step, or None where the flow or the step is no longer there."""
        found = self.flows.get(flow)
        return found.steps.get(step_id) if found else None
