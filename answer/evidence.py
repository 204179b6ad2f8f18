"""Evidence: the sentences and list items of the found passages, scored for the question."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from answer.declining.asked import asking_part
from answer.declining.nowhere import nowhere
from answer.declining.signals import Signals, missing_from, unknown_editions
from answer.question_terms import WeightedTerms
from answer.records import Evidence, Question
from answer.statements.lists import lead_of
from index.documents.citable import citable_spans, leads
from index.models.embedding import Vectors
from index.query.analyzer import fold, terms
from index.query.routing import fold_phrase
from index.ranking.citation_boost import asks_elsewhere
from index.records import Hit, SearchResult
from index.search import HybridIndex
from pinpoint.records import Filters
from pinpoint.stored import StoredSection

PASSAGES = 6
"""Passages whose sentences are considered. Set by hand; not measured."""
_ENCODED = 16
"""Sentences that are compared by meaning; the rest have too little in common with the question. On the 63 questions of
tvisa-dev 32 quoted no gold more, 24 neither, and 12 one less (docs/tried.md, "Answers")."""
_COVERED, _MEANING, _RANK = 0.4, 0.5, 0.1
"""Weights of a sentence's score: the question's terms that it covers, its cosine with the question, and the inverse
rank of its passage. Of others tried on 29 questions none was better by more than one (docs/tried.md, "Answers")."""
_RANK_BEFORE = 0.05
"""Weight of the inverse rank when the sentences to be compared by meaning are chosen. Set by hand; not measured."""
_DEFINES_SUBJECT, _DEFINES = 0.2, 0.08
"""Bonus of a sentence that defines what the question asks about, or anything, when a definition is asked for.
These bonuses are set by hand; not measured."""
_GIVES_NUMBER = 0.1
"""Bonus of a sentence with a number, when one is asked for."""
_LEADS, _LEADS_UNASKED = 0.12, -0.06
"""Bonus of a lead-in when a list is asked for, and when none is."""
_SPELLS_OUT = 0.2
"""Bonus of a sentence that has the abbreviation that was typed in brackets, behind its long form."""
_MEANS = re.compile(r"\bmeans?\b|\brefers? to\b|\bis defined\b|\bencompass", re.IGNORECASE)
_NUMBER = re.compile(
    r"(?<![\w.(\u00a7-])\d{1,3}(?:,\d{3})+|\b(?:\d+|one|two|three|four|five|six|seven|ten|twelve)[ -]"
    r"(?:years?|days?|months?|hours?|weeks?|percent)\b",
    re.IGNORECASE,
)
_CLASS = re.compile(
    r"\b([A-Z])(?:-\d[A-Z]?)? (?:visas?|nonimmigrants?|status|holders?|petitions?|applicants?|principals?)\b"
    r"|\b([A-Z])-\d\b"
)
_DESIGNATOR = re.compile(r"^(?:\([a-zA-Z0-9]{1,5}\)|\d{1,2}\.)\s*")


@dataclass(frozen=True, slots=True)
class _Unit:
    """A span of a hit that can be quoted, and the share of the question's term weight that it holds."""

    hit: Hit
    start: int
    end: int
    covered: float

    @property
    def text(self) -> str:
        return self.hit.text[self.start : self.end]


def gather(
    index: HybridIndex, question: Question, result: SearchResult, delegated: Sequence[Hit] = ()
) -> tuple[list[Evidence], Signals]:
    """Score the sentences and list items of the best passages and of the provisions they delegate to.

    Returns:
        Evidence best first, and the signals over all of it.
    """
    asked = question.query.expanded
    question_terms = WeightedTerms(asked, index.term_weight)
    found = _of_the_class(question.text, _of_the_provisions(index, question, result.hits))
    considered = [*found[:PASSAGES], *delegated]
    units = [unit for hit in considered for unit in _units(index, question_terms, hit)]
    units.sort(key=lambda unit: -(unit.covered + _RANK_BEFORE / unit.hit.rank))
    compared = units[:_ENCODED]
    cosines = _cosines(index, index.embedding(result, asked.embedding_text), [unit.text for unit in compared])
    scored = [_scored(question, unit, cosine) for unit, cosine in zip(compared, cosines, strict=True)]
    scored.sort(key=lambda evidence: (-evidence.score, str(evidence.passage), evidence.span.start))
    held = [_context(hit) | set(terms(hit.text)) for hit in considered]
    part = asking_part(asked.text)
    missing = missing_from(question, considered, scored, index.term_weight)
    editions = unknown_editions(asked.corrected, considered, question_terms.covers)
    named = {edition.partition(" ")[0] for edition in editions}
    missing = (*(name for name in missing if name not in named), *editions)
    return scored, Signals(
        coverage=max(map(question_terms.share, held), default=0.0),
        similarity=float(max(cosines, default=0.0)),
        missing=missing,
        nowhere=nowhere(question, index.has_word, (hit.text for hit in considered)),
        asked=max((question_terms.share_of(part, present) for present in held), default=0.0),
    )


def _units(index: HybridIndex, question_terms: WeightedTerms, hit: Hit) -> Iterator[_Unit]:
    """The citable spans of a hit; an item is read with its lead-in as with its headings.

    Its share is the mean of what the span covers alone and with what stands above it.
    """
    context = _context(hit)
    for start, end in citable_spans(hit.text, hit.section_path):
        own = set(terms(hit.text[start:end]))
        lead = lead_of(index, hit.span.part(start, end))
        above = context | set(terms(index.store.text(lead))) if lead else context
        yield _Unit(hit, start, end, 0.5 * (question_terms.share(own) + question_terms.share(own | above)))


def _context(hit: Hit) -> set[str]:
    return set(terms(" ".join(hit.section_path) + " " + hit.title))


def _scored(question: Question, unit: _Unit, cosine: float) -> Evidence:
    hit, text = unit.hit, unit.text
    score = _COVERED * unit.covered + _MEANING * cosine + _RANK / hit.rank + _bonus(question, text)
    span = hit.span.part(unit.start, unit.end)
    return Evidence(passage=hit.span, span=span, kind=hit.kind, text=text, score=score, leads=leads(text))


def with_phrases(phrases: Sequence[str], evidence: Sequence[Evidence]) -> list[Evidence]:
    """The sentences that hold every phrase of a query word for word; empty when it quotes none."""
    return [found for found in evidence if phrases and all(phrase in fold_phrase(found.text) for phrase in phrases)]


def _of_the_provisions(index: HybridIndex, question: Question, hits: Sequence[Hit]) -> Sequence[Hit]:
    """Hits that stand in the provisions that a question asks about by name; all hits when it names none."""
    if asks_elsewhere(question.search_text):
        return hits
    sections = index.resolver.named(question.query.citations, Filters(question.as_of))
    inside = [hit for hit in hits if any(_stands_in(hit, section) for section in sections)]
    return inside or hits


def _stands_in(hit: Hit, section: StoredSection) -> bool:
    return hit.document_id == section.document_id and section.start < hit.end and hit.start < section.end


def _of_the_class(question: str, hits: Sequence[Hit]) -> list[Hit]:
    """Hits without those that speak only of another nonimmigrant class than the question: U when T is asked for."""
    asked = _classes(question)
    fitting = [hit for hit in hits if not asked or not (found := _classes(f"{hit.title} {hit.text}")) or asked & found]
    return fitting or list(hits)


def _classes(text: str) -> set[str]:
    return {match.group(1) or match.group(2) for match in _CLASS.finditer(fold(text))}


def _cosines(index: HybridIndex, asked: Vectors, texts: list[str]) -> list[float]:
    if not texts:
        return []
    return [float(value) for value in np.clip(index.sentence_vectors(texts) @ asked, -1, 1)]


def _bonus(question: Question, text: str) -> float:
    """The bonus of a sentence of the sort that is asked for."""
    means = _MEANS.search(text) if question.kind == "definition" else None
    if means:
        subject = set(terms(_DESIGNATOR.sub("", text[: means.start()])))
        return _DEFINES_SUBJECT if subject and subject <= set(question.query.terms) else _DEFINES
    if question.kind == "number" and _NUMBER.search(text):
        return _GIVES_NUMBER
    if leads(text):
        return _LEADS if question.kind == "list" else _LEADS_UNASKED
    words = question.search_text.split()
    if len(words) == 1 and words[0].isupper() and f"({words[0]})" in text:
        return _SPELLS_OUT
    return 0.0
