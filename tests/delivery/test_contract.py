"""Every kind of call that we make to Twilio, as Prism judges it by Twilio's own description."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
import requests

from app import clock, create_app, db
from app.channels.choice import channel
from app.cli.demo import seed
from app.config import Config, config, use
from app.conversation.jobs import pull_missed
from app.delivery import jobs
from app.embedded.server import HOST, free_port
from app.simulator.twilio import faults
from app.simulator.twilio.database import folder
from app.text import text
from tests.delivery.world import (
    alert,
    due_now,
    lease_over,
    outcome,
    outgoing,
    person,
    queue,
    someone,
)
from tests.prism.serving import Proxy, prism
from tests.settings import ACCOUNT, TOKEN
from tests.simulator.serving import served
from tests.simulator.twilio.conftest import settle

ENDED = {"PENDING", "FAILED"}
TEMPLATES = Path(__file__).parents[2] / "app/simulator/approved.toml"


@pytest.fixture
def proxy(settings: Config, tmp_path: Path) -> Iterator[Proxy]:
    """The service, whose Twilio is the loopback behind Prism."""
    port = free_port()
    address = f"http://{HOST}:{port}"
    with prism(f"{address}/simulator/twilio", tmp_path) as between:
        made = replace(
            settings,
            public_url=address,
            twilio_api_url=between.url,
            twilio_templates=TEMPLATES,
        )
        use(made)
        with db.transaction() as connection:
            seed(connection)
        with served(create_app(made), port):
            yield between
            settle()


def test_no_call_breaks_twilios_description(proxy: Proxy, settings: Config) -> None:
    free = outgoing(someone(settings))
    template = alert(person(wrote_ago=None), texts=(text("{name} has low sugar.", name="Asha"),))
    queue(free, template)
    jobs.drain()
    assert outcome(free.outbound_id)[0] not in ENDED
    assert outcome(template.outbound_id)[0] not in ENDED

    faults.change(folder(settings), {"drops": 1})
    (lost,) = queue(outgoing(someone(settings)))
    jobs.drain()  # stored, and its answer lost
    lease_over()
    due_now()
    jobs.drain()  # looked up in the list
    assert outcome(lost)[0] != "SENDING"

    pull_missed(clock.now())
    assert len(channel(config()).received_since(clock.now() - timedelta(hours=1))) == 2
    assert proxy.violations() == []
    assert proxy.calls() >= 5


def test_what_breaks_the_description_is_seen(proxy: Proxy) -> None:
    address = f"{proxy.url}/2010-04-01/Accounts/{ACCOUNT}/Messages.json"
    answer = requests.post(address, data={"Body": "hi"}, auth=(ACCOUNT, TOKEN), timeout=10)
    assert answer.status_code == 422
    assert "required property 'To'" in answer.text
