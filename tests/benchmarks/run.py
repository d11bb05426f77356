"""`make bench`: a turn beside two floors and under two servers, deliveries, dangers, the rest.

What is compared is measured in one run, in rounds.

Figures of different machines, or of one machine on different days, cannot be compared; the ratios
of one run can. Nothing here passes or fails by time, only by a wrong answer.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from sqlalchemy import text

from tests.benchmarks import (
    delivery,
    digests,
    emergency,
    history,
    reminders,
    report,
    scores,
    servers,
)
from tests.benchmarks.delivery import NotDeliveredError
from tests.benchmarks.digests import WrongDigestsError
from tests.benchmarks.history_fill import WrongHistoryError
from tests.benchmarks.load import BadAnswerError
from tests.benchmarks.reminders import WrongRemindersError
from tests.benchmarks.scores import WrongScoresError
from tests.benchmarks.servers import FLOORS, GUNICORN, House, NotStartedError, granian, serving
from tests.benchmarks.subject import Subject, floor_calls, turn_calls

PARSER = "parser"
DELIVERY = "delivery"
EMERGENCY = "emergency"
HISTORY = "history"
SCORES = "scores"
REMINDERS = "reminders"
DIGESTS = "digests"
SUBJECTS = ("constant", "insert", "turn", "gunicorn")
LOADED = 0.5
"""The share of the turn's measured load at which its latency is looked at."""
UNHANDLED = "SELECT count(*) FROM inbound_messages WHERE handled_at IS NULL OR error IS NOT NULL"
HANDLED = "SELECT count(*) FROM inbound_messages WHERE handled_at IS NOT NULL"
SESSIONS = "SELECT sessions FROM pg_stat_database WHERE datname = current_database()"


FAULTS = (
    BadAnswerError,
    NotStartedError,
    NotDeliveredError,
    WrongHistoryError,
    WrongRemindersError,
    WrongScoresError,
    WrongDigestsError,
)


class LostError(Exception):
    """A message was answered, and was not handled."""


def main(words: Sequence[str] | None = None) -> int:
    """Measure what is asked for; the exit code is 0 unless something went wrong."""
    wanted = arguments(words)
    try:
        for measure in measures(wanted):
            with TemporaryDirectory(prefix="procare-bench-") as folder:
                measure(Path(folder))
    except (LostError, *FAULTS) as fault:
        sys.stderr.write(f"{type(fault).__name__}: {fault}\n")
        return 1
    return parser_figures() if PARSER in wanted.only else 0


def measures(wanted: argparse.Namespace) -> Iterator[Callable[[Path], None]]:
    """Give what is asked for, each of which has servers and a folder of its own."""
    if set(wanted.only) & set(SUBJECTS):
        yield lambda folder: measure_servers(folder, wanted)
    if DELIVERY in wanted.only:
        yield measure_delivery
    if EMERGENCY in wanted.only:
        yield measure_emergency
    if HISTORY in wanted.only:
        yield lambda folder: history.measure(
            folder, wanted.sizes, seconds=wanted.seconds, rounds=wanted.rounds
        )
    if SCORES in wanted.only:
        yield scores.measure
    if REMINDERS in wanted.only:
        yield lambda folder: reminders.measure(folder, wanted.patients)
    if DIGESTS in wanted.only:
        yield digests.measure


def arguments(words: Sequence[str] | None) -> argparse.Namespace:
    """Read the command line."""
    options = argparse.ArgumentParser(prog="make bench", description=__doc__)
    options.add_argument("--seconds", type=float, default=5, help="of one stretch of load")
    options.add_argument("--rounds", type=int, default=3)
    options.add_argument(
        "--only",
        nargs="+",
        choices=[*SUBJECTS, DELIVERY, EMERGENCY, HISTORY, REMINDERS, SCORES, DIGESTS, PARSER],
        default=[*SUBJECTS, DELIVERY, EMERGENCY, HISTORY, REMINDERS, SCORES, DIGESTS, PARSER],
    )
    options.add_argument(
        "--sizes", type=int, nargs="+", default=history.SIZES, help="of histories, in readings"
    )
    options.add_argument(
        "--patients", type=int, nargs="+", default=reminders.SIZES, help="who are reminded"
    )
    return options.parse_args(words)


def measure_servers(folder: Path, wanted: argparse.Namespace) -> None:
    """Start what is wanted, load it in rounds, and print what was seen."""
    with servers.house(folder) as house, subjects(house, wanted.only) as measured:
        for subject in measured.values():
            subject.warm_up()
        settle(house)
        check_handled(house, measured)
        sessions = number(house, SESSIONS)
        for _ in range(wanted.rounds):
            for subject in measured.values():
                subject.load(wanted.seconds)
        report.show_rates(measured)
        if turns := [measured[name] for name in ("turn", "gunicorn") if name in measured]:
            measure_latency(turns, wanted)
            report.show_latency(turns)
        check_handled(house, measured)
        opened = number(house, SESSIONS) - sessions
        report.say(f"sessions opened at the database while under load: {opened}\n")


def measure_delivery(folder: Path) -> None:
    """Measure the outbox on a database of its own, whose counts nobody else looks at."""
    with servers.house(folder) as house:
        delivery.measure(house)


def measure_emergency(folder: Path) -> None:
    """Measure the way of an emergency, with PostgreSQL there and away, and of its alert."""
    with servers.house(folder) as house:
        emergency.measure(house)


def measure_latency(turns: Sequence[Subject], wanted: argparse.Namespace) -> None:
    """Load the turn under each server at the same even rate, in rounds."""
    rate = LOADED * turns[0].per_second
    for _ in range(wanted.rounds):
        for subject in turns:
            subject.load_evenly(rate, wanted.seconds)


@contextmanager
def subjects(house: House, only: Sequence[str]) -> Iterator[dict[str, Subject]]:
    """Start the web servers and give what is measured on them, by name, in order."""
    with ExitStack() as running:
        measured = {}
        if {"constant", "insert"} & set(only):
            port = running.enter_context(serving(house, "floors", granian(FLOORS)))
            measured["constant"] = Subject("bare Flask", port, floor_calls("/constant"))
            measured["insert"] = Subject("and one durable INSERT", port, floor_calls("/insert"))
        if "turn" in only:
            port = running.enter_context(serving(house, "turn", granian()))
            measured["turn"] = Subject("the whole turn", port, turn_calls)
        if "gunicorn" in only:
            port = running.enter_context(serving(house, "gunicorn", GUNICORN))
            measured["gunicorn"] = Subject("the same on gunicorn", port, turn_calls)
        yield {name: subject for name, subject in measured.items() if name in only}


def settle(house: House) -> None:
    """Let PostgreSQL look at its tables now that they hold something, as it does by itself later.

    Plans made over empty tables read them from end to end, and are kept by each session.
    """
    with house.engine.begin() as connection:
        connection.execute(text("ANALYZE"))


def check_handled(house: House, measured: dict[str, Subject]) -> None:
    """Check that every message that was answered is in the database, handled without a fault.

    Raises:
        LostError: One is not.
    """
    turns = [measured[name] for name in ("turn", "gunicorn") if name in measured]
    answered = sum(subject.answered for subject in turns)
    handled, unhandled = number(house, HANDLED), number(house, UNHANDLED)
    if handled != answered or unhandled or (house.folder / "spool").exists():
        raise LostError(f"{answered} answered, {handled} handled, {unhandled} with a fault")


def number(house: House, query: str) -> int:
    """Ask the database for a number."""
    with house.engine.begin() as connection:
        return int(connection.execute(text(query)).scalar_one())


def parser_figures() -> int:
    """Let the parser's own benchmark say its figures, if it is there."""
    if not Path(__file__).with_name("parser.py").exists():
        return 0
    command = [sys.executable, "-m", "tests.benchmarks.parser"]
    return subprocess.run(command, cwd=servers.ROOT, check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
