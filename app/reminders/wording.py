"""What a reminder says. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from app.text import Text, text

TEST_FIRST = text("Before that, please test your sugar and send me the value.")


@dataclass(frozen=True, slots=True)
class DoseDue:
    """A dose as it is named to the person.

    Attributes:
        dosage: As told; empty where it was not.
        at: Aware, in the person's zone.
    """

    name: str
    dosage: str
    at: datetime


def medicine_reminder(doses: Sequence[DoseDue], *, asks_value: bool) -> tuple[Text, ...]:
    """Remind of medicines that are due together, and say how to answer.

    Args:
        doses: Earliest first, never empty.
        asks_value: The sugar is to be tested before anything is taken.
    """
    reminder = text(
        "Time for your medicine: {medicines}. "
        "Please answer 1 if you have taken it, 2 for later, 3 if you skip it.",
        medicines=named(doses),
    )
    return (reminder, TEST_FIRST) if asks_value else (reminder,)


TEST_NOW = text(
    "It is about two hours after your meal. Please test your sugar and send me the number."
)

CHECK_NOW = text("It is time to test your sugar, as you asked. Please send me the number.")
HOW_ARE_YOU = text(
    "I have not heard from you for some days. How are you? "
    "Please write to me, and send me your sugar when you have tested it."
)


def refill(medicine: str) -> Text:
    """Remind that a medicine comes to its end in three days."""
    return text(
        "In 3 days this medicine comes to its end: {medicines}. "
        "Please ask your doctor whether you go on with it, and get more in time.",
        medicines=medicine,
    )


def named(doses: Sequence[DoseDue]) -> str:
    """Name doses in one line; each with its time where they are not due at once."""
    times = {dose.at.strftime("%H:%M") for dose in doses}
    lines = [_named(dose, with_time=len(times) > 1) for dose in doses]
    return ", ".join(dict.fromkeys(lines))


def _named(dose: DoseDue, *, with_time: bool) -> str:
    name = f"{dose.name} {dose.dosage}".strip()
    return f"{name} ({dose.at:%H:%M})" if with_time else name
