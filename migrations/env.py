"""Alembic's environment: the URL comes from whoever runs it, the tables from `app.tables`."""

from alembic import context

from app.db import make_engine
from app.tables import metadata

LOCK_MS = 4_000
STATEMENT_MS = 60_000


def run() -> None:
    """Run the migrations in one transaction each, with limits on locks and statements."""
    url = context.config.attributes["url"]
    engine = make_engine(url, statement_ms=STATEMENT_MS, lock_ms=LOCK_MS)
    with engine.connect() as connection:
        context.configure(
            connection=connection,
            target_metadata=metadata,
            transaction_per_migration=True,
            compare_type=True,
            compare_server_default=True,
        )
        with context.begin_transaction():
            context.run_migrations()
    engine.dispose()


run()
