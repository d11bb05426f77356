"""Hop 5: a turn's replies rendered, its events, its node and the message itself written down."""

from __future__ import annotations

from collections.abc import Iterator
from uuid import UUID

from sqlalchemy import Connection, Uuid, bindparam, select

from app import db, metrics
from app.conversation import store
from app.conversation.answers_out import answers, urgent
from app.conversation.danger import circumstances
from app.conversation.files import files_asked
from app.conversation.for_another import TOLD
from app.conversation.meal_tests import tests_done
from app.conversation.outcome import (
    Answer,
    instructions,
    is_of_emergency,
    is_said_too_often,
    language_after,
    merged,
    own_answer,
    patient_after,
)
from app.conversation.turn import Event, FileAsked, Situation, Turn
from app.emergency import store as emergency
from app.emergency.escalation import alerts
from app.glucose import store as glucose
from app.glucose.checks import store as checks
from app.glucose.checks.check import CheckEvent
from app.glucose.reading import (
    GlucoseEvent,
    ReadingLogged,
    ReadingTakenBack,
    Telling,
)
from app.i18n import render
from app.meals import store as meals
from app.meals.meal import MealEvent
from app.medications import store as medications
from app.medications.dose import MedicationEvent
from app.messaging import store as messaging
from app.messaging.outbox import store as outbox
from app.messaging.outbox.outgoing import Outgoing
from app.messaging.outbox.slots import store as slots
from app.people import store as people
from app.people.access import store as access
from app.people.access.rules import Need
from app.people.access.store import Grant
from app.people.codes.invitation import CaregiverInvited
from app.people.person import PersonEvent, PersonForgotten, ZoneChosen
from app.people.reach import store as reach
from app.questions import store as questions
from app.questions.pools import store as pools
from app.questions.question import QuestionAnswered, QuestionAsked, QuestionEvent

COUNTED = {ReadingLogged: 1, ReadingTakenBack: -1}
"""What an event adds to how many readings a patient has."""
_PATIENT = bindparam("patient_id", type_=Uuid())
_AROUND = select(
    people.circle(_PATIENT).label("circle"), emergency.alerted(_PATIENT).label("alerted")
)


def record_turn(connection: Connection, situation: Situation, turn: Turn) -> Answer:
    """Hop 5: render the replies and write everything the turn ends in, in one round trip."""
    language = language_after(situation.person, turn)
    said = merged(tuple(render(reply, language) for reply in turn.replies))
    if is_said_too_often(said, situation, turn):
        metrics.FALLBACKS.labels("said_too_often").inc()
        said = ()
    again = own_answer(situation, turn, language)
    files = files_asked(situation, turn.events, language)
    told = (*again, *files, *_told_to_others(connection, situation, turn))
    with db.pipelined(connection):
        for event in turn.events:
            _apply(connection, situation, turn, event, language)
        if turn.node != situation.node:
            store.keep_node(connection, situation.person.user_id, turn.node)
        _keep_message(connection, situation, turn, said)
        for each in told:
            outbox.queue(connection, each, situation.now)
        _note_access(connection, situation, turn)
        for key in tests_done(turn.events):
            outbox.withdraw(connection, key)
        outbox.bring_files(connection, situation.person.user_id, situation.now)
    confirm_id = again[0].outbound_id if again and not situation.is_late else None
    return Answer(said, turn.is_emergency, confirm_id, wakes=len(told) > (confirm_id is not None))


def _told_to_others(
    connection: Connection, situation: Situation, turn: Turn
) -> tuple[Outgoing, ...]:
    """Give what a turn tells others: of an emergency, or of a question and its answer."""
    asked = tuple(_of_questions(connection, situation, turn))
    patient_id = situation.person.patient_id
    if patient_id is None or not any(is_of_emergency(event) for event in turn.events):
        return asked
    if another := situation.for_another:
        told = alerts(turn.events, circumstances(situation), another.circle, another.alerted)
        return (*asked, *told)
    row = connection.execute(_AROUND, {"patient_id": patient_id}).one()
    circle, alerted = people.circle_from(row.circle), emergency.alerted_from(row.alerted)
    return (*asked, *alerts(turn.events, circumstances(situation), circle, alerted))


def _of_questions(connection: Connection, situation: Situation, turn: Turn) -> Iterator[Outgoing]:
    for event in turn.events:
        if isinstance(event, QuestionAnswered):
            who = pools.askers(connection, event.question_id)
            yield from answers(event, who, situation.message.turn_id, situation.now)
        elif isinstance(event, QuestionAsked) and event.is_urgent:
            doctor = pools.doctor_user(connection, event.doctor_id)
            told = urgent(event, *doctor, situation.now) if doctor else None
            yield from (told,) if told else ()


def _keep_message(
    connection: Connection, situation: Situation, turn: Turn, said: tuple[str, ...]
) -> None:
    message, person, now = situation.message, situation.person, situation.now
    messaging.keep_handled(
        connection,
        message,
        messaging.Said(said, turn.is_emergency),
        with_words=_keeps_words(situation, turn),
        now=now,
    )
    if message.other_address:
        people.also_known_as(connection, message.other_address, person.user_id, now)


def _keeps_words(situation: Situation, turn: Turn) -> bool:
    """Say whether a message is kept with its words: the sender's own, of their own record."""
    if any(isinstance(event, CaregiverInvited) for event in turn.events):
        return False  # the answer holds the code
    is_own = situation.for_another is None and situation.asks_whom is None
    return is_own and patient_after(situation.person, turn) is not None


def _note_access(connection: Connection, situation: Situation, turn: Turn) -> None:
    """Note that a caregiver wrote to a patient's record, and whether it was of danger."""
    another = situation.for_another
    if another is None:
        return
    danger = [event for event in turn.events if is_of_emergency(event)]
    logged = [event for event in turn.events if isinstance(event, TOLD)]
    for need in (*([Need.TELL_DANGER] if danger else []), *([Need.LOG] if logged else [])):
        ids = another.sender.user_id, another.patient.patient_id
        access.note(connection, Grant(*ids, need, another.standing), situation.now)


def _apply(
    connection: Connection, situation: Situation, turn: Turn, event: Event, language: str
) -> None:
    """Hand one event to the domain whose rows it changes."""
    patient_id = patient_after(situation.person, turn)
    if isinstance(event, PersonEvent | FileAsked):
        return _of_person(connection, situation, patient_id, event)
    if isinstance(event, QuestionEvent):
        return questions.apply(connection, patient_id, event, situation.now)
    assert patient_id is not None  # noqa: S101 - the engine records nothing before consent
    user_id, now = situation.person.user_id, situation.now
    if isinstance(event, GlucoseEvent):
        telling = Telling(user_id, situation.message.sid)
        glucose.apply(connection, patient_id, event, telling, now)
        if counted := COUNTED.get(type(event)):
            people.count_readings(connection, patient_id, counted)
    elif isinstance(event, CheckEvent):
        checks.apply(connection, patient_id, event, situation.person.zone, now)
    elif isinstance(event, MealEvent):
        meals.apply(connection, patient_id, event, now)
    elif isinstance(event, MedicationEvent):
        medications.apply(connection, patient_id, event, logged_by=user_id, now=now)
    else:
        spoken = "\n\n".join(render(each, language) for each in instructions(event))
        emergency.apply(connection, patient_id, event, instructions=spoken, now=now)
    return None


def _of_person(
    connection: Connection,
    situation: Situation,
    patient_id: UUID | None,
    event: PersonEvent | FileAsked,
) -> None:
    """Write down what a person told of themselves, wherever it has to be known."""
    if isinstance(event, FileAsked):
        return  # the outbox brings it
    user_id, now = situation.person.user_id, situation.now
    is_own = situation.for_another is None
    if isinstance(event, ZoneChosen) and patient_id is not None and is_own:
        medications.forget_made_ahead(connection, patient_id, now)
        checks.move_to_zone(connection, patient_id, event.zone, now)
        slots.move_to_zone(connection, patient_id, event.zone, now)
    if isinstance(event, PersonForgotten):
        questions.forget(connection, user_id)
        messaging.forget_person(connection, user_id, reach.addresses(user_id))
    people.apply(connection, user_id, event, message_sid=situation.message.sid, now=now)
