"""A patient's question on its way to the doctor. Pure."""

from collections.abc import Mapping
from zoneinfo import ZoneInfo

from app.conversation.answers import in_one_line
from app.conversation.flow import Flows
from app.conversation.names import told_in
from app.conversation.turn import Situation, SlotValue
from app.parsing.meanings import Message, Parsed
from app.parsing.topics import Topics, topics
from app.questions.question import Pool, QuestionAsked

Slots = Mapping[str, SlotValue]
WHOLE_QUESTION = 5
"""A message of so many words that asks something holds the question already (house)."""


def question_told(body: str, parsed: Parsed, flows: Flows) -> dict[str, SlotValue]:
    """Take the question out of a message for the doctor; empty where it is still to come."""
    words = told_in(body, flows.wordings.get("question_for_doctor", ()))
    if words is None and parsed.question and len(body.split()) >= WHOLE_QUESTION:
        words = body
    return {"question": in_one_line(words)} if words else {}


def only_doctor(situation: Situation) -> Slots:
    """Give the doctor where there is only one to ask."""
    if len(situation.doctors) != 1:
        return {"has_choice": "yes", "doctor_id": "", "doctor": ""}
    (doctor,) = situation.doctors
    return {"has_choice": "no", "doctor_id": str(doctor.doctor_id), "doctor": doctor.name}


def looked_up(slots: Slots, situation: Situation) -> Slots | None:
    """Say whether the doctor answered the same question before; None where no pool is read.

    A doctor who is not connected any more is `gone`.
    """
    if situation.pools is None:
        return None
    pool = _pool(slots, situation)
    if pool is None:
        return {"is_known": "gone", "earlier_answer": "", "answered_on": ""}
    known = pool.answered(_about(slots, situation, pool), situation.now)
    if known is None or known.answered_at is None:
        return {"is_known": "no", "earlier_answer": "", "answered_on": ""}
    day = known.answered_at.astimezone(ZoneInfo(situation.person.zone)).date()
    return {"is_known": "yes", "earlier_answer": known.answer, "answered_on": day.isoformat()}


def question_put(slots: Slots, situation: Situation) -> QuestionAsked | None:
    """Put the question to the doctor, with those who ask the same; None where they are gone."""
    pool = _pool(slots, situation)
    if pool is None:
        return None
    about = _about(slots, situation, pool)
    is_urgent = bool(about.symptoms)
    same = None if is_urgent else pool.same(about)
    return QuestionAsked(
        question_id=same.question_id if same else situation.new_id("question"),
        doctor_id=pool.doctor_id,
        text=str(slots["question"]),
        language=situation.person.language,
        about=about,
        number=None if same else pool.free_numbers()[0],
        is_urgent=is_urgent,
    )


def _pool(slots: Slots, situation: Situation) -> Pool | None:
    pools = (one for one in situation.pools or () if str(one.doctor_id) == slots["doctor_id"])
    return next(pools, None)


def _about(slots: Slots, situation: Situation, pool: Pool) -> Topics:
    language = situation.person.language
    message = Message(str(slots["question"]), situation.now, language)
    return topics(pool.words, message, language)
