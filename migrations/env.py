"""Alembic's environment: the URL comes from whoever runs it, the tables from `app.tables`.

Offline (`command.upgrade(config, "head", sql=True)`) the SQL is written out instead of run. Whoever
runs it may change the limits by the configuration's attributes `lock_ms` and `statement_ms`.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from alembic import context
from sqlalchemy import Engine

from app.db import make_engine
from app.tables import metadata

LOCK_MS = context.config.attributes.get("lock_ms", 4_000)
STATEMENT_MS = context.config.attributes.get("statement_ms", 60_000)
MADE_BY_SQL = frozenset({"glucose_daily_avg", "glucose_days_touched"})
"""Tables that `sql/` adds to Alembic's; their indexes and keys go with them."""


def run() -> None:
    """Run the migrations in one transaction each, with limits on locks and statements."""
    url = context.config.attributes["url"]
    engine = make_engine(url, statement_ms=STATEMENT_MS, lock_ms=LOCK_MS)
    with closing_all(engine), engine.connect() as connection:
        context.configure(
            connection=connection,
            target_metadata=metadata,
            transaction_per_migration=True,
            compare_type=True,
            compare_server_default=True,
            include_object=is_ours,
        )
        with context.begin_transaction():
            context.run_migrations()


@contextmanager
def closing_all(engine: Engine) -> Iterator[None]:
    """Close an engine's connections at the end, also of a migration that failed."""
    try:
        yield
    finally:
        engine.dispose()


def write_out() -> None:
    """Write the migrations' SQL to the configuration's output, with the same limits."""
    context.configure(
        dialect_name="postgresql",
        target_metadata=metadata,
        transaction_per_migration=True,
        literal_binds=True,
    )
    context.static_output(f"SET lock_timeout = {LOCK_MS};")
    context.static_output(f"SET statement_timeout = {STATEMENT_MS};")
    with context.begin_transaction():
        context.run_migrations()


def is_ours(
    _found: object,
    name: str | None,
    kind: str,
    reflected: bool,  # noqa: FBT001 - Alembic's own signature
    compared: object,
) -> bool:
    """Tell whether Alembic is to look at something: not at what `sql/` makes."""
    return not (kind == "table" and reflected and compared is None and name in MADE_BY_SQL)


if context.is_offline_mode():
    write_out()
else:
    run()
