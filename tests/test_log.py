"""The log: JSON lines with constant events, and nothing of what a fault's message holds."""

import json
import logging

import pytest

from app import log


def lines(capsys: pytest.CaptureFixture[str]) -> list[dict[str, object]]:
    return [json.loads(line) for line in capsys.readouterr().out.splitlines()]


def test_a_line_is_json_with_its_event_and_ids(capsys: pytest.CaptureFixture[str]) -> None:
    log.set_up("INFO")
    log.info("spool_replayed", count=3, sid="SM1")
    (line,) = lines(capsys)
    assert (line["event"], line["count"], line["sid"]) == ("spool_replayed", 3, "SM1")


def test_an_error_is_named_and_placed_without_its_message(
    capsys: pytest.CaptureFixture[str],
) -> None:
    log.set_up("INFO")
    try:
        float("Key (phone_number)=(+919999999998) already exists\nsugar 45")
    except ValueError as fault:
        log.error("turn_failed", fault, sid="SM1")
    (line,) = lines(capsys)
    assert line["error"] == "ValueError"
    assert "test_log.py:" in str(line["where"])
    assert "+91" not in json.dumps(line)


def test_the_libraries_that_talk_are_kept_quiet(capsys: pytest.CaptureFixture[str]) -> None:
    log.set_up("INFO")
    logging.getLogger("twilio.http_client").info("GET To=whatsapp:+919999999998")
    assert lines(capsys) == []
