"""Weak pairs of the first kind: a sentence that cites, and the provision that it describes in other words.

The law of a policy manual stands in footnotes that say nothing else. There the sentence is the one that refers to the
footnote.
"""

from collections.abc import Iterator
from datetime import date

import numpy as np

from benchmarks.training.records import WeakPair
from benchmarks.training.texts import uncited
from index.documents.references import Reference
from index.documents.sentences import sentence_spans
from index.query.analyzer import terms
from index.search import HybridIndex
from pinpoint.records import Span
from pinpoint.stored import StoredSection

FEWEST_TERMS = 6
"""Terms that a sentence has left without its citations; fewer describe nothing. Set by hand; not measured."""
MOST_CITED = 2
"""Provisions that one sentence cites: of more than two it describes none. Set by hand; not measured."""
MOST_PASSAGES = 3
"""Passages of a provision: a longer one is described by no single sentence. Set by hand; not measured."""


def citing_pairs(index: HybridIndex, day: date) -> Iterator[WeakPair]:
    """Pairs of every document, in text order; only text in force on a day is a positive."""
    for document in index.documents:
        whole = index.store.tree(document).root.span
        described: dict[Span, list[Reference]] = {}
        for reference in index.references.links(whole):
            sentence = _describing(index, reference)
            if sentence:
                described.setdefault(sentence, []).append(reference)
        for sentence, references in described.items():
            query = uncited(index.store.text(sentence))
            if len({reference.link.target for reference in references}) <= MOST_CITED and _says_enough(query):
                yield from _pairs(index, query, sentence, references, day)


def _pairs(
    index: HybridIndex, query: str, sentence: Span, references: list[Reference], day: date
) -> Iterator[WeakPair]:
    for reference in references:
        row = provision_row(index, reference.sections[0], day) if reference.exact else None
        if row is None:
            continue
        passage = index.store.passages([row])[row]
        if not passage.span.overlaps(sentence):
            yield WeakPair(
                kind="citing", query=query, positive=passage.indexed_text, document=passage.document_id, row=row
            )


def provision_row(index: HybridIndex, section: StoredSection, day: date) -> int | None:
    """The row of the first passage of a provision; None where it is long, has no text or is not in force."""
    rows = index._ranking.passages_in(section)
    rows = rows[index._ranking.in_force(day)[rows]]
    return int(np.min(rows)) if 1 <= len(rows) <= MOST_PASSAGES else None


def _describing(index: HybridIndex, reference: Reference) -> Span | None:
    """The sentence that a citation belongs to; None where there is none."""
    link = reference.link
    span = Span(link.document_id, link.start, link.end)
    sentence = _sentence(index, span)
    if sentence and _says_enough(uncited(index.store.text(sentence))):
        return sentence
    note = index.references.footnote(index.store.deepest(span))
    return note.sentence if note else None


def _sentence(index: HybridIndex, span: Span) -> Span | None:
    for block in index.store.blocks(span.document_id):
        if block.start <= span.start < block.end:
            whole = Span(span.document_id, block.start, block.end)
            found = (whole.part(*bounds) for bounds in sentence_spans(index.store.text(whole)))
            return next((sentence for sentence in found if span.within(sentence)), None)
    return None


def _says_enough(text: str) -> bool:
    return len(terms(text)) >= FEWEST_TERMS
