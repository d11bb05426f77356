"""The plan of a day: tables of cases, and what holds of every day."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.reminders.kinds.store import KINDS
from app.reminders.plan import MOST_A_DAY, Day, Due, Planned, Rule, halved
from app.reminders.plan import plan as planned_by

NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)
MIDNIGHT = datetime(2026, 11, 21, tzinfo=UTC)
MEDICINE, PAIR = "medicine", "pair"
HOUSE = tuple(kind.rule for kind in KINDS)
TIP = Rule(
    "tip",
    stale_after=timedelta(hours=1),
    sent_within=timedelta(hours=1),
    merged_within=timedelta(minutes=10),
    is_other=False,
)
RULES = (*HOUSE, TIP)


def plan(day: Day, rules: tuple[Rule, ...] = HOUSE) -> tuple[Planned, ...]:
    return planned_by(day, rules)


def dose(minutes: int, number: int = 0, *, kind: str = MEDICINE, is_logged: bool = False) -> Due:
    """Make something due so many minutes after noon."""
    return Due(
        UUID(int=number or minutes + 10_000), kind, NOON + timedelta(minutes=minutes), is_logged
    )


def day(*due: Due, slots_used: int = 0, emergency_minutes_ago: int | None = None) -> Day:
    opened = None
    if emergency_minutes_ago is not None:
        opened = NOON - timedelta(minutes=emergency_minutes_ago)
    return Day(NOON, MIDNIGHT, slots_used, due, opened)


def minutes(planned: tuple[Planned, ...]) -> list[list[int]]:
    return [
        [int((one.due_at - NOON).total_seconds() // 60) for one in each.due] for each in planned
    ]


@pytest.mark.parametrize(
    ("due", "expected"),
    [
        ([], []),
        ([0], [[0]]),
        ([1], []),
        ([-119], [[-119]]),
        ([-120], []),
        ([0, 30], [[0, 30]]),
        ([0, 31], [[0]]),
        ([-20, 0, 10, 11], [[-20, 0, 10]]),
        ([-60, -30, 0], [[-60, -30], [0]]),
        ([-90, -45, 0], [[-90], [-45], [0]]),
    ],
)
def test_what_is_due_within_half_an_hour_is_one_message(
    due: list[int], expected: list[list[int]]
) -> None:
    assert minutes(plan(day(*(dose(each) for each in due)))) == expected


def test_nothing_logged_is_reminded_of() -> None:
    assert minutes(plan(day(dose(0, is_logged=True), dose(-10)))) == [[-10]]


@pytest.mark.parametrize(("used", "messages"), [(0, 3), (3, 2), (4, 1), (5, 0), (9, 0)])
def test_never_more_than_five_a_day(used: int, messages: int) -> None:
    planned = plan(day(dose(-90), dose(-45), dose(0), slots_used=used))
    assert len(planned) == messages
    assert minutes(planned) == [[-90], [-45], [0]][:messages]


@pytest.mark.parametrize(
    ("used", "expected"), [(2, ["medicine", "tip"]), (3, ["medicine"]), (5, [])]
)
def test_a_medicine_due_later_today_keeps_its_slot_from_a_tip(
    used: int, expected: list[str]
) -> None:
    whole = day(dose(0), dose(300), dose(0, 7, kind="tip"), slots_used=used)
    assert [each.kind for each in plan(whole, RULES)] == expected


def test_a_dose_of_tomorrow_keeps_no_slot() -> None:
    whole = day(dose(24 * 60), dose(0, 7, kind="tip"), slots_used=4)
    assert [each.kind for each in plan(whole, RULES)] == ["tip"]


def test_a_dose_just_after_midnight_is_in_the_message_before_it() -> None:
    late = replace(day(dose(715), dose(735)), now=NOON + timedelta(minutes=715))
    assert minutes(plan(late)) == [[715, 735]]


@pytest.mark.parametrize(
    ("opened", "messages", "asks"),
    [(None, 1, False), (0, 0, False), (119, 0, False), (120, 1, True), (2000, 1, True)],
)
def test_an_emergency_pauses_reminders_for_two_hours_and_then_a_value_is_asked_for(
    opened: int | None, messages: int, asks: bool
) -> None:
    planned = plan(day(dose(0), emergency_minutes_ago=opened))
    assert len(planned) == messages
    assert [each.asks_value for each in planned] == [asks] * messages


dues = st.builds(
    dose,
    st.integers(-180, 760),
    st.integers(1, 40),
    kind=st.sampled_from([MEDICINE, "tip"]),
    is_logged=st.booleans(),
)
days = st.builds(
    lambda due, used, opened: day(*due, slots_used=used, emergency_minutes_ago=opened),
    st.lists(dues, max_size=12, unique_by=lambda one: one.due_id),
    st.integers(0, 6),
    st.none() | st.integers(0, 300),
)


@given(days)
def test_a_plan_keeps_to_the_cap(one: Day) -> None:
    assert len(plan(one, RULES)) <= max(MOST_A_DAY - one.slots_used, 0)


@given(days, st.randoms(use_true_random=False))
def test_the_same_day_in_any_order_gives_the_same_plan(one: Day, random: object) -> None:
    shuffled = list(one.due)
    random.shuffle(shuffled)  # type: ignore[attr-defined]  # Hypothesis' own Random
    assert plan(replace(one, due=tuple(shuffled)), RULES) == plan(one, RULES)
    assert plan(one, RULES) == plan(one, RULES)


@given(days)
def test_nothing_logged_stale_or_doubled_is_planned(one: Day) -> None:
    planned = [due for each in plan(one, RULES) for due in each.due]
    assert not any(due.is_logged for due in planned)
    assert len({due.due_id for due in planned}) == len(planned)
    assert all(NOON - timedelta(hours=2) < due.due_at for due in planned)
    assert all(each.due_at <= NOON for each in plan(one, RULES))


@given(days)
def test_the_less_grave_never_takes_the_place_of_the_graver(one: Day) -> None:
    medicines = tuple(due for due in one.due if due.kind == MEDICINE)
    alone = plan(replace(one, due=medicines), RULES)
    together = plan(one, RULES)
    assert tuple(each for each in together if each.kind == MEDICINE) == alone
    assert together[: len(alone)] == alone


OTHER = replace(TIP, is_other=True)
ASKED = replace(TIP, kind="asked", is_other=True, is_asked=True)
WITH_OTHERS = (*HOUSE, ASKED, OTHER)


@pytest.mark.parametrize(
    ("others_a_day", "others_sent", "expected"),
    [(0, 1, 0), (0, 0, 0), (1, 0, 1), (2, 0, 2), (2, 1, 1), (2, 2, 0), (5, 0, 3)],
)
def test_a_person_gets_as_many_other_messages_as_they_want(
    others_a_day: int, others_sent: int, expected: int
) -> None:
    tips = [dose(-40 + 15 * n, number=n + 1, kind="tip") for n in range(3)]
    today = replace(day(*tips, dose(0)), others_a_day=others_a_day, others_sent=others_sent)
    planned = plan(today, WITH_OTHERS)
    assert [each.kind for each in planned] == [MEDICINE, *["tip"] * expected]


@pytest.mark.parametrize(("wanted", "half"), [(0, 0), (1, 1), (2, 1), (3, 1), (4, 2), (5, 2)])
def test_who_is_silent_gets_half_of_the_other_messages(wanted: int, half: int) -> None:
    assert halved(wanted) == half
    tips = [dose(-55 + 11 * n, number=n + 1, kind="tip") for n in range(5)]
    silent = replace(day(*tips), others_a_day=wanted, is_silent=True)
    assert len(plan(silent, WITH_OTHERS)) == half


@pytest.mark.parametrize(
    ("asked", "asked_sent", "is_silent", "expected"),
    [
        # two a day by default: what was asked for comes first and is none too many
        (1, 0, False, ["asked", "tip"]),
        (2, 0, False, ["asked", "asked"]),
        (3, 0, False, ["asked", "asked", "asked"]),
        (1, 2, False, ["asked"]),
        (0, 1, False, ["tip"]),
        (0, 3, False, []),
        # who has fallen silent gets half of all of them: of three one, of four two
        (3, 0, True, ["asked"]),
        (2, 2, True, []),
        (3, 1, True, ["asked"]),
    ],
)
def test_what_was_asked_for_is_never_one_too_many_unless_the_person_is_silent(
    asked: int, asked_sent: int, is_silent: bool, expected: list[str]
) -> None:
    due = [dose(-50 + 11 * n, number=n + 1, kind="asked") for n in range(asked)]
    tips = [dose(-20 + 11 * n, number=n + 20, kind="tip") for n in range(2)]
    today = replace(
        day(*due, *tips), others_sent=asked_sent, asked_sent=asked_sent, is_silent=is_silent
    )
    assert [each.kind for each in plan(today, WITH_OTHERS)] == expected


def test_in_quiet_hours_only_what_was_asked_for_and_medicines_keep_their_time() -> None:
    due = (dose(0), dose(0, number=1, kind="tip"), dose(0, number=2, kind="asked"))
    today = replace(day(*due), is_quiet=True)
    assert [each.kind for each in plan(today, WITH_OTHERS)] == [MEDICINE, "asked"]
    assert len(plan(replace(today, is_quiet=False), WITH_OTHERS)) == 3


@pytest.mark.parametrize("minutes_ago", [0, 119, 120, 5000])
def test_what_is_no_medicine_waits_until_the_emergency_is_over(minutes_ago: int) -> None:
    today = day(dose(0, kind=PAIR), emergency_minutes_ago=minutes_ago)
    assert plan(today) == ()
    assert [each.kind for each in plan(replace(today, emergency_at=None))] == [PAIR]


def test_a_test_after_a_meal_keeps_its_time_and_is_no_use_45_minutes_later() -> None:
    assert [each.kind for each in plan(day(dose(-44, kind=PAIR)))] == [PAIR]
    assert plan(day(dose(-45, kind=PAIR))) == ()


@st.composite
def whole_days(draw: st.DrawFn) -> Day:
    """Give any day, with things asked for and not, wishes, silence and quiet."""
    kinds = [MEDICINE, PAIR, "asked", "tip"]
    due = st.builds(
        dose,
        st.integers(-180, 760),
        st.integers(1, 40),
        kind=st.sampled_from(kinds),
        is_logged=st.booleans(),
    )
    sent = draw(st.integers(0, 5))
    return replace(
        day(
            *draw(st.lists(due, max_size=12, unique_by=lambda one: one.due_id)),
            slots_used=sent,
            emergency_minutes_ago=draw(st.none() | st.integers(0, 300)),
        ),
        others_a_day=draw(st.integers(0, 5)),
        others_sent=sent,
        asked_sent=draw(st.integers(0, sent)),
        is_silent=draw(st.booleans()),
        is_quiet=draw(st.booleans()),
    )


@given(whole_days(), st.randoms(use_true_random=False))
def test_of_any_day_the_plan_is_one_and_no_more_than_five(one: Day, random: object) -> None:
    shuffled = list(one.due)
    random.shuffle(shuffled)  # type: ignore[attr-defined]  # Hypothesis' own Random
    planned = plan(one, WITH_OTHERS)
    assert plan(replace(one, due=tuple(shuffled)), WITH_OTHERS) == planned
    assert len(planned) + one.slots_used <= max(MOST_A_DAY, one.slots_used)
    assert not any(due.is_logged for each in planned for due in each.due)


@given(whole_days())
def test_of_any_day_no_medicine_gives_way_to_anything_else(one: Day) -> None:
    medicines = tuple(due for due in one.due if due.kind == MEDICINE)
    alone = plan(replace(one, due=medicines), WITH_OTHERS)
    assert tuple(p for p in plan(one, WITH_OTHERS) if p.kind == MEDICINE) == alone


@given(whole_days())
def test_what_nobody_asked_for_is_never_more_than_the_person_wants(one: Day) -> None:
    tips = [each for each in plan(one, WITH_OTHERS) if each.kind == "tip"]
    wanted = halved(one.others_a_day) if one.is_silent and not _asks(one) else one.others_a_day
    assert len(tips) <= max(wanted - one.others_sent, 0)


def _asks(one: Day) -> bool:
    return one.asked_sent > 0 or any(due.kind in {PAIR, "asked"} for due in one.due)


@given(whole_days())
def test_in_an_emergency_nothing_but_medicine_is_sent_and_that_asks_for_the_value(one: Day) -> None:
    planned = plan(one, (*HOUSE, ASKED))
    if one.emergency_at is None:
        assert not any(each.asks_value for each in planned)
    else:
        assert all(each.kind == MEDICINE and each.asks_value for each in planned)
