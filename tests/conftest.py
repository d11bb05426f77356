"""Real servers for the tests: one PostgreSQL and one Valkey a session, a database a test."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from hypothesis import settings as hypothesis
from redis import Redis

from app import create_app, db
from app.cli.database import downgrade, migrate
from app.cli.demo import seed
from app.config import Config, use
from app.conversation.handle import warm_up
from app.embedded import Postgres, Valkey
from tests.settings import settings as make_settings
from tests.timescaledb.serving import timescaledb

TEMPLATE = "migrated"

# The same examples every time: a red build is red again on the next machine.
hypothesis.register_profile(
    "ci", derandomize=True, max_examples=200, deadline=None, database=None, print_blob=True
)
hypothesis.load_profile("ci")

# The tests keep to the strictest limits: those of a process that has a person waiting.
db.serve_as(db.WEB)

numbers = count(1)


@contextmanager
def copied_database(postgres: Postgres) -> Iterator[str]:
    """Give the URL of a migrated database without rows, gone afterwards."""
    name = f"test_{next(numbers)}"
    postgres.create_database(name, template=TEMPLATE)
    try:
        yield postgres.url_of(name)
    finally:
        postgres.drop_database(name)


@pytest.fixture(scope="session")
def postgres(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Postgres]:
    """The session's PostgreSQL; tests take `database`, and leave this one running."""
    with Postgres(tmp_path_factory.mktemp("postgres")) as server:
        server.create_database(TEMPLATE)
        migrate(server.url_of(TEMPLATE))
        yield server


@pytest.fixture(scope="session")
def valkey(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Valkey]:
    """The session's Valkey; tests keep to keys of their own, and leave it running."""
    with Valkey(tmp_path_factory.mktemp("valkey")) as server:
        yield server


@pytest.fixture
def database(postgres: Postgres) -> Iterator[str]:
    """The SQLAlchemy URL of this test's own migrated database."""
    with copied_database(postgres) as url:
        yield url


@pytest.fixture(scope="module")
def module_database(postgres: Postgres) -> Iterator[str]:
    """The SQLAlchemy URL of one migrated database for all tests of a module."""
    with copied_database(postgres) as url:
        yield url


@pytest.fixture(scope="session")
def timescale() -> Iterator[str]:
    """The session's TimescaleDB, one session at a time; tests take `timescale_database`."""
    with timescaledb() as url:
        yield url


@pytest.fixture
def timescale_database(timescale: str) -> Iterator[str]:
    """The SQLAlchemy URL of a migrated TimescaleDB without rows; leave no session open."""
    migrate(timescale)
    yield timescale
    downgrade(timescale, "base")


@pytest.fixture(params=["plain", "timescaledb"])
def any_database(request: pytest.FixtureRequest) -> str:
    """The SQLAlchemy URL of a migrated database, once plain and once with TimescaleDB."""
    name = "database" if request.param == "plain" else "timescale_database"
    return str(request.getfixturevalue(name))


@pytest.fixture
def any_settings(any_database: str, tmp_path: Path) -> Iterator[Config]:
    """The process's settings for a test of what both kinds of database do alike."""
    made = make_settings(spool_dir=tmp_path / "spool", DATABASE_URL=any_database)
    use(made)
    yield made
    db.engine().dispose()


@pytest.fixture
def disposable_postgres(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Postgres]:
    """A PostgreSQL of this test's own, to be paused and killed; `url` is migrated."""
    folder = tmp_path_factory.mktemp("disposable_postgres")
    with Postgres(folder) as server:
        migrate(server.url)
        yield server
    shutil.rmtree(folder)


@pytest.fixture
def disposable_valkey(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Valkey]:
    """A Valkey of this test's own, to be paused and killed."""
    with Valkey(tmp_path_factory.mktemp("disposable_valkey")) as server:
        yield server


@pytest.fixture
def settings(database: str, valkey: Valkey, tmp_path: Path) -> Iterator[Config]:
    """The process's settings for this test: its own database and spool; all words are read."""
    warm_up()
    made = make_settings(spool_dir=tmp_path / "spool", DATABASE_URL=database, REDIS_URL=valkey.url)
    use(made)
    with Redis.from_url(valkey.url) as redis:
        redis.flushdb()  # what the test before this one left in the queues
    yield made
    db.engine().dispose()


@pytest.fixture
def service(settings: Config) -> FlaskClient:
    """The web application, with the demo people in its database."""
    with db.transaction() as connection:
        seed(connection)
    return create_app(settings).test_client()
