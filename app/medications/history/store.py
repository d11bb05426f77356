"""A patient's past doses."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, SQLColumnExpression, func, select
from sqlalchemy.dialects.postgresql import aggregate_order_by

from app.medications.dose import LogStatus
from app.medications.history.history import PastDose
from app.medications.tables import Medication, MedicationLog


def doses(
    patient_id: SQLColumnExpression[UUID],
    since: ColumnElement[datetime],
    until: ColumnElement[datetime],
) -> ColumnElement[Any]:
    """Give the column that carries the doses due in [since, until); read it with `doses_from`."""
    row = func.json_build_array(Medication.name, MedicationLog.scheduled_time, MedicationLog.status)
    in_order = aggregate_order_by(row, MedicationLog.scheduled_time, MedicationLog.id)
    return (
        select(func.json_agg(in_order))
        .select_from(MedicationLog)
        .join(Medication, Medication.id == MedicationLog.medication_id)
        .where(
            MedicationLog.patient_id == patient_id,
            MedicationLog.scheduled_time >= since,
            MedicationLog.scheduled_time < until,
        )
        .scalar_subquery()
    )


def doses_from(kept: list[list[str]] | None) -> tuple[PastDose, ...]:
    """Read what the column of `doses` held, earliest first."""
    return tuple(
        PastDose(name, datetime.fromisoformat(due_at), LogStatus(status))
        for name, due_at, status in kept or ()
    )
