"""The whole way of a button: approved, sent under a reminder, tapped in time and too late."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from json import loads
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from click.testing import CliRunner

from app import clock, create_app, db
from app.cli import commands
from app.cli.demo import seed
from app.config import Config, use
from app.delivery import jobs as delivery
from app.embedded.server import HOST, free_port
from app.reminders import jobs as reminders
from app.simulator.twilio import callbacks, courier, exchange
from app.simulator.twilio.contents import contents, judge
from app.simulator.twilio.courier import courier_of
from app.simulator.twilio.database import folder
from app.simulator.twilio.message import Direction, Message
from app.simulator.twilio.phone import WEBHOOK, deliver, form_of, message_of
from app.simulator.typed import Typed
from tests.delivery.world import change
from tests.settings import PATIENT
from tests.simulator.serving import served
from tests.simulator.twilio.conftest import settle
from tests.web.calls import messages, rows

DOSES = "SELECT status::text FROM medication_logs WHERE reminder_message_id IS NOT NULL"


@pytest.fixture
def loop(settings: Config, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Config]:
    """The service on a port with the loopback Twilio, whose templates are all approved."""
    monkeypatch.setattr(callbacks, "STEP_S", 0.05)
    port, file = free_port(), tmp_path / "templates.toml"
    address = f"http://{HOST}:{port}"
    made = replace(settings, public_url=address, twilio_api_url=f"{address}/simulator/twilio")
    use(made)
    with db.transaction() as connection:
        seed(connection)
    change("UPDATE users SET language = 'en'")
    with served(create_app(made), port):
        push(file)
        for sid in contents(made):
            judge(made, sid, "approved")
        push(file)
        made = replace(made, twilio_templates=file)
        use(made)
        yield made
        settle()


def push(file: Path) -> None:
    assert CliRunner().invoke(commands, ["content", "push", "--file", str(file)]).exit_code == 0


def write(config: Config, body: str) -> None:
    assert deliver(Typed(PATIENT, body), config).status == 200


def tap(config: Config, button: str, title: str) -> str:
    """Tap a button on the demo patient's phone, and give what is answered."""
    caller = courier_of(config)
    message = message_of(Typed(PATIENT, title), config)
    tapped = {"ButtonPayload": button, "ButtonText": title, "MessageType": "interactive"}
    form = form_of(message, caller.account) | tapped
    answer = courier.post(caller, f"{config.public_url}{WEBHOOK}", form)
    return "\n".join(messages(answer.text))


def remind(config: Config, medicine: str, due_at: datetime) -> Message:
    """Let a medicine have been due, and give the reminder as it went out."""
    write(config, f"{medicine} roz {due_at.astimezone(ZoneInfo('Asia/Kolkata')):%H:%M}")
    write(config, "haan")
    change("UPDATE medications SET start_date = start_date - interval '1 day'")
    reminders.make_doses(due_at - timedelta(minutes=2))
    reminders.send_due(clock.now())
    change("UPDATE outbound_messages SET accepted_at = accepted_at - interval '1 minute'")
    delivery.drain()
    sent = [one for one in exchange.since(folder(config)) if one.message.direction is Direction.API]
    return max(sent, key=lambda one: one.number).message  # a late status reorders the changes


def test_a_reminder_has_buttons_and_a_tap_is_heard_once_and_only_for_its_own_doses(
    loop: Config,
) -> None:
    reminder = remind(loop, "metformin", clock.now() - timedelta(minutes=5))
    content = contents(loop)[str(reminder.content_sid)]
    (outbound_id,) = rows("SELECT id FROM outbound_messages")[0]
    row = loads(str(reminder.content_variables))["2"]
    assert row == outbound_id.hex  # type: ignore[attr-defined]  # a UUID
    assert reminder.body.startswith("Time for your medicine: metformin")
    actions = content["types"]["twilio/quick-reply"]["actions"]
    assert [one["title"] for one in actions] == ["Taken", "Later", "Skipped"]
    taken = actions[0]["id"].replace("{{2}}", row)

    assert "answers an earlier question" in tap(loop, f"{'0' * 32}:taken", "Taken")
    assert rows(DOSES) == [("PENDING",)]
    assert "metformin taken" in tap(loop, taken, "Taken")
    assert rows(DOSES) == [("TAKEN",)]
    assert "answers an earlier question" in tap(loop, taken, "Taken")
    assert rows(DOSES) == [("TAKEN",)]


def test_a_tap_under_yesterdays_reminder_logs_no_dose_of_todays(loop: Config) -> None:
    now = clock.now()
    old = loads(str(remind(loop, "metformin", now - timedelta(minutes=5)).content_variables))["2"]
    assert "metformin taken" in tap(loop, f"{old}:taken", "Taken")
    change("UPDATE outbound_messages SET accepted_at = accepted_at - interval '1 hour'")
    new = loads(str(remind(loop, "glimepiride", now - timedelta(minutes=2)).content_variables))["2"]
    assert new != old
    assert "answers an earlier question" in tap(loop, f"{old}:skipped", "Skipped")
    assert sorted(rows(DOSES)) == [("PENDING",), ("TAKEN",)]
    assert "glimepiride not taken" in tap(loop, f"{new}:skipped", "Skipped")
    assert sorted(rows(DOSES)) == [("SKIPPED",), ("TAKEN",)]
