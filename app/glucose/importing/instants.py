"""Instants as files write them. Pure."""

from datetime import UTC, date, datetime, time, timedelta, tzinfo

import regex

from app.glucose.importing.line import BadCell, DateOrder

EARLIEST = datetime(1990, 1, 1, tzinfo=UTC)
"""A meter that has lost its clock counts from 1970, 1980 or 2000-01-01; none kept a time before."""
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MILLISECONDS = regex.compile("[0-9]{9,14}")
OF_THREE_NUMBERS = regex.compile(
    r"([0-9]{1,2})([-/.])([0-9]{1,2})\2([0-9]{4})[ T,]+([0-9]{1,2}):([0-9]{2})(?::([0-9]{2}))?"
    r"(?: ?([AaPp])\.?[Mm]\.?)?"
)
YEAR_FIRST = regex.compile("[0-9]{4}[-/][0-9]{1,2}[-/][0-9]{1,2}.*")
HALF_DAY = 12
DAY_ALONE = len("2025-12-31")
"""What is no longer is a day without a time of day."""


def with_zone(cell: str, otherwise: tzinfo | None = None) -> datetime:
    """Read an ISO 8601 time; one without a zone is meant in `otherwise`, or refused.

    Raises:
        BadCell: It is none.
    """
    written = cell.strip()
    if len(written) <= DAY_ALONE:
        raise BadCell("the time cannot be read")
    try:
        instant = datetime.fromisoformat(written.replace("/", "-"))
    except ValueError:
        raise BadCell("the time cannot be read") from None
    if instant.tzinfo is not None:
        return _in_utc(instant)
    if otherwise is None:
        raise BadCell("the time names no zone")
    return placed(instant, otherwise)


def since_epoch(cell: str) -> datetime:
    """Read milliseconds since 1970.

    Raises:
        BadCell: They are none.
    """
    if not MILLISECONDS.fullmatch(cell.strip()):
        raise BadCell("the time cannot be read")
    return EPOCH + timedelta(milliseconds=int(cell))


def local(cell: str, dates: DateOrder | None, zone: tzinfo) -> datetime:
    """Read a local time, as 31-12-2025 23:59, or with the year first.

    Times of twelve hours come from accounts that mostly write the month first: without a word of
    the operator they are refused rather than guessed.

    Raises:
        BadCell: It is none, or not certain.
    """
    written = cell.strip()
    if YEAR_FIRST.fullmatch(written):
        return with_zone(written, zone)
    match = OF_THREE_NUMBERS.fullmatch(written)
    if match is None:
        raise BadCell("the time cannot be read")
    first, _, second, year, hour, minute, seconds, half = match.groups()
    if half and dates is None:
        raise BadCell("with AM and PM the order of day and month is not certain: say --dates")
    day, month = (second, first) if dates is DateOrder.MONTH_FIRST else (first, second)
    try:
        moment = time(_hour(int(hour), half), int(minute), int(seconds or 0))
        written_at = datetime.combine(date(int(year), int(month), int(day)), moment)
    except ValueError:
        raise BadCell("there is no such day or time") from None
    return placed(written_at, zone)


def _hour(hour: int, half: str | None) -> int:
    """Count an hour from midnight; one past twelve beside AM or PM is none at all.

    Raises:
        ValueError: It is none.
    """
    if half is None:
        return hour
    if not 1 <= hour <= HALF_DAY:
        raise ValueError(hour)
    return hour % HALF_DAY + (HALF_DAY if half in "Pp" else 0)


def placed(written: datetime, zone: tzinfo) -> datetime:
    """Place a local time in a zone.

    Raises:
        BadCell: The clocks skipped it, or showed it twice.
    """
    early, late = (written.replace(tzinfo=zone, fold=fold) for fold in (0, 1))
    before, after = early.utcoffset(), late.utcoffset()
    if before != after and before is not None and after is not None:
        changed = "skipped" if before < after else "showed twice"
        raise BadCell(f"the clocks {changed} this time in the patient's zone")
    return _in_utc(early)


def _in_utc(instant: datetime) -> datetime:
    try:
        return instant.astimezone(UTC)
    except OverflowError:
        raise BadCell("the time cannot be read") from None


def checked(instant: datetime, now: datetime) -> datetime:
    """Give an instant back that a reading may have.

    Raises:
        BadCell: It is before 1990, or still to come.
    """
    if instant < EARLIEST:
        raise BadCell("the time is before 1990")
    if instant > now:
        raise BadCell("the time is in the future")
    return instant
