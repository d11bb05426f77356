"""What is understood but cannot be kept yet, said so. Pure."""

from app.parsing.meanings import AnyMeaning, BloodPressure, Lab
from app.text import Text, text

WISHES = text("I cannot do that yet. For what I can do, write HELP.")


def not_kept(meaning: AnyMeaning) -> Text | None:
    """Say that a meaning was understood and is not kept; None for what is kept or asked."""
    match meaning:
        case BloodPressure(systolic=systolic, diastolic=diastolic):
            return text(
                "I understood your blood pressure, {pressure}, but I cannot keep it yet.",
                pressure=f"{systolic}/{diastolic}",
            )
        case Lab(marker=marker, value=value):
            return text(
                "I understood your {marker}, {value}, but I cannot keep lab results yet.",
                marker=marker,
                value=f"{value:g}",
            )
        case _:
            return None
