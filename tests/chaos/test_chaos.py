"""A short storm over the whole service; `make chaos` is the long one."""

from pathlib import Path

import pytest

from app import clock, db
from tests.chaos import plans
from tests.chaos.plans import Target
from tests.chaos.run import Wanted, chaos

SHORT = Wanted(messages=200, people=40, kills=3, seed=6)


@pytest.fixture
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("chaos")


def test_nothing_is_lost_and_nothing_done_twice(place: Path) -> None:
    try:
        verdict = chaos(place, SHORT)
    finally:
        clock.follow(None)
        db.engine().dispose()
    assert +verdict.lost == {}
    assert +verdict.twice == {}
    assert verdict.counts["messages"] == SHORT.messages
    assert verdict.counts["emergency events"] > 0
    assert verdict.counts["readings"] > 0


def test_a_seed_repeats_its_plan() -> None:
    assert plans.messages(5, 300, 30, 60.0) == plans.messages(5, 300, 30, 60.0)
    assert plans.strikes(5, 20, 60.0) == plans.strikes(5, 20, 60.0)
    assert plans.strikes(5, 20, 60.0) != plans.strikes(6, 20, 60.0)


def test_nobody_tells_a_value_twice() -> None:
    told = [(one.person, one.value) for one in plans.messages(1, 2000, 200, 60.0) if one.value]
    assert len(told) == len(set(told))


def test_no_part_is_hit_while_it_is_down() -> None:
    for seed in range(20):
        up_at = dict.fromkeys(Target, 0.0)
        for strike in plans.strikes(seed, 20, 160.0):
            assert strike.at_s >= up_at[strike.target]
            up_at[strike.target] = strike.at_s + strike.lasts_s
