"""Messages sent as Twilio sends them, while parts of the service break and come back."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from time import monotonic, sleep
from typing import TypeVar

from app.config import Config
from app.embedded.server import Server
from app.simulator.twilio import faults
from app.simulator.twilio.courier import PATIENCE_S
from app.simulator.twilio.database import folder
from app.simulator.twilio.phone import call, taken
from app.simulator.typed import Typed
from tests.chaos.crowd import patient_number
from tests.chaos.parts import Town
from tests.chaos.plans import Blow, Strike, Target, Written

Done = TypeVar("Done")
RETRIES = 3
"""As `#rc=3&rp=all` in the webhook's address: after 5xx, 4xx and time-outs, within 15 s in all."""
BETWEEN_S = 0.2
CALLERS = 100
OK = 200
MANY = 1000
FAULTS = {
    Blow.TOO_MANY: {"errors": MANY, "error_code": 20429},
    Blow.FAULT: {"errors": MANY, "error_code": 20500},
    Blow.TIME_OUT: {"hangs": MANY, "hang_ms": 20_000},
    Blow.DROP: {"drops": MANY},
}


@dataclass(frozen=True, slots=True)
class Sent:
    """A message as Twilio has it.

    Attributes:
        calls: How often the webhook was called.
        answered: Whether it answered in time.
        milliseconds: From the first call to the answer.
    """

    written: Written
    sid: str
    calls: int
    answered: bool
    milliseconds: int


def rage(
    town: Town, config: Config, messages: Sequence[Written], strikes: Sequence[Strike]
) -> list[Sent]:
    """Send every message at its time, and strike at theirs; all parts run again afterwards."""
    began = monotonic()
    with ThreadPoolExecutor(CALLERS) as callers, ThreadPoolExecutor(len(Target)) as strikers:
        struck = [
            strikers.submit(_at, began + each.at_s, partial(strike, each, town, config))
            for each in strikes
        ]
        sending = [
            callers.submit(_at, began + each.at_s, partial(send, each, config)) for each in messages
        ]
        for done in struck:
            done.result()
        return [done.result() for done in sending]


def _at(moment: float, do: Callable[[], Done]) -> Done:
    """Do something at a moment; whoever is handed to a pool comes in the order of time."""
    sleep(max(0.0, moment - monotonic()))
    return do()


def send(written: Written, config: Config) -> Sent:
    """Send a message as Twilio does: again where it was not answered, until the time is over."""
    message, form = taken(Typed(patient_number(written.person), written.body), config)
    began = monotonic()
    for number in range(1, RETRIES + 2):
        left_s = PATIENCE_S - (monotonic() - began)
        if left_s <= 0:
            break
        answer = call(message, form, config, patience_s=left_s)
        if answer.status == OK:
            took = round((monotonic() - began) * 1000)
            return Sent(written, message.sid, number, answered=True, milliseconds=took)
        sleep(BETWEEN_S)
    took = round((monotonic() - began) * 1000)
    return Sent(written, message.sid, number, answered=False, milliseconds=took)


def strike(strike: Strike, town: Town, config: Config) -> None:
    """Break something, and mend it when its time is over."""
    if strike.target is Target.TWILIO:
        faults.change(folder(config), FAULTS[strike.blow])
        sleep(strike.lasts_s)
        faults.clear(folder(config))
    elif strike.target is Target.WEB_WORKER:
        _hit_one(town.web, strike)
    else:
        _hit(_PARTS[strike.target](town), strike)


_PARTS: dict[Target, Callable[[Town], Server]] = {
    Target.WEB: lambda town: town.web,
    Target.WORKER: lambda town: town.worker,
    Target.CLOCK: lambda town: town.clock,
    Target.VALKEY: lambda town: town.valkey,
    Target.POSTGRES: lambda town: town.postgres,
}


def _hit(part: Server, strike: Strike) -> None:
    if strike.blow is Blow.KILL:
        part.kill()
        sleep(strike.lasts_s)
        part.start()
    else:
        part.pause()
        sleep(strike.lasts_s)
        part.resume()


def _hit_one(web: Server, strike: Strike) -> None:
    """Hit one of the web's processes; the one above them starts another in place of a dead one."""
    pid = web.pids()[-1]
    with suppress(ProcessLookupError):
        if strike.blow is Blow.KILL:
            os.kill(pid, signal.SIGKILL)
            return
        os.kill(pid, signal.SIGSTOP)
    sleep(strike.lasts_s)
    with suppress(ProcessLookupError):
        os.kill(pid, signal.SIGCONT)
