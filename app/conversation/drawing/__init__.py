"""A flow as a picture that a clinician can read. Pure."""

from __future__ import annotations

from collections.abc import Callable
from itertools import chain
from typing import TYPE_CHECKING

from app.conversation.drawing.boxes import box_of
from app.conversation.drawing.layout import laid_out
from app.conversation.drawing.svg import picture
from app.conversation.step import Ask, Choose

if TYPE_CHECKING:
    from app.conversation.flow import Flow

Said = Callable[[str], str]
"""Says an English sentence of a flow in a language, its places as they are."""


def draw(flow: Flow, said: Said) -> str:
    """Draw a flow as SVG: its steps down the page, what leads aside to the right of them.

    The same flow, said in the same words, always comes to the same picture. A step that several
    ways lead to is drawn once; the other ways end at its number.
    """
    numbers = {step_id: number for number, step_id in enumerate(flow.steps, start=1)}
    boxes = {step.id: box_of(step, flow, numbers, said) for step in flow.steps.values()}
    return picture(flow.name, _heads(flow, said), laid_out(flow, boxes))


def _heads(flow: Flow, said: Said) -> tuple[str, ...]:
    """Say above the picture what goes for all of it."""
    given = ", ".join(f"{{{slot}}}" for slot in flow.given)
    questions = (step for step in flow.steps.values() if isinstance(step, Ask | Choose))
    media = dict.fromkeys(question.wait.media for question in questions)
    return tuple(
        chain(
            [f"Begins with: {given}"] if given else [],
            (f"Photo or voice note: “{said(each)}”" for each in media),
            ["Not understood a third time: help is said."] if media else [],
        )
    )
