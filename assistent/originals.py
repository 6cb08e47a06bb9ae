"""The file a document was read from, as long as it is still that file.

An edition keeps the text and the file's checksum, not the file. What is handed out or pictured must
be what the quotes were taken from, so a file is compared with its checksum before it is used.
"""

from __future__ import annotations

import hashlib
import os
import stat
from dataclasses import dataclass
from enum import StrEnum
from io import BufferedReader
from pathlib import Path
from typing import BinaryIO

from assistent.types import Document

_REMEMBERED = 512
"""Files whose checksum is kept, so that a large one is not read for every page of it."""

Signature = tuple[int, int, int, int]


class OriginalFault(StrEnum):
    """Why there is no original to show."""

    MISSING = "missing"
    CHANGED = "changed"


class OriginalError(Exception):
    """A document's file cannot be used; ``fault`` says why."""

    def __init__(self, fault: OriginalFault) -> None:
        super().__init__(fault.value)
        self.fault = fault


@dataclass(frozen=True, slots=True)
class Original:
    """A file that is what was read: where it lies and its size in bytes."""

    path: Path
    size: int


class Originals:
    """Hands out the files of one corpus folder; may be used from several threads.

    Args:
        corpus: the folder. It may be missing; then so is every file.
    """

    def __init__(self, corpus: Path) -> None:
        self._corpus = corpus
        self._checksums: dict[tuple[str, Signature], str] = {}

    def find(self, document: Document) -> Original:
        """Return where a document's file lies.

        Raises:
            OriginalError: it is gone, lies outside the corpus, or is no longer what was read.
        """
        file, path = self._opened(document)
        with file:
            return Original(path, os.fstat(file.fileno()).st_size)

    def open(self, document: Document) -> tuple[BinaryIO, int]:
        """Open a document's file; what is read is what was compared.

        Returns:
            The open file, at its beginning, and its size in bytes.

        Raises:
            OriginalError: see :meth:`find`.
        """
        file, _ = self._opened(document)
        return file, os.fstat(file.fileno()).st_size

    def _opened(self, document: Document) -> tuple[BufferedReader, Path]:
        path = self._inside(document.info.path)
        try:
            file = path.open("rb")
        except OSError as error:
            raise OriginalError(OriginalFault.MISSING) from error
        try:
            if not document.checksum or self._checksum(file, path) != document.checksum:
                raise OriginalError(OriginalFault.CHANGED)
            file.seek(0)
        except OSError as error:
            file.close()
            raise OriginalError(OriginalFault.MISSING) from error
        except OriginalError:
            file.close()
            raise
        return file, path

    def _inside(self, name: str) -> Path:
        """Return the real path of a regular file that lies in the corpus."""
        try:
            root = self._corpus.resolve(strict=True)
            path = (root / name).resolve(strict=True)
            usable = path.is_relative_to(root) and stat.S_ISREG(path.stat().st_mode)
        except (OSError, RuntimeError, ValueError) as error:
            raise OriginalError(OriginalFault.MISSING) from error
        if not usable:
            raise OriginalError(OriginalFault.MISSING)
        return path

    def _checksum(self, file: BufferedReader, path: Path) -> str:
        state = os.fstat(file.fileno())
        signature = (state.st_dev, state.st_ino, state.st_size, state.st_mtime_ns)
        key = (str(path), signature)
        known = self._checksums.get(key)
        if known is None:
            known = hashlib.file_digest(file, "sha256").hexdigest()
            if len(self._checksums) >= _REMEMBERED:
                self._checksums.clear()
            self._checksums[key] = known
        return known


def checksum_of(path: Path) -> str:
    """Return the SHA-256 of a file as hexadecimal digits; "" if it cannot be read."""
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        return ""
