"""This host's spool: messages that PostgreSQL could not take, on disk, replayed in order.

`spool.jsonl` takes one line a message, flushed to the disk before the person is answered. A replay
moves it aside as `replay.jsonl`, so that writers never wait for it, and deletes that when all is
recorded; a replay that is cut short starts over, since a message is kept once by its SID. Lines
that a fault of ours refuses go to `refused.jsonl` and are put back now and then, for a day: then,
like those that cannot be read, they go to `rejected.jsonl` for a person to look at.
"""

from __future__ import annotations

import fcntl
import json
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from app import clock, log, metrics
from app.errors import DatabaseAway
from app.messaging.message import InboundMessage, Source

PRIVATE_FILE = 0o600
PRIVATE_FOLDER = 0o700
REFUSED_FOR = timedelta(days=1)
"""So long a message is tried again that a fault of ours refuses (house)."""


def keep(message: InboundMessage, folder: Path) -> None:
    """Write a message to the spool; when this returns it has reached the disk.

    Raises:
        OSError: The disk is full or cannot be written.
    """
    folder.mkdir(mode=PRIVATE_FOLDER, parents=True, exist_ok=True)
    with _locked(folder / "write.lock"):
        _append(folder / "spool.jsonl", json.dumps(_as_json(message), ensure_ascii=True))
        _flush_folder(folder)


def replay(folder: Path, record: Callable[[InboundMessage], object]) -> int:
    """Have every spooled message recorded, in the order they came.

    Args:
        folder: The spool.
        record: Records one message; raises `DatabaseAway` when that is not possible yet.

    Returns:
        How many messages were handed to `record`; 0 where another process is at it.

    Raises:
        DatabaseAway: As `record`; what is left stays spooled.
    """
    if not waiting(folder):
        return 0
    with _locked(folder / "replay.lock", wait=False) as mine:
        return _replay_all(folder, record) if mine else 0


def count(folder: Path) -> int:
    """Count the spooled messages."""
    files = (folder / name for name in ("spool.jsonl", "replay.jsonl", "refused.jsonl"))
    return sum(len(file.read_bytes().splitlines()) for file in files if file.exists())


def waiting(folder: Path) -> bool:
    """Tell whether anything is spooled."""
    return any((folder / name).exists() for name in ("spool.jsonl", "replay.jsonl"))


def put_back(folder: Path) -> None:
    """Put refused lines back into the spool; one that stands there twice is recorded once."""
    refused = folder / "refused.jsonl"
    if not refused.exists():
        return
    with _locked(folder / "replay.lock", wait=False) as mine:
        if not mine:
            return
        with _locked(folder / "write.lock"):
            for line in refused.read_bytes().splitlines():
                _append(folder / "spool.jsonl", line.decode("ascii", "backslashreplace"))
        refused.unlink()
        _flush_folder(folder)


def _replay_all(folder: Path, record: Callable[[InboundMessage], object]) -> int:
    count = 0
    while batch := _next_batch(folder):
        for line in batch.read_bytes().splitlines():
            count += _replay_line(folder, line, record)
        batch.unlink()
        _flush_folder(folder)
    return count


def _replay_line(folder: Path, line: bytes, record: Callable[[InboundMessage], object]) -> int:
    message = _read(line)
    if message is None:
        _reject(folder, line)
        return 0
    try:
        record(message)
    except DatabaseAway:
        raise
    except Exception as fault:  # noqa: BLE001 - one bad line must not hold up the rest
        log.error("spool_line_refused", fault, sid=message.sid)
        _refuse(folder, line, message)
    return 1


def _refuse(folder: Path, line: bytes, message: InboundMessage) -> None:
    if clock.now() - message.received_at > REFUSED_FOR:
        _reject(folder, line)
    else:
        _append(folder / "refused.jsonl", line.decode("ascii"))


def _next_batch(folder: Path) -> Path | None:
    batch = folder / "replay.jsonl"
    if batch.exists():
        return batch
    with _locked(folder / "write.lock"):
        spooled = folder / "spool.jsonl"
        if not spooled.exists():
            return None
        spooled.rename(batch)
        _flush_folder(folder)
    return batch


def _reject(folder: Path, line: bytes) -> None:
    metrics.FALLBACKS.labels("spool_rejected").inc()
    log.error("spool_line_rejected", size=len(line))
    _append(folder / "rejected.jsonl", line.decode("ascii", "backslashreplace"))


def _append(path: Path, line: str) -> None:
    """Add a line; it starts on its own even where a crash tore the one before it."""
    descriptor = os.open(path, os.O_RDWR | os.O_APPEND | os.O_CREAT, PRIVATE_FILE)
    try:
        size = os.fstat(descriptor).st_size
        torn = size > 0 and os.pread(descriptor, 1, size - 1) != b"\n"
        whole = f"{chr(10) if torn else ''}{line}\n".encode("ascii")
        written = os.write(descriptor, whole)
        if written != len(whole):
            raise OSError("the disk took only a part of the line")
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _flush_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


@contextmanager
def _locked(path: Path, *, wait: bool = True) -> Iterator[bool]:
    """Hold a lock between the processes of this host; without waiting, say whether it was had."""
    with path.open("a") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX if wait else fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield False
            return
        yield True


def _as_json(message: InboundMessage) -> dict[str, Any]:
    return {
        **asdict(replace(message, source=Source.SPOOL)),
        "received_at": message.received_at.isoformat(),
    }


def _read(line: bytes) -> InboundMessage | None:
    try:
        kept = json.loads(line)
        received_at = datetime.fromisoformat(kept["received_at"])
        return InboundMessage(**{**kept, "received_at": received_at, "source": Source.SPOOL})
    except (ValueError, KeyError, TypeError):
        return None
