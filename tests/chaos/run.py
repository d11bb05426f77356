"""`make chaos`: messages, a storm, the quiet after it, and the proof that nothing was lost."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import quantiles
from tempfile import TemporaryDirectory
from time import monotonic

from sqlalchemy import create_engine

from app import clock
from app.config import read, use
from tests.chaos import crowd, plans
from tests.chaos.parts import town
from tests.chaos.plans import Strike
from tests.chaos.proof import Verdict, judge
from tests.chaos.settling import SOON, settle
from tests.chaos.storm import Sent, rage

PER_SECOND = 12
LEAST_TO_COMPARE = 2
"""Percentiles want two values."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """How much of a storm.

    Attributes:
        messages: How many people send.
        people: How many send them.
        kills: How many parts are hit.
        seed: Draws who writes what, and what breaks when.
    """

    messages: int
    people: int
    kills: int
    seed: int

    @property
    def seconds(self) -> float:
        """How long the storm lasts."""
        return self.messages / PER_SECOND


def main(words: Sequence[str] | None = None) -> int:
    """Run it once and print what came of it; the exit code is 0 if nothing was lost or twice."""
    wanted = arguments(words)
    with TemporaryDirectory(prefix="procare-chaos-") as folder:
        # PostgreSQL and Valkey run as another user, who has to reach their folders.
        Path(folder).chmod(0o755)
        verdict = chaos(Path(folder), wanted)
    return 0 if verdict.is_clean else 1


def arguments(words: Sequence[str] | None) -> Wanted:
    """Read what is asked for."""
    parser = argparse.ArgumentParser(prog="make chaos", description=__doc__)
    parser.add_argument("--messages", type=int, default=2000)
    parser.add_argument("--people", type=int, default=200)
    parser.add_argument("--kills", type=int, default=20)
    parser.add_argument("--seed", type=int, default=int.from_bytes(os.urandom(3)))
    given = parser.parse_args(words)
    if given.messages > given.people * len(plans.ORDINARY):
        parser.error(f"one person can tell {len(plans.ORDINARY)} different values at most")
    return Wanted(given.messages, given.people, given.kills, given.seed)


def chaos(folder: Path, wanted: Wanted) -> Verdict:
    """Start everything, send, break, wait, and judge."""
    messages = plans.messages(wanted.seed, wanted.messages, wanted.people, wanted.seconds)
    strikes = plans.strikes(wanted.seed, wanted.kills, wanted.seconds)
    say(f"seed {wanted.seed}: {len(messages)} messages in {wanted.seconds:.0f} s")
    for each in strikes:
        say(_told(each))
    with town(folder) as place:
        config = read(place.settings)
        use(config)
        clock.follow(folder / "simulator" / "clock")
        engine = create_engine(config.database_url, pool_pre_ping=True)
        with engine.begin() as connection:
            now = clock.now()
            crowd.add(connection, wanted.people, wanted.seed, now, wanted.seconds)
        began = monotonic()
        sent = rage(place, config, messages, strikes)
        say(f"the storm took {monotonic() - began:.0f} s")
        rest, seconds = settle(
            engine, folder, len(sent), crowd.last_due_at(now, wanted.seconds) + 2 * SOON
        )
        say(f"then it took {seconds:.0f} s, in ten times as fast a time, until nothing was left")
        verdict = judge(engine, folder, sent, rest)
        engine.dispose()
    report(verdict, sent)
    return verdict


def report(verdict: Verdict, sent: Sequence[Sent]) -> None:
    """Print what came of it."""
    for name, count in sorted(verdict.counts.items()):
        say(f"  {name}: {count}")
    for is_emergency in (False, True):
        waited = [
            each.milliseconds
            for each in sent
            if each.answered and each.written.is_emergency is is_emergency
        ]
        if len(waited) >= LEAST_TO_COMPARE:
            cuts = quantiles(waited, n=100)
            kind = "an emergency" if is_emergency else "another message"
            say(
                f"  from the first call to the answer of {kind}: p50 {cuts[49]:.0f} ms,"
                f" p99 {cuts[98]:.0f} ms"
            )
    if len(verdict.alerted_s) >= LEAST_TO_COMPARE:
        cuts = quantiles(verdict.alerted_s, n=100, method="inclusive")
        say(f"  from an event to its alert at Twilio: p50 {cuts[49]:.1f} s, p99 {cuts[98]:.1f} s")
    for title, found in (("lost", verdict.lost), ("twice", verdict.twice)):
        named = ", ".join(f"{name}: {count}" for name, count in found.items() if count)
        say(f"{title} {found.total()}{f' ({named})' if named else ''}")


def say(words: str) -> None:
    """Print a line at once."""
    sys.stdout.write(f"{words}\n")
    sys.stdout.flush()


def _told(strike: Strike) -> str:
    return f"  at {strike.at_s:5.1f} s, for {strike.lasts_s:.1f} s: {strike.target}, {strike.blow}"


if __name__ == "__main__":
    sys.exit(main())
