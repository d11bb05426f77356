"""When medicines are taken: a day's times in the person's zone, as moments. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from app.medications.dose import Frequency

_BY_COUNT = (
    Frequency.AS_NEEDED,
    Frequency.ONCE_DAILY,
    Frequency.TWICE_DAILY,
    Frequency.THRICE_DAILY,
)


@dataclass(frozen=True, slots=True)
class Timetable:
    """A medicine that is taken at fixed times of the day.

    Attributes:
        user_id: The patient's user, who counts as having logged what is made ahead.
        zone: IANA name.
        times: HH:MM in that zone.
        starts_at: Aware, included.
        ends_at: Aware, excluded; None for no end.
        done: When the doses of the last day were due that are logged, reminded of, or put off.
    """

    medicine_id: UUID
    patient_id: UUID
    user_id: UUID
    zone: str
    times: tuple[str, ...]
    starts_at: datetime
    ends_at: datetime | None = None
    done: tuple[datetime, ...] = ()


def frequency_of(times: Sequence[str]) -> Frequency:
    """Name how often a medicine is taken; the data model has no word for more than thrice."""
    return _BY_COUNT[min(len(times), len(_BY_COUNT) - 1)]


def doses_ahead(timetable: Timetable, now: datetime, until: datetime) -> list[datetime]:
    """List the moments that doses fall due in (now, until], earliest first, in UTC.

    As many of today's times as are done already are passed over, so that changed times never
    double a dose. An hour that a change of the clocks leaves out comes an hour later; one that
    it repeats counts once, the first time.

    Raises:
        KeyError: There is no such zone.
        ValueError: A time is not HH:MM.
    """
    zone = ZoneInfo(timetable.zone)
    today, last = now.astimezone(zone).date(), until.astimezone(zone).date()
    days = [today + timedelta(days=n) for n in range((last - today).days + 1)]
    due = [at for day in days for at in _left_of_day(timetable, day, zone)]
    return [at for at in due if now < at <= until and _is_running(timetable, at)]


def _left_of_day(timetable: Timetable, day: date, zone: ZoneInfo) -> list[datetime]:
    clocks = [time.fromisoformat(each) for each in timetable.times]
    moments = {datetime.combine(day, clock, zone).astimezone(UTC) for clock in clocks}
    done = sum(at.astimezone(zone).date() == day for at in timetable.done)
    return sorted(moments)[done:]


def _is_running(timetable: Timetable, at: datetime) -> bool:
    return timetable.starts_at <= at and (timetable.ends_at is None or at < timetable.ends_at)
