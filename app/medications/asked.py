"""What is said to "did I take it?": only what was told, never a guess. Pure."""

from app.text import Text, text

NOT_SURE = text(
    "If you are not sure, look in your box before you take any. Never take the same dose twice."
)


def taken(medicine: str, times: str) -> Text:
    """Say when doses of the day were taken."""
    return text(
        "Yes: you told me that you took {medicine} today at {times}.",
        medicine=medicine,
        times=times,
    )


def skipped(medicine: str) -> Text:
    """Say that none of the day's doses was taken."""
    return text("No: you told me that you did not take {medicine} today.", medicine=medicine)


def one_skipped(medicine: str, times: str) -> Text:
    """Say which doses of the day were not taken, where another was."""
    return text(
        "You told me that you did not take {medicine} due at {times}.",
        medicine=medicine,
        times=times,
    )


def untold(medicine: str, times: str) -> Text:
    """Say of which doses that were due nothing was told."""
    return text(
        "You have told me nothing of {medicine} due today at {times}.",
        medicine=medicine,
        times=times,
    )


def nothing_told(medicine: str) -> Text:
    """Say that nothing was told of a medicine."""
    return text("You have told me nothing of {medicine} today.", medicine=medicine)


def last_taken(medicine: str, time: str) -> Text:
    """Say when the last dose before the day was taken."""
    return text(
        "The last time you told me that you took {medicine} was {time}.",
        medicine=medicine,
        time=time,
    )


def next_due(medicine: str, time: str) -> Text:
    """Say when the next dose of the day is due."""
    return text("{medicine} is next due today at {time}.", medicine=medicine, time=time)
