"""Print how well the guard does: ``python -m tests.guard_sets.measure``."""

from __future__ import annotations

import sys

from tests.guard_sets import sets


def main() -> int:
    found = sets.find_all()
    print("personal data: recall by kind")
    for kind, number in sorted(found.there.items()):
        print(f"  {kind:14} {found.taken_out[kind]:3} of {number:3}  {found.recall(kind):.3f}")
    print(f"  with control digits  {found.recall(*sets.CONTROLLED):.3f}")
    print(*(f"  missed {line}" for line in found.missed), sep="\n")
    alarms, asked = sets.false_alarms(), len(sets.without_data())
    print(f"false alarms: {len(alarms)} of {asked} ({len(alarms) / asked:.2%})")
    print(*(f"  {line}" for line in alarms), sep="\n")
    for part in ("dev", "test"):
        routing = sets.route_all(part)
        print(f"routing, {part}: precision {routing.precision():.3f} recall {routing.recall():.3f}")
        for route, number in routing.routes():
            if route != "none":
                precision, recall = routing.precision(route), routing.recall(route)
                print(f"  {route:18} {number:3}  precision {precision:.2f}  recall {recall:.2f}")
        stopped = sum(n for (e, g), n in routing.pairs.items() if e == "none" and g != "none")
        ours = sum(n for (e, _), n in routing.pairs.items() if e == "none")
        print(f"  ours, but routed   {stopped} of {ours}")
        kept = sets.kept_from_answer(part)
        answerable = sum(record["answerable"] for record in sets.eval_questions(part))
        print(f"  answerable in tests/evals, but kept from an answer: {len(kept)} of {answerable}")
        if part == "dev":
            print(*(f"  missed {line}" for line in routing.misses), sep="\n")
            print(*(f"  kept {identity}: {question}" for identity, question in kept), sep="\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
