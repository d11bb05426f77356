"""A transaction on the primary."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Connection

from app.db.engines import engine
from app.db.faults import told_as_ours


@contextmanager
def transaction() -> Iterator[Connection]:
    """Open a transaction; committed at the end, rolled back on an error.

    Raises:
        DatabaseAway: PostgreSQL cannot be reached, was lost, or did not answer in time. Whether a
            commit that was under way took place is then unknown.
    """
    with told_as_ours(), engine().begin() as connection:
        yield connection
