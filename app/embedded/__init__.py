"""PostgreSQL and Valkey from wheels, for development and tests."""

from app.embedded.postgres import Postgres
from app.embedded.valkey import Valkey

__all__ = ["Postgres", "Valkey"]
