"""Many people at once: streams on the phone page and on the API, in one server process.

    python -m tests.benchmarks.streams [--users 200] [--rounds 3] [--without-model]

The page runs as in operation, over the index in force, with a chat model behind it that says 20
tokens, 30 ms apart. All users ask at the same moment, each a question of the development set. The
users and the chat model are processes of their own, so that only the page's time is the page's.

    first    seconds until the first event, which says that the search has begun
    shown    until the documents' own sentences
    done     until the answer that stays
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import socket
import statistics
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from urllib.parse import urlencode

import psutil

from tests.chat_servers import Scenario, scripted_server
from tests.evals.questions import load_sets

ROOT = Path(__file__).resolve().parents[2]
ADDRESSES = ("/m/svar", "/api/svar")
LIMIT_FIRST = 1.5
"""Seconds until the first event, p95, for 200 users."""
_SHOWN = {"/m/svar": b"event: kort", "/api/svar": b"event: svar"}
_DONE = b"event: ferdig"
_PATIENCE = 60.0
_START_SECONDS = 60.0


# --- The users -----------------------------------------------------------------------------------


def request_of(path: str, question: str, port: int) -> bytes:
    """Return the request as it travels."""
    if path == "/m/svar":
        body, kind = urlencode({"sporsmal": question}), "application/x-www-form-urlencoded"
    else:
        body, kind = json.dumps({"question": question}), "application/json"
    data = body.encode()
    head = (
        f"POST {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nAccept: text/event-stream\r\n"
        f"Content-Type: {kind}\r\nContent-Length: {len(data)}\r\nConnection: close\r\n\r\n"
    )
    return head.encode() + data


async def user(path: str, question: str, port: int) -> dict[str, float | str]:
    """Ask one question; return when what came, or what went wrong."""
    began = time.perf_counter()
    marks = {"first": b"event: ", "shown": _SHOWN[path], "done": _DONE}
    seen: dict[str, float | str] = {}
    received = b""
    try:
        async with asyncio.timeout(_PATIENCE):
            reader, writer = await asyncio.open_connection("127.0.0.1", port)
            writer.write(request_of(path, question, port))
            while piece := await reader.read(65536):
                received += piece
                now = time.perf_counter() - began
                for name, mark in marks.items():
                    if name not in seen and mark in received:
                        seen[name] = now
            writer.close()
    except (OSError, TimeoutError) as error:
        return {"failure": type(error).__name__}
    if not received.startswith(b"HTTP/1.1 200"):
        return {"failure": received[:20].decode(errors="replace")}
    if "done" not in seen:
        return {"failure": "ended early"}
    # A question that is stopped or refused goes straight to its last word.
    seen.setdefault("shown", seen["done"])
    return {**seen, "composed": float(b"formulert av en spr" in received or b"openai:" in received)}


async def crowd(path: str, users: int, port: int, questions: Sequence[str]) -> None:
    """Print what each of many users met, as JSON."""
    asked = (questions[number % len(questions)] for number in range(users))
    met = await asyncio.gather(*(user(path, question, port) for question in asked))
    print(json.dumps(met))


def send_users(path: str, users: int, port: int) -> list[dict[str, float | str]]:
    """Let the users ask from a process of their own."""
    words = ["--client", path, "--users", str(users), "--port", str(port)]
    done = subprocess.run(
        [sys.executable, "-m", "tests.benchmarks.streams", *words],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    met: list[dict[str, float | str]] = json.loads(done.stdout)
    return met


# --- The page ------------------------------------------------------------------------------------


def start_page(port: int, settings: dict[str, str]) -> subprocess.Popen[bytes]:
    """Start the page and wait until it answers."""
    environment = {**os.environ, "ASSISTENT_PORT": str(port), **settings}
    process = subprocess.Popen(
        [sys.executable, "app.py"],
        cwd=ROOT,
        env=environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    end = time.monotonic() + _START_SECONDS
    while time.monotonic() < end and process.poll() is None:
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
            return process
        except OSError:
            time.sleep(0.2)
    process.kill()
    raise SystemExit("the page did not start")


def free_port() -> int:
    """Return a port that nobody listens on."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


def peak_memory(process: int) -> float:
    """Return the most memory a process has held, in MB."""
    lines = Path(f"/proc/{process}/status").read_text("utf-8").splitlines()
    [peak] = [line.split()[1] for line in lines if line.startswith("VmHWM")]
    return int(peak) / 1024


def measure(path: str, users: int, rounds: int, port: int, process: int) -> bool:
    """Print a row for one address; return whether the limits are kept."""
    page = psutil.Process(process)
    met: list[dict[str, float | str]] = []
    before = page.cpu_times()
    for _ in range(rounds):
        met += send_users(path, users, port)
    after = page.cpu_times()
    cpu = after.user + after.system - before.user - before.system
    failures = [str(each["failure"]) for each in met if "failure" in each]
    good = [each for each in met if "failure" not in each]
    if not good:
        print(f"{path:10} {users:5} users: all failed: {failures[:3]}")
        return False
    columns, first = [], 0.0
    for name in ("first", "shown", "done"):
        times = [float(each[name]) for each in good]
        p95 = statistics.quantiles(times, n=20)[-1] if len(times) > 1 else times[0]
        first = p95 if name == "first" else first
        columns.append(f"{name} {statistics.median(times):5.2f} / {p95:5.2f} s")
    composed = sum(float(each["composed"]) for each in good)
    print(
        f"{path:10} {users:5} users  {'  '.join(columns)}  failures {len(failures)} of {len(met)}"
        f"  composed {composed:.0f}  CPU {1000 * cpu / len(good):.0f} ms an answer"
        f"  peak {peak_memory(process):.0f} MB"
    )
    for failure in sorted(set(failures)):
        print(f"{'':10} {failures.count(failure)} times: {failure}")
    return not failures and first < LIMIT_FIRST


def main() -> int:
    """Start the page, send the users, print a table, and fail if a limit is passed."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--users", type=int, default=200)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--without-model", action="store_true")
    parser.add_argument("--client", choices=ADDRESSES, help=argparse.SUPPRESS)
    parser.add_argument("--port", type=int, help=argparse.SUPPRESS)
    wanted = parser.parse_args()
    if wanted.client:
        questions = [each.text for each in load_sets("dev")]
        asyncio.run(crowd(wanted.client, wanted.users, wanted.port, questions))
        return 0
    port = free_port()
    with scripted_server(Scenario.STEADY) as url:
        settings = {
            "ASSISTENT_CHATMODELL": "openai:skript",
            "ASSISTENT_CHATMODELL_URL": url,
            "ASSISTENT_CHATMODELL_FRIST": "60",
            "ASSISTENT_CHATMODELL_SAMTIDIGE": str(min(256, wanted.users)),
        }
        page = start_page(port, {} if wanted.without_model else settings)
        try:
            for path in ADDRESSES:
                send_users(path, 4, port)  # what the first answers load, the others find loaded
            kept = [
                measure(path, wanted.users, wanted.rounds, port, page.pid) for path in ADDRESSES
            ]
        finally:
            page.terminate()
            page.wait(20)
    return 0 if all(kept) else 1


if __name__ == "__main__":
    sys.exit(main())
