"""One person's conversation without a database: what a turn ends in is what the next one knows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from app.conversation.engine import take_turn
from app.conversation.load import flows
from app.conversation.turn import Event, Situation, Turn
from app.emergency.event import (
    EmergencyContinued,
    EmergencyFacts,
    EmergencyOpened,
    EmergencyResolved,
    OpenEvent,
)
from app.glucose.history.history import PastReading
from app.glucose.reading import (
    GlucoseEvent,
    GlucoseFacts,
    Reading,
    ReadingCorrected,
    ReadingLogged,
    ReadingOfMeal,
    ReadingStateTold,
    ReadingTakenBack,
)
from app.i18n import render
from app.insights.period import Past
from app.meals.load import food_table
from app.meals.meal import (
    KeptMeal,
    MealEvent,
    MealFacts,
    MealFoodsTold,
    MealLogged,
    MealMeasured,
    MealTakenBack,
    MealTestOffered,
    MealTestWanted,
    MealTypeTold,
)
from app.medications.dose import (
    AnsweredDose,
    DoseLogged,
    DosePostponed,
    MedicationEvent,
    MedicationFacts,
    Medicine,
    MedicineAdded,
    MedicineEnded,
    MedicinePaused,
    MedicineResumed,
    MedicineScheduled,
    PendingDose,
)
from app.messaging.message import InboundMessage
from app.parsing.lexicon import heard_from
from app.parsing.load import lexicon
from app.parsing.meanings import GlucoseState, Message, Parsed
from app.parsing.parse import parse
from app.people.person import (
    ConsentGiven,
    DiabetesType,
    DiabetesTypeGiven,
    DigestTimeChosen,
    DoctorDisconnected,
    LanguageChosen,
    NameGiven,
    OthersADayChosen,
    Person,
    PersonForgotten,
    QuietHoursChosen,
    Role,
    UnitChosen,
    ZoneChosen,
)

ZONE = ZoneInfo("Asia/Kolkata")
ADDRESS = "whatsapp:+910000000000"
BEGIN = datetime(2026, 11, 20, 8, 30, tzinfo=ZONE)
"""A Friday."""

NEWCOMER = Person(UUID(int=1), Role.PATIENT, "en", "Asia/Kolkata")
PATIENT = replace(NEWCOMER, name="Asha", patient_id=UUID(int=2), diabetes_type=DiabetesType.TYPE_2)
METFORMIN = Medicine(UUID(int=3), "metformin")


def situation(person: Person = PATIENT, body: str = "", now: datetime = BEGIN) -> Situation:
    """Make a person's first situation; the medicines are known, so that lows are judged mildly."""
    message = InboundMessage("SM0", ADDRESS, body, now)
    known = MedicationFacts((METFORMIN,)) if person.patient_id else MedicationFacts()
    return Situation(now, message, person, medications=known, meals=MealFacts(table=food_table()))


def reminded(now: Situation, names: Mapping[str, int]) -> Situation:
    """Let one reminder have gone out of some doses, each due so many minutes ago."""
    minutes = max(names.values())
    sent_at = now.now - timedelta(minutes=minutes)
    doses = tuple(
        PendingDose(
            log_id=UUID(int=100 + number),
            medicine_id=METFORMIN.medicine_id if name == METFORMIN.name else UUID(int=200 + number),
            name=name,
            scheduled_time=now.now - timedelta(minutes=ago),
            remind_at=now.now - timedelta(minutes=ago),
            reminder_id=UUID(int=99),
            reminded_at=sent_at,
        )
        for number, (name, ago) in enumerate(names.items())
    )
    medicines = tuple(Medicine(dose.medicine_id, dose.name) for dose in doses)
    return replace(now, medications=MedicationFacts(medicines, doses))


def with_message(before: Situation, body: str, **fields: object) -> Situation:
    """Let the person write next."""
    sid = f"SM{before.now.isoformat()}{body}"
    told = {"address": ADDRESS, **fields}
    message = InboundMessage(sid=sid, body=body, received_at=before.now, **told)  # type: ignore[arg-type]  # fields of a message
    return replace(before, message=message, coded_doctor=None)


def understood(now: Situation) -> Parsed:
    """Read the message with the real parser, as the turn's transaction does."""
    at = now.message.received_at.astimezone(ZONE)
    return parse(lexicon(), Message(now.message.body, at, now.person.language, now.person.unit))


def taken(now: Situation, parsed: Parsed | None = None) -> Turn:
    """Take the turn of a situation."""
    words = heard_from(lexicon(), now.person.language)
    parsed = parsed or understood(now)
    turn = take_turn(now, parsed, words, flows())
    return (
        take_turn(replace(now, past=_past(now)), parsed, words, flows())
        if turn.lacks_past
        else turn
    )


def _past(now: Situation) -> Past:
    """Remember what was told: the readings of the last 24 hours, and no dose."""
    return Past(
        tuple(
            PastReading(one.reading_id, one.recorded_at, one.value_mg_dl, one.state)
            for one in now.glucose.latest_told
        )
    )


def said(turn: Turn, language: str) -> str:
    """Give all that is said, as the person reads it."""
    chosen = [event.language for event in turn.events if isinstance(event, LanguageChosen)]
    return "\n".join(render(reply, [language, *chosen][-1]) for reply in turn.replies)


def after(now: Situation, turn: Turn, minutes: float = 3) -> Situation:
    """Give the situation that the turn leads to, some minutes later."""
    later = replace(now, node=turn.node)
    for event in turn.events:
        later = applied(later, event)
    return replace(later, now=now.now + timedelta(minutes=minutes))


def applied(now: Situation, event: Event) -> Situation:
    """Let one event become a fact."""
    match event:
        case (
            ReadingLogged()
            | ReadingStateTold()
            | ReadingCorrected()
            | ReadingTakenBack()
            | ReadingOfMeal()
        ):
            return replace(now, glucose=GlucoseFacts(_readings(now, event)))
        case (
            MedicineAdded()
            | MedicineScheduled()
            | MedicinePaused()
            | MedicineResumed()
            | MedicineEnded()
            | DoseLogged()
            | DosePostponed()
        ):
            return replace(now, medications=_medications(now.medications, event))
        case (
            MealLogged()
            | MealTypeTold()
            | MealFoodsTold()
            | MealTakenBack()
            | MealMeasured()
            | MealTestOffered()
            | MealTestWanted()
        ):
            return replace(now, meals=replace(now.meals, latest_told=_meals(now, event)))
        case EmergencyOpened() | EmergencyContinued() | EmergencyResolved():
            return replace(now, emergency=EmergencyFacts(_open(now, event)))
        case _:
            return _of_person(now, event)


def _of_person(now: Situation, event: Event) -> Situation:
    match event:
        case DoctorDisconnected(doctor_id):
            left = tuple(one for one in now.doctors if one.doctor_id != doctor_id)
            return replace(now, doctors=left)
        case PersonForgotten():
            person = replace(now.person, patient_id=None, name=None, diabetes_type=None)
            return replace(situation(person, now=now.now), node=now.node)
        case _:
            return replace(now, person=_person(now.person, event))


def _person(person: Person, event: Event) -> Person:
    match event:
        case LanguageChosen(language):
            person = replace(person, language=language)
        case ConsentGiven(patient_id):
            person = replace(person, patient_id=patient_id)
        case NameGiven(name):
            person = replace(person, name=name)
        case DiabetesTypeGiven(diabetes_type):
            person = replace(person, diabetes_type=diabetes_type)
        case UnitChosen(unit):
            person = replace(person, unit=unit)
        case _:
            person = _with_settings(person, event)
    return person


def _with_settings(person: Person, event: Event) -> Person:
    match event:
        case ZoneChosen(zone):
            person = replace(person, zone=zone)
        case QuietHoursChosen(quiet):
            person = replace(person, quiet=quiet)
        case OthersADayChosen(at_most):
            person = replace(person, others_a_day=at_most)
        case DigestTimeChosen(at):
            person = replace(person, digest_at=at)
        case _:
            pass
    return person


def _medications(known: MedicationFacts, event: MedicationEvent) -> MedicationFacts:
    match event:
        case DoseLogged(log_id):
            left = tuple(dose for dose in known.pending if dose.log_id != log_id)
            others = tuple(dose for dose in known.answered if dose.log_id != log_id)
            return replace(known, pending=left, answered=(*others, _answered(event)))
        case DosePostponed(log_id, remind_at):
            later = {"remind_at": remind_at, "reminder_id": None, "reminded_at": None}
            pending = (replace(d, **later) if d.log_id == log_id else d for d in known.pending)  # type: ignore[arg-type]  # fields of a dose
            return replace(known, pending=tuple(pending))
        case MedicineEnded(medicine_id):
            taken = tuple(one for one in known.medicines if one.medicine_id != medicine_id)
            return replace(known, medicines=taken)
        case _:
            return _with(known, _medicine(known, event))


def _medicine(
    known: MedicationFacts,
    event: MedicineAdded | MedicineScheduled | MedicinePaused | MedicineResumed,
) -> Medicine:
    match event:
        case MedicineAdded(medicine_id, name, called):
            return Medicine(medicine_id, name, called)
        case MedicineScheduled(medicine_id, name, dosage, _, times, called):
            return Medicine(medicine_id, name, called, dosage, times)
        case MedicinePaused(medicine_id, until):
            return replace(_of(known, medicine_id), is_paused=True, paused_until=until)
        case MedicineResumed(medicine_id):
            return replace(_of(known, medicine_id), is_paused=False, paused_until=None)


def _of(known: MedicationFacts, medicine_id: UUID) -> Medicine:
    unknown = Medicine(medicine_id, "metformin")
    return next((one for one in known.medicines if one.medicine_id == medicine_id), unknown)


def _with(known: MedicationFacts, medicine: Medicine) -> MedicationFacts:
    """Put a medicine on the list; what was not told anew stays as it was."""
    kept = _of(known, medicine.medicine_id)
    called, dosage = medicine.called or kept.called, medicine.dosage or kept.dosage
    whole = replace(medicine, called=called, dosage=dosage)
    if kept in known.medicines:
        medicines = tuple(whole if one == kept else one for one in known.medicines)
        return replace(known, medicines=medicines)
    return replace(known, medicines=(*known.medicines, whole))


def _answered(event: DoseLogged) -> AnsweredDose:
    return AnsweredDose(
        event.log_id, event.medicine_id, event.log_status, event.scheduled_time, event.taken_at
    )


def _readings(now: Situation, event: GlucoseEvent) -> tuple[Reading, ...]:
    told = {reading.reading_id: reading for reading in reversed(now.glucose.latest_told)}
    match event:
        case ReadingLogged(reading_id, value, state, recorded_at):
            state = state or GlucoseState.RANDOM
            told[reading_id] = Reading(reading_id, value, state, recorded_at, now.now)
        case ReadingStateTold(reading_id, _, state):
            if reading_id in told:
                told[reading_id] = replace(told[reading_id], state=state)
        case ReadingCorrected(reading_id, _, value):
            told[reading_id] = replace(told[reading_id], value_mg_dl=value)
        case ReadingOfMeal(reading_id, _, meal_id):
            told[reading_id] = replace(told[reading_id], meal_id=meal_id)
        case ReadingTakenBack(reading_id):
            del told[reading_id]
    return tuple(reversed(told.values()))[:5]


def _meals(now: Situation, event: MealEvent) -> tuple[KeptMeal, ...]:
    told = {meal.meal_id: meal for meal in reversed(now.meals.latest_told)}
    match event:
        case MealLogged(meal_id, meal_type, consumed_at, foods):
            told[meal_id] = KeptMeal(meal_id, meal_type, consumed_at, now.now, foods)
        case MealTypeTold(meal_id, meal_type):
            told[meal_id] = replace(told[meal_id], meal_type=meal_type)
        case MealFoodsTold(meal_id, foods):
            told[meal_id] = replace(told[meal_id], foods=foods)
        case MealTakenBack(meal_id):
            del told[meal_id]
        case MealMeasured(meal_id, before, impact):
            told[meal_id] = replace(told[meal_id], before=before, impact_mg_dl=impact)
        case MealTestOffered(meal_id, offered_at):
            told[meal_id] = replace(told[meal_id], test_offered_at=offered_at)
        case MealTestWanted():
            pass
    return tuple(reversed(told.values()))


def _open(
    now: Situation, event: EmergencyOpened | EmergencyContinued | EmergencyResolved
) -> tuple[OpenEvent, ...]:
    open_now = {one.event_id: one for one in now.emergency.open}
    match event:
        case EmergencyOpened():
            open_now[event.event_id] = OpenEvent(
                event.event_id, event.type, event.level, event.status, now.now, event.glucose_mg_dl
            )
        case EmergencyContinued():
            open_now[event.event_id] = replace(
                open_now[event.event_id],
                level=event.level,
                status=event.status,
                round=event.round,
                normal_values=event.normal_values,
                glucose_mg_dl=event.glucose_mg_dl,
            )
        case EmergencyResolved(event_id):
            del open_now[event_id]
    return tuple(open_now.values())
