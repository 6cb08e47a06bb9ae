"""TOML files that editors write: tables with known keys, and faults with the line they stand on.

The TOML parser tells no lines, so :class:`Lines` finds them again in the source.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from assistent import texts_corpus
from assistent.errors import CorpusError

# Where a table stands: («kanal», 2), («egnet_for», 0) is the first [[kanal.egnet_for]] of the
# third [[kanal]].
Place = Sequence[tuple[str, int]]


@dataclass(frozen=True, slots=True)
class Key:
    """What a key is read with and into which field it goes; ``read`` raises ValueError."""

    field: str
    read: Callable[[Any], object]
    required: bool = False


class RecordError(Exception):
    """A fault in one table; ``key`` is the key it concerns, None for the table as a whole."""

    def __init__(self, key: str | None, message: str) -> None:
        super().__init__(message)
        self.key = key
        self.message = message


def text(value: Any) -> str:
    """Read a text."""
    if not isinstance(value, str):
        raise ValueError(texts_corpus.TYPE_TEXT)
    return value


def text_list(value: Any) -> tuple[str, ...]:
    """Read a list of texts."""
    if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
        raise ValueError(texts_corpus.TYPE_TEXTS)
    return tuple(value)


def day(value: Any) -> date:
    """Read a date without a time."""
    if type(value) is not date:
        raise ValueError(texts_corpus.TYPE_DATE)
    return value


def number(value: Any) -> int:
    """Read a whole number."""
    if type(value) is not int:
        raise ValueError(texts_corpus.TYPE_NUMBER)
    return value


def flag(value: Any) -> bool:
    """Read true or false."""
    if not isinstance(value, bool):
        raise ValueError(texts_corpus.TYPE_FLAG)
    return value


def choice(values: Iterable[str]) -> Callable[[Any], str]:
    """Return a reader of one of the given texts."""
    allowed = tuple(values)

    def read(value: Any) -> str:
        if value not in allowed:
            raise ValueError(texts_corpus.one_of(allowed))
        return str(value)

    return read


def choices(values: Iterable[str]) -> Callable[[Any], tuple[str, ...]]:
    """Return a reader of a list of the given texts."""
    one = choice(values)

    def read(value: Any) -> tuple[str, ...]:
        return tuple(one(item) for item in text_list(value))

    return read


class TomlFile:
    """A parsed TOML file that knows its lines."""

    def __init__(self, path: Path) -> None:
        self.path = path
        try:
            source = path.read_text(encoding="utf-8-sig")
        except UnicodeDecodeError as error:
            raise CorpusError(texts_corpus.catalogue_not_utf8(str(path))) from error
        except OSError as error:
            reason = error.strerror or str(error)
            raise CorpusError(texts_corpus.file_not_readable(str(path), reason)) from error
        try:
            self.data = tomllib.loads(source)
        except tomllib.TOMLDecodeError as error:
            found = re.search(r"line (\d+)", str(error))
            line = int(found.group(1)) if found else source.count("\n") + 1
            reason = str(error).split(" (at ")[0]
            raise CorpusError(texts_corpus.catalogue_not_toml(str(path), line, reason)) from error
        except RecursionError as error:
            message = texts_corpus.catalogue_not_toml(str(path), 1, texts_corpus.REASON_TOO_DEEP)
            raise CorpusError(message) from error
        self._lines = source.splitlines()

    def tables(self, name: str, *, beside: Sequence[str] = ()) -> list[dict[str, Any]]:
        """Return the tables ``[[name]]``.

        Args:
            name: of the tables.
            beside: what else there may be in the file.

        Raises:
            CorpusError: there is another key, or ``name`` is no list of tables.
        """
        known = (name, *beside)
        for key in self.data:
            if key not in known:
                fault = texts_corpus.unknown_key(key, [f"[[{table}]]" for table in known])
                raise self.error((), RecordError(key, fault))
        tables = self.data.get(name, [])
        if not isinstance(tables, list):
            raise self.error((), RecordError(name, texts_corpus.wrong_type(name, f"[[{name}]]")))
        if not all(isinstance(table, dict) for table in tables):
            raise self.error(
                (), RecordError(name, texts_corpus.wrong_type(name, texts_corpus.TYPE_TABLE))
            )
        return tables

    def read(
        self, place: Place, table: Mapping[str, Any], keys: Mapping[str, Key]
    ) -> dict[str, Any]:
        """Read a table's values by field.

        Raises:
            CorpusError: a key is unknown, missing or has a wrong value; the message has the line.
        """
        try:
            return _read(table, keys)
        except RecordError as fault:
            raise self.error(place, fault) from None

    def error(self, place: Place, fault: RecordError) -> CorpusError:
        """Return a fault as an error with its line."""
        line = self._line(place, fault.key)
        return CorpusError(texts_corpus.catalogue_fault(str(self.path), line, fault.message))

    def _line(self, place: Place, key: str | None) -> int:
        """Return the line, counted from 1, of a key in a table, else of the table."""
        start, end, dotted = 0, len(self._lines), ""
        for name, position in place:
            dotted = f"{dotted}.{name}" if dotted else name
            header = re.compile(rf"^\s*\[\[\s*{re.escape(dotted)}\s*\]\]")
            headers = [n for n in range(start, end) if header.match(self._lines[n])]
            if position >= len(headers):
                break
            start = headers[position]
            end = headers[position + 1] if position + 1 < len(headers) else end
        if key is not None:
            pattern = re.compile(rf"^\s*(?:\[+\s*)?[\"']?{re.escape(key)}[\"']?\s*[\].=]")
            for line in range(start, end):
                if pattern.match(self._lines[line]):
                    return line + 1
        return start + 1


def _read(table: Mapping[str, Any], keys: Mapping[str, Key]) -> dict[str, Any]:
    values: dict[str, Any] = {}
    for name, value in table.items():
        key = keys.get(name)
        if key is None:
            raise RecordError(name, texts_corpus.unknown_key(name, list(keys)))
        try:
            values[key.field] = key.read(value)
        except ValueError as error:
            raise RecordError(name, texts_corpus.wrong_type(name, str(error))) from error
    for name, key in keys.items():
        if key.required and not values.get(key.field):
            raise RecordError(None, texts_corpus.missing_key(name))
    return values
