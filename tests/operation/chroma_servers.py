"""A real Chroma server on loopback."""

from __future__ import annotations

import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_START_SECONDS = 60


@contextmanager
def chroma_server(folder: Path, port: int) -> Iterator[str]:
    """Run a server over a folder, as in operation, and give its address."""
    program = str(Path(sys.executable).with_name("chroma"))
    process = subprocess.Popen(
        [program, "run", "--path", str(folder), "--host", "127.0.0.1", "--port", str(port)],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    address = f"http://127.0.0.1:{port}"
    end = time.monotonic() + _START_SECONDS
    try:
        while not _answers(address):
            if process.poll() is not None or time.monotonic() > end:
                raise RuntimeError("the Chroma server did not start")
            time.sleep(0.1)
        yield address
    finally:
        process.terminate()
        process.wait(20)


def _answers(address: str) -> bool:
    try:
        with urllib.request.urlopen(f"{address}/api/v2/heartbeat", timeout=2) as answer:
            return bool(answer.status == 200)
    except OSError:
        return False
