"""The whole product as a process of its own, as in operation."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx

ROOT = Path(__file__).resolve().parents[2]
_START_SECONDS = 120
_STOP_SECONDS = 30


@dataclass
class App:
    """A running ``app.py``."""

    process: subprocess.Popen[bytes]
    url: str
    log: Path

    def ask(self, question: str, history: Sequence[Mapping[str, str]] = ()) -> httpx.Response:
        """Ask the API a question and wait for the answer."""
        asked: dict[str, Any] = {"question": question, "history": list(history)}
        return httpx.post(f"{self.url}/api/svar", json=asked, timeout=60)

    def get(self, path: str) -> httpx.Response:
        """Fetch a page."""
        return httpx.get(f"{self.url}{path}", timeout=20)

    def terminate(self) -> None:
        """Tell it to stop, as whoever looks after processes does."""
        self.process.send_signal(signal.SIGTERM)

    def seconds_until_gone(self, since: float) -> float:
        """Wait for its end; return the seconds since a monotonic moment."""
        self.process.wait(_STOP_SECONDS)
        return time.monotonic() - since


@contextmanager
def running_app(folder: Path, index: Path, **settings: str) -> Iterator[App]:
    """Run ``app.py`` over an index until the block ends; settings without their prefix."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    environment = {
        **{name: value for name, value in os.environ.items() if name != "PYTHONPATH"},
        "ASSISTENT_PORT": str(port),
        "ASSISTENT_INDEKS": str(index),
        "ASSISTENT_DATABASE": f"sqlite:///{folder / 'assistent.db'}",
        **{f"ASSISTENT_{name}": value for name, value in settings.items()},
    }
    log = folder / f"app-{port}.log"
    with log.open("wb") as file:
        process = subprocess.Popen(
            [sys.executable, str(ROOT / "app.py")],
            cwd=ROOT,
            env=environment,
            stdout=subprocess.DEVNULL,
            stderr=file,
        )
    app = App(process, f"http://127.0.0.1:{port}", log)
    try:
        _wait(app)
        yield app
    finally:
        if process.poll() is None:
            process.kill()
        process.wait(_STOP_SECONDS)


def _wait(app: App) -> None:
    end = time.monotonic() + _START_SECONDS
    while True:
        try:
            if app.get("/helse/klar").status_code == 200:
                return
        except httpx.TransportError:
            if app.process.poll() is not None or time.monotonic() > end:
                raise RuntimeError(app.log.read_text("utf-8", "replace")) from None
        time.sleep(0.1)
