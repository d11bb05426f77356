"""The turn's transaction: a message kept once, understood, decided, recorded, answered.

The straight way of a message is six hops; these are hops 2 to 5. What fails on the way is decided
here once: PostgreSQL being away is told to the caller, who spools; a fault of ours leaves the
message kept and unhandled, for a sweep to try again.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, DateTime, Uuid, bindparam, select
from sqlalchemy import Text as Text_

from app import clock, db, log, metrics
from app.config import config
from app.conversation import store
from app.conversation.engine import take_turn
from app.conversation.for_whom.handle import OF_ANOTHER, meant_by, record_of, with_meant
from app.conversation.load import flows
from app.conversation.looking_back.store import past
from app.conversation.outcome import (
    SAME_WITHIN,
    Answer,
    answer_key,
    kind,
    merged,
)
from app.conversation.recording.handle import record_turn
from app.conversation.turn import Codes, Situation, Turn
from app.emergency import store as emergency
from app.emergency.first_aid import first_aid
from app.errors import DatabaseAway
from app.glucose import store as glucose
from app.glucose.checks import store as checks
from app.i18n import render
from app.meals import store as meals
from app.meals.load import food_table
from app.medications.known import store as medications
from app.messaging import store as messaging
from app.messaging.message import InboundMessage
from app.messaging.outbox.outgoing import outbound_id
from app.parsing import load as parsing
from app.parsing import slots
from app.parsing.lexicon import heard_from
from app.parsing.load import lexicon
from app.parsing.meanings import Message
from app.parsing.parse import parse
from app.parsing.places import zones_named
from app.people import store as people
from app.people.caring import store as caring
from app.people.codes import store as codes
from app.people.codes.code import Offer, said_in
from app.people.doctors import store as doctors
from app.questions.pools.store import pools_of_doctor, pools_of_patient
from app.queue import wake_delivery
from app.text import Text, text

TURN_S = 3.4
"""How long PostgreSQL may take over a turn, of the 4 s that the webhook has (house)."""
RETRY_WITHIN_S = 1.0
"""A turn that lost its connection this early is run once more: the connection was stale (house)."""
SAME_ANSWER_FOR = timedelta(minutes=1)

WILL_BE_RECORDED = text(
    "We have your message. It will be recorded shortly. If you feel very ill, call 112 now."
)
APOLOGY = text(
    "Sorry, something went wrong on our side. We have your message and will read it again."
    " If you feel very ill, call 112 now."
)

_PATIENT = bindparam("patient_id", type_=Uuid())
_USER = bindparam("user_id", type_=Uuid())
_NOW = bindparam("now", type_=DateTime(timezone=True))
_SINCE = bindparam("since", type_=DateTime(timezone=True))
_FACTS_READ = (
    store.node(_USER).label("node"),
    glucose.facts(_PATIENT, _NOW).label("glucose"),
    checks.facts(_PATIENT).label("checks"),
    meals.facts(_PATIENT, _NOW).label("meals"),
    medications.facts(_PATIENT, _NOW).label("medications"),
    emergency.facts(_PATIENT, _NOW).label("emergency"),
    doctors.coded_doctor(bindparam("code", type_=Text_()), _USER, _PATIENT).label("doctor"),
    doctors.connected(_PATIENT).label("doctors"),
    caring.caring(_PATIENT).label("caring"),
    codes.offers(bindparam("digits", type_=Text_()), _USER, _NOW).label("offers"),
    codes.invited_lately(_PATIENT, _NOW).label("invited_lately"),
    messaging.kept(bindparam("sid", type_=Text_())).label("kept"),
    messaging.answered_lately(bindparam("address", type_=Text_()), _SINCE).label("answered"),
)
_FACTS = db.Fixed(select(*_FACTS_READ))
_FACTS_OF_ANOTHER = db.Fixed(select(*_FACTS_READ, *OF_ANOTHER))
_LOCK_SENDER = people.locking(store.node(people.USER).label("node"))
_READING, _PARSING, _TURNING, _RECORDING = (
    metrics.HOP_SECONDS.labels(hop) for hop in ("situation", "parse", "turn", "record")
)


def warm_up() -> None:
    """Read word lists, flows and catalogs now, so that no person waits for it."""
    parsing.warm_up()
    parse(lexicon(), Message("fasting 126", clock.now()))
    flows()
    food_table()
    zones_named("", lexicon().languages)
    render(APOLOGY, "en")


def answer(message: InboundMessage) -> Answer:
    """Take a message from its arrival to its answer, committed.

    Raises:
        DatabaseAway: PostgreSQL did not keep it, or it is unknown whether it did.
    """
    with db.deadline(TURN_S):
        try:
            said = _kept_and_answered(message)
        except DatabaseAway:
            if db.seconds_left() < TURN_S - RETRY_WITHIN_S:
                raise
            said = _kept_and_answered(message)
    if said.wakes:
        _wake(message)
    return said


def _wake(message: InboundMessage) -> None:
    """Wake the worker; the clock drains the outbox where this fails, whatever the reason."""
    try:
        wake_delivery()
    except Exception as fault:  # noqa: BLE001 - the turn is committed, and its answer is due
        log.error("wake_failed", fault, sid=message.sid)


def answer_without_records(message: InboundMessage, otherwise: Text) -> Answer:
    """Answer from the words alone: what to do in danger, else what is given.

    Never raises: where even the words cannot be read, what is given is said in English.
    """
    try:
        parsed = parse(lexicon(), Message(message.body, message.received_at))
        texts = first_aid(parsed, message.received_at)
    except Exception as fault:  # noqa: BLE001 - this is what is left when all else has failed
        log.error("first_aid_failed", fault, sid=message.sid)
        return Answer((otherwise.msgid,))
    said = tuple(_said_somehow(each, parsed.language) for each in texts or (otherwise,))
    return Answer(merged(said), is_emergency=bool(texts))


def _said_somehow(sentence: Text, language: str) -> str:
    try:
        return render(sentence, language)
    except Exception as fault:  # noqa: BLE001 - the bare sentence is better than none
        log.error("first_aid_bare", fault)
        return sentence.msgid


def _kept_and_answered(message: InboundMessage) -> Answer:
    now = clock.now()
    try:
        with db.transaction() as connection:
            return _turn(connection, message, now)
    except DatabaseAway:
        raise
    except Exception as fault:  # noqa: BLE001 - whatever it is, the message is kept and answered
        metrics.FALLBACKS.labels("turn_failed").inc()
        log.error("turn_failed", fault, sid=message.sid)
        with db.transaction() as connection:
            return _set_aside(connection, message, fault, now)


def _turn(connection: Connection, message: InboundMessage, now: datetime) -> Answer:
    _lock_address(connection, message, now)
    situation, before = next_situation(connection, message, now)
    if before is not None:
        return _said_before(before, message, now)
    return handled(connection, situation)


def _lock_address(connection: Connection, message: InboundMessage, now: datetime) -> None:
    """Let no other turn of the sender run until this one ends; welcome one never seen before."""
    if people.address_seen(connection, message.address, now) is None:
        _welcome(connection, message)


def _said_before(kept: messaging.Kept, message: InboundMessage, now: datetime) -> Answer:
    """Say the same again while the first answer may have been lost, and in danger always."""
    if kept.is_emergency and kept.answer is None:
        return answer_without_records(message, otherwise=WILL_BE_RECORDED)
    if kept.answer and (kept.is_emergency or now - kept.kept_at <= SAME_ANSWER_FOR):
        is_confirmed = kept.is_emergency and kept.is_handled
        confirm_id = outbound_id(answer_key(message.sid)) if is_confirmed else None
        return Answer(kept.answer, kept.is_emergency, confirm_id)
    return Answer()


def _welcome(connection: Connection, message: InboundMessage) -> None:
    """Make a user of a new address, in the language the first message seems to be in."""
    parsed = parse(lexicon(), Message(message.body, message.received_at))
    with db.pipelined(connection):
        people.welcome(
            connection,
            message.address,
            message.phone_number,
            user_id=message.turn_id,
            language=parsed.language,
        )


def handled(connection: Connection, situation: Situation) -> Answer:
    """Hops 3 to 5."""
    with _PARSING.time():
        parsed = parse(lexicon(), _as_heard(situation))
    with _TURNING.time():
        words = heard_from(lexicon(), situation.person.language)
        turn = take_turn(situation, parsed, words, flows())
    if turn.lacks_past or turn.lacks_pools:
        situation = _knowing_more(connection, situation, turn)
        turn = take_turn(situation, parsed, words, flows())
    with _RECORDING.time():
        said = record_turn(connection, situation, turn)
    metrics.MESSAGES.labels(kind(turn, parsed), parsed.language).inc()
    return said


def _knowing_more(connection: Connection, situation: Situation, turn: Turn) -> Situation:
    """Read what few turns need, for the one that says that it lacks it."""
    person, now = situation.person, situation.now
    if turn.lacks_past:
        return replace(situation, past=past(connection, person, now))
    read = pools_of_doctor if person.patient_id is None else pools_of_patient
    whose = person.patient_id or person.user_id
    return replace(situation, pools=read(connection, whose, lexicon(), now))


def next_situation(
    connection: Connection, message: InboundMessage, now: datetime
) -> tuple[Situation, messaging.Kept | None]:
    """Hop 2: lock the sender and read everything that a turn may know.

    Returns:
        The situation, and what is kept of the message where it was taken in before.
    """
    with _READING.time():
        person, node = people.lock_sender(connection, message.address, _LOCK_SENDER)
        meant = meant_by(connection, person, store.node_from(node), message, now)
        known = {
            "user_id": person.user_id,
            "patient_id": record_of(person, meant),
            "sid": message.sid,
            "code": _code_in(message.body),
            "digits": said.code if (said := said_in(message.body)) else None,
            "now": now,
            "address": message.address,
            "since": now - SAME_WITHIN,
        }
        row = (_FACTS_OF_ANOTHER if meant.about else _FACTS).run(connection, known).one()
    situation = Situation(
        now=now,
        message=message,
        person=person,
        node=store.node_from(row.node),
        glucose=glucose.facts_from(row.glucose),
        checks=checks.facts_from(row.checks),
        meals=meals.facts_from(row.meals),
        medications=medications.facts_from(row.medications),
        emergency=emergency.facts_from(row.emergency),
        coded_doctor=doctors.coded_doctor_from(row.doctor),
        answered_lately=messaging.answered_from(row.answered),
        doctors=doctors.connected_from(row.doctors),
        caring=caring.caring_from(row.caring),
        codes=_codes(message, codes.offers_from(row.offers)),
        invited_lately=row.invited_lately,
    )
    return with_meant(situation, meant, row), messaging.kept_from(row.kept)


def _codes(message: InboundMessage, offers: tuple[Offer, ...]) -> Codes:
    known = config()
    return Codes(known.code_key, known.twilio_whatsapp_number, message.phone_number, offers)


def _code_in(body: str) -> str | None:
    """Find a doctor's code before anything is understood: whose it is belongs to the facts."""
    return slots.code(body) if "doc" in body.lower() else None


def _as_heard(situation: Situation) -> Message:
    person, message = situation.person, situation.message
    at = message.received_at.astimezone(ZoneInfo(person.zone))
    return Message(message.body, at, person.language, person.unit)


def _set_aside(
    connection: Connection, message: InboundMessage, fault: Exception, now: datetime
) -> Answer:
    """Keep a message that could not be handled, and answer it as well as its words allow."""
    _lock_address(connection, message, now)
    said = answer_without_records(message, otherwise=APOLOGY)
    messaging.keep_failed(
        connection,
        message,
        messaging.Said(said.messages, said.is_emergency),
        fault=f"{log.error_name(fault)} at {log.where(fault)}",
        now=now,
    )
    return said
