"""What follows when a person answers whether a doctor has seen the patient. Pure."""

from app.conversation.danger import circumstances
from app.conversation.turn import Event, Situation
from app.emergency import texts
from app.emergency.assess import known_of
from app.emergency.case import Case
from app.emergency.help_there import awaiting_help, resolved, still_needed
from app.text import Text


def answered_of_doctor(
    situation: Situation, *, has_seen: bool
) -> tuple[tuple[Event, ...], tuple[Text, ...]]:
    """Give what follows from the answer to that question: it is over, or "go now"."""
    events = awaiting_help(situation.emergency.open)
    if has_seen:
        return resolved(events), (texts.HELP_IS_THERE,)
    known = known_of(circumstances(situation))
    case = Case(situation.emergency.open, known, situation.now, situation.new_id)
    return still_needed(events, case, said=texts.GO_UNLESS_HELPED)
