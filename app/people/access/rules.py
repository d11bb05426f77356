"""Who may see and change what of a patient: the table, and nothing else. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum


class Need(StrEnum):
    """What somebody wants with a patient's data; the log of access names it."""

    PROFILE = "PROFILE"
    READINGS = "READINGS"
    MEALS = "MEALS"
    MEDICINES = "MEDICINES"
    EMERGENCIES = "EMERGENCIES"
    RECORDS = "RECORDS"
    LOG = "LOG"
    TELL_DANGER = "TELL_DANGER"
    PRESCRIBE = "PRESCRIBE"
    MESSAGE = "MESSAGE"
    MANAGE = "MANAGE"


class Relation(StrEnum):
    """What a viewer is to a patient."""

    SELF = "SELF"
    CAREGIVER = "CAREGIVER"
    SPECIALIST = "DIABETES_SPECIALIST"
    REFERRING = "REFERRING_DOCTOR"


@dataclass(frozen=True, slots=True)
class Standing:
    """One active relation of a viewer to a patient, with what the patient allowed.

    Attributes:
        may_log: A caregiver's `can_update_data`.
        may_see: A caregiver's `can_view_health_records`.
        condition: What a referring doctor treats, as it was told; None for not told.
    """

    relation: Relation
    may_log: bool = False
    may_see: bool = False
    condition: str | None = None


ALL_SEEN = frozenset(
    {Need.PROFILE, Need.READINGS, Need.MEALS, Need.MEDICINES, Need.EMERGENCIES, Need.RECORDS}
)
OF_DOCTORS = frozenset({Need.PRESCRIBE, Need.MESSAGE})
OF_ONE_CONDITION = frozenset({Need.PROFILE, Need.MEDICINES, Need.EMERGENCIES, Need.RECORDS})
ALWAYS_OF_CAREGIVERS = frozenset({Need.PROFILE, Need.EMERGENCIES, Need.TELL_DANGER})
"""A caregiver is told of danger and may tell of it, whatever else is allowed."""

GENERAL = "GENERAL"
CATEGORIES: Mapping[str, tuple[str, ...]] = {
    "LIVER": ("liver", "hepat"),
    "KIDNEY": ("kidney", "renal", "nephro"),
    "HEART": ("heart", "cardi"),
    "DIABETES": ("diabet", "sugar", "endocrin"),
}
"""Categories of records, and the beginnings of words by which a condition belongs to one."""


def may(standing: Standing, need: Need) -> bool:
    """Say whether a standing allows what is needed."""
    return need in allowed(standing)


def allowed(standing: Standing) -> frozenset[Need]:
    """Give all that a standing allows."""
    match standing.relation:
        case Relation.SELF:
            return ALL_SEEN | {Need.LOG, Need.TELL_DANGER, Need.MANAGE}
        case Relation.CAREGIVER:
            seen = ALL_SEEN if standing.may_see else frozenset()
            logged = {Need.LOG} if standing.may_log else frozenset()
            return ALWAYS_OF_CAREGIVERS | seen | logged
        case Relation.SPECIALIST:
            return ALL_SEEN | OF_DOCTORS
        case Relation.REFERRING:
            seen = ALL_SEEN if treats_everything(standing) else OF_ONE_CONDITION
            return seen | OF_DOCTORS


def treats_everything(standing: Standing) -> bool:
    """Say whether a doctor's part is the whole patient: diabetes, or no single condition."""
    if standing.relation is Relation.SPECIALIST:
        return True
    return standing.condition is None or _category(standing.condition) == "DIABETES"


def categories(standing: Standing) -> frozenset[str]:
    """Give the categories of records that a standing shows; empty where it shows none."""
    if not may(standing, Need.RECORDS):
        return frozenset()
    if standing.relation is not Relation.REFERRING or treats_everything(standing):
        return frozenset({*CATEGORIES, GENERAL})
    own = _category(str(standing.condition))
    return frozenset({own, GENERAL} if own else {GENERAL})


def _category(condition: str) -> str | None:
    """Find the category that a condition belongs to by its words; None for none of them."""
    said = condition.casefold()
    found: Iterable[str] = (
        name for name, words in CATEGORIES.items() if any(word in said for word in words)
    )
    return next(iter(found), None)
