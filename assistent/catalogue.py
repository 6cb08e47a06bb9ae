"""The catalogue ``korpus/katalog.toml``: what is known about each document.

The keys are Norwegian because editors write them. A fault is reported with the line it stands on.
A file without an entry gets one that is inferred from its name and title.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path, PurePosixPath
from typing import Any

from assistent import texts
from assistent.errors import CorpusError
from assistent.types import DocumentInfo, Standing

CATALOGUE_NAME = "katalog.toml"
_TABLE = "dokument"


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise ValueError(texts.TYPE_TEXT)
    return value


def _texts(value: Any) -> tuple[str, ...]:
    if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
        raise ValueError(texts.TYPE_TEXTS)
    return tuple(value)


def _date(value: Any) -> date:
    if type(value) is not date:
        raise ValueError(texts.TYPE_DATE)
    return value


def _number(value: Any) -> int:
    if type(value) is not int:
        raise ValueError(texts.TYPE_NUMBER)
    return value


def _standing(value: Any) -> Standing:
    if value not in list(Standing):
        raise ValueError(texts.one_of([standing.value for standing in Standing]))
    return Standing(value)


@dataclass(frozen=True, slots=True)
class _Key:
    field: str
    read: Callable[[Any], object]


# What an editor may write in an entry, and where it goes.
_KEYS: Mapping[str, _Key] = {
    "fil": _Key("path", _text),
    "tittel": _Key("title", _text),
    "type": _Key("kind", _text),
    "eier": _Key("owner", _text),
    "gjelder_for": _Key("applies_to", _text),
    "saksnummer": _Key("case_number", _text),
    "vedtatt": _Key("adopted", _date),
    "gyldig_fra": _Key("valid_from", _date),
    "gyldig_til": _Key("valid_to", _date),
    "opphevet_av": _Key("repealed_by", _text),
    "opphevet_dato": _Key("repealed_on", _date),
    "opphever": _Key("repeals", _texts),
    "gyldighet": _Key("declared_standing", _standing),
    "rang": _Key("precedence", _number),
    "sprak": _Key("language", _text),
    "adresse": _Key("url", _text),
    "lisens": _Key("licence", _text),
    "merknad": _Key("note", _text),
    "navn": _Key("names", _texts),
}
_REQUIRED = ("fil", "tittel")


def load_catalogue(corpus: Path) -> dict[str, DocumentInfo]:
    """Read the catalogue of a corpus folder.

    Returns:
        The entries by the document's path under the folder; empty where there is no catalogue.

    Raises:
        CorpusError: the catalogue cannot be read or has a fault; the message gives the line.
    """
    path = corpus / CATALOGUE_NAME
    try:
        source = path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        return {}
    except UnicodeDecodeError as error:
        raise CorpusError(texts.catalogue_not_utf8(str(path))) from error
    except OSError as error:
        reason = error.strerror or str(error)
        raise CorpusError(texts.file_not_readable(str(path), reason)) from error
    try:
        data = tomllib.loads(source)
    except tomllib.TOMLDecodeError as error:
        line = re.search(r"line (\d+)", str(error))
        number = int(line.group(1)) if line else source.count("\n") + 1
        reason = str(error).split(" (at ")[0]
        raise CorpusError(texts.catalogue_not_toml(str(path), number, reason)) from error
    except RecursionError as error:
        message = texts.catalogue_not_toml(str(path), 1, texts.REASON_TOO_DEEP)
        raise CorpusError(message) from error
    lines = _Lines(source)
    for key in data:
        if key != _TABLE:
            fault = texts.unknown_key(key, [f"[[{_TABLE}]]"])
            raise CorpusError(texts.catalogue_fault(str(path), lines.of_key(None, key), fault))
    entries: dict[str, DocumentInfo] = {}
    tables = data.get(_TABLE, [])
    if not isinstance(tables, list):
        fault = texts.wrong_type(_TABLE, f"[[{_TABLE}]]")
        raise CorpusError(texts.catalogue_fault(str(path), 1, fault))
    for index, table in enumerate(tables):
        try:
            if not isinstance(table, dict):
                raise _EntryError(_TABLE, texts.wrong_type(_TABLE, texts.TYPE_TABLE))
            info = _entry(table)
            if not _is_plain(info.path):
                raise _EntryError("fil", texts.path_not_plain(info.path))
            if info.path in entries:
                raise _EntryError("fil", texts.duplicate_entry(info.path))
            if not _is_file(corpus / info.path):
                raise _EntryError("fil", texts.entry_without_file(info.path))
        except _EntryError as fault:
            line_number = lines.of_key(index, fault.key)
            message = texts.catalogue_fault(str(path), line_number, fault.message)
            raise CorpusError(message) from None
        entries[info.path] = info
    return entries


def infer_entry(path: str, title: str | None) -> DocumentInfo:
    """Make an entry for a file that the catalogue does not know.

    The title is the document's own, else its file name in words.
    """
    stem = PurePosixPath(path).stem
    fallback = re.sub(r"[_-]+", " ", stem).strip().capitalize() or path
    kind = PurePosixPath(path).parent.name or "ukjent"
    return DocumentInfo(
        path=path,
        title=title or fallback,
        kind=kind,
        note=texts.INFERRED_ENTRY,
        inferred=True,
    )


def _is_plain(path: str) -> bool:
    """Whether a path is written the way the files of the corpus are named."""
    plain = PurePosixPath(path)
    return path == plain.as_posix() and not plain.is_absolute() and ".." not in plain.parts


def _is_file(path: Path) -> bool:
    try:
        return path.is_file()
    except OSError:  # a name that is too long, for example
        return False


class _EntryError(Exception):
    def __init__(self, key: str | None, message: str) -> None:
        super().__init__(message)
        self.key = key
        self.message = message


def _entry(table: Mapping[str, Any]) -> DocumentInfo:
    values: dict[str, Any] = {}
    for key, value in table.items():
        known = _KEYS.get(key)
        if known is None:
            raise _EntryError(key, texts.unknown_key(key, list(_KEYS)))
        try:
            values[known.field] = known.read(value)
        except ValueError as error:
            raise _EntryError(key, texts.wrong_type(key, str(error))) from error
    for key in _REQUIRED:
        if not values.get(_KEYS[key].field):
            raise _EntryError(None, texts.missing_key(key))
    info = DocumentInfo(**values)
    if info.valid_from and info.valid_to and info.valid_to < info.valid_from:
        raise _EntryError("gyldig_til", texts.period_reversed())
    return info


class _Lines:
    """Finds the line of an entry or of a key in it, which the TOML parser does not tell."""

    def __init__(self, source: str) -> None:
        self._lines = source.splitlines()
        header = re.compile(rf"^\s*\[\[\s*{_TABLE}\s*\]\]")
        self._headers = [n for n, line in enumerate(self._lines) if header.match(line)]

    def of_key(self, entry: int | None, key: str | None) -> int:
        """Return the line, counted from 1, of ``key`` in the entry with that number."""
        if entry is None or entry >= len(self._headers):
            start, end = 0, len(self._lines)
        else:
            start = self._headers[entry]
            following = self._headers[entry + 1 :]
            end = following[0] if following else len(self._lines)
        if key is not None:
            pattern = re.compile(rf"^\s*(?:\[+\s*)?[\"']?{re.escape(key)}[\"']?\s*[\].=]")
            for number in range(start, end):
                if pattern.match(self._lines[number]):
                    return number + 1
        return start + 1
