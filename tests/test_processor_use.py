"""What an answer may cost: one thread's work, so that a machine serves as many as it has cores."""

from __future__ import annotations

import os
import subprocess
import sys

SHOW = "import assistent, os; print(os.environ['OPENBLAS_NUM_THREADS'])"


def shown(**environment: str) -> str:
    plain = {key: value for key, value in os.environ.items() if key != "OPENBLAS_NUM_THREADS"}
    command = [sys.executable, "-c", SHOW]
    return subprocess.run(
        command, env={**plain, **environment}, capture_output=True, text=True, check=True
    ).stdout.strip()


def test_products_are_computed_by_one_thread_unless_the_owner_says_otherwise() -> None:
    assert shown() == "1"
    assert shown(OPENBLAS_NUM_THREADS="4") == "4"
