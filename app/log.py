"""Logs: one JSON object a line, a constant event name, ids as fields; never a person's words."""

import json
import logging
import sys
from datetime import UTC, datetime
from uuid import UUID

from typing_extensions import override

ROOT = "procare"
Field = str | int | float | bool | UUID | None


class JsonLines(logging.Formatter):
    """Write a record as one line of JSON."""

    @override
    def format(self, record: logging.LogRecord) -> str:
        at = datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds")
        line = {"at": at, "level": record.levelname, "event": record.getMessage()}
        line |= getattr(record, "fields", {})
        if record.exc_info and record.exc_info[0]:
            line["error"] = error_name(record.exc_info[1])
            line["where"] = where(record.exc_info[1])
        return json.dumps(line, default=str)


def error_name(error: BaseException | None) -> str:
    """Name an error by its class alone: its message may hold values of a row."""
    return type(error).__name__


def where(error: BaseException | None) -> str:
    """Say where an error was raised: the files and lines of its innermost calls, no values."""
    places = []
    trace = error.__traceback__ if error else None
    while trace is not None:
        code = trace.tb_frame.f_code
        places.append(f"{'/'.join(code.co_filename.split('/')[-2:])}:{trace.tb_lineno}")
        trace = trace.tb_next
    return " > ".join(places[-4:])


def set_up(level: str) -> None:
    """Send every log line of this process to standard output, as JSON."""
    handler = logging.StreamHandler(sys.stdout)
    handler.setFormatter(JsonLines())
    logging.basicConfig(handlers=[handler], level=level, force=True)
    for chatty in ("alembic", "twilio", "urllib3", "rq.worker", "sqlalchemy.engine"):
        logging.getLogger(chatty).setLevel(logging.WARNING)


def info(event: str, **fields: Field) -> None:
    """Note something that happened."""
    logging.getLogger(ROOT).info(event, extra={"fields": fields})


def error(event: str, fault: BaseException | None = None, **fields: Field) -> None:
    """Note a fault, with the place it was raised at."""
    logging.getLogger(ROOT).error(event, exc_info=fault, extra={"fields": fields})
