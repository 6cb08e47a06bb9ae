"""The JSON files of an edition: what the corpus says, without the vectors.

Each is one list of records, the fields of a type in :mod:`assistent.types`. A file of another
version of the program raises ``KeyError``, ``TypeError`` or ``ValueError``; whoever opens an
edition tells what is wrong with it.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

from assistent.types import (
    Asked,
    Block,
    BlockKind,
    Channel,
    ChannelStatus,
    Clause,
    Document,
    DocumentInfo,
    Duty,
    Origin,
    Passage,
    Registers,
    Role,
    Rule,
    Span,
    Standing,
    Statement,
)


def write_records(path: Path, records: Iterable[dict[str, Any]]) -> None:
    """Write records as one JSON list; dates become ISO 8601, enumerations their value."""
    content = json.dumps(list(records), ensure_ascii=False, default=str)
    path.write_text(content, encoding="utf-8")


def read_documents(path: Path) -> Iterator[Document]:
    """Yield the documents of a file, in the order in which they were written."""
    for record in json.loads(path.read_text(encoding="utf-8")):
        blocks = tuple(Block(**{**b, "kind": BlockKind(b["kind"])}) for b in record["blocks"])
        checksum = record["checksum"]
        yield Document(_info(record["info"]), record["text"], blocks, checksum)


def _info(record: dict[str, Any]) -> DocumentInfo:
    values = dict(record)
    for name in ("adopted", "valid_from", "valid_to", "repealed_on"):
        values[name] = date.fromisoformat(values[name]) if values[name] else None
    for name in ("names", "repeals", "access"):
        values[name] = tuple(values.get(name, ()))
    declared = values["declared_standing"]
    values["declared_standing"] = Standing(declared) if declared else None
    return DocumentInfo(**values)


def read_registers(path: Path) -> Registers:
    """Return the channel and the duty register of a file."""
    [record] = json.loads(path.read_text(encoding="utf-8"))
    rest = ("demands", "crisis", "unknown_channels", "unknown_duties")
    return Registers(
        channels=tuple(_channel(channel) for channel in record["channels"]),
        duties=tuple(_duty(duty) for duty in record["duties"]),
        **{name: tuple(map(_rule, record[name])) for name in rest},
    )


def _channel(record: dict[str, Any]) -> Channel:
    values = dict(record)
    for name in ("suited", "unsuited", "demands"):
        values[name] = tuple(map(_rule, values[name]))
    for name in ("nicknames", "audiences"):
        values[name] = tuple(values[name])
    since = values["status_from"]
    values["status_from"] = date.fromisoformat(since) if since else None
    values["status"] = ChannelStatus(values["status"])
    proof = values["status_rule"]
    values["status_rule"] = _rule(proof) if proof else None
    return Channel(**values)


def _duty(record: dict[str, Any]) -> Duty:
    values = {**record, "applies_to": tuple(record["applies_to"]), "rule": _rule(record["rule"])}
    return Duty(**values)


def _rule(record: dict[str, Any]) -> Rule:
    values = dict(record)
    values["condition"] = tuple(
        tuple(Clause(clause["question"], tuple(clause["answers"])) for clause in case)
        for case in values["condition"]
    )
    for name, kind in (("origin", Origin), ("role", Role)):
        values[name] = kind(values[name]) if values[name] else None
    return Rule(**values)


def read_asked(path: Path) -> Iterator[Asked]:
    """Yield the known questions of a file, in the order of their vectors."""
    for record in json.loads(path.read_text(encoding="utf-8")):
        yield Asked(**record)


def read_passages(path: Path) -> Iterator[Passage]:
    """Yield the passages of a file, in the order of their rows."""
    for record in json.loads(path.read_text(encoding="utf-8")):
        statements = tuple(_statement(s) for s in record["statements"])
        yield Passage(**{**record, "section": tuple(record["section"]), "statements": statements})


def _statement(record: dict[str, Any]) -> Statement:
    lead_in = Span(**record["lead_in"]) if record["lead_in"] else None
    return Statement(**{**record, "kind": BlockKind(record["kind"]), "lead_in": lead_in})
