"""`flask seed` and `flask demo-data`."""

from __future__ import annotations

import sys

import click

from app import clock, db
from app.cli.demo import crowd
from app.cli.demo.history import add_demo_history
from app.cli.demo.people import seed
from app.config import config
from app.glucose.jobs import average_imported


@click.command("seed")
@click.option("--people-only", is_flag=True, help="Without the demo patient's sixty days.")
def seed_command(*, people_only: bool) -> None:
    """Add a demo doctor, patient and caregiver; refused in production, harmless twice.

    The patient has sixty days of readings, meals and doses behind them, which end a day ago.
    """
    _refuse_production()
    with db.transaction() as connection:
        seed(connection)
        if not people_only:
            add_demo_history(connection, clock.now())
    average_imported(clock.now())
    click.echo("The demo doctor, patient and caregiver are there.")


@click.command("demo-data")
@click.option("--patients", type=click.IntRange(1, crowd.HIGHEST - 1), required=True)
def demo_data_command(patients: int) -> None:
    """Add so many made-up patients with sixty days each; refused in production.

    Those who are there stay as they are, so that an interrupted run can be taken up again.
    """
    _refuse_production()
    now, rows = clock.now(), 0
    with click.progressbar(length=patients, label="Patients", file=sys.stderr) as bar:
        for members in crowd.batches(patients):
            with db.transaction() as connection:
                rows += crowd.add(connection, members, now)
            bar.update(len(members))
    average_imported(now)
    click.echo(f"There are {patients} demo patients; added were {rows} rows.")


def _refuse_production() -> None:
    """Refuse.

    Raises:
        ClickException: This is production.
    """
    if config().is_production:
        raise click.ClickException("Demo people have no place in production.")
