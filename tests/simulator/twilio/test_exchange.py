"""The exchange: in order, shared between processes, and there after a restart."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from dataclasses import asdict
from pathlib import Path

import pytest

from app import clock
from app.simulator.twilio import database, exchange
from app.simulator.twilio.message import Direction, Status
from tests.settings import settings
from tests.simulator.twilio.conftest import FROM, TO, Loopback, a_message

ROOT = Path(__file__).parents[3]
KEEP_MANY = """
import sys
from pathlib import Path
from app import clock
from app.simulator.twilio import exchange
from app.simulator.twilio.message import Direction, Message, Status
from app.simulator.twilio.sending import new_sid
folder, heard = Path(sys.argv[1]), (Direction.INBOUND, "whatsapp:+1", "whatsapp:+2", "hi")
for _ in range(40):
    exchange.keep(folder, Message(new_sid(), *heard, Status.RECEIVED, clock.now()))
"""
SEND_ONE = """
import sys
from pathlib import Path
from app import create_app
from tests.settings import ACCOUNT, TOKEN, settings
from tests.simulator.twilio.conftest import FROM, TO
service = create_app(settings(spool_dir=Path(sys.argv[1]))).test_client()
sent = service.post(
    f"/simulator/twilio/2010-04-01/Accounts/{ACCOUNT}/Messages.json",
    data={"To": TO, "From": FROM, "Body": "from elsewhere"},
    auth=(ACCOUNT, TOKEN),
)
print(sent.json["sid"])
"""


def in_another_process(code: str, folder: Path) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", code, str(folder)], cwd=ROOT, stdout=subprocess.PIPE, text=True
    )


def test_processes_that_start_at_once_share_one_file_and_lose_nothing(tmp_path: Path) -> None:
    folder = tmp_path / "simulator"
    processes = [in_another_process(KEEP_MANY, folder) for _ in range(4)]
    for process in processes:
        process.communicate(timeout=60)
    assert [process.returncode for process in processes] == [0] * 4
    kept = exchange.since(folder)
    assert [one.number for one in kept] == [one.cursor for one in kept] == list(range(1, 161))
    assert [path.name for path in folder.iterdir() if path.suffix == ".new"] == []


def test_what_another_process_sends_and_leaves_behind_is_known_here(twilio: Loopback) -> None:
    process = in_another_process(SEND_ONE, twilio.config.spool_dir)
    sid, _ = process.communicate(timeout=60)
    fetched = twilio.client().messages(sid.strip()).fetch()
    assert fetched.body == "from elsewhere"


def test_a_live_page_hears_of_each_change_once(tmp_path: Path) -> None:
    first = exchange.keep(tmp_path, a_message(Direction.API, clock.now()))
    second = exchange.keep(tmp_path, a_message(Direction.INBOUND, clock.now()))
    assert exchange.since(tmp_path) == [first, second]
    assert exchange.since(tmp_path, second.cursor) == []
    now = clock.now()
    exchange.move(tmp_path, first.message.sid, Status.SENT, now)
    (changed,) = exchange.since(tmp_path, second.cursor)
    assert (changed.number, changed.message.status) == (first.number, Status.SENT)
    assert (changed.sent_at, changed.updated_at) == (now, now)
    exchange.delete(tmp_path, second.message.sid)
    (deleted,) = exchange.since(tmp_path, changed.cursor)
    assert deleted.deleted
    assert [one.number for one in exchange.since(tmp_path)] == [1, 2]


def test_a_message_comes_back_as_it_was_kept(tmp_path: Path) -> None:
    message = a_message(Direction.INBOUND, clock.now())
    kept = exchange.keep(tmp_path, message)
    assert asdict(kept.message) == asdict(message)
    assert (kept.sent_at, kept.updated_at) == (message.created_at, message.created_at)
    assert exchange.by_sid(tmp_path, message.sid) == kept


def test_the_phones_are_those_that_spoke_or_were_told_something(tmp_path: Path) -> None:
    assert exchange.phones(tmp_path) == []
    exchange.keep(tmp_path, a_message(Direction.API, clock.now()))
    exchange.keep(tmp_path, a_message(Direction.INBOUND, clock.now()))
    assert exchange.phones(tmp_path) == [TO]
    assert exchange.last_inbound_at(tmp_path, FROM) is None


def test_a_failed_change_changes_nothing(tmp_path: Path) -> None:
    message = a_message(Direction.INBOUND, clock.now())
    exchange.keep(tmp_path, message)
    with pytest.raises(sqlite3.IntegrityError):
        exchange.keep(tmp_path, message)
    assert len(exchange.since(tmp_path)) == 1


def test_the_file_is_beside_the_spool_or_where_the_setting_says(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    config = settings(spool_dir=tmp_path / "spool")
    assert database.folder(config) == tmp_path / "simulator"
    monkeypatch.setenv("SIMULATOR_DIR", str(tmp_path / "elsewhere"))
    assert database.folder(config) == tmp_path / "elsewhere"
