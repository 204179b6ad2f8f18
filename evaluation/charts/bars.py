"""Quality against time as a drawing: one mark a channel, one colour a set, SVG without scripts."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from xml.sax.saxutils import escape

# Pixels of the drawing and of the empty borders around its axes; set by eye.
_WIDTH, _HEIGHT = 760, 440
_LEFT, _RIGHT, _TOP, _BOTTOM = 70, 210, 30, 60
_COLOURS = ("#1b5e8c", "#b3541e", "#3d7a3d", "#6b4c9a")
_STEPS = 5  # lines across the drawing: every 0.2


@dataclass(frozen=True, slots=True)
class Mark:
    """One channel on one set.

    Attributes:
        milliseconds: Median time of a query, above 0.
        quality: From 0 to 1, with its 95 % interval from ``low`` to ``high``.
    """

    collection: str
    channel: str
    milliseconds: float
    quality: float
    low: float
    high: float


def quality_and_time(marks: Sequence[Mark]) -> str:
    """An SVG drawing of quality (upwards) against milliseconds a query (to the right, logarithmic)."""
    first = math.floor(math.log10(min((p.milliseconds for p in marks), default=1)))
    last = max(math.ceil(math.log10(max((p.milliseconds for p in marks), default=10))), first + 1)
    lines = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {_HEIGHT}" font-family="sans-serif" '
        'font-size="12" role="img" aria-label="Quality against time for each channel">',
        f'<rect width="{_WIDTH}" height="{_HEIGHT}" fill="#ffffff"/>',
    ]
    for power in range(first, last + 1):
        x = _x(10.0**power, first, last)
        lines.append(f'<line x1="{x:.1f}" y1="{_TOP}" x2="{x:.1f}" y2="{_y(0):.1f}" stroke="#dddddd"/>')
        lines.append(f'<text x="{x:.1f}" y="{_y(0) + 18:.1f}" text-anchor="middle">{10.0**power:g}</text>')
    for step in range(_STEPS + 1):
        y = _y(step / _STEPS)
        lines.append(f'<line x1="{_LEFT}" y1="{y:.1f}" x2="{_WIDTH - _RIGHT}" y2="{y:.1f}" stroke="#dddddd"/>')
        lines.append(f'<text x="{_LEFT - 8}" y="{y + 4:.1f}" text-anchor="end">{step / _STEPS:.1f}</text>')
    middle = (_LEFT + _WIDTH - _RIGHT) / 2
    lines.append(f'<text x="{middle:.1f}" y="{_HEIGHT - 14}" text-anchor="middle">milliseconds a query (median)</text>')
    collections = list(dict.fromkeys(mark.collection for mark in marks))
    for number, collection in enumerate(collections):
        colour = _COLOURS[number % len(_COLOURS)]
        own = [mark for mark in marks if mark.collection == collection]
        lines += [line for mark in own for line in _drawn(mark, colour, first, last)]
        y = _TOP + 12 + 22 * number
        lines.append(f'<circle cx="{_WIDTH - _RIGHT + 22}" cy="{y - 4}" r="5" fill="{colour}"/>')
        lines.append(f'<text x="{_WIDTH - _RIGHT + 34}" y="{y}">{escape(collection)}</text>')
    return "\n".join([*lines, "</svg>", ""])


def _drawn(mark: Mark, colour: str, first: int, last: int) -> list[str]:
    """The lines of a mark: its interval, its circle and its name."""
    x, y = _x(mark.milliseconds, first, last), _y(mark.quality)
    title = f"{mark.channel}: {mark.quality:.3f} [{mark.low:.3f}, {mark.high:.3f}], {mark.milliseconds:.0f} ms"
    return [
        f'<line x1="{x:.1f}" y1="{_y(mark.low):.1f}" x2="{x:.1f}" y2="{_y(mark.high):.1f}" stroke="{colour}"/>',
        f'<circle cx="{x:.1f}" cy="{y:.1f}" r="5" fill="{colour}"><title>{escape(title)}</title></circle>',
        f'<text x="{x + 8:.1f}" y="{y - 7:.1f}" fill="{colour}">{escape(mark.channel)}</text>',
    ]


def _x(milliseconds: float, first: int, last: int) -> float:
    share = (math.log10(milliseconds) - first) / (last - first)
    return _LEFT + share * (_WIDTH - _LEFT - _RIGHT)


def _y(quality: float) -> float:
    return _TOP + (1 - quality) * (_HEIGHT - _TOP - _BOTTOM)
