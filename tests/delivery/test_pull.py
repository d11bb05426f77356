"""What Twilio has from people and never brought is fetched, once, late and marked so."""

from __future__ import annotations

from datetime import timedelta

import pytest
from flask.testing import FlaskClient

from app import clock
from app.conversation.jobs import pull_missed
from tests.delivery.scripted import Scripted
from tests.settings import OURS, PATIENT
from tests.web.calls import READINGS, rows, say

ASHA, HERE = f"whatsapp:{PATIENT}", f"whatsapp:{OURS}"
KEPT = "SELECT sid, source::text FROM inbound_messages ORDER BY received_at"
A_MINUTE = timedelta(minutes=1)


@pytest.mark.usefixtures("web")
def test_a_message_the_webhook_never_brought_is_taken_in_once(twilio: Scripted) -> None:
    now = clock.now()
    sid = twilio.heard_from(ASHA, HERE, "fasting 126", now - 3 * A_MINUTE)
    for later in (0, 3, 6):
        pull_missed(now + later * A_MINUTE)
    assert rows(KEPT) == [(sid, "PULL")]
    assert rows(READINGS) == [(126.0,)]


def test_a_message_that_came_by_the_webhook_is_not_taken_in_again(
    web: FlaskClient, twilio: Scripted
) -> None:
    now = clock.now()
    sid = twilio.heard_from(ASHA, HERE, "fasting 126", now - 3 * A_MINUTE)
    say(web, "fasting 126", sid=sid)
    last = rows("SELECT last_inbound_at FROM whatsapp_addresses")
    pull_missed(now + A_MINUTE)
    assert rows(KEPT) == [(sid, "WEBHOOK")]
    assert rows(READINGS) == [(126.0,)]
    assert rows("SELECT last_inbound_at FROM whatsapp_addresses") == last


@pytest.mark.usefixtures("web")
def test_a_message_that_the_webhook_may_still_bring_is_left_to_it(twilio: Scripted) -> None:
    now = clock.now()
    twilio.heard_from(ASHA, HERE, "fasting 126", now - timedelta(seconds=20))
    pull_missed(now)
    assert rows(KEPT) == []
    pull_missed(now + 2 * A_MINUTE)
    assert rows(READINGS) == [(126.0,)]


@pytest.mark.usefixtures("web")
def test_a_sweep_that_failed_is_made_up_for(twilio: Scripted) -> None:
    now = clock.now()
    pull_missed(now - timedelta(hours=3))
    twilio.is_blind = True
    twilio.heard_from(ASHA, HERE, "fasting 126", now - timedelta(hours=2))
    pull_missed(now - timedelta(hours=1))
    assert rows(KEPT) == []
    twilio.is_blind = False
    pull_missed(now - timedelta(hours=1) + timedelta(seconds=25))
    assert rows(KEPT) == []  # half a minute is not over
    pull_missed(now)
    assert rows(READINGS) == [(126.0,)]


@pytest.mark.usefixtures("web")
def test_messages_are_taken_in_in_the_order_they_were_written(twilio: Scripted) -> None:
    now = clock.now()
    second = twilio.heard_from(ASHA, HERE, "fasting 118", now - 4 * A_MINUTE)
    first = twilio.heard_from(ASHA, HERE, "fasting 181", now - 5 * A_MINUTE)
    pull_missed(now)
    assert rows("SELECT sid FROM inbound_messages ORDER BY kept_at") == [(first,), (second,)]


@pytest.mark.usefixtures("web")
def test_an_emergency_that_was_lost_is_answered_and_told_all_the_same(twilio: Scripted) -> None:
    now = clock.now()
    twilio.heard_from(ASHA, HERE, "sugar 45", now - 3 * A_MINUTE)
    pull_missed(now)
    purposes = {row[0] for row in rows("SELECT purpose FROM outbound_messages")}
    assert {"LATE_ANSWER", "EMERGENCY_ALERT"} <= purposes


@pytest.mark.usefixtures("web")
def test_someone_new_without_a_number_is_welcomed(twilio: Scripted) -> None:
    twilio.heard_from("whatsapp:IN.1234", HERE, "hello", clock.now() - 3 * A_MINUTE)
    pull_missed(clock.now())
    assert rows("SELECT address FROM whatsapp_addresses") == [("whatsapp:IN.1234",)]
