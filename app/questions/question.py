"""Questions that patients put to their doctor, pooled where they ask the same. Pure."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import count, islice
from uuid import UUID

from app.parsing.lexicon import Lexicon
from app.parsing.topics import Topics
from app.questions.alike import alike

CORRECTED_WITHIN = timedelta(hours=1)
"""How long a doctor may put an answer right, so that all who got it get the right one (house)."""
LONGEST_ANSWER = 600
"""Letters; a template takes no more, and no answer of a doctor is ever cut (house)."""
ANSWERS_LAST = timedelta(days=180)
"""How long an answer is offered to the next who asks the same (house)."""


@dataclass(frozen=True, slots=True)
class Own:
    """What one patient asked, in their own words."""

    patient_id: UUID
    text: str
    language: str
    about: Topics
    asked_at: datetime


@dataclass(frozen=True, slots=True)
class Asker:
    """Who waits for an answer: a patient's user, and their own words."""

    user_id: UUID
    patient_id: UUID
    language: str
    question: str


@dataclass(frozen=True, slots=True)
class Pooled:
    """One question of a doctor's patients, however many of them asked it.

    Attributes:
        number: By which the doctor answers it: the lowest that no other open question has.
        text: In the words of whoever asked it first.
        askers: How many patients wait for its answer, or got it.
        is_urgent: A complaint is named in it: it does not wait to be listed.
        answer: None while it is open; the reason where it was refused.
        own: What each of the askers wrote; of open questions only.
    """

    question_id: UUID
    number: int
    text: str
    about: Topics
    askers: int
    first_asked_at: datetime
    is_urgent: bool = False
    answer: str | None = None
    answered_at: datetime | None = None
    is_refused: bool = False
    own: tuple[Own, ...] = ()


@dataclass(frozen=True, slots=True)
class Pool:
    """A doctor's questions, open and answered, as far as a turn needs them.

    Attributes:
        words: By which questions are compared.
    """

    doctor_id: UUID
    doctor_name: str
    words: Lexicon
    questions: tuple[Pooled, ...] = ()

    @property
    def waiting(self) -> tuple[Pooled, ...]:
        """What is not answered: urgent ones first, then what most ask, then the oldest."""
        waiting = (one for one in self.questions if one.answer is None)
        return tuple(
            sorted(waiting, key=lambda one: (not one.is_urgent, -one.askers, one.first_asked_at))
        )

    def same(self, about: Topics) -> Pooled | None:
        """Find the open question that asks the same; an urgent one is never joined."""
        return next(
            (one for one in self.waiting if not one.is_urgent and alike(one.about, about)), None
        )

    def answered(self, about: Topics, now: datetime) -> Pooled | None:
        """Find the newest answer to a question that asks the same."""
        given = (
            one
            for one in self.questions
            if one.answered_at is not None
            and not one.is_refused
            and now - one.answered_at <= ANSWERS_LAST
            and alike(one.about, about)
        )
        return max(given, key=lambda one: one.answered_at or now, default=None)

    def numbered(self, number: int, now: datetime) -> Pooled | None:
        """Find the open question of a number, or the one that it was until lately."""
        found = [one for one in self.questions if one.number == number]
        lately = [one for one in found if one.answered_at and is_fresh(one, now)]
        still = [one for one in found if one.answer is None]
        return next(iter([*still, *lately]), None)

    def free_numbers(self, how_many: int = 1) -> list[int]:
        """Give the lowest numbers that no open question has."""
        used = {one.number for one in self.waiting}
        free = (number for number in count(1) if number not in used)
        return list(islice(free, how_many))


def is_fresh(question: Pooled, now: datetime) -> bool:
    """Say whether an answer may still be put right."""
    at = question.answered_at
    return at is not None and now - at <= CORRECTED_WITHIN


@dataclass(frozen=True, slots=True)
class QuestionAsked:
    """A patient put a question to a doctor.

    Attributes:
        question_id: The pooled one: of those who asked the same before, or new.
        number: Of a new one; None where it joins one that is there.
        text: In the patient's own words.
    """

    question_id: UUID
    doctor_id: UUID
    text: str
    language: str
    about: Topics
    number: int | None
    is_urgent: bool = False


@dataclass(frozen=True, slots=True)
class QuestionAnswered:
    """A doctor answered a question, refused it, or put the answer right.

    Attributes:
        answer: The answer, or the reason why there is none.
    """

    question_id: UUID
    doctor_name: str
    answer: str
    is_refused: bool = False
    is_correction: bool = False


@dataclass(frozen=True, slots=True)
class QuestionsMerged:
    """A doctor said that two questions are one: who asked the other waits for this one's answer."""

    question_id: UUID
    other_id: UUID


@dataclass(frozen=True, slots=True)
class Apart:
    """What one patient asked, as a question of its own."""

    question_id: UUID
    number: int
    own: Own


@dataclass(frozen=True, slots=True)
class QuestionSplit:
    """A doctor said that those who asked a question mean different things: each stands alone."""

    question_id: UUID
    doctor_id: UUID
    others: tuple[Apart, ...]


QuestionEvent = QuestionAsked | QuestionAnswered | QuestionsMerged | QuestionSplit
