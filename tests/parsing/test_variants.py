"""A message means the same however it is typed, and never becomes a reading that it was not."""

from collections import Counter
from collections.abc import Callable
from functools import cache
from typing import Any, NamedTuple

from app.parsing.as_json import as_json
from app.parsing.load import lexicon
from app.parsing.meanings import Message
from app.parsing.parse import parse
from app.parsing.units import Unit
from tests.parsing.corpus import CORPUS, Case, cases
from tests.parsing.varying import Variant, variants

MOST_OF_ALL, MOST_OF_A_KIND = 0.003, 0.02
"""Shares of the variants that may mean something else; measured 0.16 % and 1.1 %."""

Meanings = list[dict[str, Any]]


class Flip(NamedTuple):
    """A variant that does not mean what the message means."""

    message: str
    variant: Variant
    meant: Meanings
    means: Meanings


@cache
def typed() -> tuple[Counter[str], list[Flip]]:
    """Type every message of the corpora in every way: how many of each kind, and what flipped."""
    count: Counter[str] = Counter()
    flips: list[Flip] = []
    for case in (case for path in sorted(CORPUS.glob("*.toml")) for case in cases(path)):
        meant = meanings(case, case.text)
        for variant in variants(case.text, case.language):
            count[variant.kind] += 1
            means = meanings(case, variant.text)
            if means != meant:
                flips.append(Flip(case.text, variant, meant, means))
    return count, flips


def meanings(case: Case, text: str) -> Meanings:
    message = Message(text, case.received_at, case.language, Unit(case.unit))
    read: Meanings = as_json(parse(lexicon(), message))["meanings"]
    return read


def readings(found: Meanings) -> set[float]:
    return {one["value_mg_dl"] for one in found if one["kind"] == "glucose"}


def is_danger(found: Meanings) -> bool:
    return any(one.get("red_flag") for one in found)


def test_no_way_of_typing_makes_a_reading() -> None:
    assert [flip for flip in typed()[1] if readings(flip.means) - readings(flip.meant)] == []


def test_no_way_of_typing_hides_a_danger() -> None:
    assert [f for f in typed()[1] if is_danger(f.meant) and not is_danger(f.means)] == []


def test_hardly_a_way_of_typing_changes_a_meaning(
    record_property: Callable[[str, object], None],
) -> None:
    count, flips = typed()
    flipped = Counter(flip.variant.kind for flip in flips)
    shares = {kind: flipped[kind] / count[kind] for kind in count}
    record_property("share of variants that flip, by kind", shares)

    assert {kind: share for kind, share in shares.items() if share > MOST_OF_A_KIND} == {}
    assert len(flips) <= MOST_OF_ALL * count.total()
    assert count.total() > 25_000
