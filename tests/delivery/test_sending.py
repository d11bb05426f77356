"""Rows on their way, with the real client, a real database and a Twilio that is told what to do."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from app import clock
from app.config import Config, use
from app.conversation.handle import WILL_BE_RECORDED
from app.messaging.outbox.outgoing import Priority, Purpose
from app.text import text
from tests.delivery.scripted import DROP, Scripted
from tests.delivery.world import (
    BODY,
    alert,
    change,
    due_now,
    outcome,
    outgoing,
    person,
    queue,
    send_all,
    statuses,
)
from tests.web.calls import rows

pytestmark = pytest.mark.usefixtures("delivery")
REMINDER, ALERT = "HX" + "1" * 32, "HX" + "2" * 32
A_DAY = timedelta(days=1)
NOTICES = (
    "SELECT type, title, body, channel, counts_toward_limit, slot FROM notifications"
    " ORDER BY slot NULLS LAST"
)


@pytest.fixture
def templates(delivery: Config, tmp_path: Path) -> Iterator[None]:
    """Templates for reminders and alerts."""
    path = tmp_path / "templates.toml"
    path.write_text(
        f'[MEDICATION_REMINDER.en]\nsid = "{REMINDER}"\nvariables = ["medicine"]\n'
        f'[EMERGENCY_ALERT.en]\nsid = "{ALERT}"\nvariables = ["name"]\n'
    )
    use(replace(delivery, twilio_templates=path))
    yield
    use(delivery)


def test_a_row_is_sent_once_with_our_id_in_its_callback_and_is_noted(twilio: Scripted) -> None:
    (row,) = queue(outgoing(person(), counts=True))
    send_all()
    send_all()
    (form,) = twilio.forms
    assert form["Body"] == BODY
    assert form["StatusCallback"] == f"https://procare.test/whatsapp/status?o={row}"
    assert outcome(row) == ("ACCEPTED", None, 1)
    assert rows("SELECT sid FROM outbound_messages") == [(twilio.stored[0]["sid"],)]
    assert rows(NOTICES) == [("MEDICATION_REMINDER", BODY, BODY, "WHATSAPP", True, 1)]


def test_what_is_not_due_yet_is_not_sent(twilio: Scripted) -> None:
    queue(outgoing(person(), due_at=clock.now() + timedelta(minutes=1)))
    send_all()
    assert twilio.forms == []


def test_it_is_said_in_the_language_of_the_row(twilio: Scripted) -> None:
    queue(outgoing(person(), texts=(WILL_BE_RECORDED,), language="hi"))
    send_all()
    assert any("\u0900" <= letter <= "\u097f" for letter in twilio.bodies[0])


def test_a_stale_reminder_is_cancelled(twilio: Scripted) -> None:
    (row,) = queue(outgoing(person(), not_after=clock.now() - timedelta(seconds=1)))
    send_all()
    assert outcome(row) == ("CANCELLED", "STALE", 0)
    assert twilio.forms == []


def test_twilio_is_told_until_when_a_reminder_is_wanted(twilio: Scripted) -> None:
    until = clock.now() + timedelta(minutes=15)
    queue(outgoing(person(), not_after=until))
    send_all()
    left = int((until - clock.now()).total_seconds())
    assert left <= int(twilio.forms[0]["ValidityPeriod"]) <= 900


def test_who_stopped_gets_emergencies_and_answers_only(twilio: Scripted) -> None:
    who = person(stopped=True)
    made = [outgoing(who, purpose=purpose, priority=Priority.EMERGENCY) for purpose in Purpose]
    ended = dict(zip(Purpose, queue(*made), strict=True))
    send_all()
    sent = {purpose for purpose, row in ended.items() if outcome(row)[0] == "ACCEPTED"}
    assert sent == {
        Purpose.EMERGENCY_ANSWER,
        Purpose.EMERGENCY_ALERT,
        Purpose.EMERGENCY_FOLLOW_UP,
        Purpose.LATE_ANSWER,
    }
    assert outcome(ended[Purpose.MEDICATION_REMINDER]) == ("CANCELLED", "STOPPED", 0)
    assert len(twilio.forms) == 4


def test_who_has_neither_address_nor_number_is_not_written_to(twilio: Scripted) -> None:
    who = person(wrote_ago=None)
    (row,) = queue(alert(who))
    change("UPDATE users SET phone_number = NULL WHERE id = :of_id", of_id=who[0])
    send_all()
    assert outcome(row) == ("FAILED", "NO_ADDRESS", 1)
    assert twilio.forms == []


@pytest.mark.usefixtures("templates")
def test_outside_the_window_a_template_goes_out(twilio: Scripted) -> None:
    said = text("Time for {medicine}.", medicine="Metformin\n500 mg\t   daily")
    (row,) = queue(outgoing(person(wrote_ago=A_DAY), texts=(said,)))
    send_all()
    (form,) = twilio.forms
    assert "Body" not in form
    assert form["ContentSid"] == REMINDER
    assert json.loads(form["ContentVariables"]) == {"1": "Metformin 500 mg daily"}
    assert outcome(row)[0] == "ACCEPTED"


@pytest.mark.usefixtures("templates")
def test_refused_as_outside_the_window_it_goes_out_as_a_template_at_once(
    twilio: Scripted,
) -> None:
    twilio.script = [63016]
    (row,) = queue(outgoing(person(), texts=(text("Time for {medicine}.", medicine="insulin"),)))
    send_all()
    assert [form.get("ContentSid") for form in twilio.forms] == [REMINDER]
    assert outcome(row) == ("ACCEPTED", None, 1)


def test_without_a_template_a_reminder_outside_the_window_fails_with_a_clear_code(
    twilio: Scripted,
) -> None:
    (row,) = queue(outgoing(person(wrote_ago=A_DAY), counts=True))
    send_all()
    assert outcome(row) == ("FAILED", "NO_TEMPLATE", 1)
    assert twilio.forms == []
    assert rows(NOTICES) == []


def test_without_a_template_an_alert_outside_the_window_is_tried_as_free_text(
    twilio: Scripted,
) -> None:
    (row,) = queue(alert(person(wrote_ago=None)))
    send_all()
    assert twilio.bodies == [BODY]
    assert outcome(row)[0] == "ACCEPTED"


def test_an_alert_refused_as_outside_the_window_without_a_template_ends(twilio: Scripted) -> None:
    twilio.script = [63016]
    (row,) = queue(alert(person(wrote_ago=None)))
    send_all()
    due_now()
    send_all()
    assert outcome(row) == ("FAILED", "NO_TEMPLATE", 2)
    assert twilio.forms == []


@pytest.mark.usefixtures("templates")
def test_an_alert_whose_template_is_refused_goes_out_as_free_text(twilio: Scripted) -> None:
    twilio.script = [63021]
    queue(alert(person(wrote_ago=A_DAY), texts=(text("{name} has a low.", name="Asha"),)))
    send_all()
    assert twilio.bodies == ["Asha has a low."]


def test_a_refusal_for_good_ends_the_row_and_frees_its_slot(twilio: Scripted) -> None:
    twilio.script = [63013]
    (row,) = queue(outgoing(person(), counts=True))
    send_all()
    assert outcome(row) == ("FAILED", "63013", 1)
    assert rows("SELECT count(*) FROM notifications WHERE slot IS NOT NULL") == [(0,)]


def test_too_fast_is_tried_later_without_counting_and_holds_no_slot(twilio: Scripted) -> None:
    twilio.script = [63018, 20429, 30001]
    (row,) = queue(outgoing(person(), counts=True))
    for code in ("63018", "20429", "30001"):
        send_all()
        assert outcome(row) == ("PENDING", code, 0)
        assert rows("SELECT count(*) FROM notifications WHERE slot IS NOT NULL") == [(0,)]
        due_now()
    send_all()
    assert outcome(row) == ("ACCEPTED", None, 1)
    assert rows("SELECT slot FROM notifications") == [(1,)]


def test_a_row_that_is_never_taken_fails_after_its_last_attempt(twilio: Scripted) -> None:
    twilio.fault_of = lambda _form: 20001  # a code that says nothing about trying again
    (row,) = queue(outgoing(person()))
    for _ in range(9):
        send_all()
        due_now()
    assert outcome(row) == ("FAILED", "20001", 5)


def test_who_is_not_on_whatsapp_is_noted_and_spared_until_they_write(twilio: Scripted) -> None:
    who = person()
    twilio.script = [63024]
    queue(outgoing(who))
    send_all()
    later, urgent = queue(outgoing(who), alert(who))
    send_all()
    assert outcome(later) == ("CANCELLED", "UNREACHABLE", 0)
    assert outcome(urgent)[0] == "ACCEPTED"
    assert rows("SELECT count(*) FROM users WHERE unreachable_since IS NOT NULL") == [(1,)]


def test_an_uncertain_row_stays_in_hand_and_keeps_its_slot(twilio: Scripted) -> None:
    twilio.script = [DROP]
    (row,) = queue(outgoing(person(), counts=True))
    send_all()
    due_now()
    send_all()
    assert outcome(row) == ("SENDING", None, 1)
    assert len(twilio.stored) == 1
    assert rows("SELECT slot FROM notifications") == [(1,)]


def test_one_person_is_written_to_every_six_seconds_but_in_an_emergency_at_once(
    twilio: Scripted,
) -> None:
    who = person()
    first, second, urgent = queue(outgoing(who), outgoing(who), alert(who))
    send_all()
    assert outcome(urgent)[0] == "ACCEPTED"
    assert statuses() == {"ACCEPTED": 1, "PENDING": 2}  # the alert was first: both have to wait
    due_now()
    change("UPDATE outbound_messages SET accepted_at = accepted_at - interval '7 seconds'")
    send_all()
    assert {outcome(first)[0], outcome(second)[0]} == {"ACCEPTED", "PENDING"}
    assert outcome(second)[2] + outcome(first)[2] == 1
    assert len(twilio.forms) == 2


def test_what_is_about_nobody_is_sent_without_a_notification(twilio: Scripted) -> None:
    user_id, _ = person()
    (row,) = queue(outgoing((user_id, user_id), patient_id=None))
    send_all()
    assert outcome(row)[0] == "ACCEPTED"
    assert rows(NOTICES) == []
    assert len(twilio.forms) == 1


@pytest.fixture
def buttons(delivery: Config, tmp_path: Path) -> Iterator[None]:
    """A template of reminders that is answered by a tap."""
    path = tmp_path / "buttons.toml"
    path.write_text(
        f'[MEDICATION_REMINDER.en]\nsid = "{REMINDER}"\nvariables = ["row"]\nbuttons = true\n'
    )
    use(replace(delivery, twilio_templates=path))
    yield
    use(delivery)


@pytest.mark.usefixtures("buttons")
def test_what_is_answered_by_a_tap_goes_out_with_buttons_inside_the_window(
    twilio: Scripted,
) -> None:
    (row,) = queue(outgoing(person()))
    send_all()
    (form,) = twilio.forms
    assert form["ContentSid"] == REMINDER
    assert json.loads(form["ContentVariables"]) == {"1": row.hex}
    assert "Body" not in form


@pytest.mark.usefixtures("buttons")
def test_what_says_more_than_its_buttons_do_goes_out_in_words(twilio: Scripted) -> None:
    queue(outgoing(person(), texts=(text(BODY), text("Test your sugar before."))))
    send_all()
    assert twilio.bodies == [f"{BODY}\n\nTest your sugar before."]


@pytest.mark.usefixtures("buttons")
@pytest.mark.parametrize("code", [63005, 63013, 63021, 21655, 21656])
def test_where_the_buttons_are_refused_the_words_go_out(twilio: Scripted, code: int) -> None:
    twilio.script = [code]
    (row,) = queue(outgoing(person()))
    send_all()
    assert twilio.bodies == [BODY]
    assert outcome(row)[0] == "ACCEPTED"
