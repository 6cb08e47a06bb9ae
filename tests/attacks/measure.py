"""Print what came of the attacks: ``python -m tests.attacks.measure``."""

from __future__ import annotations

import sys
import tempfile
import time
from collections import defaultdict
from pathlib import Path

from assistent.bootstrap import build_embedder
from assistent.settings import load_settings
from tests.attacks.attacks import PLACES, load
from tests.attacks.connections import only
from tests.attacks.ranges import Range, Trial
from tests.chat_servers import Scenario, ScriptedServer


def main() -> int:
    started = time.monotonic()
    embedder = build_embedder(load_settings())
    trials: dict[str, list[Trial]] = defaultdict(list)
    with (
        tempfile.TemporaryDirectory() as folder,
        ScriptedServer(Scenario.HONEST) as server,
        only(server) as tried,
    ):
        ground = Range(Path(folder), server, embedder)
        for attack in load():
            trials[attack.where].append(ground.run(attack))
    print(f"{'':14} attacks  answers  by the model  calls  claims dropped  violations")
    for where in (*PLACES, ""):
        chosen = trials[where] if where else [t for each in trials.values() for t in each]
        print(
            f"{where or 'all':14} {len(chosen):7}  {sum(len(t.shown) for t in chosen):7}"
            f"  {sum(t.composed for t in chosen):12}  {sum(t.calls for t in chosen):5}"
            f"  {sum(t.dropped for t in chosen):14}  {sum(len(t.violations) for t in chosen):10}"
        )
    for each in (trial for chosen in trials.values() for trial in chosen):
        for line in dict.fromkeys(each.violations):
            print(f"  {each.attack.identity}: {line}")
    print(f"connections refused: {len(tried)}", *tried, sep="\n  ")
    print(f"{time.monotonic() - started:.0f} s")
    return 0


if __name__ == "__main__":
    sys.exit(main())
