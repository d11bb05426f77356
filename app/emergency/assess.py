"""Whether a message tells of danger: what is said, and what becomes of the events. Pure.

The one entrance for a conversation; it knows nothing of turns.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from uuid import UUID

from app.emergency import constants as c
from app.emergency import texts
from app.emergency.case import Case, Heard, Outcome, is_fresh
from app.emergency.course import proceed
from app.emergency.doubt import Doubt, doubt_about
from app.emergency.event import (
    EmergencyEvent,
    EmergencyFacts,
    EmergencyType,
    Level,
)
from app.emergency.finding import Finding, Known
from app.emergency.gather import Moment, findings, measured_in, newest
from app.emergency.triage import Verdict, triage
from app.glucose.reading import GlucoseFacts
from app.glucose.target import POST_MEAL
from app.medications.classes import classes_of
from app.medications.dose import MedicationFacts
from app.parsing.meanings import AnyMeaning, HelpWord
from app.people.person import Person
from app.text import Text

HYPO, HYPER = EmergencyType.HYPOGLYCEMIA, EmergencyType.HYPERGLYCEMIA
ASKED_AFTER = frozenset({texts.GO_UNLESS_HELPED, texts.SEE_A_DOCTOR})
"""Sentences after which it is asked whether a doctor has seen the patient."""


@dataclass(frozen=True, slots=True)
class Teller:
    """A caregiver who writes for a patient.

    Attributes:
        name: None where it is not known.
        patient_user_id: The patient's own user, who is to hear of it too.
        patient_language: The patient's, not the caregiver's.
    """

    user_id: UUID
    name: str | None
    patient_user_id: UUID
    patient_language: str


@dataclass(frozen=True, slots=True)
class Circumstances:
    """What is known as a message comes.

    Attributes:
        person: The patient that the message is about, also where another writes for them.
        received_at: Aware.
        now: Aware; later than `received_at` where the message waited.
        teller: Who wrote it, where that is not the patient.
    """

    person: Person
    received_at: datetime
    now: datetime
    glucose: GlucoseFacts = field(default_factory=GlucoseFacts)
    medications: MedicationFacts = field(default_factory=MedicationFacts)
    emergency: EmergencyFacts = field(default_factory=EmergencyFacts)
    teller: Teller | None = None


@dataclass(frozen=True, slots=True)
class Assessment:
    """What a message comes to.

    Attributes:
        texts: What is said now, before anything else; never empty where `is_emergency`.
        events: To be applied in this order: an event that ends makes room for the next of its type.
        is_emergency: Whether an event opened, went on or ended.
        level: Of the gravest finding; None where no row of the table applies.
        doubts: What is to be asked of the message's values, in the order of the text.
        asks_symptoms: Whether the texts hold the question for signs of danger already.
        asks_for_doctor: Whether it is to be asked if a doctor has seen the patient.
    """

    texts: tuple[Text, ...] = ()
    events: tuple[EmergencyEvent, ...] = ()
    is_emergency: bool = False
    level: Level | None = None
    doubts: tuple[Doubt, ...] = ()
    asks_symptoms: bool = False
    asks_for_doctor: bool = False


def assess(
    meanings: Sequence[AnyMeaning],
    circumstances: Circumstances,
    new_id: Callable[[str], UUID],
    told_of_help: HelpWord | None = None,
) -> Assessment:
    """Judge a message by its gravest finding, and the open events by its newest value.

    Args:
        meanings: All that the message means.
        circumstances: What is known; missing facts take the more cautious row.
        new_id: Derives the id of a new event from a name, the same for the same message.
        told_of_help: What the message says of help, beside its meanings; None for nothing.
    """
    known = known_of(circumstances)
    found = findings(meanings, _moment(circumstances))
    heard = replace(_heard(found, known, circumstances), help=told_of_help)
    outcome = proceed(heard, Case(circumstances.emergency.open, known, circumstances.now, new_id))
    return Assessment(
        texts=outcome.texts,
        events=outcome.events,
        is_emergency=bool(outcome.events),
        level=heard.verdict.level,
        doubts=_doubts(meanings, circumstances),
        asks_symptoms=texts.DANGER_QUESTION in outcome.texts,
        asks_for_doctor=_asks_for_doctor(told_of_help, outcome),
    )


def _asks_for_doctor(told_of_help: HelpWord | None, outcome: Outcome) -> bool:
    """Say whether words of help left it in doubt; a plain "no" leaves none."""
    in_doubt = told_of_help in {HelpWord.UNSURE, HelpWord.BETTER}
    return in_doubt and not ASKED_AFTER.isdisjoint(outcome.texts)


def known_of(circumstances: Circumstances) -> Known:
    """Give what triage asks of the person."""
    latest = circumstances.glucose.latest_told
    return Known(
        diabetes_type=circumstances.person.diabetes_type,
        classes=classes_of(one.name for one in circumstances.medications.medicines),
        high_before=bool(latest) and latest[0].value_mg_dl > c.KETONES_ABOVE,
        low_open=_is_open(HYPO, circumstances),
    )


def _moment(circumstances: Circumstances) -> Moment:
    return Moment(
        received_at=circumstances.received_at,
        now=circumstances.now,
        latest=circumstances.glucose.latest_told,
        unit=circumstances.person.unit,
        high_open=_is_open(HYPER, circumstances),
    )


def _is_open(event_type: EmergencyType, circumstances: Circumstances) -> bool:
    return any(
        event.type is event_type and is_fresh(event, circumstances.now)
        for event in circumstances.emergency.open
    )


def _heard(found: Sequence[Finding], known: Known, circumstances: Circumstances) -> Heard:
    judged = [(triage(finding, known), finding) for finding in found]
    verdict, finding = min(judged, key=lambda pair: pair[0].rank, default=(Verdict(), Finding()))
    last = newest(found)
    return Heard(
        verdict=_with_last_type(verdict, last, circumstances),
        finding=finding,
        newest=last,
        is_told_again=last is not None and _is_told_again(last, circumstances),
    )


def _with_last_type(
    verdict: Verdict, last: Finding | None, circumstances: Circumstances
) -> Verdict:
    """Give row P0b the type of the open event, or of the last known reading (house)."""
    if verdict.level is not Level.P0B:
        return verdict
    told = [reading.value_mg_dl for reading in circumstances.glucose.latest_told]
    if last is not None and last.value_mg_dl is not None:
        told.insert(0, last.value_mg_dl)
    of_value = HYPER if told and told[0] >= POST_MEAL.high else HYPO
    opened = [event.type for event in circumstances.emergency.open if event.type in {HYPO, HYPER}]
    is_low = bool(told) and told[0] < c.LOW_BELOW
    return replace(verdict, event=HYPO if is_low else next(iter(opened), of_value))


def _is_told_again(last: Finding, circumstances: Circumstances) -> bool:
    return any(
        reading.value_mg_dl == last.told_mg_dl
        and abs(circumstances.now - reading.kept_at) < c.SAME_READING
        for reading in circumstances.glucose.latest_told[:1]
    )


def _doubts(meanings: Sequence[AnyMeaning], circumstances: Circumstances) -> tuple[Doubt, ...]:
    unit = circumstances.person.unit
    about = [doubt_about(measured, unit) for measured in measured_in(meanings)]
    return tuple(doubt for doubt in about if doubt is not None)
