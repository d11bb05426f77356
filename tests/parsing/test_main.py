"""The command line: a line in, a line out."""

import io
import json
import subprocess
import sys
from typing import Any

import pytest

from app.parsing.__main__ import message_of, run

LINE = {
    "text": "sugar 140",
    "language": "en",
    "received_at": "2026-05-10T12:30:00+05:30",
    "unit": "mg/dL",
}


def answers(lines: str, *, explained: bool = False) -> list[dict[str, Any]]:
    out = io.StringIO()
    run(io.StringIO(lines), out, explained=explained)
    return [json.loads(line) for line in out.getvalue().splitlines()]


def test_a_bad_line_is_answered_on_its_own_and_the_rest_go_on() -> None:
    good = json.dumps(LINE)

    first, bad, last = answers(f"{good}\nnot json\n\n{good}\n")

    assert first == last
    assert list(bad) == ["error"]


@pytest.mark.parametrize(
    "change",
    [
        {"text": 5},
        {"received_at": None},
        {"received_at": "2026-05-10T12:30:00"},
        {"received_at": "noon"},
        {"unit": "stone"},
        {"language": 5},
    ],
)
def test_a_field_that_is_not_as_promised_is_an_error(change: dict[str, Any]) -> None:
    (answer,) = answers(json.dumps(LINE | change))

    assert list(answer) == ["error"]


def test_a_line_that_is_no_object_is_an_error() -> None:
    with pytest.raises(ValueError, match="not a JSON object"):
        message_of([1])


def test_an_explanation_says_where_and_why() -> None:
    (answer,) = answers(json.dumps(LINE | {"text": "fasting 140"}), explained=True)

    (meaning,) = answer["meanings"]
    assert meaning["words"] == ["140", "fasting"]
    assert meaning["spans"] == [[8, 11], [0, 7]]
    assert meaning["rules"] == ["reading", "state"]


def test_a_lone_surrogate_does_not_stop_the_stream() -> None:
    assert len(answers(json.dumps(LINE | {"text": "\ud800 sugar 140"}))) == 1


def test_it_runs_as_a_program() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "app.parsing"],
        input=json.dumps(LINE) + "\n",
        capture_output=True,
        text=True,
        check=True,
    )

    assert json.loads(done.stdout)["meanings"][0]["value_mg_dl"] == 140
