"""When a reading was taken, in the words of an answer. Pure."""

from datetime import datetime
from zoneinfo import ZoneInfo

from app.conversation.turn import Place, Situation
from app.parsing.lexicon import Lexicon
from app.parsing.meanings import GlucoseState, Message
from app.parsing.scene import scene
from app.parsing.states import settled, states


def told_state(lexicon: Lexicon, situation: Situation, place: Place) -> GlucoseState | None:
    """Read the state of the reading asked about; a meal not named is that of the reading's time."""
    recorded_at = datetime.fromisoformat(str(place.slots["recorded_at"]))
    local = recorded_at.astimezone(ZoneInfo(situation.person.zone))
    person = situation.person
    seen = scene(lexicon, Message(situation.message.body, local, person.language, person.unit))
    found = states(seen)
    return settled(found[0], local) if found else None
