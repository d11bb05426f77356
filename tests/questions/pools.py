"""Pools of questions without a database."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from uuid import UUID

from app.parsing.load import lexicon
from app.questions.question import Own, Pool, Pooled
from tests.questions.pairs import NOON, about

DOCTOR = UUID(int=70)


def asked(number: int, *texts: str, at: datetime = NOON) -> Pooled:
    """Let as many patients have asked the same, the first a day ago."""
    own = tuple(
        Own(UUID(int=500 + 10 * number + n), text, "en", about(text), at - timedelta(hours=24 - n))
        for n, text in enumerate(texts)
    )
    first = own[0]
    return Pooled(
        UUID(int=number), number, first.text, first.about, len(own), first.asked_at, own=own
    )


def answered(number: int, text: str, answer: str, at: datetime = NOON) -> Pooled:
    return replace(asked(number, text), answer=answer, answered_at=at)


def pool(*questions: Pooled, doctor_id: UUID = DOCTOR, name: str = "Dr. Rao") -> Pool:
    return Pool(doctor_id, name, lexicon(), questions)


def pool_answered(doctor_id: UUID, name: str, answers: Mapping[str, str], at: datetime) -> Pool:
    """Let a doctor have answered some questions."""
    given = enumerate(answers.items(), start=1)
    questions = [answered(n, question, answer, at) for n, (question, answer) in given]
    return pool(*questions, doctor_id=doctor_id, name=name)
