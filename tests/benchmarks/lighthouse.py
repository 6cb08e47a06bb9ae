"""What Lighthouse says of the pages, as on a phone: npm's Lighthouse in a real Chromium.

    python -m tests.benchmarks.lighthouse [--folder FOLDER] [--runs N]

Installs Lighthouse with npm into a folder of its own (``--folder`` keeps it between runs). The
pages are served by the real assistant over the index in force. Printed are the medians of the runs,
the limits, and every audit that takes anything off.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from assistent.bootstrap import build_assistant
from assistent.settings import load_settings
from tests.browser.conftest import ARGUMENTS, find_chromium, served

_ATTEMPTS = 3
CATEGORIES = ("performance", "accessibility", "best-practices")
_LIGHT = {"performance": 95, "accessibility": 100, "best-practices": 100}
_WIDE = {"accessibility": 100, "best-practices": 100}
PAGES: dict[str, dict[str, int]] = {
    "/m": _LIGHT,
    "/m?q=Hvordan+n%C3%A5r+jeg+ansatte+uten+PC%3F": _LIGHT,
    "/kanal": _LIGHT,
    "/kanal?maalgruppe=innbyggere&melding=nyhet&hast=god+tid&vis=1": _LIGHT,
    "/kanal/alle": _LIGHT,
    "/beslutning": _LIGHT,
    "/beslutning?krise=usikker": _LIGHT,
    "/beslutning/alle": _LIGHT,
    "/?visning=full": _WIDE,
}
"""What each page must reach, by category; what is not named is printed only."""


@dataclass(frozen=True)
class Result:
    """Scores by category, from 0 to 100, and what took something off them."""

    scores: dict[str, float]
    faults: tuple[str, ...]


def install(folder: Path) -> Path:
    """Return the program, installed if it is not there."""
    program = folder / "node_modules" / ".bin" / "lighthouse"
    if not program.exists():
        words = ["npm", "install", "--no-audit", "--no-fund", "--silent", "lighthouse"]
        subprocess.run([*words, "--prefix", str(folder)], check=True)
    return program


def look(program: Path, address: str) -> Result:
    """Run Lighthouse once, with its own slow phone.

    Raises:
        SystemExit: it failed several times in a row; on a busy machine it now and then loses
            sight of its browser.
    """
    chromium = find_chromium()
    environment = {**os.environ, **({"CHROME_PATH": chromium} if chromium else {})}
    words = [
        str(program),
        address,
        "--output=json",
        "--quiet",
        f"--only-categories={','.join(CATEGORIES)}",
        f"--chrome-flags=--headless=new {' '.join(ARGUMENTS)}",
    ]
    for _ in range(_ATTEMPTS):
        done = subprocess.run(words, capture_output=True, text=True, env=environment)
        if done.returncode == 0:
            return _result(json.loads(done.stdout))
    raise SystemExit(f"{address}: {done.stderr[-2000:]}")


def _result(found: dict[str, Any]) -> Result:
    scores = {name: 100 * (found["categories"][name]["score"] or 0) for name in CATEGORIES}
    return Result(scores, tuple(_faults(found)))


def _faults(found: dict[str, Any]) -> Iterator[str]:
    for name in CATEGORIES:
        for part in found["categories"][name]["auditRefs"]:
            audit = found["audits"][part["id"]]
            score = audit["score"]
            if part["weight"] and score is not None and score < 0.9:
                yield f"{name}: {audit['title']} ({audit.get('displayValue') or score})"


def report(path: str, results: list[Result], limits: dict[str, int]) -> bool:
    """Print the medians of a page; return whether the limits are kept."""
    scores = {
        name: statistics.median(result.scores[name] for result in results) for name in CATEGORIES
    }
    kept = all(scores[name] >= limit for name, limit in limits.items())
    columns = "  ".join(f"{name} {score:3.0f}" for name, score in scores.items())
    print(f"{path[:44]:44} {columns}{'' if kept else '  MISSED'}", flush=True)
    for fault in sorted({fault for result in results for fault in result.faults}):
        print(f"    {fault}")
    return kept


def main() -> int:
    """Look at every page, print a table, and fail if a limit is missed."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--folder", type=Path)
    parser.add_argument("--runs", type=int, default=3)
    wanted = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        program = install((wanted.folder or Path(temporary)).resolve())
        with served(build_assistant(load_settings())) as address:
            kept = [
                report(path, [look(program, address + path) for _ in range(wanted.runs)], limits)
                for path, limits in PAGES.items()
            ]
    return 0 if all(kept) else 1


if __name__ == "__main__":
    sys.exit(main())
