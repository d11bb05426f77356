"""What is told or asked of medicines without a question: ended, paused, taken. Pure."""

from app.conversation.by_doctor import about, ended_by_doctor, ended_unnamed
from app.conversation.care import medicine_named
from app.conversation.dose_asked import asked_by_mark, taken_today
from app.conversation.flow import Flows
from app.conversation.log import FollowUp, Log
from app.conversation.medicines import medicine_told
from app.conversation.names import told_in
from app.conversation.turn import Situation
from app.parsing.lexicon import Lexicon
from app.parsing.meanings import Asked, Dose, Parsed
from app.parsing.prescription import names_a_medicine

WISHES = {"medicine_ended": "end", "medicine_paused": "pause", "medicine_resumed": "resume"}


def care_told(
    situation: Situation, parsed: Parsed, lexicon: Lexicon, flows: Flows
) -> FollowUp | Log | None:
    """Read a message that is about a medicine as a whole; None for any other.

    A medicine that is not on the list is none of ours: "stop" beside it is still "stop".
    """
    is_own = situation.person.patient_id is not None and parsed.subject is None
    if not is_own or not all(isinstance(m, Asked | Dose) for m in parsed.meanings):
        return None
    asked = told_in(situation.message.body, flows.wordings.get("dose_asked", ()))
    if asked is not None:
        return taken_today(asked, situation, lexicon)
    if parsed.question and (asked_of := asked_by_mark(situation, lexicon)) is not None:
        return taken_today(asked_of, situation, lexicon)
    return None if situation.is_late else _wish(situation, lexicon, flows)


def _wish(situation: Situation, lexicon: Lexicon, flows: Flows) -> FollowUp | Log | None:
    unnamed = _added(situation, lexicon, flows) or ended_unnamed(situation, flows)
    if unnamed is not None:
        return unnamed
    body = situation.message.body
    told = {wish: told_in(body, flows.wordings.get(one, ())) for one, wish in WISHES.items()}
    named = {wish: words for wish, words in told.items() if words is not None}
    if not named:
        return None
    wish = min(named, key=lambda one: len(named[one]))
    medicine = medicine_named(named[wish], situation.medications.medicines, lexicon)
    if medicine is not None:
        return about(wish, medicine)
    return ended_by_doctor(named[wish], situation, lexicon, flows) if wish == "end" else None


def _added(situation: Situation, lexicon: Lexicon, flows: Flows) -> FollowUp | None:
    """Read the wish to be reminded of a medicine, named or not."""
    words = told_in(situation.message.body, flows.wordings.get("medicine_added", ()))
    generic = names_a_medicine(lexicon, words) if words else None
    if words is None or generic is None:
        return None
    return FollowUp("add_medicine", medicine_told(lexicon, words) or {} if generic else {})
