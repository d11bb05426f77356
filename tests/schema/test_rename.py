"""A column is renamed in steps while the service runs, and nothing that is written gets lost."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from uuid import UUID

import psycopg
import pytest
from alembic import command
from alembic.config import Config as AlembicConfig

from tests.schema.revisions import config_with, head

STEPS = Path(__file__).parent / "rename"
TEN_PATIENTS = """
    WITH people AS (
        INSERT INTO users (id, role)
        SELECT lpad(to_hex(n), 32, '0')::uuid, 'PATIENT' FROM generate_series(1, 10) AS n
        RETURNING id
    )
    INSERT INTO patients (id, user_id, target_hba1c)
    SELECT id, id, nullif(row_number() OVER (ORDER BY id), 10) FROM people
"""
FIRST_GOALS = [1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0, 8.0, 9.0, None]
OLD, NEW = "target_hba1c", "hba1c_goal"
BLOCKED = "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock'"

Session = psycopg.Connection[tuple[float | None]]


@pytest.fixture
def steps(database: str, tmp_path: Path) -> AlembicConfig:
    """The revisions of the rename, on top of the head, for a database with ten patients."""
    for step in STEPS.glob("rename_*.py"):
        text = step.read_text().replace('"HEAD"', f'"{head()}"')
        (tmp_path / step.name).write_text(text)
    with psycopg.connect(plain(database), autocommit=True) as session:
        session.execute(TEN_PATIENTS)
    return config_with(database, tmp_path)


@pytest.fixture
def service(database: str) -> Iterator[Session]:
    """A session as the applications have it; each statement is a transaction."""
    with psycopg.connect(plain(database), autocommit=True) as session:
        yield session


def plain(url: str) -> str:
    """Take SQLAlchemy's driver out of a URL."""
    return url.replace("+psycopg", "")


def write(session: Session, column: str, number: int, goal: float | None) -> None:
    """Set a patient's goal as the application that knows this column does."""
    query = f"UPDATE patients SET {column} = %s WHERE id = %s"  # noqa: S608 - a constant
    session.execute(query, (goal, UUID(int=number)))


def goals(session: Session, column: str) -> list[float | None]:
    """Read all goals as the application that knows this column does."""
    query = f"SELECT {column} FROM patients ORDER BY id"  # noqa: S608 - a constant
    return [goal for (goal,) in session.execute(query)]


def with_goal(number: int, goal: float | None) -> list[float | None]:
    """Give the first goals with one of them changed."""
    return [goal if at == number else first for at, first in enumerate(FIRST_GOALS, start=1)]


def test_every_goal_is_under_the_new_name_in_the_end(
    steps: AlembicConfig, service: Session
) -> None:
    command.upgrade(steps, "rename_3")
    assert goals(service, NEW) == FIRST_GOALS
    with pytest.raises(psycopg.errors.UndefinedColumn):
        goals(service, OLD)


def test_the_old_application_notices_nothing_of_the_first_step(
    steps: AlembicConfig, service: Session
) -> None:
    command.upgrade(steps, "rename_1")
    assert goals(service, OLD) == FIRST_GOALS
    write(service, OLD, 5, 6.5)
    assert goals(service, OLD) == with_goal(5, 6.5)
    assert goals(service, NEW) == [6.5 if number == 5 else None for number in range(1, 11)]


@pytest.mark.parametrize(("writer", "reader"), [(OLD, NEW), (NEW, OLD)])
@pytest.mark.parametrize(("number", "goal"), [(1, 6.5), (4, None), (10, 7.5)])
def test_after_the_second_step_each_application_reads_what_the_other_writes(
    steps: AlembicConfig,
    service: Session,
    writer: str,
    reader: str,
    number: int,
    goal: float | None,
) -> None:
    command.upgrade(steps, "rename_2")
    write(service, writer, number, goal)
    assert goals(service, reader) == with_goal(number, goal)
    assert goals(service, writer) == with_goal(number, goal)


@pytest.mark.parametrize(("writer", "reader"), [(OLD, NEW), (NEW, OLD)])
def test_a_patient_of_one_application_is_known_to_the_other(
    steps: AlembicConfig, service: Session, writer: str, reader: str
) -> None:
    command.upgrade(steps, "rename_2")
    service.execute("INSERT INTO users (id, role) VALUES (%s, 'PATIENT')", (UUID(int=99),))
    service.execute(
        f"INSERT INTO patients (id, user_id, {writer}) VALUES (%s, %s, 6.5)",  # noqa: S608 - a constant
        (UUID(int=99), UUID(int=99)),
    )
    assert goals(service, reader) == [*FIRST_GOALS, 6.5]


def test_what_is_written_during_the_filling_is_kept(
    steps: AlembicConfig, service: Session, database: str
) -> None:
    """The filling waits for the fifth patient, who is being written: the second batch of three."""
    command.upgrade(steps, "rename_1")
    with psycopg.connect(plain(database)) as turn, ThreadPoolExecutor() as threads:
        write(turn, OLD, 5, 6.5)
        filling = threads.submit(command.upgrade, steps, "rename_2")
        while service.execute(BLOCKED).fetchone() == (0,):
            assert not filling.done()
        assert goals(service, NEW)[:3] == FIRST_GOALS[:3]
        write(service, OLD, 2, 5.5)
        write(service, NEW, 3, 8.5)
        write(service, OLD, 9, None)
        turn.commit()
        filling.result()
    expected = [1.0, 5.5, 8.5, 4.0, 6.5, 6.0, 7.0, 8.0, None, None]
    assert goals(service, OLD) == expected
    assert goals(service, NEW) == expected


def test_each_step_can_be_taken_back(steps: AlembicConfig, service: Session) -> None:
    command.upgrade(steps, "rename_2")
    write(service, NEW, 5, 6.5)
    command.downgrade(steps, "rename_1")
    write(service, NEW, 6, 7.5)
    command.downgrade(steps, head())
    assert goals(service, OLD) == [1.0, 2.0, 3.0, 4.0, 6.5, 7.5, 7.0, 8.0, 9.0, None]
    command.upgrade(steps, "rename_3")
    write(service, NEW, 7, None)
    command.downgrade(steps, "rename_2")
    expected = [1.0, 2.0, 3.0, 4.0, 6.5, 7.5, None, 8.0, 9.0, None]
    assert goals(service, OLD) == expected
    assert goals(service, NEW) == expected
