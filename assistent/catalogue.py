"""The catalogue ``korpus/katalog.toml``: what is known about each document.

The keys are Norwegian because editors write them. A fault is reported with the line it stands on.
A file without an entry gets one that is inferred from its name and title.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path, PurePosixPath
from typing import Any

from assistent import records, texts_corpus
from assistent.records import Key, RecordError, TomlFile
from assistent.types import DocumentInfo, Standing

CATALOGUE_NAME = "katalog.toml"
_TABLE = "dokument"


def _standing(value: Any) -> Standing:
    return Standing(records.choice(standing.value for standing in Standing)(value))


def _groups(value: Any) -> tuple[str, ...]:
    """Read who may see a document; an empty list could mean all or nobody, so it is refused."""
    groups = tuple(group.strip() for group in records.text_list(value))
    if not groups or not all(groups):
        raise ValueError(texts_corpus.TYPE_GROUPS)
    return groups


# What an editor may write in an entry, and where it goes.
_KEYS: Mapping[str, Key] = {
    "fil": Key("path", records.text, required=True),
    "tittel": Key("title", records.text, required=True),
    "type": Key("kind", records.text),
    "eier": Key("owner", records.text),
    "gjelder_for": Key("applies_to", records.text),
    "saksnummer": Key("case_number", records.text),
    "vedtatt": Key("adopted", records.day),
    "gyldig_fra": Key("valid_from", records.day),
    "gyldig_til": Key("valid_to", records.day),
    "opphevet_av": Key("repealed_by", records.text),
    "opphevet_dato": Key("repealed_on", records.day),
    "opphever": Key("repeals", records.text_list),
    "gyldighet": Key("declared_standing", _standing),
    "rang": Key("precedence", records.number),
    "sprak": Key("language", records.text),
    "adresse": Key("url", records.text),
    "lisens": Key("licence", records.text),
    "merknad": Key("note", records.text),
    "navn": Key("names", records.text_list),
    "tilgang": Key("access", _groups),
}


def load_catalogue(corpus: Path) -> dict[str, DocumentInfo]:
    """Read the catalogue of a corpus folder.

    Returns:
        The entries by the document's path under the folder; empty where there is no catalogue.

    Raises:
        CorpusError: the catalogue cannot be read or has a fault; the message gives the line.
    """
    path = corpus / CATALOGUE_NAME
    if not path.exists():
        return {}
    file = TomlFile(path)
    entries: dict[str, DocumentInfo] = {}
    for number, table in enumerate(file.tables(_TABLE)):
        place = ((_TABLE, number),)
        info = DocumentInfo(**file.read(place, table, _KEYS))
        fault = _fault(info, corpus, entries)
        if fault is not None:
            raise file.error(place, fault)
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
        note=texts_corpus.INFERRED_ENTRY,
        inferred=True,
    )


def _fault(
    info: DocumentInfo, corpus: Path, entries: Mapping[str, DocumentInfo]
) -> RecordError | None:
    """Return what is wrong with an entry beyond its single values."""
    if not _is_plain(info.path):
        return RecordError("fil", texts_corpus.path_not_plain(info.path))
    if info.path in entries:
        return RecordError("fil", texts_corpus.duplicate_entry(info.path))
    if not _is_file(corpus / info.path):
        return RecordError("fil", texts_corpus.entry_without_file(info.path))
    if info.valid_from and info.valid_to and info.valid_to < info.valid_from:
        return RecordError("gyldig_til", texts_corpus.period_reversed())
    return None


def _is_plain(path: str) -> bool:
    """Whether a path is written the way the files of the corpus are named."""
    plain = PurePosixPath(path)
    return path == plain.as_posix() and not plain.is_absolute() and ".." not in plain.parts


def _is_file(path: Path) -> bool:
    try:
        return path.is_file()
    except OSError:  # a name that is too long, for example
        return False
