"""Folders for one process that are gone when it is, however it ends.

A process that is killed clears nothing away. So each folder is locked for as long as its owner
lives, which the operating system sees to, and whoever opens the next one removes those that nobody
holds any longer.
"""

from __future__ import annotations

import os
import shutil
import stat
import tempfile
import weakref
from contextlib import suppress
from pathlib import Path

from filelock import FileLock, Timeout

_PREFIX = "assistent-egen-"
_LOCK = ".i-bruk"
# A lock is taken under this name first: nobody may find a folder whose lock is not held yet.
_TAKING = ".tas-i-bruk"


class PrivateFolder:
    """A new folder below the system's temporary folder, removed with everything in it.

    Raises:
        OSError: the disk is full or cannot be written to.
    """

    def __init__(self) -> None:
        remove_abandoned()
        self.path = Path(tempfile.mkdtemp(prefix=_PREFIX))
        # Whichever thread lets go of it last.
        lock = FileLock(self.path / _TAKING, thread_local=False)
        # Before anything can fail: nothing is left behind when the disk is full.
        self._close = weakref.finalize(self, _remove, self.path, lock)
        lock.acquire()
        (self.path / _TAKING).rename(self.path / _LOCK)

    def close(self) -> None:
        """Remove it; happens by itself when it is no longer used, and at exit."""
        self._close()


def remove_abandoned() -> None:
    """Remove the folders of processes that ended without clearing away."""
    for folder in Path(tempfile.gettempdir()).glob(f"{_PREFIX}*"):
        # Another process may remove it at the same moment.
        with suppress(OSError, Timeout):
            if _is_ours(folder) and (folder / _LOCK).exists():
                with FileLock(folder / _LOCK, timeout=0):
                    shutil.rmtree(folder, ignore_errors=True)


def _is_ours(folder: Path) -> bool:
    """Whether it is a folder of this user: others may put what they like into a shared one."""
    found = folder.lstat()
    return stat.S_ISDIR(found.st_mode) and found.st_uid == os.getuid()


def _remove(folder: Path, lock: FileLock) -> None:
    shutil.rmtree(folder, ignore_errors=True)
    with suppress(OSError):
        lock.release()
