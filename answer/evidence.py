"""Evidence: the sentences and list items of the found passages, put in order for the question."""

import math
from collections.abc import Iterator, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from answer.declining.nowhere import nowhere, unfamiliar
from answer.declining.signals import Signals, missing_from, unknown_editions
from answer.records import Evidence, Question
from answer.sentence_signals import Unit, reading_text, unit_signals
from answer.statements.lists import lead_of
from index.documents.citable import citable_spans, leads
from index.query.analyzer import terms
from index.query.question_terms import WeightedTerms
from index.query.routing import fold_phrase
from index.query.visa_class import visa_classes
from index.ranking.ranker import falling, load_weights, weighted
from index.ranking.signals import reading_signals
from index.records import Hit, SearchResult
from index.search import HybridIndex

Floats = NDArray[np.float64]

PASSAGES = 8
"""Passages whose sentences are considered. Set by hand; not measured."""
READ = 12
"""Sentences that a cross-encoder reads together with the question. Set by hand; not measured."""
COMPARED = 24
"""Sentences that are compared by meaning, which are embedded while somebody waits: those that come first without it.
Measured from 8 to 48: docs/tried.md, "Vectors of sentences"."""
_SOFTNESS = 12.0
"""Distance of two weighted sums at which one sentence is worth 1 / e of the other, to those who compare shares of the
best score."""


def gather(
    index: HybridIndex, question: Question, result: SearchResult, delegated: Sequence[Hit] = ()
) -> tuple[list[Evidence], Signals]:
    """Put the sentences and list items of the best passages, and of the provisions they delegate to, in order.

    Returns:
        Evidence best first, and the signals over all of it. The score of the best is 1.
    """
    asked = question.query.expanded
    question_terms = WeightedTerms(asked, index.term_weight)
    found = _of_the_class(question.text, result.hits[: result.asked] or result.hits)
    considered = [*found[:PASSAGES], *delegated]
    units, signals, read = compare(index, question, result, considered, read=READ)
    weights, cosines = load_weights(), signals["meaning"] if units else np.zeros(0)
    scores = weighted(signals, weights.sentence if read else weights.sentence_first, len(units))
    order = [position for position in falling(scores) if not read or position < read]
    best = scores[order[0]] if order else 0.0
    reading = signals["reading, absolute"] if read else None
    scored = [
        _evidence(units[p], math.exp((scores[p] - best) / _SOFTNESS), None if reading is None else float(reading[p]))
        for p in order
    ]
    missing = missing_from(question, considered, scored, index.term_weight)
    editions = unknown_editions(asked.corrected, considered, question_terms.covers)
    named = {edition.partition(" ")[0] for edition in editions}
    missing = (*(name for name in missing if name not in named), *editions)
    return scored, Signals(
        coverage=max((question_terms.share(_context(hit) | set(terms(hit.text))) for hit in considered), default=0.0),
        similarity=float(max(cosines, default=0.0)),
        missing=missing,
        nowhere=nowhere(question, index.has_word, (hit.text for hit in considered)),
        unfamiliar=unfamiliar(question, index.has_word),
        reading=max((found.reading for found in scored if found.reading is not None), default=None),
    )


def compare(
    index: HybridIndex,
    question: Question,
    result: SearchResult,
    considered: Sequence[Hit],
    *,
    read: int,
    compared: int = COMPARED,
) -> tuple[list[Unit], dict[str, Floats], int]:
    """The sentences of passages with their signals, and how many of them, from the first, a cross-encoder has read.

    Args:
        index: Where they stand.
        question: As it was read.
        result: What was found.
        considered: The passages.
        read: How many are read at most.
        compared: How many are compared by meaning at most; the rest is left out.
    """
    units = [unit for hit in considered for unit in _units(index, hit)]
    if not units:
        return [], {}, 0
    signals = unit_signals(question, units, index.term_weight)
    preferred = {index.documents[hit.document_id].collection for hit in result.hits if hit.preferred}
    own = [index.documents[unit.hit.document_id].collection in preferred for unit in units]
    signals["preferred"] = np.array(own, dtype=np.float64)
    weights = load_weights().sentence_first
    units, signals = _first(units, signals, weights, compared)
    vectors = index.sentence_vectors([unit.text for unit in units])
    asked = index.embedding(result, question.query.expanded.embedding_text)
    signals["meaning"] = np.clip(vectors @ asked, -1, 1).astype(np.float64)
    units, signals = _first(units, signals, weights, compared)
    if index.reranker is None:
        return units, signals, 0
    texts = [reading_text(index, unit) for unit in units[:read]]
    signals |= reading_signals(index.reranker.score(question.query.reading_text, texts), len(units))
    return units, signals, len(texts)


def _first(
    units: Sequence[Unit], signals: Mapping[str, Floats], weights: Mapping[str, float], count: int
) -> tuple[list[Unit], dict[str, Floats]]:
    """The first sentences by what is known of them so far, with their signals."""
    order = falling(weighted(signals, weights, len(units)))[:count]
    return [units[position] for position in order], {name: values[order] for name, values in signals.items()}


def _units(index: HybridIndex, hit: Hit) -> Iterator[Unit]:
    """The citable spans of a hit; an item is read with its lead-in as with its headings."""
    context = _context(hit)
    for start, end in citable_spans(hit.text, hit.section_path):
        lead = lead_of(index, hit.span.part(start, end))
        above = context | set(terms(index.store.text(lead))) if lead else context
        yield Unit(hit, start, end, frozenset(terms(hit.text[start:end])), frozenset(above))


def _context(hit: Hit) -> set[str]:
    return set(terms(" ".join(hit.section_path) + " " + hit.title))


def _evidence(unit: Unit, score: float, reading: float | None) -> Evidence:
    hit, span, text = unit.hit, unit.hit.span.part(unit.start, unit.end), unit.text
    return Evidence(
        passage=hit.span, span=span, kind=hit.kind, text=text, score=score, leads=leads(text), reading=reading
    )


def with_phrases(phrases: Sequence[str], evidence: Sequence[Evidence]) -> list[Evidence]:
    """The sentences that hold every phrase of a query word for word; empty when it quotes none."""
    return [found for found in evidence if phrases and all(phrase in fold_phrase(found.text) for phrase in phrases)]


def _of_the_class(question: str, hits: Sequence[Hit]) -> list[Hit]:
    """Hits without those that speak only of another nonimmigrant class than the question: U when T is asked for."""
    asked = visa_classes(question)
    fitting = [
        hit for hit in hits if not asked or not (found := visa_classes(f"{hit.title} {hit.text}")) or asked & found
    ]
    return fitting or list(hits)
