"""Editions on disk: complete, immutable directories and the pointer to the one in force.

    indeks/gjeldende                 name of the edition in force, replaced in one step
    indeks/20261122T120000123456-3f9a1c/   one edition
        utgave.json                  manifest: fingerprint, counts, checksum of every other file
        …                            see :mod:`assistent.index`
    indeks/.bygges-…/                a build under way or left behind; never read

Why directories instead of one store rewritten in place: two writers damaged such a store in every
try, and damage was mostly silent. See ``docs/decisions/0002-editions.md``.
"""

from __future__ import annotations

import hashlib
import json
import os
import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from filelock import FileLock, Timeout

from assistent import texts_index
from assistent.errors import (
    AssistantError,
    IndexBusyError,
    IndexDamagedError,
    IndexMissingError,
)

# Changing what an edition holds or how it is laid out must lead to a new build.
FORMAT = 7
POINTER = "gjeldende"
MANIFEST = "utgave.json"
_LOCK = ".lås"
_BUILDING = ".bygges-"
_STAMP = "%Y%m%dT%H%M%S%f"


@dataclass(frozen=True, slots=True)
class Fingerprint:
    """What an edition's vectors and passages depend on besides the documents."""

    model: str
    dimensions: int
    splitter: int


@dataclass(frozen=True, slots=True)
class Manifest:
    """What an edition says about itself.

    ``corpus`` is a digest of every file of the corpus, ``files`` maps each file of the edition to
    its SHA-256.
    """

    edition: str
    fingerprint: Fingerprint
    corpus: str
    documents: int
    passages: int
    statements: int
    files: dict[str, str] = field(default_factory=dict)
    format: int = FORMAT


@contextmanager
def build_lock(index: Path) -> Iterator[None]:
    """Hold the index folder for one builder, and clear away what killed builds left behind.

    Raises:
        IndexBusyError: another process is building.
        AssistantError: the folder cannot be written to.
    """
    try:
        index.mkdir(parents=True, exist_ok=True)
        lock = FileLock(index / _LOCK)
        lock.acquire(timeout=0)
    except Timeout as error:
        raise IndexBusyError(texts_index.index_busy(str(index))) from error
    except OSError as error:
        raise AssistantError(texts_index.index_not_writable(str(index), _reason(error))) from error
    try:
        for left in index.glob(f"{_BUILDING}*"):
            if left.is_dir():
                shutil.rmtree(left, ignore_errors=True)
            else:
                left.unlink(missing_ok=True)
        yield
    finally:
        lock.release()


@contextmanager
def new_edition(index: Path) -> Iterator[tuple[str, Path]]:
    """Give a name and an empty directory for a new edition; remove it unless it was published.

    Raises:
        AssistantError: the folder cannot be written to, or the disk is full.
    """
    stamp = datetime.now(UTC).strftime(_STAMP)
    name = f"{stamp}-{secrets.token_hex(3)}"
    folder = index / f"{_BUILDING}{name}"
    try:
        folder.mkdir()
        yield name, folder
    except OSError as error:
        raise AssistantError(texts_index.index_not_writable(str(index), _reason(error))) from error
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def seal(folder: Path, manifest: Manifest) -> None:
    """Write the manifest with the checksums of all files, and flush everything to disk."""
    files = {}
    for path in _files(folder):
        files[path.relative_to(folder).as_posix()] = _sha256(path)
        _flush(path)
    content = json.dumps({**asdict(manifest), "files": files}, indent=1, ensure_ascii=False)
    target = folder / MANIFEST
    target.write_text(content, encoding="utf-8")
    _flush(target)


@contextmanager
def on_trial(folder: Path, name: str) -> Iterator[Path]:
    """Give an index folder of its own in which a sealed edition, not yet published, is in force.

    Afterwards the edition lies where it lay.
    """
    trial = folder.with_name(f"{folder.name}-prøve")
    trial.mkdir()
    try:
        folder.rename(trial / name)
        try:
            point_to(trial, name)
            yield trial
        finally:
            (trial / name).rename(folder)
    finally:
        shutil.rmtree(trial, ignore_errors=True)


def publish(index: Path, folder: Path, name: str) -> None:
    """Give a sealed edition its name and point to it, each in one step."""
    folder.rename(index / name)
    point_to(index, name)


def point_to(index: Path, name: str) -> None:
    """Make an existing edition the one in force."""
    draft = index / f"{_BUILDING}{secrets.token_hex(4)}"
    draft.write_text(name, encoding="utf-8")
    _flush(draft)
    draft.replace(index / POINTER)
    _flush(index)


def current_edition(index: Path) -> str:
    """Return the name of the edition in force.

    Raises:
        IndexMissingError: nothing has been built.
    """
    try:
        name = (index / POINTER).read_text(encoding="utf-8").strip()
        usable = name and "/" not in name and (index / name / MANIFEST).is_file()
    except (OSError, UnicodeDecodeError) as error:
        raise IndexMissingError(texts_index.index_missing(str(index))) from error
    if not usable:
        raise IndexMissingError(texts_index.index_missing(str(index)))
    return name


def built_at(name: str) -> datetime | None:
    """Return when an edition was begun, in UTC; None if its name does not tell."""
    stamp = name.partition("-")[0]
    try:
        return datetime.strptime(stamp, _STAMP).replace(tzinfo=UTC)
    except ValueError:
        return None


def editions(index: Path) -> list[str]:
    """Return the names of all complete editions, the oldest first."""
    return sorted(path.parent.name for path in index.glob(f"[!.]*/{MANIFEST}"))


def prune(index: Path, *, keep: int) -> None:
    """Remove all but the last ``keep`` editions and the one in force."""
    names = editions(index)
    in_force = current_edition(index)
    for name in names[: max(0, len(names) - keep)]:
        if name != in_force:
            shutil.rmtree(index / name, ignore_errors=True)


def read_manifest(folder: Path, *, verify: bool = True) -> Manifest:
    """Read an edition's manifest and, with ``verify``, compare every file with its checksum.

    Raises:
        IndexDamagedError: a file is missing or altered, or the manifest cannot be used.
    """
    where = str(folder.parent)
    try:
        data = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
        if data["format"] != FORMAT:
            raise IndexDamagedError(texts_index.index_damaged(where, texts_index.REASON_FORMAT))
        manifest = Manifest(**{**data, "fingerprint": Fingerprint(**data["fingerprint"])})
    except (OSError, ValueError, TypeError, KeyError) as error:
        reason = texts_index.REASON_FILE_ALTERED.format(name=MANIFEST)
        raise IndexDamagedError(texts_index.index_damaged(where, reason)) from error
    if verify:
        for name, checksum in manifest.files.items():
            path = folder / name
            if not path.is_file():
                reason = texts_index.REASON_FILE_MISSING.format(name=name)
                raise IndexDamagedError(texts_index.index_damaged(where, reason))
            if _checksum_or_none(path) != checksum:
                reason = texts_index.REASON_FILE_ALTERED.format(name=name)
                raise IndexDamagedError(texts_index.index_damaged(where, reason))
    return manifest


def _files(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_file() and path.name != MANIFEST)


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _checksum_or_none(path: Path) -> str | None:
    try:
        return _sha256(path)
    except OSError:
        return None


def _flush(path: Path) -> None:
    """Make sure that a file or a directory entry survives a power cut."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _reason(error: OSError) -> str:
    return error.strerror or type(error).__name__
