"""The demo people with their history, and a crowd of made-up patients, on a real database."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest
from click.testing import CliRunner, Result
from sqlalchemy import text

from app import clock, db
from app.cli import commands
from app.cli.demo import seed
from app.cli.demo.day import Somebody
from app.cli.demo.days import history
from app.cli.demo.rows import adherence, average
from app.config import Config, use
from app.reminders import jobs as reminders
from tests.settings import settings as make_settings

pytestmark = pytest.mark.usefixtures("settings")

INDIA = ZoneInfo("Asia/Kolkata")
TABLES = (
    *("users", "patients", "whatsapp_addresses", "consents", "medications", "medication_logs"),
    *("meals", "glucose_readings"),
)


def run(*words: str) -> Result:
    return CliRunner().invoke(commands, words)


def ask(question: str, **given: object) -> Any:
    with db.transaction() as connection:
        return connection.execute(text(question), given).scalar()


def counts() -> dict[str, int]:
    return {table: ask(f"SELECT count(*) FROM {table}") for table in TABLES}  # noqa: S608 - ours


def test_seed_gives_the_demo_patient_sixty_days_and_never_twice() -> None:
    assert run("seed").exit_code == 0
    first = counts()
    assert run("seed").exit_code == 0
    assert counts() == first
    assert first["users"] == 3
    assert first["medication_logs"] >= 116  # two a day, without what is not a day ago
    assert first["glucose_readings"] > 150
    assert first["meals"] > 140


def test_people_only_are_three_people() -> None:
    assert run("seed", "--people-only").exit_code == 0
    assert counts()["glucose_readings"] == 0
    assert counts()["users"] == 3
    run("seed")
    assert counts()["glucose_readings"] > 0


def test_a_history_is_added_to_people_who_are_there_already() -> None:
    with db.transaction() as connection:
        seed(connection)
    run("seed")
    assert ask("SELECT count(DISTINCT patient_id) FROM glucose_readings") == 1


def test_the_demo_history_is_plausible() -> None:
    run("seed")
    lowest, highest = ask("SELECT array[min(value), max(value)] FROM glucose_readings")
    assert 40 <= lowest < 70
    assert 240 < highest <= 600
    states = ask("SELECT count(DISTINCT state) FROM glucose_readings")
    assert states == 7  # all but RANDOM
    fates = ask(
        "SELECT array_agg(DISTINCT status::text ORDER BY status::text) FROM medication_logs"
    )
    assert fates == ["MISSED", "SKIPPED", "TAKEN", "TAKEN_LATE"]
    days = "SELECT count(DISTINCT (recorded_at AT TIME ZONE 'Asia/Kolkata')::date)"
    assert 45 <= ask(f"{days} FROM glucose_readings") < 60  # some days were left out


def test_nothing_of_the_demo_history_is_due_or_counts_as_told_lately() -> None:
    run("seed")
    now = clock.now()
    assert ask("SELECT max(created_at) FROM glucose_readings") < now - timedelta(hours=24)
    reminders.make_doses(now)
    reminders.send_due(now)
    assert ask("SELECT count(*) FROM medication_logs WHERE status = 'PENDING'") == 0
    assert ask("SELECT count(*) FROM outbound_messages") == 0


def test_the_counters_of_the_demo_patient_are_those_of_the_rows() -> None:
    run("seed")
    total, mean, taken = ask(
        "SELECT array[total_glucose_readings, avg_glucose_last_30_days,"
        " medication_adherence_last_30_days] FROM patients"
    )
    assert total == counts()["glucose_readings"]
    thirty = "FROM glucose_readings WHERE recorded_at > now() - interval '30 days'"
    assert mean == pytest.approx(ask(f"SELECT avg(value) {thirty}"), abs=0.5)
    assert 70 < taken <= 100


def test_the_same_days_come_again_wherever_they_are_made() -> None:
    now = clock.now()
    first = now.date() - timedelta(days=60)
    one, other = (
        history(Somebody("somebody", UUID(int=number), INDIA), first, 60, now) for number in (1, 2)
    )
    values = [[(each.at, each.value_mg_dl) for each in day.readings] for day in (one, other)]
    assert values[0] == values[1]
    assert one.readings[0].reading_id != other.readings[0].reading_id


def test_fifty_of_a_crowd_have_plausible_histories() -> None:
    result = run("demo-data", "--patients", "50")
    assert result.exit_code == 0
    rows = counts()
    assert f"There are 50 demo patients; added were {sum(rows.values())} rows." in result.stdout
    assert {rows[table] for table in TABLES[:5]} == {50}
    assert 50 * 116 <= rows["medication_logs"] <= 50 * 120
    assert 50 * 120 < rows["glucose_readings"] < 50 * 60 * 7
    assert ask("SELECT count(*) FROM glucose_readings WHERE value NOT BETWEEN 40 AND 600") == 0
    assert ask("SELECT count(*) FROM glucose_readings WHERE recorded_at > now()") == 0
    assert ask("SELECT count(*) FROM meals WHERE consumed_at > now()") == 0


def test_the_meals_of_a_crowd_and_their_readings_name_each_other() -> None:
    run("demo-data", "--patients", "3")
    named = "FROM meals m WHERE m.glucose_reading_before_id IS NOT NULL"
    before = (
        "SELECT 1 FROM glucose_readings r WHERE r.patient_id = m.patient_id"
        " AND r.recorded_at = m.glucose_reading_before_at AND r.id = m.glucose_reading_before_id"
    )
    assert ask(f"SELECT count(*) {named}") > 100
    assert ask(f"SELECT count(*) {named} AND NOT EXISTS ({before})") == 0
    after = "SELECT count(*) FROM glucose_readings r WHERE r.related_meal_id IS NOT NULL"
    meal = "SELECT 1 FROM meals m WHERE m.id = r.related_meal_id AND m.patient_id = r.patient_id"
    assert ask(after) > 100
    assert ask(f"{after} AND NOT EXISTS ({meal})") == 0
    impact = "SELECT count(*) FROM meals WHERE glucose_impact IS NOT NULL"
    assert ask(impact) > 30


def test_a_crowd_grows_and_those_who_are_there_stay() -> None:
    run("demo-data", "--patients", "2")
    first = ask("SELECT max(created_at) FROM users")
    assert run("demo-data", "--patients", "2").stdout.endswith("added were 0 rows.\n")
    run("demo-data", "--patients", "3")
    assert ask("SELECT count(*) FROM users WHERE created_at <= :first", first=first) == 2
    assert ask("SELECT count(*) FROM users") == 3


def test_the_numbers_of_a_crowd_are_nobodys() -> None:
    run("demo-data", "--patients", "2")
    numbers = ask("SELECT array_agg(phone_number ORDER BY phone_number) FROM users")
    assert numbers == ["+910000000001", "+910000000002"]


@pytest.mark.parametrize("command", [("seed",), ("demo-data", "--patients", "1")])
def test_no_demo_people_in_production(settings: Config, command: tuple[str, ...]) -> None:
    use(
        make_settings(
            spool_dir=settings.spool_dir,
            DATABASE_URL=settings.database_url,
            PROCARE_ENV="production",
        )
    )
    result = run(*command)
    assert (result.exit_code, counts()["users"]) == (1, 0)
    assert "production" in result.stderr


def test_no_days_have_no_average() -> None:
    nothing = history(Somebody("x", UUID(int=1), INDIA), clock.now().date(), 0, clock.now())
    assert average(nothing.readings, clock.now()) is None
    assert adherence(nothing, clock.now()) is None
