"""What others are told of a question: those who asked its answer, the doctor its urgency. Pure."""

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from uuid import UUID

from app.messaging.outbox.outgoing import Outgoing, Priority, Purpose
from app.questions.question import Asker, QuestionAnswered, QuestionAsked
from app.text import Text, text

STALE_AFTER = timedelta(days=3)
"""An answer that could not be sent for so long is given up (house)."""
URGENT_STALE_AFTER = timedelta(hours=24)
"""The same of an urgent question (house)."""


def answers(
    event: QuestionAnswered, askers: Iterable[Asker], turn_id: UUID, now: datetime
) -> Iterator[Outgoing]:
    """Give each of those who asked the answer, once, with their own question quoted."""
    for asker in askers:
        yield Outgoing(
            key=f"answer:{turn_id}:{asker.patient_id}",
            user_id=asker.user_id,
            patient_id=asker.patient_id,
            purpose=Purpose.DOCTOR_ANSWER,
            priority=Priority.TIMELY,
            language=asker.language,
            texts=(_said(event, asker),),
            due_at=now,
            not_after=now + STALE_AFTER,
        )


def _said(event: QuestionAnswered, asker: Asker) -> Text:
    given = {"doctor": event.doctor_name, "question": asker.question, "answer": event.answer}
    if event.is_refused:
        return text("{doctor} cannot answer your question here: “{question}” {answer}", **given)
    if event.is_correction:
        return text("{doctor} corrects the answer to your question “{question}”: {answer}", **given)
    return text("{doctor} answers your question “{question}”: {answer}", **given)


def urgent(
    event: QuestionAsked, doctor_user_id: UUID, language: str, now: datetime
) -> Outgoing | None:
    """Tell the doctor at once of a question that cannot wait in the pool; names nobody."""
    if not event.is_urgent or event.number is None:
        return None
    return Outgoing(
        key=f"question:{event.question_id}",
        user_id=doctor_user_id,
        patient_id=None,
        purpose=Purpose.URGENT_QUESTION,
        priority=Priority.TIMELY,
        language=language,
        texts=(
            text(
                "Urgent question of a patient, number {number}: {question} To answer, write the "
                "number and your answer in one message.",
                number=event.number,
                question=event.text,
            ),
        ),
        due_at=now,
        not_after=now + URGENT_STALE_AFTER,
    )
