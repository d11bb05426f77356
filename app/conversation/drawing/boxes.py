"""What stands in the box of a step: its words, its rows, and where they lead. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from itertools import pairwise
from typing import TYPE_CHECKING

from app.conversation.drawing.measure import ems, wrapped
from app.conversation.step import Ask, Branch, Call, Choose, Do, End, Say, Step

if TYPE_CHECKING:
    from app.conversation.flow import Flow
    from app.conversation.step import Option, Question

WIDTH, EDGE = 350, 14
"""Of a box, and what is left free at its sides."""


class Style(StrEnum):
    """How a line is written; the picture's style sheet has a class for each."""

    HEAD = "head"
    SAID = "said"
    ROW = "row"
    NOTE = "note"


SIZES = {Style.HEAD: 12, Style.SAID: 15, Style.ROW: 14, Style.NOTE: 12}
HEIGHTS = {Style.HEAD: 24, Style.SAID: 22, Style.ROW: 28, Style.NOTE: 18}
"""Of the letters, and of a line; the parts of a box are set apart by `SPACE`."""
SPACE = 6


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a box.

    Attributes:
        leads: The step that this row leads to; None for one that goes on below.
        sign: Stands at the right: the number of the step led to, or an arrow down.
    """

    words: str
    style: Style
    leads: str | None = None
    sign: str = ""

    @property
    def height(self) -> int:
        """How much room it takes."""
        return HEIGHTS[self.style]


@dataclass(frozen=True, slots=True)
class Box:
    """A step as it is drawn; `on` names where it goes on, by number and id, if anywhere."""

    kind: str
    lines: tuple[Line, ...]
    on: str = ""

    @property
    def height(self) -> int:
        """Of the whole box, with room above and below its lines."""
        return self.tops[-1] + self.lines[-1].height + EDGE

    @property
    def tops(self) -> tuple[int, ...]:
        """How far below the box's own top each line begins."""
        tops = [EDGE - SPACE]
        for above, line in pairwise(self.lines):
            apart = SPACE if Style.NOTE in {above.style, line.style} - {above.style} else 0
            tops.append(tops[-1] + above.height + apart)
        return tuple(tops)


def box_of(step: Step, flow: Flow, numbers: Mapping[str, int], said: Callable[[str], str]) -> Box:
    """Make the box of a step.

    Args:
        step: One of the flow's.
        flow: Its own; a step's `next` may be outside of it.
        numbers: Of the flow's steps, as they are drawn.
        said: Says an English sentence in the language of the picture.
    """
    kind = type(step).__name__.lower()
    head = _told(f"{numbers[step.id]} {step.id} · {_kind(step)}", Style.HEAD)
    on = _sign(step.next, numbers) if step.next in flow.steps else ""
    return Box(kind, (*head, *_lines(step, numbers, said)), on)


def _kind(step: Step) -> str:
    does = ""
    match step:
        case Ask(type=kind):
            does = f"asks for {kind.replace('_', ' ')}"
        case Choose():
            does = "asks for one of these"
        case Do(action=action):
            does = f"does: {action.replace('_', ' ')}"
        case Branch(slot=slot):
            does = f"goes on by {{{slot}}}"
        case Call(flow=flow):
            does = f"goes through “{flow}”, then on"
        case Say():
            does = "says"
        case End(sentence=sentence):  # pragma: no branch - mypy holds that no kind is forgotten
            does = "says, and is over" if sentence else "is over"
    return does


def _lines(step: Step, numbers: Mapping[str, int], said: Callable[[str], str]) -> Iterator[Line]:
    match step:
        case Say(sentence=sentence) | End(sentence=sentence):
            yield from _told(said(sentence), Style.SAID) if sentence else ()
        case Ask():
            yield from _told(said(step.sentence), Style.SAID)
            yield from _waits(step, said)
        case Choose():
            yield from _told(said(step.sentence), Style.SAID)
            aside = any(row.next for row in step.options)
            for row in step.options:
                yield from _rows(row, numbers, said, goes_down=aside)
            yield from _waits(step, said)
        case Branch(cases=cases):
            for case, target in cases.items():
                yield Line(case, Style.ROW, target, _short(case, _sign(target, numbers)))
            yield Line("anything else", Style.ROW, sign="↓")
        case Do(given=given):
            yield from (Line(f"{name}: {value}", Style.NOTE) for name, value in given.items())
        case _:
            pass


def _rows(
    row: Option, numbers: Mapping[str, int], said: Callable[[str], str], *, goes_down: bool
) -> Iterator[Line]:
    """Write a row on one line, or the command that means it on a line of its own below."""
    label = row.label if row.is_name else said(row.label)
    sign = _sign(row.next, numbers) or ("↓" if goes_down else "")
    is_new = row.command is not None and row.command != row.label.lower()
    command = str(row.command).upper() if is_new else ""
    whole = f"{label} (or: {command})" if command else label
    if _fits(whole, sign):
        yield Line(whole, Style.ROW, row.next, sign)
    else:
        yield Line(label, Style.ROW, row.next, _short(label, sign))
        yield from _told(f"“{label}” is also: {command}", Style.NOTE) if command else ()


def _short(words: str, sign: str) -> str:
    """Leave of a sign only the number where the words beside it are broad."""
    return sign if _fits(words, sign) else " ".join(sign.split()[:2])


def _fits(words: str, sign: str) -> bool:
    broad = ems(words) * SIZES[Style.ROW] + ems(sign) * SIZES[Style.NOTE]
    return broad + 3 * EDGE <= WIDTH - 2 * EDGE


def _waits(step: Question, said: Callable[[str], str]) -> Iterator[Line]:
    wait = step.wait
    notes = [
        f"Kept as {{{wait.slot}}}",
        *([f"Asked once more: “{said(wait.again)}”"] if wait.again else []),
        f"Not understood: “{said(wait.invalid)}”",
        f"Silence: left after {_span(wait.silence)}",
        *(["Passed over where it is known already"] if _is_passed(step) else []),
        *(["May be left out"] if isinstance(step, Ask) and step.skippable else []),
        *(["Dropped when anything else is told"] if wait.gives_way else []),
        *(["Once answered, BACK does not come here"] if wait.is_final else []),
    ]
    for note in notes:
        yield from _told(note, Style.NOTE)


def _is_passed(step: Question) -> bool:
    return isinstance(step, Ask) and step.if_unknown


def _told(words: str, style: Style) -> Iterator[Line]:
    for line in wrapped(words, WIDTH - 2 * EDGE, SIZES[style]):
        yield Line(line, style)


def _sign(target: str | None, numbers: Mapping[str, int]) -> str:
    return f"→ {numbers[target]} {target}" if target else ""


def _span(silence: timedelta) -> str:
    hours = silence / timedelta(hours=1)
    return f"{hours:g} h" if hours >= 1 else f"{silence / timedelta(minutes=1):g} min"
