"""Text annotated with links, marks of pages and highlights, as HTML that shows every character as it is."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from pinpoint.text import escape


@dataclass(frozen=True, slots=True)
class Annotation:
    """HTML before and after a span of text, such as the two tags of a link.

    Attributes:
        start: Half-open span in the document's text.
        end: See ``start``.
    """

    start: int
    end: int
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Insertion:
    """HTML that stands before a character, such as the mark of a new page."""

    at: int
    html: str


def without_overlaps(annotations: Iterable[Annotation]) -> list[Annotation]:
    """Annotations in text order; of those that overlap the one that was given first."""
    chosen: list[Annotation] = []
    for annotation in annotations:
        if all(annotation.end <= other.start or other.end <= annotation.start for other in chosen):
            chosen.append(annotation)
    return sorted(chosen, key=lambda annotation: annotation.start)


def annotate(
    text: str,
    offset: int,
    annotations: Sequence[Annotation],
    insertions: Sequence[Insertion] = (),
    marks: Sequence[tuple[int, int]] = (),
) -> str:
    """A span of text as HTML.

    Args:
        text: The span.
        offset: Where it starts in the document; every other position counts in the document too.
        annotations: In text order, without overlaps, inside the span.
        insertions: In text order, inside the span.
        marks: Spans to be marked, in text order, without overlaps; they may cut across annotations.
    """
    last = offset + len(text)
    inside = [(max(a, offset), min(b, last)) for a, b in marks if a < last and offset < b]
    opening = {
        annotation.start: annotation
        for annotation in annotations
        if offset <= annotation.start < annotation.end <= last
    }
    closing = {annotation.end: annotation.after for annotation in opening.values()}
    standing: dict[int, str] = {}
    for insertion in insertions:
        standing[insertion.at] = standing.get(insertion.at, "") + insertion.html
    edges = sorted({offset, last, *opening, *closing, *standing, *(edge for span in inside for edge in span)})
    parts: list[str] = []
    for begin, end in zip(edges, [*edges[1:], last], strict=True):
        parts += [closing.get(begin, ""), standing.get(begin, "")]
        if begin in opening:
            parts.append(opening[begin].before)
        shown = escape(text[begin - offset : end - offset])
        parts.append(f"<mark>{shown}</mark>" if shown and any(a <= begin < b for a, b in inside) else shown)
    return "".join(parts)
