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


def plot(lines: Sequence[Line], *, across: str, up: str) -> str:
    """A drawing of lines over two logarithmic axes, SVG without scripts; a slope of one is linear growth."""
    xs, ys = zip(*(point for line in lines for point in line.points), strict=True)
    (x0, x1), (y0, y1) = _decades(xs), _decades(ys)

    def pixel(x: float, y: float) -> tuple[float, float]:
        right = (math.log10(x) - x0) / (x1 - x0) * (_WIDTH - _LEFT - _RIGHT)
        return _LEFT + right, _HEIGHT - _BOTTOM - (math.log10(y) - y0) / (y1 - y0) * (_HEIGHT - _TOP - _BOTTOM)

    drawn = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {_HEIGHT}" font-family="sans-serif" '
        f'font-size="12" role="img" aria-label="{escape(up)} against {escape(across)}">',
        f'<rect width="{_WIDTH}" height="{_HEIGHT}" fill="#ffffff"/>',
    ]
    for power in range(x0, x1 + 1):
        x, _ = pixel(10.0**power, 10.0**y0)
        drawn.append(f'<line x1="{x:.1f}" y1="{_TOP}" x2="{x:.1f}" y2="{_HEIGHT - _BOTTOM}" stroke="#dddddd"/>')
        drawn.append(f'<text x="{x:.1f}" y="{_HEIGHT - _BOTTOM + 18}" text-anchor="middle">{10.0**power:,.10g}</text>')
    for power in range(y0, y1 + 1):
        _, y = pixel(10.0**x0, 10.0**power)
        drawn.append(f'<line x1="{_LEFT}" y1="{y:.1f}" x2="{_WIDTH - _RIGHT}" y2="{y:.1f}" stroke="#dddddd"/>')
        drawn.append(f'<text x="{_LEFT - 8}" y="{y + 4:.1f}" text-anchor="end">{10.0**power:,.10g}</text>')
    middle = (_LEFT + _WIDTH - _RIGHT) / 2
    drawn.append(f'<text x="{middle}" y="{_HEIGHT - 10}" text-anchor="middle">{escape(across)}</text>')
    drawn.append(f'<text x="{_LEFT}" y="{_TOP - 12}">{escape(up)}</text>')
    for line, colour in zip(lines, _COLOURS, strict=False):
        spots = [pixel(*point) for point in line.points]
        path = " ".join(f"{x:.1f},{y:.1f}" for x, y in spots)
        drawn.append(f'<polyline points="{path}" fill="none" stroke="{colour}" stroke-width="2"/>')
        drawn += [f'<circle cx="{x:.1f}" cy="{y:.1f}" r="4" fill="{colour}"/>' for x, y in spots]
        x, y = spots[-1]
        drawn.append(f'<text x="{x + 10:.1f}" y="{y + 4:.1f}" fill="{colour}">{escape(line.name)}</text>')
    return "\n".join([*drawn, "</svg>", ""])


def _decades(values: Sequence[float]) -> tuple[int, int]:
    first = math.floor(math.log10(min(values)))
    return first, max(first + 1, math.ceil(math.log10(max(values))))


def growth(points: Sequence[tuple[float, float]]) -> float:
    """Exponent with which a quantity grows with size, by least squares over logarithms: 1 is linear."""
    sizes, values = zip(*((math.log(size), math.log(value)) for size, value in points), strict=True)
    return float(statistics.linear_regression(sizes, values).slope)
