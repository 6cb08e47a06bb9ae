"""Pages of PDF files as pictures and as words with boxes; the drawing is done by a worker."""

from __future__ import annotations

import base64
import binascii
import math
import sys
import threading
import weakref
from collections import OrderedDict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

from assistent.readers.process import WorkerEndedError, WorkerProcess

WORKER = (sys.executable, "-m", "assistent.pictures.worker")
WIDTHS = (800, 1600)
"""Pixels: a phone held upright and a large screen; both are sharp at twice their width."""

_MEMORY = 1024 * 2**20
_CPU_SECONDS = 10.0
_PATIENCE = 20.0  # seconds by the clock, for a turn and for the answer each
_WAITING = 8
_CACHE_BYTES = 32 * 2**20
_WORD_BYTES = 200  # about what a word with its box takes in memory


class PictureFault(StrEnum):
    """Why a page cannot be shown as a picture."""

    NO_PAGE = "no page"
    DAMAGED = "damaged"
    BUSY = "busy"


class PictureError(Exception):
    """A page cannot be pictured; ``fault`` says why."""

    def __init__(self, fault: PictureFault) -> None:
        super().__init__(fault.value)
        self.fault = fault


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle on a page, in points from the upper left corner of the page as shown."""

    left: float
    top: float
    right: float
    bottom: float


@dataclass(frozen=True, slots=True)
class PlacedWord:
    """Letters without white space between them, and where they stand."""

    text: str
    box: Box


@dataclass(frozen=True, slots=True)
class PageWords:
    """A page of ``pages``: its size in points, and its words in reading order.

    ``drawn`` holds the places of the words in the order in which the file draws them.
    """

    number: int
    pages: int
    width: float
    height: float
    words: tuple[PlacedWord, ...]
    drawn: tuple[int, ...]


class PagePictures:
    """Draws pages one at a time and keeps the latest; may be used from several threads.

    Args:
        command: what to start as the worker.
        waiting: how many may be served or wait; more would keep threads from other pages.
    """

    def __init__(self, command: Sequence[str] = WORKER, *, waiting: int = _WAITING) -> None:
        self._worker = WorkerProcess(command, memory=_MEMORY)
        self._turn = threading.Lock()
        self._places = threading.BoundedSemaphore(waiting)
        self._kept = _Kept(_CACHE_BYTES)
        self._end = weakref.finalize(self, self._worker.close)

    def close(self) -> None:
        """End the worker; happens by itself at exit."""
        self._end()

    def words(self, path: Path, version: str, number: int) -> PageWords:
        """Return the words of a page.

        Args:
            path: the PDF file.
            version: what tells this content of the file from another, such as its checksum.
            number: the page, from 1.

        Raises:
            PictureError: there is no such page, the file is damaged, or too many are waiting.
        """
        key = (version, number, 0)
        found = self._kept.get(key)
        if not isinstance(found, PageWords):
            found = _page_words(self._ask({"path": str(path), "page": number}), number)
            self._kept.put(key, found, _WORD_BYTES * (len(found.words) + 1))
        return found

    def picture(self, path: Path, version: str, number: int, width: int) -> bytes:
        """Return a page as a WebP picture; ``width`` is one of :data:`WIDTHS`.

        Raises:
            PictureError: see :meth:`words`.
        """
        key = (version, number, width)
        found = self._kept.get(key)
        if not isinstance(found, bytes):
            answer = self._ask({"path": str(path), "page": number, "width": width})
            try:
                found = base64.b64decode(answer["picture"], validate=True)
            except (KeyError, TypeError, binascii.Error) as error:
                raise PictureError(PictureFault.DAMAGED) from error
            if not found.startswith(b"RIFF"):
                raise PictureError(PictureFault.DAMAGED)
            self._kept.put(key, found, len(found))
        return found

    def _ask(self, request: Mapping[str, Any]) -> dict[str, Any]:
        if not self._places.acquire(blocking=False):
            raise PictureError(PictureFault.BUSY)
        try:
            if not self._turn.acquire(timeout=_PATIENCE):
                raise PictureError(PictureFault.BUSY)
            try:
                answer = self._worker.ask(request, cpu=_CPU_SECONDS, wall=_PATIENCE)
            finally:
                self._turn.release()
        except WorkerEndedError as error:
            raise PictureError(PictureFault.DAMAGED) from error
        finally:
            self._places.release()
        if "fault" in answer:
            missing = answer["fault"] == PictureFault.NO_PAGE
            raise PictureError(PictureFault.NO_PAGE if missing else PictureFault.DAMAGED)
        return answer


_Key = tuple[str, int, int]


class _Kept:
    """The latest results, up to a number of bytes."""

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._size = 0
        self._entries: OrderedDict[_Key, tuple[PageWords | bytes, int]] = OrderedDict()
        self._lock = threading.Lock()

    def get(self, key: _Key) -> PageWords | bytes | None:
        with self._lock:
            entry = self._entries.get(key)
            if entry is None:
                return None
            self._entries.move_to_end(key)
            return entry[0]

    def put(self, key: _Key, value: PageWords | bytes, size: int) -> None:
        with self._lock:
            _, replaced = self._entries.pop(key, (b"", 0))
            self._entries[key] = (value, size)
            self._size += size - replaced
            while self._size > self._limit and len(self._entries) > 1:
                _, (_, dropped) = self._entries.popitem(last=False)
                self._size -= dropped


def _page_words(answer: Mapping[str, Any], number: int) -> PageWords:
    """Check what the worker says; it has handled a file of unknown origin."""
    try:
        words = tuple(_word(row) for row in answer["words"])
        order = [int(row[5]) for row in answer["words"]]
        width, height = float(answer["width"]), float(answer["height"])
        pages = int(answer["pages"])
    except (KeyError, TypeError, ValueError, IndexError) as error:
        raise PictureError(PictureFault.DAMAGED) from error
    if not (1 <= number <= pages and 1 <= width < 1e6 and 1 <= height < 1e6):
        raise PictureError(PictureFault.DAMAGED)
    drawn = tuple(sorted(range(len(order)), key=order.__getitem__))
    return PageWords(number, pages, width, height, words, drawn)


def _word(row: Sequence[Any]) -> PlacedWord:
    text, *edges = row[:5]
    numbers = [float(edge) for edge in edges]
    if not isinstance(text, str) or not all(map(math.isfinite, numbers)):
        raise ValueError("word")
    return PlacedWord(text, Box(*numbers))
