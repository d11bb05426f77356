"""A light load: one thread, a new connection a call, every answer checked.

Each call is bytes made beforehand, so that the clock sees little but the server. A call has a
connection of its own because the Procfile's web line keeps none alive.
"""

from __future__ import annotations

import socket
from collections.abc import Iterable
from contextlib import closing
from dataclasses import dataclass
from select import EPOLLIN, epoll, select
from time import perf_counter, process_time
from typing import NamedTuple

from app.embedded.server import HOST

PATIENCE_S = 30.0
"""How long nothing may be answered: a worker's first message waits for its word lists."""


class BadAnswerError(Exception):
    """A call was answered with something else than it should be, or not at all."""


class Window(NamedTuple):
    """What one stretch of load showed.

    Attributes:
        waited_s: How long each call took from when it was due, in the order of the answers.
        seconds: From the first call to the last answer.
        own_seconds: What the load itself took of one core in that time.
    """

    waited_s: tuple[float, ...]
    seconds: float
    own_seconds: float

    @property
    def per_second(self) -> float:
        """Answers a second."""
        return len(self.waited_s) / self.seconds


def in_turns(port: int, calls: Iterable[bytes], *, callers: int, seconds: float) -> Window:
    """Let so many callers each call again as soon as they are answered: a closed loop.

    Ends with the time or with the calls, whichever ends first.

    Raises:
        BadAnswerError: As its name says; the rest is then given up.
    """
    waiting = iter(calls)
    with closing(_Calls(port)) as under_way:
        _begin(under_way, waiting, callers)
        while under_way.count:
            answered = under_way.take_answers(PATIENCE_S)
            if under_way.seconds < seconds:
                _begin(under_way, waiting, answered)
        return under_way.window()


def _begin(under_way: _Calls, waiting: Iterable[bytes], count: int) -> None:
    for _, call in zip(range(count), waiting, strict=False):
        under_way.begin(call, perf_counter())


def at_rate(port: int, calls: Iterable[bytes], *, per_second: float) -> Window:
    """Send calls at even distances, whether or not the server keeps up: an open loop.

    Raises:
        BadAnswerError: As its name says; the rest is then given up.
    """
    with closing(_Calls(port)) as under_way:
        for number, call in enumerate(calls):
            due_at = under_way.started + number / per_second
            while (left := due_at - perf_counter()) > 0:
                under_way.take_answers(left)
            under_way.begin(call, due_at)
        while under_way.count:
            under_way.take_answers(PATIENCE_S)
        return under_way.window()


@dataclass(slots=True)
class _Call:
    connection: socket.socket
    due_at: float
    answer: bytes = b""


class _Calls:
    """The calls that are under way to one server, and what was seen of those that are over."""

    def __init__(self, port: int) -> None:
        self._address = (HOST, port)
        self._readable = epoll()
        self._calls: dict[int, _Call] = {}
        self._waited_s: list[float] = []
        self._own_before = process_time()
        self._heard_at = self.started = perf_counter()

    @property
    def count(self) -> int:
        """How many are not answered yet."""
        return len(self._calls)

    @property
    def seconds(self) -> float:
        """How long this has been going on."""
        return perf_counter() - self.started

    def begin(self, call: bytes, due_at: float) -> None:
        """Send a call; on the loopback neither connecting nor sending waits."""
        connection = socket.socket()
        connection.connect(self._address)
        connection.sendall(call)
        self._calls[connection.fileno()] = _Call(connection, due_at)
        self._readable.register(connection.fileno(), EPOLLIN)

    def take_answers(self, wait_s: float) -> int:
        """Read what has arrived, waiting for it if need be; say how many calls it answered."""
        before = len(self._calls)
        # epoll's own time-out counts in milliseconds, which is too coarse for a call's moment.
        select([self._readable], [], [], wait_s)
        for number, _ in self._readable.poll(0):
            self._read(number)
        if before and perf_counter() - self._heard_at > PATIENCE_S:
            raise BadAnswerError(f"nothing was answered within {PATIENCE_S:.0f} s")
        return before - len(self._calls)

    def _read(self, number: int) -> None:
        call = self._calls[number]
        words = call.connection.recv(65536)
        self._heard_at = perf_counter()
        if words:
            call.answer += words
            return
        self._waited_s.append(self._heard_at - call.due_at)
        del self._calls[number]
        call.connection.close()
        if not is_good(call.answer):
            raise BadAnswerError(call.answer[:600].decode(errors="replace") or "an empty answer")

    def window(self) -> Window:
        """Sum up."""
        own_seconds = process_time() - self._own_before
        return Window(tuple(self._waited_s), self.seconds, own_seconds)

    def close(self) -> None:
        """Give up what is still under way."""
        for call in self._calls.values():
            call.connection.close()
        self._readable.close()


def is_good(answer: bytes) -> bool:
    """Tell whether a call was answered with 200 and at least one message to be sent."""
    return answer.startswith(b"HTTP/1.1 200 ") and b"<Response><Message" in answer
