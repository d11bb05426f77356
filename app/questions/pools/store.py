"""What is read of the pools: a doctor's questions, and who waits for an answer."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Connection, Row, Select, func, or_, select
from sqlalchemy.dialects.postgresql import aggregate_order_by

from app.parsing.lexicon import Lexicon
from app.people.tables import Doctor, DoctorPatientConnection, Patient, User
from app.questions.question import ANSWERS_LAST, Asker, Own, Pool, Pooled
from app.questions.tables import PooledQuestion, PooledQuestionAsker
from app.questions.topics_kept import topics_from

MOST_READ = 400
"""Of a doctor's questions, the open ones and the newest answers are compared (house)."""


def pools_of_patient(
    connection: Connection, patient_id: UUID, words: Lexicon, now: datetime
) -> tuple[Pool, ...]:
    """Read the pools of a patient's doctors.

    Until the transaction ends nobody else asks these doctors: of two who ask the same at once the
    second joins the first.
    """
    link = DoctorPatientConnection
    of_patient = select(link.doctor_id).where(link.patient_id == patient_id, link.is_active)
    return _pools(connection, Doctor.id.in_(of_patient), words, now)


def pools_of_doctor(
    connection: Connection, user_id: UUID, words: Lexicon, now: datetime
) -> tuple[Pool, ...]:
    """Read the pool of a doctor who writes, locked as `pools_of_patient` does; none for others."""
    return _pools(connection, Doctor.user_id == user_id, words, now)


def _pools(
    connection: Connection, whose: ColumnElement[bool], words: Lexicon, now: datetime
) -> tuple[Pool, ...]:
    """Lock the doctors' pools, in one order everywhere, then read them."""
    ids = select(Doctor.id, Doctor.full_name).where(whose).order_by(Doctor.id).subquery()
    key = func.hashtextextended(func.concat("pool:", ids.c.id), 0)
    locked = select(ids.c.id, ids.c.full_name, func.pg_advisory_xact_lock(key))
    doctors = connection.execute(locked).all()
    found: dict[UUID, list[Pooled]] = {row.id: [] for row in doctors}
    for row in connection.execute(_questions(list(found), now - ANSWERS_LAST)):
        found[row.doctor_id].append(_pooled(row))
    return tuple(Pool(row.id, row.full_name, words, tuple(found[row.id])) for row in doctors)


def _questions(doctors: list[UUID], since: datetime) -> Select[Any]:
    question, asker = PooledQuestion, PooledQuestionAsker
    own = func.json_build_array(
        asker.patient_id, asker.question, asker.language, asker.about, asker.asked_at
    )
    asked = (
        select(func.json_agg(aggregate_order_by(own, asker.asked_at, asker.patient_id)))
        .where(asker.question_id == question.id, ~question.is_answered)
        .scalar_subquery()
    )
    return (
        select(question.__table__, asked.label("own"))
        .where(question.doctor_id.in_(doctors))
        .where(or_(~question.is_answered, question.answered_at > since))
        .order_by(question.is_answered, question.answered_at.desc(), question.first_asked_at)
        .limit(MOST_READ)
    )


def _pooled(row: Row[Any]) -> Pooled:
    return Pooled(
        row.id,
        row.number or 0,
        row.question,
        topics_from(row.about, row.question),
        row.patient_count,
        row.first_asked_at,
        row.is_urgent,
        row.answer,
        row.answered_at,
        row.is_refused,
        tuple(_own(*each) for each in row.own or ()),
    )


def _own(
    patient_id: str, text: str, language: str, about: dict[str, Any] | None, asked_at: str
) -> Own:
    asked = datetime.fromisoformat(asked_at)
    return Own(UUID(patient_id), text, language, topics_from(about, text), asked)


def askers(connection: Connection, question_id: UUID) -> list[Asker]:
    """List who asked a question and is still connected with its doctor."""
    asker, link = PooledQuestionAsker, DoctorPatientConnection
    rows = connection.execute(
        select(User.id, Patient.id, User.language, asker.question)
        .select_from(asker)
        .join(PooledQuestion, PooledQuestion.id == asker.question_id)
        .join(Patient, Patient.id == asker.patient_id)
        .join(User, User.id == Patient.user_id)
        .join(link, link.patient_id == Patient.id)
        .where(link.doctor_id == PooledQuestion.doctor_id, link.is_active)
        .where(asker.question_id == question_id, User.is_active)
        .order_by(asker.asked_at, Patient.id)
    )
    return [Asker(*row) for row in rows]


def doctor_user(connection: Connection, doctor_id: UUID) -> tuple[UUID, str] | None:
    """Give a doctor's user and language; None for a doctor who is not active."""
    row = connection.execute(
        select(User.id, User.language)
        .join(Doctor, Doctor.user_id == User.id)
        .where(Doctor.id == doctor_id, User.is_active)
    ).one_or_none()
    return (row.id, row.language) if row else None
