"""What is told or asked of medicines without a question: ended, paused, "did I take it?". Pure."""

from zoneinfo import ZoneInfo

from app.conversation.care import medicine_named, medicine_slots
from app.conversation.flow import Flows
from app.conversation.log import FollowUp, Log
from app.conversation.medicines import medicine_told
from app.conversation.names import told_in
from app.conversation.turn import Situation
from app.medications.dose import AnsweredDose, LogStatus, Medicine
from app.parsing.lexicon import Lexicon
from app.parsing.meanings import Asked, Dose, Parsed
from app.parsing.prescription import names_a_medicine
from app.text import Text, text

FLOW = "medicines"
WISHES = {"medicine_ended": "end", "medicine_paused": "pause", "medicine_resumed": "resume"}
NOTHING_KNOWN = text("You have told me no medicines yet.")


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
        return _taken_today(asked, situation, lexicon)
    return None if situation.is_late else _wish(situation, lexicon, flows)


def _wish(situation: Situation, lexicon: Lexicon, flows: Flows) -> FollowUp | None:
    if added := _added(situation, lexicon, flows):
        return added
    body = situation.message.body
    told = {wish: told_in(body, flows.wordings.get(one, ())) for one, wish in WISHES.items()}
    named = {wish: words for wish, words in told.items() if words is not None}
    if not named:
        return None
    wish = min(named, key=lambda one: len(named[one]))
    medicine = medicine_named(named[wish], situation.medications.medicines, lexicon)
    if medicine is None:
        return None
    slots = {"wish": wish, "medicine": medicine.described, **medicine_slots(medicine)}
    return FollowUp(FLOW, slots)


def _added(situation: Situation, lexicon: Lexicon, flows: Flows) -> FollowUp | None:
    """Read the wish to be reminded of a medicine, named or not."""
    words = told_in(situation.message.body, flows.wordings.get("medicine_added", ()))
    generic = names_a_medicine(lexicon, words) if words else None
    if words is None or generic is None:
        return None
    return FollowUp("add_medicine", medicine_told(lexicon, words) or {} if generic else {})


def _taken_today(words: str, situation: Situation, lexicon: Lexicon) -> Log | None:
    """Answer from the day's doses whether a medicine was taken; None where none is meant."""
    medicines = situation.medications.medicines
    named = medicine_named(words, medicines, lexicon)
    generic = names_a_medicine(lexicon, words)
    if named is None and generic is None:
        return None
    meant = (named,) if named else () if generic else medicines
    if not meant:
        return Log(noted=(_nothing_of(words) if generic else NOTHING_KNOWN,))
    return Log(noted=tuple(_said_of(one, situation) for one in meant))


def _nothing_of(medicine: str) -> Text:
    return text("You have told me nothing of {medicine} today.", medicine=medicine)


def _said_of(medicine: Medicine, situation: Situation) -> Text:
    zone = ZoneInfo(situation.person.zone)
    today = situation.now.astimezone(zone).date()
    doses = [
        dose
        for dose in situation.medications.answered
        if dose.medicine_id == medicine.medicine_id and dose.at.astimezone(zone).date() == today
    ]
    taken = ", ".join(f"{dose.at.astimezone(zone):%H:%M}" for dose in doses if dose.is_taken)
    if taken:
        return text(
            "Yes: you told me that you took {medicine} today at {times}.",
            medicine=medicine.shown,
            times=taken,
        )
    if any(_is_skipped(dose) for dose in doses):
        return text(
            "No: you told me that you did not take {medicine} today.", medicine=medicine.shown
        )
    return _nothing_of(medicine.shown)


def _is_skipped(dose: AnsweredDose) -> bool:
    """Say whether the person told that a dose was not taken; a missed one may only be untold."""
    return dose.status is LogStatus.SKIPPED
