"""Whether a fact of a claim is what its evidence states, or less exact and still true."""

from __future__ import annotations

from collections.abc import Iterable

from assistent.verify.facts import Fact, FactKind
from assistent.verify.quantities import UNITS
from assistent.verify.roots import related

_OPPOSITE_EDGES = frozenset(("start", "end"))
_DIGITS = 6


def stands_in(fact: Fact, facts: Iterable[Fact]) -> bool:
    """Whether one of ``facts`` says what ``fact`` says, or says it more exactly."""
    return any(_says(fact, other) for other in facts if other.kind is fact.kind)


def _says(claimed: Fact, known: Fact) -> bool:
    if claimed.kind is FactKind.DATE:
        return _date_says(claimed, known)
    if claimed.kind is FactKind.NUMBER:
        return _number_says(claimed, known)
    if claimed.kind is FactKind.PARAGRAPH:
        laws = claimed.unit, known.unit
        other_law = all(laws) and not related(*laws)
        return not other_law and known.value[: len(claimed.value)] == claimed.value
    return claimed.value == known.value


def _date_says(claimed: Fact, known: Fact) -> bool:
    if {claimed.edge, known.edge} == _OPPOSITE_EDGES:
        return False
    seasons = [each.value[0] == "season" for each in (claimed, known)]
    if all(seasons):
        return claimed.value == known.value
    if seasons[0]:
        _, year, first, last = claimed.value
        return known.value[0] == year and float(first) <= float(known.value[1]) <= float(last)
    if seasons[1]:
        return claimed.value == (known.value[1], 0.0, 0.0)
    return all(one in (0.0, other) for one, other in zip(claimed.value, known.value, strict=True))


def _number_says(claimed: Fact, known: Fact) -> bool:
    if {claimed.edge, known.edge} == _OPPOSITE_EDGES and claimed.unit == known.unit == "":
        return False
    if known.value[0] == "range" and len(claimed.value) == 1:
        return _is_end_of(claimed, known)
    if len(claimed.value) > 1:
        return claimed.value == known.value and _unit(claimed) in ("", _unit(known))
    if len(known.value) > 1 or not (
        _same_bound(claimed.bound, known.bound) or _same_end(claimed, known)
    ):
        return False
    if claimed.unit in UNITS and known.unit in UNITS:
        return _scaled(claimed) == _scaled(known)
    return claimed.value == known.value


def _is_end_of(claimed: Fact, known: Fact) -> bool:
    """«Innen seks uker» for «3–6 uker»."""
    _, first, last = known.value
    end = {"<": last, "<=": last, ">=": first}.get(claimed.bound)
    return claimed.value[0] == end and _unit(claimed) == _unit(known)


def _unit(fact: Fact) -> str:
    return str(UNITS[fact.unit]) if fact.unit in UNITS else ""


def _same_bound(claimed: str, known: str) -> bool:
    if claimed == "~":
        return known in {"~", "-", ""}
    return claimed == known or {claimed, known} == {"<=", "<"}


def _same_end(claimed: Fact, known: Fact) -> bool:
    """«Fristen er to uker» for «innen to uker»."""
    one, other = sorted((claimed, known), key=lambda fact: fact.bound)
    return (one.bound, one.edge, other.bound) == ("", "end", "<=")


def _scaled(fact: Fact) -> tuple[float, str]:
    """Return a number in the smallest unit of its kind: 14 days for two weeks."""
    kind, factor = UNITS[fact.unit]
    return round(float(fact.value[0]) * factor, _DIGITS), kind
