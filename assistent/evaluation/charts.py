"""The charts of the report as SVG, drawn by hand: three charts are less code than a library.

Colours are classes of the page's style sheet, so that the charts follow light and dark. Series
differ in shape too (dashes, markers, outlines), not in colour alone. Lengths are in SVG units.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup, escape

from assistent import texts_evaluation as t
from assistent.evaluation.figures import MISSES, Bin, CurvePoint

_WIDTH, _HEIGHT = 400, 300  # small, so that the letters can be read on a phone
_LEFT, _RIGHT, _TOP, _BOTTOM = 54, 24, 62, 48
_LEGEND_WIDTH = 132
_TICKS = (0.0, 0.25, 0.5, 0.75, 1.0)
_STEPS = 20  # a curve has a point for each 5 % of coverage


@dataclass(frozen=True, slots=True)
class Chart:
    """A chart with the same numbers as a table: ``head`` and ``rows`` of equal length."""

    title: str
    text: str
    svg: Markup
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


def risk_chart(curves: dict[str, tuple[CurvePoint, ...]], identity: str) -> Chart | None:
    """Draw risk against coverage, one line for each kind of unanswerable question."""
    drawn = {name: _thinned(points) for name, points in curves.items() if points}
    if not drawn:
        return None
    top = max((risk for points in drawn.values() for _, risk in points), default=0.0)
    high = next(limit for limit in (0.1, 0.2, 0.3, 0.5, 1.0) if top <= limit)
    parts = [_frame(t.REPORT_COVERAGE, t.REPORT_RISK_AXIS, [high * tick for tick in _TICKS], "%")]
    for number, name in enumerate(MISSES):
        if name not in drawn:
            continue
        points = drawn[name]
        line = " ".join(f"{_x(x):.1f},{_y(y / high):.1f}" for x, y in points)
        parts.append(f'<polyline class="series s{number}" points="{line}"/>')
        parts.append(_legend(number, len(MISSES), t.MISSES[name], line=True))
    return Chart(
        title=t.REPORT_RISK,
        text=t.REPORT_RISK_TEXT,
        svg=_svg(identity, t.REPORT_RISK, t.REPORT_RISK_TEXT, parts),
        head=(t.REPORT_COVERAGE_AT_LEAST, *(t.MISSES[name].capitalize() for name in drawn)),
        rows=tuple(
            (
                f"{t.share(step / _STEPS)} %",
                *(f"{t.share(points[step - 1][1], 1)} %" for points in drawn.values()),
            )
            for step in range(1, _STEPS + 1)
        ),
    )


def calibration_chart(bins: Sequence[Bin], identity: str) -> Chart | None:
    """Draw how often an answer is there against how probable it was said to be."""
    filled = [b for b in bins if b.predicted is not None and b.happened is not None]
    if not filled:
        return None
    most = max(each.count for each in filled)
    parts = [
        _frame(t.REPORT_PREDICTED, t.REPORT_HAPPENED, _TICKS, "%"),
        f'<line class="ideal" x1="{_x(0)}" y1="{_y(0)}" x2="{_x(1)}" y2="{_y(1)}"/>',
        _legend(1, 2, t.REPORT_IDEAL, line=True, css="ideal"),
    ]
    for each in filled:
        radius = 3 + 8 * (each.count / most) ** 0.5
        parts.append(
            f'<circle class="point" cx="{_x(each.predicted or 0):.1f}" '
            f'cy="{_y(each.happened or 0):.1f}" r="{radius:.1f}"/>'
        )
    return Chart(
        title=t.REPORT_CALIBRATION,
        text=t.REPORT_CALIBRATION_TEXT,
        svg=_svg(identity, t.REPORT_CALIBRATION, t.REPORT_CALIBRATION_TEXT, parts),
        head=(t.REPORT_BIN, t.REPORT_NUMBER, t.REPORT_PREDICTED, t.REPORT_HAPPENED),
        rows=tuple(
            (
                _bin_name(each),
                str(each.count),
                t.NONE if each.predicted is None else f"{t.share(each.predicted, 1)} %",
                t.NONE if each.happened is None else f"{t.share(each.happened, 1)} %",
            )
            for each in bins
        ),
    )


def histogram_chart(bins: Sequence[Bin], identity: str) -> Chart | None:
    """Draw how many questions with and without an answer got which probability."""
    most = max((max(each.answerable, each.off + each.near) for each in bins), default=0)
    if not most:
        return None
    high = _round_up(most)
    parts = [_frame(t.REPORT_PREDICTED, t.REPORT_NUMBER, [high * tick for tick in _TICKS], "")]
    for each in bins:
        for number, count in enumerate((each.answerable, each.off + each.near)):
            left = each.low + (0.008 + number * 0.042)
            parts.append(
                f'<rect class="bar b{number}" x="{_x(left):.1f}" y="{_y(count / high):.1f}" '
                f'width="{_x(0.042) - _x(0):.1f}" height="{_y(0) - _y(count / high):.1f}"/>'
            )
    names = (t.REPORT_ANSWERABLE, t.REPORT_UNANSWERABLE)
    parts += [_legend(number, 2, name, line=False) for number, name in enumerate(names)]
    return Chart(
        title=t.REPORT_HISTOGRAM,
        text=t.REPORT_HISTOGRAM_TEXT,
        svg=_svg(identity, t.REPORT_HISTOGRAM, t.REPORT_HISTOGRAM_TEXT, parts),
        head=(
            t.REPORT_BIN,
            t.REPORT_ANSWERABLE,
            t.MISSES["off"].capitalize(),
            t.MISSES["near"].capitalize(),
        ),
        rows=tuple(
            (_bin_name(each), str(each.answerable), str(each.off), str(each.near)) for each in bins
        ),
    )


def _thinned(points: Sequence[CurvePoint]) -> list[tuple[float, float]]:
    """Return the risk at each 5 % of coverage: of the first point that covers as much."""
    return [
        (step / _STEPS, next(p.risk for p in points if p.coverage >= step / _STEPS - 1e-9))
        for step in range(1, _STEPS + 1)
    ]


def _round_up(number: int) -> int:
    """Return the next multiple of four that the ticks divide evenly."""
    return -(-number // 4) * 4


def _bin_name(each: Bin) -> str:
    return f"{t.share(each.low)}–{t.share(each.high)} %"


# --- Drawing -------------------------------------------------------------------------------------


def _x(share: float) -> float:
    return _LEFT + share * (_WIDTH - _LEFT - _RIGHT)


def _y(share: float) -> float:
    return _HEIGHT - _BOTTOM - share * (_HEIGHT - _TOP - _BOTTOM)


def _frame(across: str, up: str, ticks: Sequence[float], unit: str) -> str:
    """Draw the axes: across from 0 to 100 %, up with the given values at even distances."""
    percent = unit == "%"
    digits = 0 if all(float(100 * tick).is_integer() for tick in ticks) else 1
    parts = []
    for place, value in zip(_TICKS, ticks, strict=True):
        name = f"{t.share(value, digits)} %" if percent else t.decimal(value, 0)
        y = _y(place)
        parts.append(f'<line class="grid" x1="{_LEFT}" x2="{_WIDTH - _RIGHT}" y1="{y}" y2="{y}"/>')
        parts.append(f'<text class="tick end" x="{_LEFT - 6}" y="{y + 4:.1f}">{name}</text>')
        parts.append(
            f'<text class="tick middle" x="{_x(place):.1f}" y="{_HEIGHT - _BOTTOM + 17}">'
            f"{t.share(place)} %</text>"
        )
    middle = (_LEFT + _WIDTH - _RIGHT) / 2
    parts.append(
        f'<text class="axis middle" x="{middle}" y="{_HEIGHT - 8}">{escape(across)}</text>'
    )
    parts.append(f'<text class="axis" x="4" y="{_TOP - 20}">{escape(up)}</text>')
    return "".join(parts)


def _legend(number: int, of: int, name: str, *, line: bool, css: str = "") -> str:
    """Name a series above the chart; ``number`` counts from 0 on the left."""
    x = _WIDTH - 4 - (of - number) * _LEGEND_WIDTH
    y = 14
    mark = (
        f'<line class="{css or f"series s{number}"}" x1="{x}" x2="{x + 24}" y1="{y}" y2="{y}"/>'
        if line
        else f'<rect class="bar b{number}" x="{x + 8}" y="{y - 6}" width="12" height="12"/>'
    )
    return f'{mark}<text class="tick" x="{x + 30}" y="{y + 4}">{escape(name)}</text>'


def _svg(identity: str, title: str, text: str, parts: Sequence[str]) -> Markup:
    name = escape(identity)
    return Markup(
        f'<svg viewBox="0 0 {_WIDTH} {_HEIGHT}" role="img" '
        f'aria-labelledby="{name}-t {name}-d"><title id="{name}-t">{escape(title)}</title>'
        f'<desc id="{name}-d">{escape(text)}</desc>{"".join(parts)}</svg>'
    )
