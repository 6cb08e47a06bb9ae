from __future__ import annotations

import sys
from pathlib import Path

import pytest

from assistent.readers.process import WorkerEndedError, WorkerProcess

ANSWER = """
import json, os, sys
def answer(value):
    data = json.dumps(value).encode()
    os.write(1, len(data).to_bytes(8, "big") + data)
"""
MEMORY = 500 * 2**20


def worker(tmp_path: Path, body: str) -> WorkerProcess:
    script = tmp_path / "arbeider.py"
    script.write_text(ANSWER + body, "utf-8")
    return WorkerProcess([sys.executable, str(script)], memory=MEMORY)


def test_one_worker_answers_many_questions(tmp_path: Path) -> None:
    process = worker(
        tmp_path, "for line in sys.stdin: answer({'pid': os.getpid(), **json.loads(line)})"
    )
    first = process.ask({"a": 1}, cpu=5, wall=20)
    second = process.ask({"a": 2}, cpu=5, wall=20)
    process.close()
    assert (first["a"], second["a"], first["cpu_seconds"]) == (1, 2, 5)
    assert first["pid"] == second["pid"]


def test_a_worker_that_never_answers_is_stopped(tmp_path: Path) -> None:
    process = worker(tmp_path, "import time; time.sleep(600)")
    with pytest.raises(WorkerEndedError) as caught:
        process.ask({}, cpu=1, wall=0.5)
    assert caught.value.slow


@pytest.mark.parametrize(
    "body",
    [
        "os.abort()",
        "sys.stdin.readline(); os.write(1, b'abc')",
        "sys.stdin.readline(); os.write(1, (5).to_bytes(8, 'big') + b'[1,2]')",
        "sys.stdin.readline(); os.write(1, b'\\xff' * 8)",
    ],
)
def test_a_worker_that_crashes_or_talks_nonsense_is_an_error(tmp_path: Path, body: str) -> None:
    process = worker(tmp_path, body)
    with pytest.raises(WorkerEndedError) as caught:
        process.ask({}, cpu=5, wall=20)
    assert not caught.value.slow


def test_a_used_worker_that_crashes_is_replaced_once(tmp_path: Path) -> None:
    seen = tmp_path / "sett"
    process = worker(
        tmp_path,
        f"""
from pathlib import Path
seen = Path({str(seen)!r})
for line in sys.stdin:
    if json.loads(line)["a"] == 2 and not seen.exists():
        seen.touch()
        os.abort()
    answer(json.loads(line))
""",
    )
    assert process.ask({"a": 1}, cpu=5, wall=20)["a"] == 1
    assert process.ask({"a": 2}, cpu=5, wall=20)["a"] == 2
    process.close()
