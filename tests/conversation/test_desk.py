"""The doctor's chat: the pool listed, questions answered by number, merged, parted, refused."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from uuid import UUID

import pytest

from app.conversation.turn import Situation, Turn
from app.i18n import languages
from app.people.person import Person, Role
from app.questions.question import (
    Pool,
    QuestionAnswered,
    QuestionsMerged,
    QuestionSplit,
)
from tests.conversation.world import PATIENT, said, situation, taken, with_message
from tests.questions.pools import answered, asked, pool

DOCTOR = Person(UUID(int=9), Role.DOCTOR, "en", "Asia/Kolkata", name="Dr. Rao")
MANGO = asked(1, "can i eat mango", "kya aam kha sakte hai", "மாம்பழம் சாப்பிடலாமா")
WALK = asked(2, "when should i walk")
URGENT = replace(asked(3, "dizzy after metformin, what to do"), is_urgent=True)


def told(body: str, *pools: Pool, person: Person = DOCTOR) -> Turn:
    now = replace(situation(person), pools=pools or (pool(WALK, MANGO, URGENT),))
    return taken(with_message(now, body))


def words(turn: Turn) -> str:
    return said(turn, "en")


@pytest.mark.parametrize("order", ["questions", "QUESTIONS", "question"])
def test_the_list_has_the_urgent_first_and_then_what_most_ask(order: str) -> None:
    listed = words(told(order)).splitlines()
    assert listed[:3] == [
        "URGENT: 3. dizzy after metformin, what to do (1 patient)",
        "1. can i eat mango (3 patients)",
        "2. when should i walk (1 patient)",
    ]


@pytest.mark.parametrize("language", sorted(languages()))
def test_the_list_is_asked_for_in_every_language(language: str) -> None:
    ours = {
        "en": "questions", "hi": "सवाल", "ta": "கேள்வி", "te": "ప్రశ్న", "bn": "প্রশ্ন",
        "mr": "प्रश्न", "gu": "પ્રશ્ન",
    }  # fmt: skip
    turn = told(ours[language], person=replace(DOCTOR, language=language))
    assert "can i eat mango" in said(turn, language)


def test_an_empty_pool_says_so() -> None:
    assert words(told("questions", pool())) == "No question of your patients waits for you."


@pytest.mark.parametrize(
    "body",
    ["1 Half a mango is fine.", "1. Half a mango is fine.", "१) Half a mango is fine."],
)
def test_a_number_and_words_answer_a_question(body: str) -> None:
    turn = told(body)
    assert turn.events == (QuestionAnswered(MANGO.question_id, "Dr. Rao", "Half a mango is fine."),)
    assert "This goes to 3 patients: Half a mango is fine." in words(turn)


def test_what_an_answer_tells_is_no_log_and_no_danger_of_the_doctors() -> None:
    turn = told("1 2 roti, and if sugar is below 54 or he is unconscious call 112")
    assert [type(event) for event in turn.events] == [QuestionAnswered]
    assert not turn.is_emergency


def test_an_answer_is_put_right_within_the_hour_and_not_later() -> None:
    now = situation(DOCTOR).now
    lately = answered(1, "can i eat mango", "No.", now - timedelta(minutes=59))
    (event,) = told("1 Half a mango is fine.", pool(lately)).events
    assert isinstance(event, QuestionAnswered)
    assert event.is_correction
    long_ago = answered(1, "can i eat mango", "No.", now - timedelta(minutes=61))
    assert told("1 Half a mango is fine.", pool(long_ago)).events == ()


def test_a_question_that_came_since_has_the_number_of_the_answered_one() -> None:
    now = situation(DOCTOR).now
    lately = answered(1, "can i eat mango", "No.", now - timedelta(minutes=5))
    (event,) = told("1 After dinner.", pool(lately, asked(1, "when should i walk"))).events
    assert isinstance(event, QuestionAnswered)
    assert not event.is_correction


def test_an_answer_that_would_be_cut_is_not_sent() -> None:
    assert len(told(f"1 {'a' * 600}").events) == 1
    turn = told(f"1 {'a' * 601}")
    assert turn.events == ()
    assert "601" in words(turn)


def test_a_number_alone_shows_everybodys_own_words() -> None:
    shown = words(told("1"))
    assert "Also asked as: kya aam kha sakte hai" in shown
    assert "Also asked as: மாம்பழம் சாப்பிடலாமா" in shown


def test_a_refusal_needs_its_reason() -> None:
    assert told("refuse 2").events == ()
    assert "reason" in words(told("refuse 2"))
    (event,) = told("refuse 2 please come to the clinic").events
    assert event == QuestionAnswered(
        WALK.question_id, "Dr. Rao", "please come to the clinic", is_refused=True
    )


def test_two_questions_become_one() -> None:
    assert told("merge 1 and 2").events == (QuestionsMerged(MANGO.question_id, WALK.question_id),)
    assert told("1 and 2 are the same").events == told("merge 1 2").events


@pytest.mark.parametrize("order", ["merge 1 and 1", "merge 1 and 9", "merge 9 and 1"])
def test_what_cannot_be_merged_is_left(order: str) -> None:
    turn = told(order)
    assert turn.events == ()
    assert "There is no question" in words(turn)


def test_a_question_is_parted_into_everybodys_own_with_free_numbers() -> None:
    (event,) = told("split 1").events
    assert isinstance(event, QuestionSplit)
    assert [(one.number, one.own.text) for one in event.others] == [
        (4, "kya aam kha sakte hai"),
        (5, "மாம்பழம் சாப்பிடலாமா"),
    ]
    assert told("split 2").events == ()


def test_a_number_that_is_nobodys_is_said_and_nothing_is_sent() -> None:
    assert "There is no question 8" in words(told("8"))
    assert told("8 take two tablets").events == ()


def test_a_patient_has_no_desk() -> None:
    turn = told("1 Half a mango is fine.", person=PATIENT)
    assert not any(isinstance(event, QuestionAnswered) for event in turn.events)


def test_a_desk_that_has_not_been_read_is_asked_for() -> None:
    now: Situation = with_message(replace(situation(DOCTOR), pools=None), "questions")
    assert taken(now).lacks_pools
