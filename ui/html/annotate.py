"""Text with links, notes of pages and marks woven in, as HTML that shows every character as it is."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from pinpoint.text import escape


@dataclass(frozen=True, slots=True)
class Wrap:
    """HTML before and after a stretch of text, such as the two tags of a link.

    Attributes:
        start: Half-open span in the document's text.
        end: See ``start``.
    """

    start: int
    end: int
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Point:
    """HTML that stands before a character, such as the mark of a new page."""

    at: int
    html: str


def without_overlaps(wraps: Iterable[Wrap]) -> list[Wrap]:
    """Wraps in text order; of those that overlap the one that was given first."""
    kept: list[Wrap] = []
    for wrap in wraps:
        if all(wrap.end <= other.start or other.end <= wrap.start for other in kept):
            kept.append(wrap)
    return sorted(kept, key=lambda wrap: wrap.start)


def woven(
    text: str, offset: int, wraps: Sequence[Wrap], points: Sequence[Point] = (), marks: Sequence[tuple[int, int]] = ()
) -> str:
    """A stretch of text as HTML.

    Args:
        text: The stretch.
        offset: Where it starts in the document; every other position counts in the document too.
        wraps: In text order, without overlaps, inside the stretch.
        points: In text order, inside the stretch.
        marks: Stretches to be marked, in text order, without overlaps; they may cut across wraps.
    """
    last = offset + len(text)
    inside = [(max(a, offset), min(b, last)) for a, b in marks if a < last and offset < b]
    opening = {wrap.start: wrap for wrap in wraps if offset <= wrap.start < wrap.end <= last}
    closing = {wrap.end: wrap.after for wrap in opening.values()}
    standing: dict[int, str] = {}
    for point in points:
        standing[point.at] = standing.get(point.at, "") + point.html
    edges = sorted({offset, last, *opening, *closing, *standing, *(edge for span in inside for edge in span)})
    parts: list[str] = []
    for begin, end in zip(edges, [*edges[1:], last], strict=True):
        parts += [closing.get(begin, ""), standing.get(begin, "")]
        if begin in opening:
            parts.append(opening[begin].before)
        shown = escape(text[begin - offset : end - offset])
        parts.append(f"<mark>{shown}</mark>" if shown and any(a <= begin < b for a, b in inside) else shown)
    return "".join(parts)
