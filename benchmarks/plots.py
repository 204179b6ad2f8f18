"""Plots of benchmarks: how a quantity grows."""

import math
import statistics
from collections.abc import Sequence
from dataclasses import dataclass
from xml.sax.saxutils import escape


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a plot: positive numbers."""

    name: str
    points: tuple[tuple[float, float], ...]


_WIDTH, _HEIGHT, _LEFT, _RIGHT, _TOP, _BOTTOM = 640, 360, 80, 150, 30, 50
_COLOURS = ("#1b5e8c", "#b3541e", "#3d7a3d", "#6b4c9a")


@dataclass(frozen=True, slots=True)
class _Axis:
    """Numbers along one side: where each lies, from 0 to 1, and which are written there."""

    first: float
    last: float
    ticks: tuple[float, ...]
    even: bool

    def share(self, value: float) -> float:
        return ((value if self.even else math.log10(value)) - self.first) / (self.last - self.first)


def plot(lines: Sequence[Line], *, across: str, up: str, even: bool = False) -> str:
    """A drawing of lines, SVG without scripts.

    Args:
        lines: At most four.
        across: What the horizontal axis shows.
        up: What the vertical axis shows.
        even: Even axes from 0, for many points over time. Otherwise both are logarithmic, and a slope of one is
            linear growth.
    """
    xs, ys = zip(*(point for line in lines for point in line.points), strict=True)
    right, top = (_from_zero(values) if even else _decades(values) for values in (xs, ys))

    def pixel(x: float, y: float) -> tuple[float, float]:
        inner = (_WIDTH - _LEFT - _RIGHT, _HEIGHT - _TOP - _BOTTOM)
        return _LEFT + right.share(x) * inner[0], _HEIGHT - _BOTTOM - top.share(y) * inner[1]

    drawn = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {_HEIGHT}" font-family="sans-serif" '
        f'font-size="12" role="img" aria-label="{escape(up)} against {escape(across)}">',
        f'<rect width="{_WIDTH}" height="{_HEIGHT}" fill="#ffffff"/>',
    ]
    for tick in right.ticks:
        x, _ = pixel(tick, top.ticks[0])
        drawn.append(f'<line x1="{x:.1f}" y1="{_TOP}" x2="{x:.1f}" y2="{_HEIGHT - _BOTTOM}" stroke="#dddddd"/>')
        drawn.append(f'<text x="{x:.1f}" y="{_HEIGHT - _BOTTOM + 18}" text-anchor="middle">{tick:,.10g}</text>')
    for tick in top.ticks:
        _, y = pixel(right.ticks[0], tick)
        drawn.append(f'<line x1="{_LEFT}" y1="{y:.1f}" x2="{_WIDTH - _RIGHT}" y2="{y:.1f}" stroke="#dddddd"/>')
        drawn.append(f'<text x="{_LEFT - 8}" y="{y + 4:.1f}" text-anchor="end">{tick:,.10g}</text>')
    middle = (_LEFT + _WIDTH - _RIGHT) / 2
    drawn.append(f'<text x="{middle}" y="{_HEIGHT - 10}" text-anchor="middle">{escape(across)}</text>')
    drawn.append(f'<text x="{_LEFT}" y="{_TOP - 12}">{escape(up)}</text>')
    for line, colour in zip(lines, _COLOURS, strict=False):
        spots = [pixel(*point) for point in line.points]
        path = " ".join(f"{x:.1f},{y:.1f}" for x, y in spots)
        drawn.append(f'<polyline points="{path}" fill="none" stroke="{colour}" stroke-width="2"/>')
        drawn += [f'<circle cx="{x:.1f}" cy="{y:.1f}" r="4" fill="{colour}"/>' for x, y in spots if not even]
        x, y = spots[-1]
        drawn.append(f'<text x="{x + 10:.1f}" y="{y + 4:.1f}" fill="{colour}">{escape(line.name)}</text>')
    return "\n".join([*drawn, "</svg>", ""])


def _decades(values: Sequence[float]) -> _Axis:
    first = math.floor(math.log10(min(values)))
    last = max(first + 1, math.ceil(math.log10(max(values))))
    return _Axis(first, last, tuple(10.0**power for power in range(first, last + 1)), even=False)


def _from_zero(values: Sequence[float]) -> _Axis:
    """From 0 to a round number, in five to ten steps of 1, 2 or 5 times a power of ten."""
    most = max(*values, 1e-9)
    power = 10.0 ** math.floor(math.log10(most / 5))
    step = next(power * size for size in (1, 2, 5, 10) if power * size * 10 >= most)
    count = math.ceil(most / step)
    return _Axis(0, count * step, tuple(step * number for number in range(count + 1)), even=True)


def growth(points: Sequence[tuple[float, float]]) -> float:
    """Exponent with which a quantity grows with size, by least squares over logarithms: 1 is linear."""
    sizes, values = zip(*((math.log(size), math.log(value)) for size, value in points), strict=True)
    return float(statistics.linear_regression(sizes, values).slope)
