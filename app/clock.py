"""The wall clock, read at the edges only; in development a file moves it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from os import environ  # noqa: TID251 - `flask parse` reads the clock without any other setting
from pathlib import Path
from time import monotonic

from app.errors import ConfigError

__all__ = [
    "HEARTBEAT",
    "file_in",
    "follow",
    "monotonic",
    "move_to",
    "now",
    "offset",
    "offset_file",
    "write",
]

HEARTBEAT = "clock"
"""The name under which the clock process notes that it is at work."""
STILL = timedelta()


def now() -> datetime:
    """Read the present moment, aware, in UTC."""
    return datetime.now(UTC) + offset()  # noqa: TID251 - the one place that reads the clock


def offset() -> timedelta:
    """Say how far the clock has been moved; nothing where no file may move it."""
    path = _followed[0]
    if path is None:
        return STILL
    try:
        state = path.stat()
    except FileNotFoundError:
        return STILL
    return _read(path, state.st_mtime_ns, state.st_ino)


def move_to(offset: timedelta) -> None:
    """Move the clock of every process that follows this one's file.

    Raises:
        ConfigError: No file may move it.
    """
    path = _followed[0]
    if path is None:
        raise ConfigError("CLOCK_OFFSET_FILE is missing: the clock cannot be moved")
    write(path, offset)


def write(path: Path, offset: timedelta) -> None:
    """Write how far the clock is moved, or shall be; nobody ever reads half of it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    aside = path.with_name(f"{path.name}.new")
    aside.write_text(str(int(offset.total_seconds())))
    aside.replace(path)


def offset_file() -> Path | None:
    """Give the file that moves the clock; None where it cannot be moved."""
    return _followed[0]


def follow(path: Path | None) -> None:
    """Let a file move this process's clock, instead of the environment's; None for no file."""
    _followed[:] = [path]


def file_in(settings: Mapping[str, str]) -> Path | None:
    """Read which file may move the clock.

    Raises:
        ConfigError: There is one in production, where people's lives hang on the time.
    """
    name = settings.get("CLOCK_OFFSET_FILE")
    if name and (settings.get("PROCARE_ENV") or "production") == "production":
        raise ConfigError("CLOCK_OFFSET_FILE is for development and tests only")
    return Path(name) if name else None


@lru_cache(maxsize=1)
def _read(path: Path, _mtime_ns: int, _inode: int) -> timedelta:
    """Read the file once after each change, by which its time or its inode is another."""
    return timedelta(seconds=int(path.read_text()))


# At import: a process that would tell a false time in production does not start.
_followed: list[Path | None] = [file_in(environ)]
