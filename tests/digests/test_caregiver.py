"""What a caregiver's digest says, written out by hand."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.digests.caregiver import heading, in_order, part
from app.digests.words import one_line
from app.emergency.event import EmergencyType, Level
from app.i18n import languages
from app.parsing.units import Unit
from tests.digests.days import (
    AFTER_LUNCH,
    FASTING,
    INDIA,
    MISSED,
    NOW,
    SKIPPED,
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
    readings=[
        read(62, "07:10", FASTING),
        read(126, "08:00", FASTING),
        read(150, "14:00", AFTER_LUNCH),
        read(268, "15:30", AFTER_LUNCH),
        read(95, "17:00", FASTING),
        read(110, "18:00"),
    ],
    doses=[
        dose(MISSED, "20:00", days_ago=1),
        dose(TAKEN, "08:00"),
        dose(TAKEN, "08:00", "glimepiride"),
        dose(SKIPPED, "14:00", "acarbose", reason="upset stomach"),
    ],
    open_ones=[danger("15:30", Level.P5, EmergencyType.HYPERGLYCEMIA)],
)


def lines(one: object, zone: str = INDIA) -> list[str]:
    return said(part(one, zone, NOW)).split("\n")  # type: ignore[arg-type]  # a day


def test_a_day_with_everything_in_it() -> None:
    # In range of those with a target: 126, 150 and 95 of five; 110 was told without a meal.
    assert lines(WHOLE) == [
        "Amma:",
        "Not over: high sugar, since 15:30.",
        "Please call now.",
        "Sugar: 6 tests.",
        "In range: 3 of the 5 told as before or after food.",
        "Low: 62 mg/dL (07:10).",
        "Very high: 268 mg/dL (15:30).",
        "Doses taken: 2 of 4.",
        "Missed: metformin, 21/11 20:00.",
        "Not taken: acarbose, 14:00. Reason: upset stomach.",
    ]


def test_a_template_is_given_no_value() -> None:
    told = short(part(WHOLE, INDIA, NOW))
    assert told == (
        "Amma: Not over: high sugar, since 15:30. Please call now. Sugar: 6 tests. In range: 3 of "
        "the 5 told as before or after food. Low: 1×. Very high: 1×. Doses taken: 2 of 4."
    )


@pytest.mark.parametrize(
    ("kept", "told"),
    [
        ("UNWELL", "Not taken: metformin, 08:00. Reason: unwell."),
        ("NONE_LEFT", "Not taken: metformin, 08:00. Reason: none left."),
        ("NOT_EATEN", "Not taken: metformin, 08:00. Reason: nothing eaten."),
        ("DOCTOR_SAID", "Not taken: metformin, 08:00. Reason: the doctor said so."),
        ("OTHER", "Not taken: metformin, 08:00."),
        ("", "Not taken: metformin, 08:00."),
    ],
)
def test_the_reason_that_was_kept_is_told_in_words(kept: str, told: str) -> None:
    assert lines(day(doses=[dose(SKIPPED, reason=kept)]))[-1] == told


def test_the_heading_names_the_day() -> None:
    assert said(heading(date(2026, 11, 22))) == "Daily summary, Sunday 22/11."
    assert said(heading(date(2026, 11, 23)), "hi") == "रोज़ का हिसाब, सोमवार 23/11।"


def test_one_test_is_one() -> None:
    assert lines(day(readings=[read(100, state=FASTING)]))[1:] == [
        "Sugar: 1 test.",
        "In range: 1 of 1.",
    ]


def test_values_are_in_the_patients_unit() -> None:
    one = day(someone(unit=Unit.MMOL_L), readings=[read(62)])
    assert "Low: 3.4 mmol/L (07:10)." in lines(one)  # 62 / 18.0182


def test_of_many_lows_the_last_three_are_named_and_the_others_counted() -> None:
    lows = [read(60 + n, f"0{n}:00") for n in range(1, 6)]
    assert "Low: +2, 63 mg/dL (03:00), 64 mg/dL (04:00), 65 mg/dL (05:00)." in lines(
        day(readings=lows)
    )


@pytest.mark.parametrize(
    ("value", "told"),
    [(69.9, "Low: 70 mg/dL"), (70, None), (250, None), (250.1, "Very high: 250 mg/dL")],
)
def test_low_and_very_high_begin_where_the_standards_say(value: float, told: str | None) -> None:
    named = [line for line in lines(day(readings=[read(value)])) if "mg/dL" in line]
    assert [line.startswith(told or "") for line in named] == ([True] if told else [])


def test_nothing_heard_is_told_as_nothing_heard() -> None:
    assert lines(day(heard_ago=timedelta(days=2, hours=3))) == [
        "Amma:",
        (
            "Nothing heard for 2 days. This does not mean that all is well: please call, or go and "
            "see."
        ),
    ]
    assert lines(day(heard_ago=timedelta(days=1)))[1].startswith("Nothing heard for 1 day.")
    assert lines(day(heard_ago=timedelta(hours=23))) == ["Amma:", "No sugar test was told."]
    assert lines(day(heard_ago=None)) == [
        "Amma:",
        "Nothing heard yet.",
    ]


def test_a_value_that_others_told_is_a_word() -> None:
    one = day(readings=[read(120)], heard_ago=timedelta(days=5))
    assert one.silent_days(NOW) == 0


def test_doses_marked_as_missed_are_no_word_of_the_patient() -> None:
    one = day(doses=[dose(MISSED)], heard_ago=timedelta(days=2))
    assert one.silent_days(NOW) == 2
    assert lines(one)[1].startswith("Nothing heard for 2 days.")
    assert lines(one)[2:] == ["Doses taken: 0 of 1.", "Missed: metformin, 08:00."]


@pytest.mark.parametrize(
    ("days", "is_news"),
    [(0, False), (1, True), (2, True), (3, True), (4, False), (6, False), (7, True), (14, True)],
)
def test_silence_alone_is_told_three_days_and_then_weekly(days: int, *, is_news: bool) -> None:
    assert day(heard_ago=timedelta(days=days)).has_news(NOW) is is_news


def test_a_day_without_anything_is_no_news() -> None:
    assert not day().has_news(NOW)
    assert day(readings=[read(100)]).has_news(NOW)
    assert day(doses=[dose(TAKEN)]).has_news(NOW)
    assert day(open_ones=[danger()]).has_news(NOW)


def test_who_is_in_danger_comes_first_and_then_who_is_not_heard() -> None:
    well, silent = day(someone("Well")), day(someone("Silent"), heard_ago=timedelta(days=2))
    endangered = day(someone("Endangered"), open_ones=[danger()])
    ordered = in_order([well, silent, endangered, day(someone("Also well"))], NOW)
    names = [each.patient.name for each in ordered]
    assert names == ["Endangered", "Silent", "Well", "Also well"]


def test_danger_signs_are_told_whatever_the_type() -> None:
    one = day(open_ones=[danger(level=Level.P0), danger("06:00", days_ago=1)])
    assert lines(one)[1:3] == [
        "Not over: danger signs, since 07:10.",
        "Not over: low sugar, since 21/11 06:00.",
    ]


def test_times_are_the_patients_and_a_reader_elsewhere_is_told_so() -> None:
    nepal = day(someone(zone="Asia/Kathmandu"), readings=[read(62, "07:10")])
    told = lines(nepal)
    assert "Low: 62 mg/dL (07:25)." in told
    assert told[-1] == "The times are those of the place there."
    assert lines(nepal, "Asia/Kathmandu")[-1] != told[-1]


def test_who_has_no_name_is_spoken_of() -> None:
    assert lines(day(someone(None)))[0] == "the person you care for:"
    assert lines(day(someone("\u202e \n")))[0] == "the person you care for:"


@given(st.text(max_size=80), st.text(max_size=80), st.text(max_size=80))
def test_no_name_and_no_reason_breaks_a_line(name: str, medicine: str, reason: str) -> None:
    told = day(someone(name), doses=[dose(SKIPPED, name=medicine, reason=reason)])
    assert [line.partition(":")[0] for line in lines(told)[2:]][1:] == ["Not taken"]
    assert len(lines(told)) == 4


@pytest.mark.parametrize(
    ("words", "line"),
    [
        ("Asha\nLow: 40", "Asha Low: 40"),
        ("{name} {0}", "{name} {0}"),
        ("\u202eahsA\u202c", "ahsA"),
        ("a\u2067b\u2069\u200f", "ab"),
        ("क्\u200dष\tरा", "क्\u200dष रा"),
        ("x" * 50, "x" * 39 + "…"),
        ("\u200b", ""),
    ],
)
def test_words_of_others_stay_in_their_line(words: str, line: str) -> None:
    assert one_line(words, 40) == line


@pytest.mark.parametrize("language", languages())
def test_every_language_says_all_of_it(language: str) -> None:
    told = said(part(WHOLE, "Asia/Kathmandu", NOW), language)
    assert len(told.split("\n")) == 11
    for fact in ("Amma", "62 mg/dL (07:10)", "268 mg/dL (15:30)", "metformin", "upset stomach"):
        assert fact in told
    assert "{" not in told
