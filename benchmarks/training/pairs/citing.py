"""Weak pairs of the first kind: a sentence that cites, and the provision that it describes in other words.

The law of a policy manual stands in footnotes that say nothing else. There the sentence is the one that refers to the
footnote.
"""

from bisect import bisect_right
from collections.abc import Iterator
from datetime import date
from operator import attrgetter

import numpy as np

from benchmarks.training.pairs.records import WeakPair
from benchmarks.training.pairs.texts import uncited
from index.documents.sentences import sentence_spans
from index.query.analyzer import terms
from index.search import HybridIndex
from pinpoint.records import Span
from pinpoint.stored import Passage, StoredSection

FEWEST_TERMS = 6
"""Terms that a sentence has left without its citations; fewer describe nothing. Set by hand; not measured."""
MOST_CITED = 2
"""Provisions that one sentence cites: of more than two it describes none. Set by hand; not measured."""
MOST_LINKS = 1000
"""Citations looked at of each document, spread evenly, so that no long one rules. Set by hand; not measured."""
MOST_PASSAGES = 3
"""Passages of a provision: a longer one is described by no single sentence. Set by hand; not measured."""


def citing_pairs(index: HybridIndex, day: date) -> Iterator[WeakPair]:
    """Pairs of every document, in text order; only text in force on a day is a positive."""
    for document in index.documents:
        links = index.store.links(index.store.tree(document).root.span)
        known: set[Span] = set()
        for link in links[:: max(len(links) // MOST_LINKS, 1)]:
            sentence = _sentence(index, Span(document, link.start, link.end))
            if sentence is not None and sentence not in known:
                known.add(sentence)
                yield from _pairs(index, sentence, day)


def _pairs(index: HybridIndex, sentence: Span, day: date) -> Iterator[WeakPair]:
    """The pairs of one sentence with the provisions that it cites."""
    references = index.references.links(sentence)
    described = _described(index, sentence)
    query = uncited(index.store.text(described)) if described else ""
    if described is None or len({one.link.target for one in references}) > MOST_CITED or not _says_enough(query):
        return
    for reference in references:
        row = provision_row(index, reference.sections[0], day) if reference.exact else None
        if row is None:
            continue
        passage = index.store.passages([row])[row]
        if not passage.span.overlaps(described):
            text = headed(index, passage)
            yield WeakPair(kind="citing", query=query, positive=text, document=passage.document_id, row=row)


def provision_row(index: HybridIndex, section: StoredSection, day: date) -> int | None:
    """The row of the first passage of a provision; None where it is long, has no text or is not in force."""
    rows = index._ranking.passages_in(section)
    rows = rows[index._ranking.in_force(day)[rows]]
    return int(np.min(rows)) if 1 <= len(rows) <= MOST_PASSAGES else None


def headed(index: HybridIndex, passage: Passage) -> str:
    """A passage under the heading of its provision alone: title and path would fill what is read in training."""
    section = index.store.section(passage.document_id, passage.section)
    return f"{index.store.enclosing_section(section).heading}\n{passage.text}".strip()


def _described(index: HybridIndex, sentence: Span) -> Span | None:
    """The sentence that says what is cited: a sentence itself, or that which refers to its footnote."""
    if _says_enough(uncited(index.store.text(sentence))):
        return sentence
    note = index.references.footnote(index.store.deepest(sentence))
    return note.sentence if note else None


def _sentence(index: HybridIndex, span: Span) -> Span | None:
    """The sentence of a citation; None where it is no part of one."""
    blocks = index.store.blocks(span.document_id)
    block = blocks[max(bisect_right(blocks, span.start, key=attrgetter("start")) - 1, 0)]
    whole = Span(span.document_id, block.start, block.end)
    found = (whole.part(*bounds) for bounds in sentence_spans(index.store.text(whole)))
    return next((sentence for sentence in found if span.within(sentence)), None)


def _says_enough(text: str) -> bool:
    return len(terms(text)) >= FEWEST_TERMS
