"""Every relation against every need: the table of docs/decisions/access.md, cell by cell."""

from __future__ import annotations

import pytest

from app.people.access.rules import Need, Relation, Standing, categories, may, treats_everything

SELF = Standing(Relation.SELF)
ONLY_TOLD = Standing(Relation.CAREGIVER)
SEES = Standing(Relation.CAREGIVER, may_see=True)
LOGS = Standing(Relation.CAREGIVER, may_log=True)
SPECIALIST = Standing(Relation.SPECIALIST)
FAMILY_DOCTOR = Standing(Relation.REFERRING)
CARDIOLOGIST = Standing(Relation.REFERRING, condition="Heart Disease")

COLUMNS = (
    *(Need.PROFILE, Need.EMERGENCIES, Need.READINGS, Need.MEALS, Need.MEDICINES, Need.RECORDS),
    *(Need.LOG, Need.TELL_DANGER, Need.PRESCRIBE, Need.MESSAGE, Need.MANAGE),
)
TABLE = {
    SELF: "yes yes yes yes yes yes yes yes no no yes",
    ONLY_TOLD: "yes yes no no no no no yes no no no",
    SEES: "yes yes yes yes yes yes no yes no no no",
    LOGS: "yes yes no no no no yes yes no no no",
    SPECIALIST: "yes yes yes yes yes yes no no yes yes no",
    FAMILY_DOCTOR: "yes yes yes yes yes yes no no yes yes no",
    CARDIOLOGIST: "yes yes no no yes yes no no yes yes no",
}


@pytest.mark.parametrize("standing", TABLE, ids=str)
def test_each_standing_allows_what_its_row_says(standing: Standing) -> None:
    assert set(COLUMNS) == set(Need)
    said = ["yes" if may(standing, need) else "no" for need in COLUMNS]
    assert " ".join(said) == TABLE[standing]


def test_nobody_but_the_patient_manages() -> None:
    assert [standing for standing in TABLE if may(standing, Need.MANAGE)] == [SELF]


@pytest.mark.parametrize(
    ("condition", "shown"),
    [
        ("Heart Disease", {"HEART", "GENERAL"}),
        ("Cardiac failure", {"HEART", "GENERAL"}),
        ("Kidney Disease", {"KIDNEY", "GENERAL"}),
        ("nephropathy", {"KIDNEY", "GENERAL"}),
        ("fatty liver", {"LIVER", "GENERAL"}),
        ("Thyroid", {"GENERAL"}),
        ("Diabetes", {"LIVER", "KIDNEY", "HEART", "DIABETES", "GENERAL"}),
        (None, {"LIVER", "KIDNEY", "HEART", "DIABETES", "GENERAL"}),
    ],
)
def test_a_referring_doctor_sees_the_records_of_the_condition(
    condition: str | None, shown: set[str]
) -> None:
    assert categories(Standing(Relation.REFERRING, condition=condition)) == shown


def test_a_specialist_treats_everything_whatever_the_condition() -> None:
    assert treats_everything(Standing(Relation.SPECIALIST, condition="Heart Disease"))
    assert not treats_everything(CARDIOLOGIST)


def test_who_may_not_see_records_sees_none_of_any_kind() -> None:
    assert categories(ONLY_TOLD) == frozenset()
