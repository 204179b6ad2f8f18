"""Nothing is shown twice: what another document says too is named beside the quotation of the higher authority."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from answer.conflicts.contradiction import difference
from answer.conflicts.modality import modalities, quantities
from answer.records import Evidence, Quote
from answer.statements.groups import Group, gathered
from index.documents.authority import authority_of
from index.documents.sentences import sentence_spans
from index.documents.similarity import shared_terms
from index.query.analyzer import terms
from index.records import Hit
from index.search import HybridIndex
from pinpoint.records import Span

_REPEATS = 0.7
"""Share of the shorter of two sentences' terms from which the second is not worth its words. Set by hand; not
measured."""
_SAME = 0.85
"""Share of the terms of both from which two sentences are one text in two documents. Set by hand; not measured."""


def nearly_same(one: str, other: str) -> bool:
    """Tell whether two sentences are the same text but for a few words, whatever these change."""
    return shared_terms(one, other) >= _SAME


def says_the_same(one: str, other: str) -> bool:
    """Tell whether two texts are nearly the same, and sentence by sentence require the same in the same numbers."""
    return nearly_same(one, other) and _agree(one, other) and _required(one) == _required(other)


def _required(text: str) -> list[tuple[frozenset[str], frozenset[tuple[str, float]]]]:
    """What each sentence that requires or counts something requires, and the values of each unit that it names."""
    sentences = [text[start:end] for start, end in sentence_spans(text)]
    counted = (
        frozenset((unit, value) for unit, values in quantities(sentence).items() for value in values)
        for sentence in sentences
    )
    found = zip((frozenset[str](modalities(sentence)) for sentence in sentences), counted, strict=True)
    return [one for one in found if any(one)]


def repeats(found: Evidence, group: Group) -> bool:
    """Whether a sentence says the same as that of a group in nearly the same terms; "must" and "need not" differ."""
    one, other = set(terms(found.text)), set(terms(group.found.text))
    return len(one & other) >= _REPEATS * min(len(one), len(other)) and _agree(found.text, group.found.text)


def joined_with_twin(index: HybridIndex, groups: Sequence[Group], found: Evidence, as_of: date) -> list[Group] | None:
    """The groups with a sentence named beside the same text of another document; None where none has that text.

    Where its document stands higher than that of the sentence shown so far, the two change roles.
    """
    for number, group in enumerate(groups):
        for quote in group.quotes:
            if quote.span.document_id != found.span.document_id and _twins(index, quote, found):
                changed = list(groups)
                changed[number] = _named(index, group, quote, found, as_of)
                return changed
    return None


def with_copies(index: HybridIndex, quotes: Sequence[Quote], hits: Sequence[Hit]) -> list[Quote]:
    """Quotations with the documents named in which their whole passage stands word for word."""
    copies = {hit.span: hit.also_in for hit in hits if hit.also_in}
    return [
        replace(quote, also_in=_distinct(quote, _copies(index, quote, copies[quote.passage])))
        if quote.passage in copies
        else quote
        for quote in quotes
    ]


def _twins(index: HybridIndex, quote: Quote, found: Evidence) -> bool:
    return says_the_same(index.store.text(quote.span), found.text)


def _agree(one: str, other: str) -> bool:
    return modalities(one) == modalities(other) and not any(difference(one, other))


def _named(index: HybridIndex, group: Group, quote: Quote, found: Evidence, as_of: date) -> Group:
    shown = group.found
    better = quote.span == shown.span and _standing(index, found, as_of) < _standing(index, shown, as_of)
    other = gathered(index, replace(found, score=shown.score)) if better else None
    if other is None:
        return _with(group, quote.span, (found.span,))
    return _with(other, found.span, (shown.span, *quote.also_in))


def _standing(index: HybridIndex, found: Evidence, as_of: date) -> tuple[bool, int]:
    """What sorts first what is in force, and then what binds most."""
    return not index.locate(found.span, as_of).in_force, authority_of(found.kind).rank


def _with(group: Group, span: Span, also_in: Sequence[Span]) -> Group:
    quotes = (
        replace(quote, also_in=_distinct(quote, also_in)) if quote.span == span else quote for quote in group.quotes
    )
    return replace(group, quotes=tuple(quotes))


def _distinct(quote: Quote, spans: Sequence[Span]) -> tuple[Span, ...]:
    """The spans named so far and further ones, one of each document."""
    first = {span.document_id: span for span in reversed((*quote.also_in, *spans))}
    return tuple(reversed([span for span in first.values() if span.document_id != quote.span.document_id]))


def _copies(index: HybridIndex, quote: Quote, passages: Sequence[Span]) -> list[Span]:
    text = index.store.text(quote.span)
    found = ((passage, index.store.text(passage).find(text)) for passage in passages)
    return [passage.part(start, start + len(text)) for passage, start in found if start >= 0]
