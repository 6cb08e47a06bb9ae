"""What other processes do in the tests: build, hold the lock, build without rights or room.

A module of its own that imports little, so that such a process starts in a moment.
"""

from __future__ import annotations

import os
import resource
import signal
from multiprocessing.queues import SimpleQueue
from multiprocessing.synchronize import Event
from pathlib import Path

from assistent.editions import build_lock
from assistent.errors import AssistantError
from tests.fakes import build

NOBODY = 65534


def build_once(corpus: Path, index: Path, ready: Event) -> None:
    """Build with the hand-made embedder; ``ready`` is set when the build begins."""
    ready.set()
    build(corpus, index)


def hold_lock(index: Path, held: Event) -> None:
    """Hold the lock of the index folder until killed."""
    with build_lock(index):
        held.set()
        signal.pause()


def build_without_rights(corpus: Path, index: Path, answer: SimpleQueue[str]) -> None:
    """Build as a user who may not write; answer with the error."""
    if os.getuid() == 0:
        os.setuid(NOBODY)
    answer.put(_error_of(corpus, index))


def build_without_room(corpus: Path, index: Path, room: int, answer: SimpleQueue[str]) -> None:
    """Build where no file can grow beyond ``room`` bytes; answer with the error."""
    resource.setrlimit(resource.RLIMIT_FSIZE, (room, resource.RLIM_INFINITY))
    answer.put(_error_of(corpus, index))


def _error_of(corpus: Path, index: Path) -> str:
    try:
        build(corpus, index)
    except AssistantError as error:
        return str(error)
    except Exception as error:
        return f"{type(error).__name__}: {error}"
    return "no error"
