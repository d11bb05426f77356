"""What is written of pooled questions."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import Connection, case, delete, func, literal, select, update
from sqlalchemy.dialects.postgresql import insert

from app.people.tables import Patient
from app.questions.question import (
    Own,
    QuestionAnswered,
    QuestionAsked,
    QuestionEvent,
    QuestionsMerged,
    QuestionSplit,
)
from app.questions.tables import PooledQuestion, PooledQuestionAsker
from app.questions.topics_kept import topics_to


def apply(
    connection: Connection, patient_id: UUID | None, event: QuestionEvent, now: datetime
) -> None:
    """Write down what became of a question. Fetches nothing back."""
    match event:
        case QuestionAsked():
            assert patient_id is not None  # noqa: S101 - only a patient asks
            _ask(connection, patient_id, event, now)
        case QuestionAnswered():
            _answer(connection, event, now)
        case QuestionsMerged():
            _merge(connection, event, now)
        case QuestionSplit():  # pragma: no branch - mypy holds that no kind is forgotten
            _split(connection, event, now)


def _ask(connection: Connection, patient_id: UUID, event: QuestionAsked, now: datetime) -> None:
    own = Own(patient_id, event.text, event.language, event.about, now)
    if event.number is not None:
        _make(connection, event.question_id, event.doctor_id, own, event.number, event.is_urgent)
    connection.execute(
        insert(PooledQuestionAsker)
        .values(
            question_id=event.question_id,
            patient_id=patient_id,
            question=event.text,
            language=event.language,
            about=topics_to(event.about),
            asked_at=now,
        )
        .on_conflict_do_nothing()
        .inline()
    )
    _count(connection, event.question_id, now)


def _make(
    connection: Connection,
    question_id: UUID,
    doctor_id: UUID,
    own: Own,
    number: int,
    is_urgent: bool,  # noqa: FBT001 - a column like the others
) -> None:
    connection.execute(
        insert(PooledQuestion)
        .values(
            id=question_id,
            doctor_id=doctor_id,
            question=own.text,
            patient_count=0,
            first_asked_at=own.asked_at,
            last_asked_at=own.asked_at,
            number=number,
            about=topics_to(own.about),
            is_urgent=is_urgent,
        )
        .inline()
    )


def _count(connection: Connection, question_id: UUID, now: datetime) -> None:
    asker = PooledQuestionAsker
    of_it = select(func.count()).where(asker.question_id == question_id)
    last = select(func.max(asker.asked_at)).where(asker.question_id == question_id)
    connection.execute(
        update(PooledQuestion)
        .where(PooledQuestion.id == question_id)
        .values(
            patient_count=of_it.scalar_subquery(),
            last_asked_at=func.coalesce(last.scalar_subquery(), now),
        )
    )


def _answer(connection: Connection, event: QuestionAnswered, now: datetime) -> None:
    first_at = case((PooledQuestion.is_answered, PooledQuestion.answered_at), else_=literal(now))
    connection.execute(
        update(PooledQuestion)
        .where(PooledQuestion.id == event.question_id)
        .values(
            answer=event.answer,
            answered_at=first_at,
            answered_by=PooledQuestion.doctor_id,
            is_answered=True,
            is_refused=event.is_refused,
        )
    )


def _merge(connection: Connection, event: QuestionsMerged, now: datetime) -> None:
    asker = PooledQuestionAsker
    already = select(asker.patient_id).where(asker.question_id == event.question_id)
    connection.execute(
        update(asker)
        .where(asker.question_id == event.other_id, asker.patient_id.not_in(already))
        .values(question_id=event.question_id)
    )
    connection.execute(delete(PooledQuestion).where(PooledQuestion.id == event.other_id))
    _count(connection, event.question_id, now)


def _split(connection: Connection, event: QuestionSplit, now: datetime) -> None:
    asker = PooledQuestionAsker
    for one in event.others:
        _make(connection, one.question_id, event.doctor_id, one.own, one.number, False)  # noqa: FBT003
        connection.execute(
            update(asker)
            .where(asker.question_id == event.question_id)
            .where(asker.patient_id == one.own.patient_id)
            .values(question_id=one.question_id)
        )
        _count(connection, one.question_id, now)
    _count(connection, event.question_id, now)


def forget(connection: Connection, user_id: UUID) -> None:
    """Take a patient who is about to be deleted, and their words, out of the pools."""
    pooled, asker = PooledQuestion, PooledQuestionAsker
    own = select(Patient.id).where(Patient.user_id == user_id).scalar_subquery()
    theirs = select(asker.question_id).where(asker.patient_id == own)
    left = (asker.question_id == pooled.id, asker.patient_id != own)
    first, about = (
        select(column).where(*left).order_by(asker.asked_at, asker.patient_id).limit(1)
        for column in (asker.question, asker.about)
    )
    connection.execute(
        update(pooled)
        .where(pooled.id.in_(theirs))
        .values(
            question=func.coalesce(first.scalar_subquery(), ""),
            about=about.scalar_subquery(),
            patient_count=select(func.count()).where(*left).scalar_subquery(),
        )
    )
    connection.execute(delete(pooled).where(pooled.id.in_(theirs), pooled.patient_count == 0))
