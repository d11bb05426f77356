"""The same message twice, whatever question waits: answered alike, and kept once."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from itertools import count
from uuid import UUID

import pytest
from flask.testing import FlaskClient
from sqlalchemy import update

from app import create_app, db
from app.cli.demo import DEMO_PATIENT, seed
from app.conversation import store
from app.conversation.handle import APOLOGY, warm_up
from app.i18n import render
from app.messaging.tables import Inbound
from tests.conversation.waits import BEFORE_CONSENT, WAITS, standing
from tests.settings import form, settings
from tests.web.calls import messages, post, rows

NEWCOMERS = count(1)
AN_HOUR = timedelta(hours=1)
SLOTS_IN_ROWS = {
    "doctor_id": "SELECT id FROM doctors",
    "caregiver_id": "SELECT id FROM caregivers",
    "patient_id": "SELECT id FROM patients",
    "medicine_id": "SELECT id FROM medications",
}
KEPT = """
    SELECT (SELECT count(*) FROM glucose_readings), (SELECT count(*) FROM medications),
           (SELECT count(*) FROM emergency_events), (SELECT count(*) FROM outbound_messages),
           (SELECT count(*) FROM inbound_messages), (SELECT count(*) FROM consents),
           (SELECT json_agg(c.node::text || c.wait_token ORDER BY user_id)::text
              FROM conversations c)
"""


@pytest.fixture(scope="module")
def shared(module_database: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[FlaskClient]:
    """Serve all tests of this module from one database: each begins where it likes."""
    warm_up()
    spool = tmp_path_factory.mktemp("spool")
    service = create_app(settings(spool_dir=spool, DATABASE_URL=module_database)).test_client()
    with db.transaction() as connection:
        seed(connection)
    for said in ("english", "took metformin"):
        post(service, form(said))
    yield service
    db.engine().dispose()


def stand(service: FlaskClient, flow: str, step: str) -> str:
    """Let a person of the database stand at a question, and give their number."""
    sender = DEMO_PATIENT
    if (flow, step) in BEFORE_CONSENT:
        sender = f"+9198{next(NEWCOMERS):08d}"
        post(service, form("hello", sender=sender))
    node = standing(flow, step).node
    assert node.place is not None
    known = {slot: str(rows(query)[0][0]) for slot, query in SLOTS_IN_ROWS.items()}
    there = replace(node.place, slots={**node.place.slots, **known})
    ((user_id,),) = rows(f"SELECT id FROM users WHERE phone_number = '{sender}'")  # noqa: S608 - ours
    assert isinstance(user_id, UUID)
    with db.transaction() as connection:
        # The same is said at every question, and would be said too often.
        connection.execute(update(Inbound).values(received_at=Inbound.received_at - AN_HOUR))
        store.keep_node(connection, user_id, replace(node, place=there, waits_until=None))
    return sender


@pytest.mark.parametrize(("flow", "step"), WAITS)
@pytest.mark.parametrize("body", ["1", "sugar 151 after lunch", "sugar 45", "STOP", "help"])
def test_the_same_message_twice_is_answered_alike_and_kept_once(
    shared: FlaskClient, flow: str, step: str, body: str
) -> None:
    sender = stand(shared, flow, step)
    message = form(body, sender=sender)
    first, kept = messages(post(shared, message).text), rows(KEPT)
    assert first
    assert render(APOLOGY, "en") not in first
    assert messages(post(shared, message).text) == first
    assert rows(KEPT) == kept


@pytest.mark.parametrize(("flow", "step"), WAITS)
def test_what_is_told_at_a_question_is_in_the_record(
    shared: FlaskClient, flow: str, step: str
) -> None:
    sender = stand(shared, flow, step)
    number = 150 + WAITS.index((flow, step))
    post(shared, form(f"sugar {number} before dinner", sender=sender))
    found = rows(f"SELECT count(*) FROM glucose_readings WHERE value = {number}")  # noqa: S608 - ours
    assert found == [(0 if (flow, step) in BEFORE_CONSENT else 1,)]
