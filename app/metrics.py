"""What is counted, for Prometheus. Labels are kinds and languages, never a person's.

Where `PROMETHEUS_MULTIPROC_DIR` is set, the counts of all processes of this host are added up.
A count that cannot be kept, as on a full disk, is lost and costs nothing else.
"""

from contextlib import suppress
from typing import Self

import prometheus_client
from prometheus_client import CollectorRegistry, generate_latest
from prometheus_client.multiprocess import MultiProcessCollector
from prometheus_client.values import ValueClass
from typing_extensions import override


class Counter(prometheus_client.Counter):
    """A count that fails silently."""

    @override
    def labels(self, *values: object, **named: object) -> Self:
        with suppress(Exception):
            return super().labels(*values, **named)
        return self

    @override
    def inc(self, amount: float = 1, exemplar: dict[str, str] | None = None) -> None:
        with suppress(Exception):
            super().inc(amount, exemplar)


class Gauge(prometheus_client.Gauge):
    """A level that fails silently."""

    @override
    def labels(self, *values: object, **named: object) -> Self:
        with suppress(Exception):
            return super().labels(*values, **named)
        return self

    @override
    def set(self, value: float) -> None:
        with suppress(Exception):
            super().set(value)


class Histogram(prometheus_client.Histogram):
    """Times that fail silently."""

    @override
    def observe(self, amount: float, exemplar: dict[str, str] | None = None) -> None:
        with suppress(Exception):
            super().observe(amount, exemplar)


MESSAGES = Counter(
    "procare_inbound_messages", "Messages taken in, by what they were", ["kind", "language"]
)
HOP_SECONDS = Histogram(
    "procare_hop_seconds",
    "How long each hop of a turn took",
    ["hop"],
    buckets=(0.0005, 0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.5, 1, 4),
)
FALLBACKS = Counter(
    "procare_fallbacks", "Turns that did not go the straight way, by reason", ["reason"]
)
RENDER_FALLBACKS = Counter(
    "procare_render_fallbacks", "Sentences said in English for want of another", ["language"]
)
WAITING = Gauge(
    "procare_waiting",
    "What waits to be done, by queue",
    ["queue"],
    multiprocess_mode="mostrecent",
)

DELIVERIES = Counter(
    "procare_deliveries", "What became of messages of our own accord", ["purpose", "outcome"]
)
UNSENT = Counter(
    "procare_unsent",
    "Messages of our own accord that were given up, by our word or the channel's code",
    ["purpose", "reason"],
)
SEND_SECONDS = Histogram(
    "procare_send_seconds",
    "How long the channel took over a message",
    buckets=(0.05, 0.1, 0.2, 0.5, 1, 2, 5, 13),
)
STATUS_REPORTS = Counter(
    "procare_status_reports", "What the channel reported of messages, by its status", ["status"]
)
UNREACHABLE = Counter(
    "procare_unreachable", "People whom the channel refuses to reach, by its code", ["code"]
)
MISSING_TEMPLATES = Gauge(
    "procare_missing_templates",
    "Languages that have no template, by purpose",
    ["purpose"],
    multiprocess_mode="mostrecent",
)

SELF_TEST_DELIVERED = Gauge(
    "procare_self_test_delivered",
    "Whether the last daily self-test arrived within ten minutes: 1 or 0",
    multiprocess_mode="mostrecent",
)

CACHE_HIT_RATIO = Gauge(
    "procare_database_cache_hit_ratio",
    "Share of PostgreSQL's pages found in memory, of indexes and tables",
    ["of"],
    multiprocess_mode="mostrecent",
)
CONNECTIONS = Gauge(
    "procare_database_connections",
    "Sessions of PostgreSQL, by what they are at",
    ["state"],
    multiprocess_mode="mostrecent",
)
SLOW_STATEMENTS = Gauge(
    "procare_database_slow_statements",
    "Statements that take over a second on average",
    multiprocess_mode="mostrecent",
)
DATABASE_BYTES = Gauge(
    "procare_database_bytes", "Size of the database", multiprocess_mode="mostrecent"
)
REPLICA_LAG_SECONDS = Gauge(
    "procare_replica_lag_seconds",
    "How far the read replica is behind, in heartbeats of the clock",
    multiprocess_mode="mostrecent",
)
AVERAGE_LAG_SECONDS = Gauge(
    "procare_daily_average_lag_seconds",
    "How long closed days have waited for their averages",
    multiprocess_mode="mostrecent",
)
CHUNKS = Gauge(
    "procare_timescaledb_chunks",
    "Chunks of the readings, all and compressed",
    ["state"],
    multiprocess_mode="mostrecent",
)


def exposition() -> bytes:
    """Give the counts of every process, in Prometheus' text format."""
    if not _is_shared():
        return generate_latest()
    registry = CollectorRegistry()
    MultiProcessCollector(registry)  # type: ignore[no-untyped-call]  # prometheus_client has no types here
    return generate_latest(registry)


def _is_shared() -> bool:
    return bool(ValueClass.__name__ == "MmapedValue")
