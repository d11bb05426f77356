"""What people will write and what will break, drawn from a seed beforehand. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from random import Random

HOW_OFTEN = {"reading": 60, "low": 12, "dose": 10, "meal": 8, "talk": 10}
"""Of a hundred messages."""
ORDINARY, LOW = range(90, 180), range(41, 54)
"""Values in mg/dL that open nothing, and that are the table's row P1."""
READINGS = ("fasting {}", "khane ke baad {}", "sugar {} before lunch", "nashte se pehle {} tha")
LOWS = ("sugar {}", "sugar {} ho gaya", "my sugar is {}")
DOSES = ("metformin le li", "took metformin")
MEALS = ("2 roti aur dal khayi", "ate idli and sambar")
TALK = ("hello", "dhanyavaad", "how was my week")
QUIET_SHARE = 0.05
"""Nothing breaks in the first and last part of the storm."""


class Target(StrEnum):
    """What can be hit."""

    WEB = "web"
    WEB_WORKER = "web worker"
    WORKER = "worker"
    CLOCK = "clock"
    VALKEY = "Valkey"
    POSTGRES = "PostgreSQL"
    TWILIO = "Twilio"


class Blow(StrEnum):
    """What can be done to it."""

    KILL = "SIGKILL"
    HANG = "SIGSTOP"
    TOO_MANY = "429"
    FAULT = "500"
    TIME_OUT = "no answer"
    DROP = "lost answers"


OF_TWILIO = (Blow.TOO_MANY, Blow.FAULT, Blow.TIME_OUT, Blow.DROP)
OF_PROCESSES = (Blow.KILL, Blow.HANG)


@dataclass(frozen=True, slots=True)
class Written:
    """A message that a person will send.

    Attributes:
        person: Their number in the crowd.
        at_s: Seconds after the beginning.
        value: In mg/dL, where it tells one; no value comes twice from one person.
    """

    person: int
    at_s: float
    body: str
    value: int | None = None
    is_emergency: bool = False


@dataclass(frozen=True, slots=True)
class Strike:
    """Something that will break.

    Attributes:
        at_s: Seconds after the beginning.
        lasts_s: Until it is started again, or goes on.
    """

    at_s: float
    target: Target
    blow: Blow
    lasts_s: float


def messages(seed: int, count: int, people: int, seconds: float) -> list[Written]:
    """Draw who writes what and when, in the order of time."""
    draw = Random(f"messages {seed}")  # noqa: S311 - no secret
    values = [draw.sample(ORDINARY, len(ORDINARY)) for _ in range(people)]
    lows = [draw.sample(LOW, len(LOW)) for _ in range(people)]
    return [
        _written(draw, number % people, at_s, values, lows)
        for number, at_s in enumerate(sorted(draw.uniform(0, seconds) for _ in range(count)))
    ]


def _written(
    draw: Random, person: int, at_s: float, values: list[list[int]], lows: list[list[int]]
) -> Written:
    (kind,) = draw.choices(list(HOW_OFTEN), list(HOW_OFTEN.values()))
    if kind == "low" and lows[person]:
        value = lows[person].pop()
        return Written(person, at_s, draw.choice(LOWS).format(value), value, is_emergency=True)
    if kind in {"reading", "low"}:
        value = values[person].pop()
        return Written(person, at_s, draw.choice(READINGS).format(value), value)
    return Written(person, at_s, draw.choice({"dose": DOSES, "meal": MEALS, "talk": TALK}[kind]))


def strikes(seed: int, count: int, seconds: float) -> list[Strike]:
    """Draw what breaks and when, in the order of time; no part is hit while it is down."""
    draw = Random(f"strikes {seed}")  # noqa: S311 - no secret
    times = sorted(
        draw.uniform(QUIET_SHARE * seconds, (1 - QUIET_SHARE) * seconds) for _ in range(count)
    )
    free_at = dict.fromkeys(Target, 0.0)
    struck = []
    for at_s in times:
        target = draw.choice([each for each in Target if free_at[each] <= at_s] or [Target.TWILIO])
        blow = draw.choice(OF_TWILIO if target is Target.TWILIO else OF_PROCESSES)
        strike = Strike(at_s, target, blow, draw.uniform(0.5, 8.0))
        free_at[target] = at_s + strike.lasts_s + 1
        if target in {Target.WEB, Target.WEB_WORKER}:
            free_at[Target.WEB] = free_at[Target.WEB_WORKER] = free_at[target]
        struck.append(strike)
    return struck
