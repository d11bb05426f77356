"""What a turn ends in, made facts without a database: for conversations that keep nothing. Pure."""

from __future__ import annotations

from dataclasses import replace
from uuid import UUID

from app.conversation.turn import Event, Situation
from app.emergency.event import (
    EmergencyContinued,
    EmergencyEvent,
    EmergencyFacts,
    EmergencyOpened,
    EmergencyResolved,
    OpenEvent,
)
from app.glucose.checks.check import ChecksEnded, ChecksWanted
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
    SkipReasonTold,
)
from app.parsing.meanings import GlucoseState
from app.people.caring.caregiver import (
    CaregiverAllowed,
    CaregiverEnded,
    CareLeft,
    CaringEvent,
)
from app.people.person import (
    ConsentGiven,
    DiabetesTypeGiven,
    DigestTimeChosen,
    DoctorDisconnected,
    LanguageChosen,
    NameGiven,
    OthersADayChosen,
    Person,
    PersonForgotten,
    QuietHoursChosen,
    UnitChosen,
    ZoneChosen,
)


def applied(now: Situation, event: Event) -> Situation:
    """Let one event become a fact."""
    if isinstance(event, GlucoseEvent):
        return replace(now, glucose=GlucoseFacts(_readings(now, event)))
    if isinstance(event, MedicationEvent):
        return replace(now, medications=_medications(now.medications, event))
    if isinstance(event, MealEvent):
        return replace(now, meals=replace(now.meals, latest_told=_meals(now, event)))
    if isinstance(event, EmergencyEvent):
        return replace(now, emergency=EmergencyFacts(_open(now, event)))
    return _of_person(now, event)


def _of_person(now: Situation, event: Event) -> Situation:
    match event:
        case ChecksWanted() | ChecksEnded():
            times = event.times if isinstance(event, ChecksWanted) else ()
            return replace(now, checks=times)
        case DoctorDisconnected(doctor_id):
            left = tuple(one for one in now.doctors if one.doctor_id != doctor_id)
            return replace(now, doctors=left)
        case CaregiverAllowed() | CaregiverEnded() | CareLeft():
            return _of_family(now, event)
        case PersonForgotten():
            person = replace(now.person, patient_id=None, name=None, diabetes_type=None)
            return Situation(
                now.now, now.message, person, now.node, meals=MealFacts(table=now.meals.table)
            )
        case _:
            return replace(now, person=_person(now.person, event))


def _of_family(now: Situation, event: CaringEvent) -> Situation:
    match event:
        case CaregiverAllowed(caregiver_id, may_log, may_see):
            kept = (
                replace(one, may_log=may_log, may_see=may_see)
                if one.caregiver_id == caregiver_id
                else one
                for one in now.caring
            )
            return replace(now, caring=tuple(kept))
        case CaregiverEnded(caregiver_id):
            left = tuple(one for one in now.caring if one.caregiver_id != caregiver_id)
            return replace(now, caring=left)
        case CareLeft(patient_id):
            others = tuple(o for o in now.person.cares_for if o.patient_id != patient_id)
            return replace(now, person=replace(now.person, cares_for=others))


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
        case SkipReasonTold():
            return known
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
