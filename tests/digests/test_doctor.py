"""What a doctor's digest says, written out by hand."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from app.digests.doctor import LONGEST_LINES, band, heading, part, rest, taken
from app.i18n import languages
from app.text import Text
from tests.digests.days import (
    FASTING,
    MISSED,
    NOW,
    TAKEN,
    danger,
    day,
    dose,
    read,
    said,
    short,
    someone,
)

WHOLE = day(
    someone("Ravi", score=38.7),
    readings=[read(62, "07:10", FASTING), read(126, "08:00", FASTING)],
    doses=[dose(TAKEN), dose(MISSED)],
    open_ones=[danger("07:10")],
)


def length(text: Text) -> int:
    return len(said(text))


def test_a_patient_is_one_line() -> None:
    assert said(part(WHOLE, NOW)) == (
        "Ravi: needs attention (38). Not over: low sugar, since 07:10. Sugar: 2 tests. "
        "In range: 1 of 2. Low: 62 mg/dL (07:10). Doses taken: 1 of 2."
    )


def test_a_template_is_given_no_value() -> None:
    assert short(part(WHOLE, NOW)) == (
        "Ravi: needs attention (38). Not over: low sugar, since 07:10. Sugar: 2 tests. "
        "In range: 1 of 2. Low: 1×. Doses taken: 1 of 2."
    )


@pytest.mark.parametrize(
    ("score", "told"),
    [
        (None, "not enough data"),
        (0, "needs attention (0)"),
        (39.9, "needs attention (39)"),
        (40, "at risk (40)"),
        (59.9, "at risk (59)"),
        (60, "watch (60)"),
        (79.9, "watch (79)"),
        (80, "on track (80)"),
        (100, "on track (100)"),
    ],
)
def test_the_bands_are_those_of_the_clinical_rules(score: float | None, told: str) -> None:
    assert said(band(score)) == told


def test_silence_is_counted() -> None:
    one = day(someone("Ravi"), heard_ago=timedelta(days=1))
    assert said(part(one, NOW)) == "Ravi: not enough data. Nothing heard for 1 day."


def test_who_has_no_name_is_spoken_of() -> None:
    assert said(part(day(someone(None)), NOW)) == "your patient: not enough data."


def test_the_heading_counts_the_patients() -> None:
    told = said(heading(date(2026, 11, 22), 20))
    assert told == "Daily summary, Sunday 22/11. Your patients: 20."


def test_as_many_are_told_of_as_there_is_room_for_and_the_others_are_counted() -> None:
    lines = [part(day(someone("x" * 38), readings=[read(62)]), NOW)] * 8
    each = length(lines[0]) + 3
    fit = (LONGEST_LINES - len("12 more patients are not told of here.") - 3) // each
    assert 1 < fit < 8
    assert taken(lines, fit + 12, length) == fit
    assert said(rest(12)[0]) == "12 more patients are not told of here."
    assert said(rest(1)[0]) == "1 more patient is not told of here."


def test_where_all_fit_nobody_is_left_out() -> None:
    assert taken([part(WHOLE, NOW)] * 2, 2, length) == 2
    assert rest(0) == ()


def test_the_first_is_told_of_however_long() -> None:
    assert taken([part(WHOLE, NOW)] * 3, 9, lambda _text: 5_000) == 1
    assert taken([], 0, length) == 0


@pytest.mark.parametrize("language", languages())
def test_every_language_says_all_of_it(language: str) -> None:
    told = said(part(WHOLE, NOW), language)
    for fact in ("Ravi", "38", "62 mg/dL (07:10)"):
        assert fact in told
    assert "{" not in told
    assert "\n" not in told
