"""Every kind of call that we make to Twilio, as Prism judges it by Twilio's own description."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
import requests
from click.testing import CliRunner

from app import clock, create_app, db
from app.channels.choice import channel
from app.cli import commands
from app.cli.contents import wanted
from app.cli.demo import seed
from app.config import Config, config, use
from app.conversation.jobs import pull_missed
from app.conversation.load import flows
from app.delivery import jobs
from app.delivery.templates import read_templates
from app.embedded.server import HOST, free_port
from app.messaging.outbox.outgoing import Media, Purpose
from app.simulator.twilio import faults, spec
from app.simulator.twilio.contents import contents, judge
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
MANY = (text("Yesterday:"), *(text("{name}: all\n well", name=f"Asha {n}") for n in range(60)))
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


@pytest.fixture
def contents_proxy(settings: Config, tmp_path: Path) -> Iterator[Proxy]:
    """The same, with the description of contents and approvals."""
    port = free_port()
    address = f"http://{HOST}:{port}"
    described = spec.CONTENT_FILE.read_text(encoding="utf-8")
    with prism(f"{address}/simulator/twilio", tmp_path, described) as between:
        made = replace(settings, public_url=address, twilio_api_url=between.url)
        use(made)
        with served(create_app(made), port):
            yield between


def test_no_call_about_contents_breaks_twilios_description(
    contents_proxy: Proxy, tmp_path: Path
) -> None:
    file = tmp_path / "templates.toml"
    for _ in range(2):
        pushed = CliRunner().invoke(commands, ["content", "push", "--file", str(file)])
        assert pushed.exit_code == 0, pushed.output
        for sid in contents(config()):
            judge(config(), sid, "approved")
    wordings = wanted(flows())
    assert len(read_templates(file)) == len(wordings)
    assert CliRunner().invoke(commands, ["content", "status"]).exit_code == 0
    assert contents_proxy.violations() == []
    assert contents_proxy.calls() >= 2 * len(wordings) + 3


def with_buttons(settings: Config, folder_of: Path) -> None:
    """Let reminders have buttons, and a place for every line."""
    path = folder_of / "buttons.toml"
    path.write_text(
        f'[MEDICATION_REMINDER.en]\nsid = "HX{"5" * 32}"\nvariables = ["lines", "row"]\n'
        "buttons = true\n"
    )
    use(replace(config(), twilio_templates=path))
    assert settings.database_url


def test_no_call_breaks_twilios_description(proxy: Proxy, settings: Config, tmp_path: Path) -> None:
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

    file = outgoing(
        someone(settings),
        purpose=Purpose.LATE_ANSWER,
        media=Media.EXPORT,
        not_after=clock.now() + timedelta(hours=1),
    )
    digest = outgoing(person(wrote_ago=None), purpose=Purpose.MEDICATION_REMINDER, texts=MANY)
    queue(file, digest)
    with_buttons(settings, tmp_path)
    jobs.drain()
    assert outcome(file.outbound_id)[0] not in ENDED
    assert outcome(digest.outbound_id)[0] not in ENDED

    pull_missed(clock.now())
    assert len(channel(config()).received_since(clock.now() - timedelta(hours=1))) == 3
    assert proxy.violations() == []
    assert proxy.calls() >= 7


def test_what_breaks_the_description_is_seen(proxy: Proxy) -> None:
    address = f"{proxy.url}/2010-04-01/Accounts/{ACCOUNT}/Messages.json"
    answer = requests.post(address, data={"Body": "hi"}, auth=(ACCOUNT, TOKEN), timeout=10)
    assert answer.status_code == 422
    assert "required property 'To'" in answer.text
