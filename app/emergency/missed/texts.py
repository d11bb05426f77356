"""What a patient is asked of missed doses: fixed sentences, never generated. Pure.

Of insulin nothing but the three things that the clinical rules allow.
"""

from app.medications.reply import NEVER_DOUBLE
from app.text import Text, text


def insulin_missed(medicine: str, time: str) -> Text:
    """Ask after a dose of insulin."""
    return text(
        "I have not heard that you took {medicine}, due at {time}. If you did, write that here. If "
        "not: test your sugar now and write the number, follow your written plan, and call your "
        "doctor.",
        medicine=medicine,
        time=time,
    )


def three_missed(medicines: str) -> tuple[Text, ...]:
    """Ask after three doses in a row."""
    asked = text(
        "I have not heard that you took the last three doses of {medicines}. If you did, write "
        "that here.",
        medicines=medicines,
    )
    return (asked, NEVER_DOUBLE)
