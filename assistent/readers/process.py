"""The worker process as its parent sees it: start, ask, stop."""

from __future__ import annotations

import contextlib
import json
import os
import selectors
import signal
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from assistent.readers.wire import MAX_ANSWER, WireError, load_answer

WORKER = (sys.executable, "-m", "assistent.readers.worker")
_PACKAGE_ROOT = Path(__file__).resolve().parents[2]
_ENVIRONMENT = ("PATH", "HOME", "LANG", "LC_ALL", "TMPDIR", "SYSTEMROOT", "VIRTUAL_ENV")
_LENGTH_BYTES = 8


class WorkerEndedError(Exception):
    """The worker gave no usable answer: it crashed, or it was stopped after its time."""

    def __init__(self, *, slow: bool) -> None:
        super().__init__("time" if slow else "crash")
        self.slow = slow


class WorkerProcess:
    """One worker; it is started by the first question and again after it has ended.

    Args:
        command: what to start; the memory limit in megabytes is added as the last argument.
        memory: bytes of address space that the worker may use.
    """

    def __init__(self, command: Sequence[str], *, memory: int) -> None:
        self._command = [*command, str(memory // 2**20)]
        self._process: subprocess.Popen[bytes] | None = None

    def ask(self, request: Mapping[str, Any], *, cpu: float, wall: float) -> dict[str, Any]:
        """Send a request and wait for its answer.

        A worker that has served other files and crashes is replaced once, since the file before
        may have damaged it.

        Args:
            request: what to do; ``cpu_seconds`` is added.
            cpu: seconds of CPU time that the answer may take.
            wall: seconds by the clock.

        Raises:
            WorkerEndedError: there is no answer. The worker has been stopped.
        """
        used = self._process is not None
        message = json.dumps({**request, "cpu_seconds": cpu}).encode("ascii") + b"\n"
        while True:
            try:
                return self._ask(message, time.monotonic() + wall)
            except WorkerEndedError as error:
                self.close()
                if error.slow or not used:
                    raise
                used = False

    def close(self) -> None:
        """Stop the worker."""
        process, self._process = self._process, None
        if process is None:
            return
        process.kill()
        process.wait()
        for pipe in (process.stdin, process.stdout):
            if pipe is not None:
                with contextlib.suppress(OSError):
                    pipe.close()

    def _ask(self, message: bytes, deadline: float) -> dict[str, Any]:
        process = self._started()
        assert process.stdin is not None  # a pipe, as is stdout
        assert process.stdout is not None
        pipe = process.stdout.fileno()
        try:
            process.stdin.write(message)
            length = int.from_bytes(_receive(pipe, _LENGTH_BYTES, deadline), "big")
            return load_answer(_receive(pipe, min(length, MAX_ANSWER), deadline))
        except (EOFError, OSError) as error:
            raise WorkerEndedError(slow=_spent_its_time(process)) from error
        except WireError as error:
            raise WorkerEndedError(slow=False) from error

    def _started(self) -> subprocess.Popen[bytes]:
        if self._process is None:
            environment = {name: os.environ[name] for name in _ENVIRONMENT if name in os.environ}
            environment["PYTHONPATH"] = str(_PACKAGE_ROOT)
            self._process = subprocess.Popen(
                self._command,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                env=environment,
                bufsize=0,
            )
        return self._process


def _receive(pipe: int, length: int, deadline: float) -> bytes:
    """Read exactly ``length`` bytes, or give up at the deadline or when the pipe ends."""
    data = bytearray()
    with selectors.DefaultSelector() as selector:
        selector.register(pipe, selectors.EVENT_READ)
        while len(data) < length:
            left = deadline - time.monotonic()
            if left <= 0 or not selector.select(left):
                raise WorkerEndedError(slow=True)
            chunk = os.read(pipe, min(length - len(data), 2**20))
            if not chunk:
                raise EOFError
            data += chunk
    return bytes(data)


def _spent_its_time(process: subprocess.Popen[bytes]) -> bool:
    """Whether the system stopped the worker because its CPU time was used up."""
    with contextlib.suppress(subprocess.TimeoutExpired):
        return process.wait(timeout=5) == -getattr(signal, "SIGXCPU", 0)
    return False
