"""Every table of ProCare, so that Alembic sees them all."""

from app.appointments import tables as appointments
from app.conversation import tables as conversation
from app.db import Base
from app.emergency import tables as emergency
from app.glucose import tables as glucose
from app.glucose.checks import tables as glucose_checks
from app.insights import tables as insights
from app.meals import tables as meals
from app.medications import tables as medications
from app.messaging import tables as messaging
from app.people import tables as people
from app.people.access import tables as access
from app.people.codes import tables as codes
from app.questions import tables as questions
from app.records import tables as records

__all__ = [
    "access",
    "appointments",
    "codes",
    "conversation",
    "emergency",
    "glucose",
    "glucose_checks",
    "insights",
    "meals",
    "medications",
    "messaging",
    "metadata",
    "people",
    "questions",
    "records",
]

metadata = Base.metadata
