"""The triage table: from a finding to how grave it is and what is said. Pure.

Rows stand top down and the first that applies wins; complaints outrank numbers. Numbers and their
sources are in `constants.py`, the conditions in `signs.py`. Rows without a level ask for a value.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from app.emergency import constants as c
from app.emergency import signs, texts, wording
from app.emergency.event import EmergencyStatus, EmergencyType, Level
from app.emergency.finding import Finding, Known
from app.text import Text

ACTIVE, ESCALATED = EmergencyStatus.ACTIVE, EmergencyStatus.ESCALATED
LOW, HIGH = EmergencyType.HYPOGLYCEMIA, EmergencyType.HYPERGLYCEMIA

HIGHS = frozenset({Level.P4, Level.P5, Level.P6, Level.P7})
LOWS = frozenset({Level.P1, Level.P2, Level.P2B})
BY_SIGNS = frozenset({Level.P0, Level.P0B, Level.P3})
"""Rows of danger signs: no value ends them."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What triage found.

    Attributes:
        level: None where no row applies.
        texts: What is said now; empty only without danger.
        event: The type of event this opens, or None. Of P0b it is a default: the type of the last
            known reading is kept.
        follow_up_minutes: When to ask again, counted from now.
    """

    level: Level | None = None
    texts: tuple[Text, ...] = ()
    event: EmergencyType | None = None
    status: EmergencyStatus = ACTIVE
    follow_up_minutes: tuple[int, ...] = ()

    @property
    def asks_symptoms(self) -> bool:
        """Whether the texts hold the question for signs of danger."""
        return texts.DANGER_QUESTION in self.texts

    @property
    def rank(self) -> tuple[bool, bool, int]:
        """The lower, the graver: what opens an event, what says something, then by the table."""
        return (
            self.event is None,
            not self.texts,
            len(Level) if self.level is None else self.level.rank,
        )


@dataclass(frozen=True, slots=True)
class Row:
    """One row: when it applies, what it says, and what it opens."""

    level: Level | None
    applies: Callable[[Finding, Known], bool]
    says: Callable[[Finding, Known], tuple[Text, ...]]
    event: EmergencyType | None = None
    follow_up_minutes: tuple[int, ...] = ()
    status: EmergencyStatus = ACTIVE


ROWS = (
    Row(Level.P0, signs.is_unconscious, wording.for_unconscious, LOW, c.FOLLOW_UP_RED, ESCALATED),
    Row(Level.P0B, signs.has_danger_sign, wording.for_danger_sign, LOW, c.FOLLOW_UP_RED, ESCALATED),
    Row(Level.P1, signs.is_very_low, wording.for_very_low, LOW, c.FOLLOW_UP_LOW),
    Row(Level.P1, signs.is_maybe_low, wording.for_maybe_low, LOW, c.FOLLOW_UP_LOW),
    Row(Level.P2, signs.is_low, wording.for_low, LOW, c.FOLLOW_UP_LOW),
    Row(Level.P2B, signs.is_low_by_symptoms, wording.for_low, LOW, c.FOLLOW_UP_LOW),
    Row(Level.P3, signs.is_ketoacidosis, wording.for_ketoacidosis, HIGH, c.FOLLOW_UP_KETOACIDOSIS),
    Row(Level.P4, signs.is_critically_high, wording.for_critical, HIGH, c.FOLLOW_UP_CRITICAL_HIGH),
    Row(Level.P5, signs.is_very_high, wording.for_very_high, HIGH, c.FOLLOW_UP_VERY_HIGH),
    Row(Level.P6, signs.is_high, wording.for_high, HIGH, c.FOLLOW_UP_HIGH),
    Row(Level.P7, signs.needs_ketones_followed, wording.for_ketones, HIGH, c.FOLLOW_UP_KETONES),
    Row(Level.P7, signs.needs_ketone_advice, wording.for_ketones),
    Row(None, signs.is_ill_unmeasured, wording.for_ill_unmeasured),
    Row(None, signs.calls_for_help, wording.for_a_cry_for_help),
    Row(None, signs.is_unwell_unmeasured, wording.for_unwell_unmeasured),
    Row(None, signs.is_unwell, wording.for_unwell),
    Row(Level.P8, signs.is_above_target, wording.for_above_target),
)


def triage(finding: Finding, known: Known) -> Verdict:
    """Judge one finding; a verdict without a level and texts is "no danger found"."""
    row = next((row for row in ROWS if row.applies(finding, known)), None)
    if row is None:
        return Verdict()
    says = row.says(finding, known)
    verdict = Verdict(row.level, says, row.event, row.status, row.follow_up_minutes)
    return _of_an_old_value(verdict) if is_old(finding, verdict) else verdict


def gravest(verdicts: Iterable[Verdict]) -> Verdict:
    """Give the gravest of several verdicts; one that finds nothing for none."""
    return min(verdicts, key=lambda verdict: verdict.rank, default=Verdict())


def is_old(finding: Finding, verdict: Verdict) -> bool:
    """Say whether the value is too old to open an event: 2 hours for a low, a day for a high."""
    if verdict.level in LOWS:
        return finding.age > c.OLD_AFTER
    return verdict.level in HIGHS and finding.age > c.OLD_HIGH_AFTER


def _of_an_old_value(verdict: Verdict) -> Verdict:
    return replace(verdict, texts=(texts.OLD_VALUE,), event=None, follow_up_minutes=())
