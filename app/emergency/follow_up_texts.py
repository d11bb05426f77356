"""What the clock asks a patient in an emergency: fixed sentences, never generated. Pure.

Asked where nothing was heard, so each names what to do when things got worse. What `texts.py`
never says is never said here.
"""

from app.text import Text, text

TEST_AFTER_15 = text("15 minutes are over. Test again and write the number.")
TEST_AGAIN = text(
    "It is time to test again. Please write the number here. If you feel worse, write that at once."
)
NO_ANSWER_YET = text(
    "We have no answer from you yet. Test your sugar now and write the number here. If you cannot "
    "test, or feel worse: call 112 or 108."
)
STILL_NO_ANSWER = text(
    "We still have no answer from you. If you cannot test, or feel shaky, weak or confused: call "
    "112 or 108 (ambulance) now and do not stay alone. If you can test: write the number here."
)
IS_HELP_THERE = text(
    "Is help with you now? If not, call 112 or 108 (ambulance) now. Please write how it is."
)
AT_A_HOSPITAL = text(
    "Are you at a hospital, or is help on its way? If not, call 112 or 108 (ambulance) now. Please "
    "write how it is."
)
TEST_CRITICAL_AGAIN = text(
    "Please test again now and write the number here. If it is as high again or HI, or you feel "
    "ill: call 112 or 108, or go to a hospital."
)
TEST_VERY_HIGH_AGAIN = text(
    "It is time to test again. Please write the number here. With vomiting, belly pain, sleepiness "
    "or fast breathing: call 112 or 108, or go to a hospital now."
)


def not_reached(names: str) -> Text:
    """Say whom of the people around them we could not tell; empty where no name is known."""
    if not names:
        return NOBODY_REACHED
    return text(
        "We could not reach {names}. Please call someone yourself. If you feel worse, or nobody "
        "can come: call 112 or 108 (ambulance).",
        names=names,
    )


NOBODY_REACHED = text(
    "We could not reach your family. Please call someone yourself. If you feel worse, or nobody "
    "can come: call 112 or 108 (ambulance)."
)
