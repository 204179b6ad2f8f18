"""Verbatim text of a provision for a finding, cut at the end of a sentence, and its facts."""

from datetime import date

from index.documents.sentences import sentence_spans
from index.search import HybridIndex
from pinpoint.records import Source, Span
from pinpoint.stored import StoredSection

_LONGEST = 1_500
"""Characters of a provision that are shown; it goes on in the document. Set by hand; not measured."""


def shown(index: HybridIndex, section: StoredSection, as_of: date) -> tuple[str, Source]:
    """The text of a provision, as far as whole sentences or lines of it are short enough, and its facts."""
    return shown_span(index, section.span, as_of, section)


def shown_span(index: HybridIndex, span: Span, as_of: date, section: StoredSection | None = None) -> tuple[str, Source]:
    """The text of a span, as far as whole sentences or lines of it are short enough, and its facts."""
    span = _shortened(index, span)
    text = index.store.text(span)
    span = span.part(len(text) - len(text.lstrip()), len(text.rstrip()))
    return index.store.text(span), index.locate(span, as_of, section)


def _shortened(index: HybridIndex, span: Span) -> Span:
    if span.end - span.start <= _LONGEST:
        return span
    text = index.store.text(span.part(0, _LONGEST))
    ends = [end for _, end in sentence_spans(text)][:-1]  # the last one may go on
    return span.part(0, ends[-1] if ends else max(text.rfind(" "), 1))
