"""Breaks what can break and prints what came of it: ``python -m tests.faults.run`` (make faults).

Each row makes one fault for real. It is survived if everything holds that has to: what runs goes on
answering, what is broken is refused with the repair, nothing that was acknowledged is lost. The
exit status is 1 if a row is not survived. Rows that this machine does not allow (mounting needs
root) are marked and do not count.
"""

from __future__ import annotations

import logging
import multiprocessing
import sys
import tempfile
import time
import traceback
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

from tests.faults.finding import Fault, Finding, NotTriedError

GROUPS = ("index_faults", "disk_faults", "database_faults", "server_faults", "chat_rows")
# Each line goes through these one after the other; the lines run side by side.
_LINES = (("server_faults", "database_faults"), ("chat_rows",), ("index_faults", "disk_faults"))
_NOT_TRIED = "not tried"


def faults_of(group: str) -> list[Fault]:
    """Return the rows of a group."""
    module = __import__(f"tests.faults.{group}", fromlist=["FAULTS"])
    faults: list[Fault] = module.FAULTS
    return faults


def tried(fault: Fault) -> Finding | str:
    """Make a fault in a folder of its own; return what came of it, or why it could not be made."""
    with tempfile.TemporaryDirectory(prefix="feil-", ignore_cleanup_errors=True) as folder:
        try:
            return fault.make(Path(folder))
        except NotTriedError as error:
            return f"{_NOT_TRIED}: {error}"
        except Exception as error:  # the row has failed, the others go on
            place = traceback.extract_tb(error.__traceback__)[-1]
            what = f"{type(error).__name__}: {error} ({place.name}, line {place.lineno})"
            return Finding((" ".join(what.split())[:200],))


def _line(groups: tuple[str, ...]) -> list[tuple[str, list[Finding | str]]]:
    # What the product logs of the faults would stand between the rows.
    logging.getLogger().addHandler(logging.NullHandler())
    return [(group, [tried(fault) for fault in faults_of(group)]) for group in groups]


def main() -> int:
    """Print the table; return the exit status."""
    started = time.monotonic()
    context = multiprocessing.get_context("forkserver")
    with ProcessPoolExecutor(len(_LINES), mp_context=context) as pool:
        found = dict(group for line in pool.map(_line, _LINES) for group in line)
    rows = [row for group in GROUPS for row in zip(faults_of(group), found[group], strict=True)]
    width = max(len(fault.name) for fault, _ in rows)
    print(f"{'fault':{width}} | {'what is done':44} | survived  | lost")
    failed = 0
    for fault, finding in rows:
        if isinstance(finding, str):
            print(f"{fault.name:{width}} | {fault.done:44} | –         | {finding}")
            continue
        failed += not finding.survived
        whether = "yes" if finding.survived else "NO"
        print(f"{fault.name:{width}} | {fault.done:44} | {whether:9} | {finding.lost}")
        for broken in finding.broken:
            print(f"{'':{width}} | does not hold: {broken}")
        for late in finding.late:
            print(f"{'':{width}} | too late: {late}")
    untried = sum(isinstance(finding, str) for _, finding in rows)
    print(
        f"{len(rows)} faults, {len(rows) - failed - untried} survived, {failed} not, "
        f"{untried} not tried, {time.monotonic() - started:.0f} s"
    )
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
