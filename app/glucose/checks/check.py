"""What a person asks of us about tests of sugar at fixed times. Pure."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ChecksWanted:
    """The person wants to be reminded of a test every day at these times, and at no others.

    Attributes:
        times: HH:MM in the person's zone, earliest first.
    """

    times: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ChecksEnded:
    """The person wants to be reminded of no tests any more."""


CheckEvent = ChecksWanted | ChecksEnded
