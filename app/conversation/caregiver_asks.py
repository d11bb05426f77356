"""What a caregiver asks for in a turn that is about a patient, and gets said. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.conversation.commands import FOR_PATIENTS
from app.parsing.meanings import Command
from app.text import Text, text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from app.conversation.flow import Flows
    from app.conversation.turn import Situation
    from app.parsing.meanings import Asked


def said_to_caregiver(asked: Sequence[Asked], flows: Flows, situation: Situation) -> Text | None:
    """Greet a caregiver, or say what only the patient can ask for; None for anything else."""
    another = situation.for_another
    if another is None:
        return None
    commands = {one.command for one in asked}
    name = another.patient.name
    if any(_is_for_patients(command, flows) for command in commands):
        return text("Only {name} can ask for that, from their own phone.", name=name)
    if Command.GREETING in commands:
        return text(
            "Hello! Send me readings, meals and medicines of {name}, for example: fasting 126.",
            name=name,
        )
    return None


def _is_for_patients(command: Command, flows: Flows) -> bool:
    return any(command in row.commands for row in flows.interrupts if row.id in FOR_PATIENTS)
