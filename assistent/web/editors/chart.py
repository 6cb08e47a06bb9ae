"""Outcomes per day as bars, drawn on the server; the same numbers stand beside them as a table."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from markupsafe import Markup, escape

from assistent import texts_editors as texts
from assistent.types import Outcome

KINDS = ("answered", "partial", "missing", "other")
_KIND_OF = {
    Outcome.ANSWERED: "answered",
    Outcome.PARTIAL: "partial",
    Outcome.NOT_IN_SOURCES: "missing",
}
# Few units, so that the letters can be read on a phone.
_WIDTH, _HEIGHT = 400, 198
_LEFT, _TOP, _BOTTOM = 38, 52, 24
_LEGEND = 200


@dataclass(frozen=True, slots=True)
class Day:
    """How many questions of each of :data:`KINDS` a day had."""

    day: date
    counts: Mapping[str, int]

    @property
    def total(self) -> int:
        """All of them."""
        return sum(self.counts.values())


def day_of(day: date, outcomes: Mapping[Outcome, int]) -> Day:
    """Return a day's outcomes, gathered into the kinds that are told apart."""
    counts = dict.fromkeys(KINDS, 0)
    for outcome, number in outcomes.items():
        counts[_KIND_OF.get(outcome, "other")] += number
    return Day(day, counts)


def totals(days: Sequence[Day]) -> Day | None:
    """Return all days as one, the last; None if nothing was asked on any of them."""
    if not sum(each.total for each in days):
        return None
    return Day(days[-1].day, {kind: sum(each.counts[kind] for each in days) for kind in KINDS})


def bars(days: Sequence[Day]) -> Markup:
    """Return one stacked bar per day as SVG; classes of the style sheet give the colours."""
    high = _round_up(max((each.total for each in days), default=0))
    step = (_WIDTH - _LEFT) / max(len(days), 1)
    parts = [_grid(share, high) for share in (0.0, 0.5, 1.0)]
    parts += [_legend(number, kind) for number, kind in enumerate(KINDS)]
    for number, each in enumerate(days):
        x, below = _LEFT + number * step, 0
        for kind in KINDS:
            count = each.counts[kind]
            if count:
                top = _y((below + count) / high)
                parts.append(
                    f'<rect class="bar {kind}" x="{x + step * 0.12:.1f}" y="{top:.1f}" '
                    f'width="{step * 0.76:.1f}" height="{_y(below / high) - top:.1f}"/>'
                )
            below += count
        if number % 7 == len(days) % 7:
            parts.append(
                f'<text x="{x:.1f}" y="{_HEIGHT - 6}">{each.day.day}.{each.day.month}.</text>'
            )
    return Markup(
        f'<svg class="bars" viewBox="0 0 {_WIDTH} {_HEIGHT}" role="img" '
        f'aria-label="{escape(texts.OUTCOMES_TEXT)}">{"".join(parts)}</svg>'
    )


def _round_up(number: int) -> int:
    """Return the next even number that the middle line divides into whole questions."""
    return max(2, number + number % 2)


def _y(share: float) -> float:
    return _HEIGHT - _BOTTOM - share * (_HEIGHT - _TOP - _BOTTOM)


def _grid(share: float, high: int) -> str:
    y = _y(share)
    return (
        f'<line class="grid" x1="{_LEFT}" x2="{_WIDTH}" y1="{y:.1f}" y2="{y:.1f}"/>'
        f'<text class="end" x="{_LEFT - 5}" y="{y + 4:.1f}">{round(high * share)}</text>'
    )


def _legend(number: int, kind: str) -> str:
    x, y = (number % 2) * _LEGEND, 4 + (number // 2) * 18
    return (
        f'<rect class="bar {kind}" x="{x + 1}" y="{y}" width="12" height="12"/>'
        f'<text x="{x + 19}" y="{y + 11}">{escape(texts.OUTCOME_KINDS[kind])}</text>'
    )
