"""Persons, facts and messages for the tests of emergencies."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from uuid import NAMESPACE_URL, UUID, uuid5

from app.emergency.assess import Assessment, Circumstances, assess
from app.emergency.event import (
    EmergencyContinued,
    EmergencyEvent,
    EmergencyFacts,
    EmergencyOpened,
    EmergencyResolved,
    EmergencyStatus,
    EmergencyType,
    Level,
    OpenEvent,
)
from app.glucose.reading import GlucoseFacts, Reading
from app.medications.dose import MedicationFacts, Medicine
from app.parsing.meanings import AnyMeaning, Glucose, GlucoseState, Symptoms
from app.parsing.units import Unit
from app.people.person import DiabetesType, Person, Role

NOON = datetime(2026, 3, 4, 12, tzinfo=UTC)


def new_id(name: str) -> UUID:
    return uuid5(NAMESPACE_URL, name)


def person(diabetes_type: DiabetesType | None = None, unit: Unit = Unit.MG_DL) -> Person:
    return Person(
        user_id=new_id("user"),
        role=Role.PATIENT,
        language="en",
        zone="Asia/Kolkata",
        patient_id=new_id("patient"),
        diabetes_type=diabetes_type,
        unit=unit,
    )


def medicines(*names: str) -> MedicationFacts:
    return MedicationFacts(tuple(Medicine(new_id(name), name) for name in names))


def reading(value: float, minutes_ago: float, kept_minutes_ago: float | None = None) -> Reading:
    kept_ago = minutes_ago if kept_minutes_ago is None else kept_minutes_ago
    return Reading(
        reading_id=new_id(f"{value}"),
        value_mg_dl=value,
        state=GlucoseState.RANDOM,
        recorded_at=NOON - timedelta(minutes=minutes_ago),
        kept_at=NOON - timedelta(minutes=kept_ago),
    )


def told(*readings: Reading) -> GlucoseFacts:
    return GlucoseFacts(readings)


def event(
    level: Level,
    event_type: EmergencyType = EmergencyType.HYPOGLYCEMIA,
    *,
    minutes_ago: float = 15,
    status: EmergencyStatus = EmergencyStatus.ACTIVE,
    glucose: float | None = None,
    name: str = "open",
) -> OpenEvent:
    return OpenEvent(
        event_id=new_id(name),
        type=event_type,
        level=level,
        status=status,
        opened_at=NOON - timedelta(minutes=minutes_ago),
        glucose_mg_dl=glucose,
    )


@dataclass(frozen=True, slots=True)
class Story:
    """A person with facts, to whom messages come one after another.

    Every answer's events are applied as the store would, so that a sequence can be told.
    """

    who: Person
    medications: MedicationFacts = field(default_factory=MedicationFacts)
    open: tuple[OpenEvent, ...] = ()
    glucose: GlucoseFacts = field(default_factory=GlucoseFacts)
    now: datetime = NOON

    def hears(self, *meanings: AnyMeaning) -> Assessment:
        circumstances = Circumstances(
            person=self.who,
            received_at=self.now,
            now=self.now,
            glucose=self.glucose,
            medications=self.medications,
            emergency=EmergencyFacts(self.open),
        )
        return assess(meanings, circumstances, lambda name: new_id(f"{self.now} {name}"))

    def after(self, answer: Assessment, minutes: float = 15) -> "Story":
        events = applied(self.open, answer.events, self.now)
        return replace(self, open=events, now=self.now + timedelta(minutes=minutes))

    def goes(self, *steps: float | str | AnyMeaning, minutes: float = 15) -> list[Assessment]:
        """Hear values and complaints, so many minutes apart, and list the answers."""
        answers: list[Assessment] = []
        story = self
        for step in steps:
            answers.append(story.hears(meaning(step)))
            story = story.after(answers[-1], minutes)
        return answers


def meaning(step: float | str | AnyMeaning) -> AnyMeaning:
    if isinstance(step, str):
        return Symptoms(tuple(step.split()))
    return Glucose(float(step)) if isinstance(step, int | float) else step


def applied(
    open_events: tuple[OpenEvent, ...], events: Iterable[EmergencyEvent], now: datetime
) -> tuple[OpenEvent, ...]:
    """Do to the open events what the store does to its rows."""
    rows = {one.event_id: one for one in open_events}
    for happened in events:
        match happened:
            case EmergencyOpened():
                rows[happened.event_id] = OpenEvent(
                    event_id=happened.event_id,
                    type=happened.type,
                    level=happened.level,
                    status=happened.status,
                    opened_at=now,
                    glucose_mg_dl=happened.glucose_mg_dl,
                )
            case EmergencyContinued():
                rows[happened.event_id] = OpenEvent(
                    event_id=happened.event_id,
                    type=rows[happened.event_id].type,
                    level=happened.level,
                    status=happened.status,
                    opened_at=rows[happened.event_id].opened_at,
                    glucose_mg_dl=happened.glucose_mg_dl,
                    round=happened.round,
                    normal_values=happened.normal_values,
                )
            case EmergencyResolved():
                del rows[happened.event_id]
    return tuple(rows.values())
