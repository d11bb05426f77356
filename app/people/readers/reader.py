"""A reader of a daily digest, and when it is due. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from app.people.person import Role

CAREGIVERS_AT = "20:00"
"""When a caregiver who chose no time gets the digest: in the evening, while one can still call
(house)."""
DOCTORS_AT = "08:00"
"""When a doctor gets it: before the day's patients come (house)."""


@dataclass(frozen=True, slots=True)
class Reader:
    """A caregiver, or a doctor who wants a digest, whose turn may have come.

    Attributes:
        role: CAREGIVER or DOCTOR: who is both has a digest as each.
        zone: IANA name; parts the reader's days.
        digest_at: HH:MM in that zone.
        is_new: It is not known since when the digest waits: the time was chosen just now.
        is_told: Nothing of our own accord goes to who said stop, or has left.
    """

    user_id: UUID
    role: Role
    language: str
    zone: str
    digest_at: str
    is_new: bool = False
    is_told: bool = True

    def day(self, now: datetime) -> date:
        """Give the day it is to the reader."""
        return now.astimezone(ZoneInfo(self.zone)).date()

    def midnight_after(self, now: datetime) -> datetime:
        """Give the moment at which the reader's day ends."""
        return self._at(self.day(now) + timedelta(days=1), time())

    def is_due(self, now: datetime) -> bool:
        """Say whether the digest of the reader's day is to be made now.

        One that was missed is made late on the same day, and not after it. A time chosen when it
        has passed begins on the next day.
        """
        return self.is_told and not self.is_new and self._today_at(now) <= now

    def next_at(self, now: datetime) -> datetime:
        """Give the first moment after now at which a digest is due."""
        today = self._today_at(now)
        return today if today > now else self._at(self.day(now) + timedelta(days=1), self._time())

    def _today_at(self, now: datetime) -> datetime:
        return self._at(self.day(now), self._time())

    def _time(self) -> time:
        return time.fromisoformat(self.digest_at)

    def _at(self, day: date, at: time) -> datetime:
        return datetime.combine(day, at, ZoneInfo(self.zone))
