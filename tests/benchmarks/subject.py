"""Something that is measured: the calls it gets, and what was seen of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from itertools import cycle, islice
from statistics import median, quantiles

from tests.benchmarks.calls import messages, phone_number, posted
from tests.benchmarks.load import Window, at_rate, in_turns

CALLERS = 16
"""Twice as many as the workers of the web line have threads: none of them ever waits for a call."""
WARM_UP_S = 3.0
ENOUGH = 1.5
"""How many times the calls that are expected are made beforehand; the rest is not sent."""
DIFFERENT_FLOOR_CALLS = 200

Calls = Callable[[int], Iterable[bytes]]
turn_calls = messages


def floor_calls(path: str) -> Calls:
    """Give the calls of a floor, which may be sent again."""
    made = [posted(path, "fasting 126", phone_number(n)) for n in range(DIFFERENT_FLOOR_CALLS)]
    return lambda size: islice(cycle(made), size)


@dataclass(slots=True)
class Subject:
    """Something that is measured.

    Attributes:
        title: What the table calls it.
        port: Where it listens.
        calls: Gives as many calls as it is asked for.
        answered: How many calls it has answered in all.
    """

    title: str
    port: int
    calls: Calls
    answered: int = 0
    rounds: list[Window] = field(default_factory=list)
    even_rounds: list[Window] = field(default_factory=list)
    _expected_per_second: float = 0.0

    def warm_up(self) -> None:
        """Have word lists read, connections opened and statements prepared."""
        # The calls are made while they are sent: how many will be needed is only learnt here.
        self._seen(in_turns(self.port, self.calls(10**6), callers=CALLERS, seconds=WARM_UP_S))

    def load(self, seconds: float) -> None:
        """Have callers call in turns for one round."""
        made = list(self.calls(round(ENOUGH * self._expected_per_second * seconds)))
        self.rounds.append(self._seen(in_turns(self.port, made, callers=CALLERS, seconds=seconds)))

    def load_evenly(self, per_second: float, seconds: float) -> None:
        """Have calls come at an even rate for one round."""
        made = list(self.calls(round(per_second * seconds)))
        self.even_rounds.append(self._seen(at_rate(self.port, made, per_second=per_second)))

    def _seen(self, window: Window) -> Window:
        self.answered += len(window.waited_s)
        self._expected_per_second = max(self._expected_per_second, window.per_second)
        return window

    @property
    def per_second(self) -> float:
        """Answers a second, the median of the rounds."""
        return median(window.per_second for window in self.rounds)

    @property
    def spread(self) -> tuple[float, float]:
        """Answers a second in the slowest and in the fastest round."""
        rates = sorted(window.per_second for window in self.rounds)
        return rates[0], rates[-1]

    @property
    def load_cores(self) -> float:
        """How much of a core the load itself took, the median of the rounds."""
        return median(window.own_seconds / window.seconds for window in self.rounds)

    @property
    def even_per_second(self) -> float:
        """Answers a second at the even rate, the median of the rounds."""
        return median(window.per_second for window in self.even_rounds)

    def waited_ms(self, percent: int) -> float:
        """Give a percentile of the waiting at the even rate, the median of the rounds."""
        cut = percent - 1
        return 1000 * median(quantiles(each.waited_s, n=100)[cut] for each in self.even_rounds)
