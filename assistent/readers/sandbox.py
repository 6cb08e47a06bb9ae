"""Read files of unknown origin without letting one of them stop the build.

The parent process checks what can be told from the outside: links, size, kind. A worker process
parses, with limits on memory, time and unpacked size. It is used for many files and replaced when
it crashes or is stopped.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any

from assistent import texts_corpus
from assistent.errors import ReadError
from assistent.readers import READERS
from assistent.readers.packages import MAX_UNPACKED
from assistent.readers.process import WORKER, WorkerEndedError, WorkerProcess
from assistent.readers.signatures import HEAD_BYTES, wrong_kind
from assistent.readers.wire import WireError, load_parsed
from assistent.types import ParsedText

_SAME = ("st_size", "st_mtime_ns", "st_ino", "st_dev")


@dataclass(frozen=True, slots=True)
class Limits:
    """What one file may cost. Sizes are in bytes, times in seconds.

    A file may take ``seconds`` and ``seconds_per_megabyte`` more for each megabyte of its size, of
    CPU time; twice that by the clock, since the machine may be busy with other work.
    """

    file_size: int = 100 * 2**20
    unpacked_size: int = MAX_UNPACKED
    memory: int = 1536 * 2**20
    seconds: float = 60.0
    seconds_per_megabyte: float = 2.0


class SafeReader:
    """Reads the files of one folder; use it as a context manager, from one thread at a time."""

    def __init__(
        self, root: Path, *, limits: Limits | None = None, command: Sequence[str] = WORKER
    ) -> None:
        self._root = root.resolve()
        self._limits = limits or Limits()
        self._worker = WorkerProcess(command, memory=self._limits.memory)

    def __enter__(self) -> SafeReader:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """End the worker."""
        self._worker.close()

    def read(self, path: Path) -> ParsedText:
        """Read one file.

        Raises:
            ReadError: the file leads out of the folder, is too large, empty, of another kind than
                its ending says, damaged, changed meanwhile, or took too much time or memory. The
                message names the file and what to do.
        """
        real = self._inside(path)
        before = _state(real, path.name)
        self._check(real, path, before)
        megabytes = before.st_size / 2**20
        seconds = self._limits.seconds + self._limits.seconds_per_megabyte * megabytes
        request = {"path": str(real), "max_unpacked": self._limits.unpacked_size}
        try:
            answer = self._worker.ask(request, cpu=seconds, wall=2 * seconds)
        except WorkerEndedError as error:
            _refuse_changed(before, real, path.name)
            if error.slow:
                raise ReadError(texts_corpus.file_too_slow(path.name, round(seconds))) from error
            raise ReadError(texts_corpus.file_crashed_reader(path.name)) from error
        _refuse_changed(before, real, path.name)
        return self._result(answer, path.name)

    def _inside(self, path: Path) -> Path:
        try:
            real = path.resolve(strict=True)
        except (OSError, RuntimeError, ValueError) as error:
            raise _not_readable(path.name, error) from error
        if not real.is_relative_to(self._root):
            raise ReadError(texts_corpus.file_outside_corpus(path.name))
        return real

    def _check(self, real: Path, path: Path, state: os.stat_result) -> None:
        """Refuse what needs no parser to be refused."""
        ending = path.suffix.lower()
        if not stat.S_ISREG(state.st_mode):
            raise ReadError(texts_corpus.file_not_regular(path.name))
        if ending not in READERS or real.suffix.lower() != ending:
            raise ReadError(texts_corpus.file_kind_unknown(path.name, sorted(READERS)))
        if state.st_size == 0:
            raise ReadError(texts_corpus.file_empty(path.name))
        if state.st_size > self._limits.file_size:
            size, limit = state.st_size // 2**20, self._limits.file_size // 2**20
            raise ReadError(texts_corpus.file_too_large(path.name, size, limit))
        try:
            with real.open("rb") as file:
                head = file.read(HEAD_BYTES)
        except OSError as error:
            raise _not_readable(path.name, error) from error
        found = wrong_kind(head, ending)
        if found is not None:
            raise ReadError(texts_corpus.file_wrong_ending(path.name, found))

    def _result(self, answer: dict[str, Any], name: str) -> ParsedText:
        if isinstance(error := answer.get("error"), str):
            raise ReadError(error)
        if "memory" in answer:
            self.close()  # what the file left behind in memory would burden the next one
            raise ReadError(texts_corpus.file_too_heavy(name, self._limits.memory // 2**20))
        try:
            return load_parsed(answer.get("parsed"))
        except WireError as error:
            self.close()
            raise ReadError(texts_corpus.file_crashed_reader(name)) from error


def read_safely(path: Path, *, root: Path) -> ParsedText:
    """Read one file of the folder ``root`` in a worker of its own.

    Raises:
        ReadError: see :meth:`SafeReader.read`.
    """
    with SafeReader(root) as reader:
        return reader.read(path)


def _not_readable(name: str, error: Exception) -> ReadError:
    return ReadError(
        texts_corpus.file_not_readable(name, getattr(error, "strerror", "") or str(error))
    )


def _state(real: Path, name: str) -> os.stat_result:
    try:
        return real.stat()
    except OSError as error:
        raise _not_readable(name, error) from error


def _refuse_changed(before: os.stat_result, real: Path, name: str) -> None:
    try:
        after = real.stat()
    except OSError as error:
        raise ReadError(texts_corpus.file_changed(name)) from error
    if any(getattr(before, field) != getattr(after, field) for field in _SAME):
        raise ReadError(texts_corpus.file_changed(name))
