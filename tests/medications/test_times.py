"""A day's times as moments: zones, clock changes, ends, and times that were changed."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest

from app.medications.dose import Frequency
from app.medications.times import Timetable, doses_ahead, frequency_of

ALWAYS = datetime(2020, 1, 1, tzinfo=UTC)
KOLKATA = Timetable(
    UUID(int=1), UUID(int=2), UUID(int=3), "Asia/Kolkata", ("08:00", "20:00"), ALWAYS
)
AHEAD = timedelta(hours=36)


def at(moment: str) -> datetime:
    return datetime.fromisoformat(moment)


def ahead(timetable: Timetable, now: str) -> list[datetime]:
    return doses_ahead(timetable, at(now), at(now) + AHEAD)


def test_the_doses_of_36_hours_earliest_first() -> None:
    # 02:30 UTC is 08:00 in India.
    assert ahead(KOLKATA, "2026-11-20T02:00:00Z") == [
        at("2026-11-20T02:30:00Z"),
        at("2026-11-20T14:30:00Z"),
        at("2026-11-21T02:30:00Z"),
    ]


def test_what_is_due_this_very_moment_was_made_before() -> None:
    assert ahead(KOLKATA, "2026-11-20T02:30:00Z")[0] == at("2026-11-20T14:30:00Z")


@pytest.mark.parametrize(
    ("zone", "clock", "now", "expected"),
    [
        # Nepal is 5:45 ahead: 00:10 there on the 21st is 18:25 UTC on the 20th.
        (
            "Asia/Kathmandu",
            "00:10",
            "2026-11-20T12:00Z",
            ["2026-11-20T18:25Z", "2026-11-21T18:25Z"],
        ),
        # Just before midnight in India, the dose of 00:00 is the next day's.
        ("Asia/Kolkata", "00:00", "2026-11-20T18:29Z", ["2026-11-20T18:30Z", "2026-11-21T18:30Z"]),
        # New York goes from EDT (-4) to EST (-5) on 1 November 2026 at 02:00: 25 hours between.
        (
            "America/New_York",
            "08:00",
            "2026-10-31T11:00Z",
            ["2026-10-31T12:00Z", "2026-11-01T13:00Z"],
        ),
        # 01:30 comes twice that night; the dose is due the first time only.
        (
            "America/New_York",
            "01:30",
            "2026-11-01T04:00Z",
            ["2026-11-01T05:30Z", "2026-11-02T06:30Z"],
        ),
        # On 14 March 2027 there is no 02:30: the dose is due an hour later, at 03:30 EDT.
        (
            "America/New_York",
            "02:30",
            "2027-03-14T05:00Z",
            ["2027-03-14T07:30Z", "2027-03-15T06:30Z"],
        ),
    ],
)
def test_a_time_is_the_persons_own(zone: str, clock: str, now: str, expected: list[str]) -> None:
    timetable = replace(KOLKATA, zone=zone, times=(clock,))
    assert ahead(timetable, now) == [at(each) for each in expected]


def test_an_hour_left_out_does_not_double_a_dose() -> None:
    timetable = replace(KOLKATA, zone="America/New_York", times=("02:30", "03:30"))
    assert ahead(timetable, "2027-03-14T05:00:00Z")[:2] == [
        at("2027-03-14T07:30:00Z"),
        at("2027-03-15T06:30:00Z"),
    ]


def test_a_medicine_begins_and_ends() -> None:
    begun = replace(
        KOLKATA, starts_at=at("2026-11-20T14:00:00Z"), ends_at=at("2026-11-21T02:30:00Z")
    )
    assert ahead(begun, "2026-11-20T02:00:00Z") == [at("2026-11-20T14:30:00Z")]


@pytest.mark.parametrize(
    ("done", "expected"),
    [
        # Taken at 08:00 in India, then moved to 09:00 and 21:00: only 21:00 is left of the day.
        (("2026-11-20T02:30:00Z",), "2026-11-20T15:30:00Z"),
        # Both taken today: the next is tomorrow's first.
        (("2026-11-20T02:30:00Z", "2026-11-20T02:45:00Z"), "2026-11-21T03:30:00Z"),
        # What was taken yesterday evening is no dose of today.
        (("2026-11-19T14:30:00Z",), "2026-11-20T03:30:00Z"),
    ],
)
def test_changed_times_never_double_a_dose(done: tuple[str, ...], expected: str) -> None:
    changed = replace(KOLKATA, times=("09:00", "21:00"), done=tuple(at(each) for each in done))
    assert ahead(changed, "2026-11-20T03:00:00Z")[0] == at(expected)


@pytest.mark.parametrize(("zone", "clock"), [("Asia/Atlantis", "08:00"), ("Asia/Kolkata", "8 am")])
def test_what_is_no_zone_or_no_time_is_refused(zone: str, clock: str) -> None:
    with pytest.raises((KeyError, ValueError)):
        ahead(replace(KOLKATA, zone=zone, times=(clock,)), "2026-11-20T03:00:00Z")


@pytest.mark.parametrize(
    ("times", "expected"),
    [
        ([], Frequency.AS_NEEDED),
        (["08:00"], Frequency.ONCE_DAILY),
        (["08:00", "20:00"], Frequency.TWICE_DAILY),
        (["08:00", "14:00", "20:00"], Frequency.THRICE_DAILY),
        (["08:00", "12:00", "16:00", "20:00"], Frequency.THRICE_DAILY),
    ],
)
def test_the_frequency_goes_by_the_number_of_times(times: list[str], expected: Frequency) -> None:
    assert frequency_of(times) is expected
