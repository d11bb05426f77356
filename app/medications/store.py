"""What is kept of medicines and doses."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Connection, func, select
from sqlalchemy.dialects.postgresql import aggregate_order_by, insert

from app.medications.dose import (
    DoseLogged,
    MedicationEvent,
    MedicationFacts,
    Medicine,
    MedicineAdded,
)
from app.medications.tables import Medication, MedicationLog


def facts(patient_id: ColumnElement[UUID]) -> ColumnElement[Any]:
    """Give the column that carries a patient's `MedicationFacts`; read it with `facts_from`."""
    row = func.json_build_array(Medication.id, Medication.name)
    in_order = aggregate_order_by(row, Medication.created_at, Medication.id)
    return (
        select(func.json_agg(in_order))
        .where(Medication.patient_id == patient_id, Medication.is_active)
        .scalar_subquery()
    )


def facts_from(medicines: list[list[str]] | None) -> MedicationFacts:
    """Read what the column of `facts` held."""
    return MedicationFacts(
        tuple(Medicine(UUID(medicine_id), name) for medicine_id, name in medicines or ())
    )


_ADD = insert(Medication)
_LOG = insert(MedicationLog)
_LOG = _LOG.on_conflict_do_update(
    index_elements=[MedicationLog.medication_id, MedicationLog.scheduled_time],
    set_={"status": _LOG.excluded.status, "taken_at": _LOG.excluded.taken_at},
)


def apply(
    connection: Connection,
    patient_id: UUID,
    event: MedicationEvent,
    *,
    logged_by: UUID,
    now: datetime,
) -> None:
    """Write down a medicine or a dose; the same dose told again replaces what was told."""
    match event:
        case MedicineAdded(medicine_id, name):
            connection.execute(_ADD, _medicine_row(patient_id, medicine_id, name, now))
        case DoseLogged():
            connection.execute(_LOG, _log_row(patient_id, event, logged_by))


def _medicine_row(
    patient_id: UUID, medicine_id: UUID, name: str, now: datetime
) -> dict[str, object]:
    return {
        "id": medicine_id,
        "patient_id": patient_id,
        "name": name,
        "dosage": "",
        "frequency": "AS_NEEDED",
        "start_date": now,
    }


def _log_row(patient_id: UUID, event: DoseLogged, logged_by: UUID) -> dict[str, object]:
    return {
        "id": event.log_id,
        "medication_id": event.medicine_id,
        "patient_id": patient_id,
        "scheduled_time": event.scheduled_time,
        "taken_at": event.taken_at,
        "status": event.status.value,
        "logged_by": logged_by,
    }
