"""python -m tests.access.measure: how many routes were tried, and how much was given away."""

from __future__ import annotations

import sys
import tempfile
from collections import Counter
from pathlib import Path

from fastapi.testclient import TestClient

from tests.access.looking import leaks, outsiders_in, worlds_in
from tests.access.timing import told_apart
from tests.access.tries import tries
from tests.access.walking import ACCEPTED, METHODS, SPOOFED, all_addresses, closed, is_let_in


def walked(stranger: TestClient) -> tuple[int, int, list[str]]:
    """Return the routes that need a session, the requests to them, and which were let in."""
    needed = closed(all_addresses(stranger))
    plain = [{"Accept": accept} for accept in ACCEPTED]
    requests = [(method, headers) for method in METHODS for headers in plain]
    requests += [(method, headers) for method in ("GET", "POST") for headers in SPOOFED]
    let_in = [
        f"{method} {address} {headers}"
        for address in needed
        for method, headers in requests
        if is_let_in(stranger.request(method, address, headers=headers))
    ]
    return len(needed), len(needed) * len(requests), let_in


def main() -> int:
    """Print both tables; 1 if anything was let in or given away."""
    with tempfile.TemporaryDirectory() as folder, worlds_in(Path(folder)) as worlds:
        with worlds.full.client(signed_in=False) as stranger:
            routes, requests, let_in = walked(stranger)
        print(f"routes that need a session: {routes}")
        print(f"requests without one, {len(SPOOFED)} sets of spoofed headers among: {requests}")
        print(f"let in: {len(let_in)}")
        made, leaky = Counter[str](), Counter[str]()
        with outsiders_in(worlds) as outsiders:
            for one in tries():
                made[one.kind] += 1
                found = leaks(outsiders, one)
                leaky[one.kind] += bool(found)
                let_in += [f"{one.name}: {what}" for what in found]
            told = told_apart(outsiders.staff[0])
    print(f"\n{'kind':<14}{'tries':>7}{'leaks':>7}")
    for kind in made:
        print(f"{kind:<14}{made[kind]:>7}{leaky[kind]:>7}")
    print(f"{'all':<14}{made.total():>7}{leaky.total():>7}")
    print(f"\n{'is it there? ms':<26}{'hidden':>8}{'absent':>8}{'guessed right':>16}")
    for each in told:
        print(f"{each.address:<26}{each.hidden:>8.2f}{each.absent:>8.2f}{each.right:>16.2f}")
    print("\n".join(let_in))
    return 1 if let_in else 0


if __name__ == "__main__":
    sys.exit(main())
