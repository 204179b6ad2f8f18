"""Risk against coverage as a drawing, SVG without scripts."""

from collections.abc import Mapping, Sequence
from xml.sax.saxutils import escape

from evaluation.risk_coverage import Operation

_WIDTH, _HEIGHT, _LEFT, _RIGHT, _TOP, _BOTTOM = 620, 440, 70, 180, 30, 60
"""Pixels of the drawing and of the empty borders around its axes; set by eye."""
_COLOURS = ("#1b5e8c", "#b3541e", "#3d7a3d", "#6b4c9a", "#7a5c00", "#a0305a", "#30757a", "#555555")
_STEPS = 5
"""Lines across the drawing: every fifth."""


def risk_drawing(curves: Mapping[str, Sequence[Operation]], threshold: float) -> str:
    """An SVG drawing: the share wrongly answered (upwards) against the share answered (to the right), one line a set.

    The marked point of each line is where the product runs.
    """
    lines = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {_HEIGHT}" font-family="sans-serif" '
        'font-size="12" role="img" aria-label="Share wrongly answered against share answered">',
        f'<rect width="{_WIDTH}" height="{_HEIGHT}" fill="#ffffff"/>',
    ]
    for step in range(_STEPS + 1):
        value = step / _STEPS
        lines += [
            f'<line x1="{_LEFT}" y1="{_y(value):.1f}" x2="{_x(1):.1f}" y2="{_y(value):.1f}" stroke="#dddddd"/>',
            f'<text x="{_LEFT - 8}" y="{_y(value) + 4:.1f}" text-anchor="end">{value:.1f}</text>',
            f'<text x="{_x(value):.1f}" y="{_y(0) + 18:.1f}" text-anchor="middle">{value:.1f}</text>',
        ]
    lines += [
        f'<text x="{_x(0.5):.1f}" y="{_HEIGHT - 14}" text-anchor="middle">share of questions answered</text>',
        f'<text x="{_LEFT}" y="{_TOP - 10}">share of the answered that the documents do not answer</text>',
    ]
    for number, (name, points) in enumerate(curves.items()):
        lines += _curve(name, points, threshold, number)
    return "\n".join([*lines, "</svg>", ""])


def _curve(name: str, points: Sequence[Operation], threshold: float, number: int) -> list[str]:
    colour, left, y = _COLOURS[number % len(_COLOURS)], _WIDTH - _RIGHT + 18, _TOP + 12 + 20 * number
    positions = " ".join(f"{_x(point.coverage):.1f},{_y(point.risk):.1f}" for point in points)
    running = min(points, key=lambda point: abs(point.threshold - threshold))
    return [
        f'<polyline points="{positions}" fill="none" stroke="{colour}"/>',
        f'<circle cx="{_x(running.coverage):.1f}" cy="{_y(running.risk):.1f}" r="5" fill="{colour}">'
        f"<title>{escape(name)}: threshold {running.threshold:.2f}</title></circle>",
        f'<text x="{left}" y="{y}" fill="{colour}">{escape(name)}</text>',
    ]


def _x(value: float) -> float:
    return _LEFT + value * (_WIDTH - _LEFT - _RIGHT)


def _y(value: float) -> float:
    return _TOP + (1 - value) * (_HEIGHT - _TOP - _BOTTOM)
