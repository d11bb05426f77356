"""The operator's commands: `flask --app app migrate`, `seed`, `parse`, `check`.

`parse` and `check` need no settings: `python -m app.cli check` runs them without the application.
"""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID

import click
from alembic import command
from alembic.config import Config as AlembicConfig
from flask import Flask
from sqlalchemy import Connection, Uuid, column
from sqlalchemy.dialects.postgresql import insert

from app import clock, db
from app.config import config
from app.conversation import load as conversation
from app.db import Base
from app.parsing.as_json import explain
from app.parsing.load import lexicon
from app.parsing.meanings import Message
from app.parsing.parse import parse
from app.people.tables import (
    Caregiver,
    CaregiverPatientConnection,
    Consent,
    Doctor,
    DoctorPatientConnection,
    Patient,
    User,
)

MIGRATIONS = Path(__file__).parent.parent / "migrations"
DEMO_DOCTOR, DEMO_PATIENT, DEMO_CAREGIVER = "+919999999999", "+919999999998", "+919999999997"
TRIAL = timedelta(days=30)


def migrate(url: str) -> None:
    """Bring a database's tables to the newest form; on an up-to-date one nothing happens."""
    command.upgrade(alembic_config(url), "head")


def alembic_config(url: str) -> AlembicConfig:
    """Point Alembic at the migrations and at a database."""
    settings = AlembicConfig()
    settings.set_main_option("script_location", str(MIGRATIONS))
    settings.set_main_option("path_separator", "os")
    settings.attributes["url"] = url
    return settings


@click.group()
def commands() -> None:
    """ProCare's commands."""


@commands.command("migrate")
def migrate_command() -> None:
    """Bring the database's tables to the newest form."""
    migrate(config().database_url)
    click.echo("The database is up to date.")


@commands.command("seed")
def seed_command() -> None:
    """Add a demo doctor, patient and caregiver; refused in production, harmless twice."""
    if config().is_production:
        raise click.ClickException("Demo people have no place in production.")
    with db.transaction() as connection:
        seed(connection)
    click.echo("The demo doctor, patient and caregiver are there.")


@commands.command("parse")
@click.argument("words")
@click.option("--language", default=None, help="The person's language, as en or hi.")
def parse_command(words: str, language: str | None) -> None:
    """Show what WORDS mean, and the rules that made each meaning."""
    message = Message(words, clock.now(), language)
    understood = explain(parse(lexicon(), message), words)
    click.echo(json.dumps(understood, ensure_ascii=False, indent=2))


@commands.command("check")
def check_command() -> None:
    """Check the conversations and the catalogs; every fault is named."""
    faults = conversation.check()
    for fault in faults:
        click.echo(fault, err=True)
    if faults:
        raise click.ClickException(f"{len(faults)} faults in bot_flows/ and locales/.")
    click.echo("The conversations and the catalogs are sound.")


def add_commands(web: Flask) -> None:
    """Put the commands on the application."""
    for name, each in commands.commands.items():
        web.cli.add_command(each, name)


def seed(connection: Connection) -> None:
    """Add the demo people, connected to each other, unless the first of them is there."""
    doctor_user = _add(
        connection,
        User,
        phone_number=DEMO_DOCTOR,
        email="doctor@procare.health",
        role="DOCTOR",
        display_name="Dr. Demo",
    )
    if doctor_user is None:
        return
    doctor = _add(
        connection,
        Doctor,
        user_id=doctor_user,
        full_name="Dr. Demo Diabetes Specialist",
        specialty="DIABETES",
        is_diabetes_specialist=True,
        revenue_share_percentage=60,
        onboarding_qr_code="DOC-DEMO-001",
    )
    patient = _demo_patient(connection)
    caregiver = _demo_caregiver(connection)
    _add(
        connection,
        DoctorPatientConnection,
        doctor_id=doctor,
        patient_id=patient,
        doctor_type="DIABETES_SPECIALIST",
        revenue_share_percentage=60,
    )
    _add(connection, CaregiverPatientConnection, caregiver_id=caregiver, patient_id=patient)


def _demo_patient(connection: Connection) -> UUID | None:
    user = _add(
        connection,
        User,
        phone_number=DEMO_PATIENT,
        role="PATIENT",
        language="hi",
        display_name="Asha",
    )
    agreed = {"version": "demo", "language": "hi", "message_sid": "demo"}
    _add(connection, Consent, user_id=user, given_at=clock.now(), **agreed)
    return _add(
        connection,
        Patient,
        user_id=user,
        diabetes_type="TYPE_2",
        diagnosed_at=datetime(2023, 1, 1, tzinfo=UTC),
        trial_ends_at=clock.now() + TRIAL,
    )


def _demo_caregiver(connection: Connection) -> UUID | None:
    user = _add(
        connection, User, phone_number=DEMO_CAREGIVER, role="CAREGIVER", display_name="Ravi"
    )
    return _add(
        connection,
        Caregiver,
        user_id=user,
        full_name="Ravi Demo",
        relationship_to_patient="Son",
        daily_digest_time="20:00",
    )


def _add(connection: Connection, table: type[Base], **values: object) -> UUID | None:
    row = insert(table).values(**values).on_conflict_do_nothing()
    return connection.execute(row.returning(column("id", Uuid()))).scalar()


if __name__ == "__main__":
    commands()
