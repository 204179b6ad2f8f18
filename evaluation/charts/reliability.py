"""The reliability of a probability as a drawing: what was said against what came true, SVG without scripts."""

from collections.abc import Mapping, Sequence
from xml.sax.saxutils import escape

from evaluation.calibration import Bin, expected_calibration_error

# Pixels of the drawing and of the empty borders around its axes; set by eye.
_WIDTH, _HEIGHT = 620, 440
_LEFT, _RIGHT, _TOP, _BOTTOM = 70, 180, 30, 60
_COLOURS = ("#1b5e8c", "#b3541e", "#3d7a3d", "#6b4c9a")
_STEPS = 5  # lines across the drawing: every 0.2
_LARGEST = 16
"""Radius of the mark of a group that holds every question, in pixels; areas go with the weights."""


def reliability_drawing(curves: Mapping[str, Sequence[Bin]]) -> str:
    """An SVG drawing: the share that is answerable (upwards) against the probability (to the right), one line a name.

    The diagonal is where a probability comes true.
    """
    lines = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {_HEIGHT}" font-family="sans-serif" '
        'font-size="12" role="img" aria-label="Reliability of the probability that the documents answer">',
        f'<rect width="{_WIDTH}" height="{_HEIGHT}" fill="#ffffff"/>',
    ]
    for step in range(_STEPS + 1):
        value = step / _STEPS
        lines += [
            f'<line x1="{_LEFT}" y1="{_y(value):.1f}" x2="{_x(1):.1f}" y2="{_y(value):.1f}" stroke="#dddddd"/>',
            f'<line x1="{_x(value):.1f}" y1="{_y(1):.1f}" x2="{_x(value):.1f}" y2="{_y(0):.1f}" stroke="#dddddd"/>',
            f'<text x="{_LEFT - 8}" y="{_y(value) + 4:.1f}" text-anchor="end">{value:.1f}</text>',
            f'<text x="{_x(value):.1f}" y="{_y(0) + 18:.1f}" text-anchor="middle">{value:.1f}</text>',
        ]
    lines += [
        f'<line x1="{_x(0)}" y1="{_y(0)}" x2="{_x(1)}" y2="{_y(1)}" stroke="#888888" stroke-dasharray="4 4"/>',
        f'<text x="{_x(0.5):.1f}" y="{_HEIGHT - 14}" text-anchor="middle">probability that the documents answer</text>',
        f'<text x="{_LEFT}" y="{_TOP - 10}" text-anchor="middle">share that is answerable</text>',
    ]
    for number, (name, groups) in enumerate(curves.items()):
        lines += _curve(name, groups, _COLOURS[number % len(_COLOURS)], _TOP + 12 + 40 * number)
    return "\n".join([*lines, "</svg>", ""])


def _curve(name: str, groups: Sequence[Bin], colour: str, y: float) -> list[str]:
    """A line through its groups, and its name with the expected calibration error beside the drawing."""
    positions = " ".join(f"{_x(group.probability):.1f},{_y(group.share):.1f}" for group in groups)
    marks = [
        f'<circle cx="{_x(group.probability):.1f}" cy="{_y(group.share):.1f}" '
        f'r="{_LARGEST * group.weight**0.5 + 1:.1f}" fill="{colour}" '
        f'fill-opacity="0.6"><title>said {group.probability:.2f}, true {group.share:.2f}, '
        f"{group.weight:.0%} of the questions</title></circle>"
        for group in groups
    ]
    left = _WIDTH - _RIGHT + 18
    error = expected_calibration_error(groups)
    return [
        f'<polyline points="{positions}" fill="none" stroke="{colour}"/>',
        *marks,
        f'<circle cx="{left}" cy="{y - 4}" r="5" fill="{colour}"/>',
        f'<text x="{left + 12}" y="{y}">{escape(name)}</text>',
        f'<text x="{left + 12}" y="{y + 15}" fill="#555555">calibration error {error:.3f}</text>',
    ]


def _x(value: float) -> float:
    return _LEFT + value * (_WIDTH - _LEFT - _RIGHT)


def _y(value: float) -> float:
    return _TOP + (1 - value) * (_HEIGHT - _TOP - _BOTTOM)
