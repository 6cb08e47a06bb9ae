"""How the server writes its log: lines on standard error, as text or as JSON.

An error is logged as its kind and the places it came by. What it says is left out, for that may
repeat what somebody asked.
"""

from __future__ import annotations

import json
import logging
import sys
import traceback
from datetime import UTC, datetime
from typing import Any, Literal

from assistent.web import request_log

Form = Literal["tekst", "json"]

_MOST_CAUSES = 5


def configure_logging(form: Form) -> None:
    """Have everything logged on standard error; replaces what was configured before."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(JsonLines() if form == "json" else TextLines())
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(logging.WARNING)
    # Below a warning, other modules tell of what is asked and answered; this one does not.
    logging.getLogger(request_log.__name__).setLevel(logging.INFO)


def places_of(error: BaseException) -> list[str]:
    """Return the kind of an error and of its causes, and where each came by, outermost first."""
    lines: list[str] = []
    known: BaseException | None = error
    for _ in range(_MOST_CAUSES):
        if known is None:
            break
        lines.append(f"{type(known).__module__}.{type(known).__qualname__}")
        for frame in traceback.extract_tb(known.__traceback__):
            lines.append(f"  {frame.filename}:{frame.lineno} {frame.name}")
        known = known.__cause__ or (None if known.__suppress_context__ else known.__context__)
    return lines


class JsonLines(logging.Formatter):
    """One JSON object a line: time, level, logger, request, message, fields, error."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the line."""
        entry: dict[str, Any] = {
            "time": _time(record),
            "level": record.levelname,
            "logger": record.name,
            "message": record.getMessage(),
        }
        if identity := request_log.present_request.get():
            entry["request"] = identity
        entry.update(getattr(record, "fields", {}))
        if record.exc_info and record.exc_info[1]:
            entry["error"] = places_of(record.exc_info[1])
        return json.dumps(entry, ensure_ascii=False, default=str)


class TextLines(logging.Formatter):
    """A line for people: time, level, logger, request in brackets, message."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the line, and indented below it the places of an error."""
        identity = request_log.present_request.get()
        message = " ".join(record.getMessage().splitlines())
        head = f"{_time(record)} {record.levelname} {record.name} [{identity or '-'}] {message}"
        if not (record.exc_info and record.exc_info[1]):
            return head
        return "\n".join([head, *(f"  {line}" for line in places_of(record.exc_info[1]))])


def _time(record: logging.LogRecord) -> str:
    # UTC, for the hour that comes twice in October would make lines change places.
    return datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds")
