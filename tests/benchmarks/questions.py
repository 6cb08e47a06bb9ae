"""Time and memory of a question: cold start, further questions, and the process behind the page.

    python -m tests.benchmarks.questions

CPU seconds are printed beside wall time, because the machines this runs on are shared.
"""

from __future__ import annotations

import json
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path

import psutil

from tests.evals.questions import load_sets

_ROOT = Path(__file__).resolve().parents[2]
_COLD_RUNS = 5
_PORT = 7871


def _assistent(index: Path, *words: str) -> tuple[float, float, str]:
    """Run one command; return wall seconds, CPU seconds and what it printed."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    started = time.perf_counter()
    done = subprocess.run(
        [sys.executable, "-m", "assistent.cli", *words],
        capture_output=True,
        text=True,
        check=True,
        cwd=_ROOT,
        env={**os.environ, "ASSISTENT_INDEKS": str(index)},
    )
    wall = time.perf_counter() - started
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return wall, cpu, done.stdout


def build(index: Path) -> None:
    """Print how long a build takes, and a second one in which every vector is reused."""
    for label in ("build, nothing known", "build, nothing changed"):
        wall, cpu, printed = _assistent(index, "indekser", "--json")
        report = json.loads(printed)
        print(
            f"{label:34} {wall:7.2f} s wall {cpu:7.2f} s CPU   {report['documents']} documents,"
            f" {report['added']} passages embedded, {report['reused']} reused"
        )


def cold_start(index: Path) -> None:
    """Print how long one question takes from a cold start."""
    words = ("finn", "--json", "Hvordan skal vi skrive?")
    runs = [_assistent(index, *words) for _ in range(_COLD_RUNS)]
    wall = statistics.median(run[0] for run in runs)
    cpu = statistics.median(run[1] for run in runs)
    print(f"{'finn from a cold start (median)':34} {wall:7.2f} s wall {cpu:7.2f} s CPU")


def further_questions(index: Path) -> None:
    """Print the time of further questions in one process."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "questions.jsonl"
        lines = [json.dumps({"question": q.text}) for q in load_sets("dev")]
        file.write_text("\n".join(lines), encoding="utf-8")
        for verb in ("finn", "svar"):
            printed = _assistent(index, verb, "--fil", str(file))[2]
            times = [json.loads(line)["milliseconds"]["total"] for line in printed.splitlines()]
            ninth = statistics.quantiles(times, n=10)[-1]
            print(
                f"{f'{verb}, further question':34} {statistics.median(times):7.1f} ms median"
                f" {ninth:7.1f} ms p90   {len(times)} questions"
            )


def page_memory(index: Path) -> None:
    """Print the memory of the process that serves the page, after it has answered."""
    environment = {
        **os.environ,
        "ASSISTENT_INDEKS": str(index),
        "ASSISTENT_PORT": str(_PORT),
    }
    process = subprocess.Popen(
        [sys.executable, "app.py"], cwd=_ROOT, env=environment, stdout=subprocess.DEVNULL
    )
    try:
        for _ in range(120):
            time.sleep(0.5)
            try:
                urllib.request.urlopen(f"http://127.0.0.1:{_PORT}/", timeout=5).read()
                break
            except OSError:
                continue
        memory = psutil.Process(process.pid).memory_info().rss / 2**20
        print(f"{'process behind the page':34} {memory:7.0f} MB")
    finally:
        process.terminate()
        process.wait(timeout=20)


def main() -> None:
    """Run all of them on a fresh index of the corpus."""
    with tempfile.TemporaryDirectory(prefix="assistent-bench-") as folder:
        index = Path(folder)
        build(index)
        cold_start(index)
        further_questions(index)
        page_memory(index)


if __name__ == "__main__":
    main()
