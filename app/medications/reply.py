"""What is said to a dose. Pure."""

from app.parsing.meanings import DoseStatus
from app.text import Text, text

UNNAMED = "medicine"
"""The list's name for a medicine that the person has not named."""

YOURS = text("your medicine")
NEVER_DOUBLE = text(
    "Never take two doses together. Take the next one at its usual time, unless your doctor told "
    "you otherwise."
)
INSULIN_MISSED = text(
    "Test your sugar now, follow the plan your doctor wrote for you, and call your doctor."
)


def dose_noted(name: str, status: DoseStatus) -> Text:
    """Say which dose was understood."""
    medicine = YOURS if name == UNNAMED else name
    if status is DoseStatus.TAKEN:
        return text("Noted: {medicine} taken.", medicine=medicine)
    if status is DoseStatus.SKIPPED:
        return text("Noted: {medicine} not taken.", medicine=medicine)
    return text("Noted: {medicine} missed.", medicine=medicine)


def dose_advice(name: str, status: DoseStatus) -> tuple[Text, ...]:
    """Give the one advice to a dose that was not taken; none where it was."""
    if status is DoseStatus.TAKEN:
        return ()
    return (INSULIN_MISSED,) if name == "insulin" else (NEVER_DOUBLE,)
