"""The spool: on the disk before the answer, replayed in order, never in anybody's way."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from threading import Event, Thread

import pytest

from app import clock
from app.errors import DatabaseAway
from app.messaging.message import InboundMessage, Source
from app.web import spool

AT = datetime(2026, 3, 4, 7, 10, tzinfo=UTC)


def message(body: str) -> InboundMessage:
    return InboundMessage(
        sid=f"SM{body}",
        address="whatsapp:+919999999998",
        body=body,
        received_at=AT,
        form={"A": "ñ"},
    )


def unexpected(one: InboundMessage) -> None:
    pytest.fail(f"{one.sid} was replayed")


def test_messages_come_back_whole_and_in_order(tmp_path: Path) -> None:
    for body in ("एक", "two\nlines", "three"):
        spool.keep(message(body), tmp_path)
    heard: list[InboundMessage] = []
    assert spool.replay(tmp_path, heard.append) == 3
    assert [one.body for one in heard] == ["एक", "two\nlines", "three"]
    assert heard[0].received_at == AT
    assert heard[0].form == {"A": "ñ"}
    assert {one.source for one in heard} == {Source.SPOOL}
    assert not spool.waiting(tmp_path)


def test_an_empty_spool_replays_nothing(tmp_path: Path) -> None:
    assert spool.replay(tmp_path, unexpected) == 0
    assert spool.count(tmp_path) == 0


def test_a_replay_that_is_cut_short_starts_over_in_order(tmp_path: Path) -> None:
    for body in ("1", "2", "3"):
        spool.keep(message(body), tmp_path)
    heard: list[str] = []

    def until_two(one: InboundMessage) -> None:
        if one.body == "2":
            raise DatabaseAway
        heard.append(one.body)

    with pytest.raises(DatabaseAway):
        spool.replay(tmp_path, until_two)
    spool.keep(message("4"), tmp_path)
    assert spool.count(tmp_path) == 4
    spool.replay(tmp_path, lambda one: heard.append(one.body))
    assert heard == ["1", "1", "2", "3", "4"]


def test_a_torn_line_is_put_aside_and_the_next_one_is_whole(tmp_path: Path) -> None:
    (tmp_path / "spool.jsonl").write_bytes(b'{"sid": "SM1", "bod')
    spool.keep(message("2"), tmp_path)
    heard: list[str] = []
    assert spool.replay(tmp_path, lambda one: heard.append(one.body)) == 1
    assert heard == ["2"]
    assert b'{"sid": "SM1", "bod' in (tmp_path / "rejected.jsonl").read_bytes()


def test_a_line_that_cannot_be_recorded_does_not_hold_up_the_rest(tmp_path: Path) -> None:
    for body in ("bad", "good"):
        spool.keep(message(body), tmp_path)
    heard: list[str] = []

    def record(one: InboundMessage) -> None:
        if one.body == "bad":
            raise ValueError
        heard.append(one.body)

    spool.replay(tmp_path, record)
    assert heard == ["good"]
    assert "SMbad" in (tmp_path / "rejected.jsonl").read_text()


def refuse(_one: InboundMessage) -> None:
    raise ValueError


def test_what_a_fault_of_ours_refuses_is_put_back_and_recorded_when_it_is_mended(
    tmp_path: Path,
) -> None:
    spool.keep(replace(message("new"), received_at=clock.now()), tmp_path)
    for _ in range(3):
        spool.replay(tmp_path, refuse)
        assert not spool.waiting(tmp_path)
        assert spool.count(tmp_path) == 1
        spool.put_back(tmp_path)
    heard: list[str] = []
    spool.replay(tmp_path, lambda one: heard.append(one.body))
    assert heard == ["new"]
    assert spool.count(tmp_path) == 0
    assert not (tmp_path / "rejected.jsonl").exists()


def test_two_replays_at_once_do_not_do_the_same_twice(tmp_path: Path) -> None:
    spool.keep(message("1"), tmp_path)
    inside, done = Event(), Event()

    def slowly(_one: InboundMessage) -> None:
        inside.set()
        done.wait(5)

    first = Thread(target=spool.replay, args=(tmp_path, slowly))
    first.start()
    inside.wait(5)
    assert spool.replay(tmp_path, unexpected) == 0
    spool.keep(message("2"), tmp_path)  # a writer does not wait for a replay
    done.set()
    first.join()
    assert not spool.waiting(tmp_path)


def test_the_spool_is_for_our_eyes_only(tmp_path: Path) -> None:
    folder = tmp_path / "spool"
    spool.keep(message("1"), folder)
    assert folder.stat().st_mode & 0o077 == 0
    assert (folder / "spool.jsonl").stat().st_mode & 0o077 == 0
