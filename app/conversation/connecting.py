"""A doctor's code in a message: whose it is, and whether the doctor may see what is kept. Pure."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from app.conversation.steps import enter, give_way, run
from app.parsing.meanings import Connect
from app.people.person import Role
from app.text import text

if TYPE_CHECKING:
    from app.conversation.course import Course
    from app.conversation.flow import Flows
    from app.conversation.turn import Situation, SlotValue
    from app.parsing.meanings import Parsed
    from app.people.doctors.doctor import CodedDoctor
    from app.text import Text

FLOW = "connect_doctor"
BEGINNING = "onboarding"
FOR_PATIENTS = text(
    "A doctor's code connects a patient. The patient can send it from their own phone."
)


def code_in(parsed: Parsed) -> str | None:
    """Give the doctor's code of a message; None where there is none."""
    return next((m.code for m in parsed.meanings if isinstance(m, Connect)), None)


def connecting(course: Course, code: str, flows: Flows, situation: Situation) -> Course:
    """Ask for consent that the doctor of a code sees what is kept, or say what is in the way."""
    person, doctor = situation.asker, situation.coded_doctor
    if person.patient_id is None and person.role is not Role.PATIENT:
        return course.saying(FOR_PATIENTS)
    if doctor is None:
        return _again(course.saying(_unknown(code)), flows, situation)
    if doctor.is_connected:
        said = text("You are connected with {doctor} already.", doctor=doctor.name)
        return _again(course.saying(said), flows, situation)
    if person.patient_id is None:
        return _at_beginning(course, doctor, flows, situation)
    return run(enter(give_way(course, flows), flows, FLOW, _slots(doctor)), flows, situation)


def _unknown(code: str) -> Text:
    return text(
        "I know no doctor with the code {code}. Please look at the code again, or ask your doctor.",
        code=code,
    )


def _again(course: Course, flows: Flows, situation: Situation) -> Course:
    return run(replace(give_way(course, flows), again=True), flows, situation)


def _at_beginning(
    course: Course, doctor: CodedDoctor, flows: Flows, situation: Situation
) -> Course:
    """Hold the doctor over until the person has agreed to be kept: only then is it asked for."""
    first = text("You come from {doctor}. First a few short questions.", doctor=doctor.name)
    course = course.saying(first)
    place = course.place
    if place is None or place.flow != BEGINNING:
        return run(enter(course, flows, BEGINNING, _slots(doctor)), flows, situation)
    held = replace(place, slots={**place.slots, **_slots(doctor)})
    return run(replace(course.at(held), again=True), flows, situation)


def _slots(doctor: CodedDoctor) -> dict[str, SlotValue]:
    return {"doctor_id": str(doctor.doctor_id), "doctor": doctor.name}
