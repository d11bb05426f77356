"""What is said of danger when nothing but the message is known: the cautious rows. Pure."""

from datetime import datetime

from app.emergency.finding import Known
from app.emergency.gather import Moment, findings
from app.emergency.triage import gravest, triage
from app.parsing.meanings import Parsed
from app.parsing.units import Unit
from app.text import Text

NOTHING_KNOWN = Known()


def first_aid(parsed: Parsed, received_at: datetime, unit: Unit = Unit.MG_DL) -> tuple[Text, ...]:
    """Say what to do at once; () where the message tells of no danger.

    Needs no facts and reads nothing, so that it answers when the database is away.

    Args:
        parsed: What the message means.
        received_at: Aware.
        unit: Of the person's meter, as far as it is known.
    """
    found = findings(parsed.meanings, Moment(received_at, received_at, unit=unit))
    return gravest(triage(finding, NOTHING_KNOWN) for finding in found).texts
