"""Every table of ProCare, so that Alembic sees them all."""

from app.conversation import tables as conversation
from app.db import Base
from app.emergency import tables as emergency
from app.glucose import tables as glucose
from app.medications import tables as medications
from app.messaging import tables as messaging
from app.people import tables as people

__all__ = ["conversation", "emergency", "glucose", "medications", "messaging", "metadata", "people"]

metadata = Base.metadata
