"""What the commands on readings share: whose they are, and how the operator is told a refusal."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import NamedTuple
from uuid import UUID
from zoneinfo import ZoneInfo

import click
from sqlalchemy import Connection, select

from app.errors import DatabaseAway
from app.glucose.importing.line import BadFile
from app.people.tables import Patient, User


class Holder(NamedTuple):
    """The patient whose readings they are."""

    patient_id: UUID
    zone: ZoneInfo


@contextmanager
def refusals() -> Iterator[None]:
    """Tell the operator in a sentence why a command ends with 1."""
    try:
        yield
    except BadFile as fault:
        raise click.ClickException(str(fault)) from None
    except UnicodeDecodeError:
        raise click.ClickException("The file is neither UTF-8 nor UTF-16.") from None
    except DatabaseAway:
        raise click.ClickException("The database was lost or gave no time; run it again.") from None


def holder_of(connection: Connection, phone_number: str) -> Holder:
    """Find a patient by their number.

    Raises:
        ClickException: There is none.
    """
    found = connection.execute(
        select(Patient.id, User.timezone)
        .join(User, User.id == Patient.user_id)
        .where(User.phone_number == phone_number)
    ).one_or_none()
    if found is None:
        raise click.ClickException("There is no patient with this number.")
    return Holder(found.id, ZoneInfo(found.timezone))
