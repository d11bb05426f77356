"""What holds of every message while a reminder waits."""

from dataclasses import replace
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.conversation.turn import Situation, Turn
from app.medications.dose import DoseLogged, DosePostponed, MedicationFacts
from app.messaging.outbox.outgoing import outbound_id
from app.parsing.meanings import DoseStatus
from app.people.person import MessagesStopped
from app.reminders.recipient import medicine_key
from tests.conversation.world import (
    PATIENT,
    after,
    reminded,
    said,
    situation,
    taken,
    with_message,
)

WAITING = reminded(situation(PATIENT), {"metformin": 5, "aspirin": 5})
SAID = st.one_of(
    st.text(max_size=30),
    st.integers(0, 700).map(str),
    st.sampled_from(
        ["taken", "le li", "नहीं ली", "later", "skip", "ok", "no", "sugar 48", "fasting 126",
         "metformin le li", "aspirin nahi li", "dawai le li", "undo", "menu", "thanks",
         "metformin le li, aspirin nahi li", "metformin 500 subah shaam",
         "abhi nahi li", "not yet", "dono kha li", "metformin abhi nahi li, aspirin le li"]
    ),
)  # fmt: skip


def heard(said: str) -> Turn:
    return taken(with_message(WAITING, said))


@given(SAID)
def test_a_message_is_answered_and_no_dose_is_logged_twice(said: str) -> None:
    turn = heard(said)
    assert turn.replies
    logged = [event.log_id for event in turn.events if isinstance(event, DoseLogged)]
    assert len(set(logged)) == len(logged)
    told = {event.log_id for event in turn.events if isinstance(event, DosePostponed)}
    assert told.isdisjoint(logged)


@given(st.integers(0, 700).map(str))
def test_a_number_is_an_answer_or_a_reading_never_both(said: str) -> None:
    logged = [event for event in heard(said).events if isinstance(event, DoseLogged)]
    assert len(logged) == (2 if said in {"1", "3"} else 0)


@pytest.mark.parametrize("said", ["stop", "STOP", "band karo", "unsubscribe", "stop reminders"])
def test_stop_is_obeyed(said: str) -> None:
    assert heard(said).events == (MessagesStopped(),)


@given(SAID)
def test_without_a_reminder_nothing_is_heard_as_its_answer(said: str) -> None:
    known = MedicationFacts(WAITING.medications.medicines)
    turn = taken(with_message(replace(WAITING, medications=known), said))
    assert not any(isinstance(event, DosePostponed) for event in turn.events)
    waiting = {dose.log_id for dose in WAITING.medications.pending}
    logged = {event.log_id for event in turn.events if isinstance(event, DoseLogged)}
    assert waiting.isdisjoint(logged)


BUTTONS = {"taken": "Taken", "later": "Later", "skipped": "Skipped"}


def tapped(now: Situation, row: str, reminder_id: UUID | None) -> Turn:
    token = reminder_id.hex if reminder_id else ""
    return taken(with_message(now, BUTTONS[row], button_payload=f"{token}:{row}"))


@pytest.mark.parametrize(
    ("row", "event"), [("taken", DoseLogged), ("later", DosePostponed), ("skipped", DoseLogged)]
)
def test_a_button_under_a_reminder_answers_it(row: str, event: type) -> None:
    turn = tapped(WAITING, row, WAITING.medications.pending[0].reminder_id)
    assert [type(one) for one in turn.events] == [event, event]


@pytest.mark.parametrize("row", BUTTONS)
def test_a_button_under_an_earlier_reminder_logs_no_dose_of_this_one(row: str) -> None:
    turn = tapped(WAITING, row, UUID(int=98))
    assert turn.events == ()
    assert "answers an earlier question" in said(turn, "en")


def test_a_button_under_the_first_reminder_of_a_dose_put_off_is_of_that_dose() -> None:
    dose = WAITING.medications.pending[0]
    first = outbound_id(medicine_key(UUID(int=2), dose.scheduled_time))
    later = after(WAITING, heard("later"))
    turn = tapped(later, "taken", first)
    assert [type(one) for one in turn.events] == [DoseLogged, DoseLogged]
    assert tapped(after(later, turn), "taken", first).events == ()


def test_a_second_tap_logs_nothing_more() -> None:
    first = tapped(WAITING, "taken", UUID(int=99))
    assert tapped(after(WAITING, first), "taken", UUID(int=99)).events == ()


def test_a_button_is_heard_while_a_question_waits_which_is_then_asked_again() -> None:
    menu = taken(with_message(WAITING, "menu"))
    asked = after(WAITING, menu)
    turn = tapped(asked, "taken", UUID(int=99))
    assert [type(one) for one in turn.events] == [DoseLogged, DoseLogged]
    assert turn.node.place is not None
    assert (turn.node.place.flow, turn.node.place.step) == ("menu", "what")
    assert "What do you want to do?" in said(turn, "en")


def test_a_button_is_heard_where_the_question_that_waited_has_run_out() -> None:
    asked = after(WAITING, taken(with_message(WAITING, "menu")), minutes=61)
    turn = tapped(asked, "taken", UUID(int=99))
    assert [type(one) for one in turn.events] == [DoseLogged, DoseLogged]
    assert turn.node.place is None


def test_one_medicine_is_put_off_and_the_other_taken() -> None:
    turn = heard("aspirin le li, metformin abhi nahi li")
    first, second = WAITING.medications.pending
    assert {type(event): event.log_id for event in turn.events} == {  # type: ignore[union-attr]  # events of doses
        DoseLogged: second.log_id,
        DosePostponed: first.log_id,
    }


@pytest.mark.parametrize("said", ["annam tinaledu", "not yet tested", "abhi nahi naapi"])
def test_what_is_not_yet_done_with_food_or_meter_puts_off_no_dose(said: str) -> None:
    assert heard(said).events == ()


@pytest.mark.parametrize("said", ["naap liya", "test done", "sugar test nahi li"])
def test_what_is_done_with_the_meter_is_no_dose(said: str) -> None:
    assert heard(said).events == ()


@pytest.mark.parametrize("said", ["done", "kar liya", "naap liya", "nahi", "yes", "2"])
def test_behind_a_dose_left_out_only_its_own_verb_takes_it(said: str) -> None:
    alone = reminded(situation(PATIENT), {"metformin": 5})
    left_out = after(alone, taken(with_message(alone, "3")))
    events = taken(with_message(left_out, said)).events
    assert not any(isinstance(event, DoseLogged) for event in events)


def test_not_yet_beside_no_reminder_is_a_dose_not_taken() -> None:
    known = MedicationFacts(WAITING.medications.medicines)
    turn = taken(with_message(replace(WAITING, medications=known), "metformin abhi nahi li"))
    statuses = [event.status for event in turn.events if isinstance(event, DoseLogged)]
    assert statuses == [DoseStatus.SKIPPED]
