"""Texts of provisions that a card may ask or offer: running text under a citation, neither too short nor too long."""

from bisect import bisect_left, bisect_right
from datetime import date
from operator import attrgetter

from citations.parse import LegalCitation, parse_citations
from collection.excerpts import make_excerpt
from collection.quizzes.masking import gives_away, is_telling, masked
from collection.records import Excerpt
from index.documents.sentences import sentence_spans, trimmed
from index.search import HybridIndex
from pinpoint.errors import ExcerptError
from pinpoint.records import Span
from pinpoint.stored import StoredSection

LONGEST = 700
"""Characters of a text that is asked or offered. Set by hand; not measured."""
_KINDS = ("provision", "heading")
_RUNNING = ("paragraph", "list_item")


def citation_of(section: StoredSection) -> LegalCitation | None:
    """The citation of a section that is cited as provisions of the law are; None for one with a mere heading."""
    if section.kind not in _KINDS or section.parent < 0:
        return None
    named = parse_citations(section.citation)
    whole = len(named) == 1 and (named[0].start, named[0].end) == (0, len(section.citation))
    return named[0] if whole else None


def unit(index: HybridIndex, span: Span) -> Excerpt | None:
    """The running text of a span, to the end of a sentence, with its citation; None where it makes no card.

    Left out are headings, tables and notes; a text that one of them parts in two, one without a citation of its own,
    and one that holds the number of its citation although its citations are masked.
    """
    running = _running(index, span)
    if running is None:
        return None
    try:
        found = make_excerpt(index, running, date.today())
    except ExcerptError:
        return None
    named = citation_of(index.store.deepest(found.span))
    shown = masked(found.text, named)
    return found if named is not None and is_telling(shown) and not gives_away(shown, found.section) else None


def shown_text(found: Excerpt) -> str:
    """A text as a card shows it: its citations masked."""
    named = parse_citations(found.section)
    return masked(found.text, named[0] if named else None)


def _running(index: HybridIndex, span: Span) -> Span | None:
    """The span of the paragraphs and list items in a span, cut behind a sentence where it is long."""
    blocks = index.store.blocks(span.document_id)
    first = max(bisect_right(blocks, span.start, key=attrgetter("start")) - 1, 0)
    within = blocks[first : bisect_left(blocks, span.end, key=attrgetter("start"))]
    positions = [number for number, block in enumerate(within) if block.kind in _RUNNING and block.end > span.start]
    if not positions or positions[-1] - positions[0] + 1 != len(positions):
        return None
    start, end = max(within[positions[0]].start, span.start), min(within[positions[-1]].end, span.end)
    text = index.store.text(Span(span.document_id, start, end))
    if len(text) > LONGEST:
        text = text[: max((last for _, last in sentence_spans(text) if last <= LONGEST), default=0)]
    begin, last = trimmed(text, 0, len(text))
    return Span(span.document_id, start + begin, start + last) if begin < last else None
