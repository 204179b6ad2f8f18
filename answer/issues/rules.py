"""The rule that governs an issue: the sentence of the law that comes nearest to a clause of a case.

The clauses of one case are read together. Each is searched in the words of the law; what most of them find tells which
law governs, and of that law every sentence is compared with every clause.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence, Set
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from answer.issues.facts import without_facts
from answer.issues.governing import governs
from answer.issues.wording import in_words_of_law
from answer.records import Evidence
from answer.supporting import supporting
from index.documents.authority import authority_of
from index.documents.citable import citable_spans, leads
from index.models.embedding import Vectors
from index.query.analyzer import terms
from index.query.question_terms import WeightedTerms
from index.ranking.ranker import falling
from index.records import Hit
from index.search import HybridIndex
from pinpoint.records import Filters, Span
from pinpoint.stored import StoredSection

_HITS = 12
"""Passages found for a clause. Set by hand; not measured."""
_FOLLOWED = 2
"""Of these, passages whose references are followed. Set by hand; not measured."""
_LAW = 2
"""Authority rank of a regulation: what ranks higher or alike is law, which governs. Guidance does where no law is."""
_SECTIONS = 8
"""Sections of the law that are read whole, those first that most clauses find. Set by hand; not measured."""
_LARGE = 160
"""Passages of a section that is not read whole, but where it was found. Set by hand; not measured."""
_RULES = 4
"""Rules considered for a clause. Set by hand; not measured."""
_COMPARED = 128
"""Sentences of the law that are compared with a case by meaning, each clause choosing as many by what their terms tell:
the least that left the best rule of every clause of the building cases as it was; see docs/tried.md."""
_COVERED, _WORDED, _MEANING, _SHARED, _FOUND, _PREFERRED = 0.35, 0.2, 0.65, 0.12, 0.12, 0.15
"""Weights of the terms of a clause that a rule has, of the law's phrases for it, of their cosine, of how many clauses
find its section, of the rank at which the clause finds it, and of a preferred collection. Set by hand on the building
cases of evaluation/data/fact-patterns.jsonl."""

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Found:
    """A clause and the passages that its words find.

    Attributes:
        text: As typed.
        hits: Best first, with what they delegate to.
        asked: Its terms with their weights.
        vector: Its embedding, shape ``(dim,)``.
        law: The terms of each phrase in which the law speaks of it.
    """

    text: str
    hits: tuple[Hit, ...]
    asked: WeightedTerms
    vector: Vectors
    law: tuple[frozenset[str], ...] = ()

    def worded(self, present: Set[str], weight: Callable[[str], float]) -> float:
        """How much of one of the law's phrases a text has, 0 to 1; a phrase of one word tells half."""
        shares = (
            min(1.0, len(phrase) / 2) * sum(map(weight, phrase & present)) / sum(map(weight, phrase))
            for phrase in self.law
            if not phrase.isdisjoint(present)
        )
        return max(shares, default=0.0)


@dataclass(frozen=True, slots=True)
class Rule:
    """A sentence of the law for a clause.

    Attributes:
        evidence: The sentence; its score compares within a case.
        covered: Share of the clause's term weight that it holds, 0 to 1.
        cosine: Of its embedding and that of the clause.
        worded: How much of one of the law's phrases for the clause it has, 0 to 1.
        section: The section in which it stands.
    """

    evidence: Evidence
    covered: float
    cosine: float
    section: StoredSection
    worded: float = 0.0


def find(index: HybridIndex, clauses: Sequence[str], filters: Filters, *, asked: bool = False) -> list[Found]:
    """Search clauses, without their facts and in the words of the law."""
    found = []
    for clause in clauses:
        plain, _ = without_facts(clause)
        also = in_words_of_law(plain, asked=asked)
        query = index.read(f"{plain} ({', '.join(also)})" if also else plain)
        result = index.search(query, filters, top_k=_HITS, channel="hybrid")
        followed = supporting(index, [hit.span for hit in result.hits[:_FOLLOWED]], filters)
        weighted_terms = WeightedTerms(query.expanded, index.term_weight)
        vector = index.embedding(result, query.expanded.embedding_text)
        law = tuple(frozenset(terms(phrase)) for phrase in also)
        found.append(Found(clause, (*result.hits, *followed), weighted_terms, vector, tuple(filter(None, law))))
    return found


def rules(index: HybridIndex, found: Sequence[Found], filters: Filters) -> list[list[Rule]]:
    """The rules that may govern each clause, best first, from the law that governs the case.

    Args:
        index: Where they stand.
        found: The clauses, as ``find`` gives them.
        filters: Their preferred collections come first.
    """
    votes = _votes(index, found)
    units = list(dict.fromkeys(_units(index, found, votes)))
    if not units:
        return [[] for _ in found]
    texts = [index.store.text(span) for span, _ in units]
    sections = [index.store.deepest(span) for span, _ in units]
    top = max(votes.values())
    shared = np.array([_SHARED * votes[_key(index, section)] / top for section in sections])
    shared += [_PREFERRED * (index.documents[span.document_id].collection in filters.prefer) for span, _ in units]
    of_path = cache(lambda path: frozenset(terms(" ".join(path))))
    present = [(frozenset(terms(text)), of_path(section.path)) for text, section in zip(texts, sections, strict=True)]
    told = [_told(clause, present, index.term_weight) for clause in found]
    sums = [
        _COVERED * covered + _WORDED * worded + shared + _ranks(clause, [span for span, _ in units])
        for clause, (covered, worded) in zip(found, told, strict=True)
    ]
    most = max(1, _COMPARED // len(found))
    rows = sorted({row for scores in sums for row in falling(scores)[:most]})
    vectors = index.sentence_vectors([texts[row] for row in rows])
    cosines = np.clip(vectors @ np.stack([clause.vector for clause in found]).T, -1, 1)
    ranked = []
    for column, (scores, (covered, worded)) in enumerate(zip(sums, told, strict=True)):
        own = scores[rows] + _MEANING * cosines[:, column]
        best = [(rows[position], position) for position in falling(own)[:_RULES]]
        ranked.append(
            [
                Rule(
                    Evidence(
                        passage=units[row][1],
                        span=units[row][0],
                        kind=index.documents[units[row][0].document_id].kind,
                        text=texts[row],
                        score=float(own[position]),
                        leads=leads(texts[row]),
                    ),
                    float(covered[row]),
                    float(cosines[position, column]),
                    sections[row],
                    float(worded[row]),
                )
                for row, position in best
            ]
        )
    return ranked


def _told(
    clause: Found, present: Sequence[tuple[frozenset[str], frozenset[str]]], weight: Callable[[str], float]
) -> tuple[Floats, Floats]:
    """What share of a clause sentences have, and how much of a phrase of the law; each of shape ``(len(present),)``.

    Args:
        clause: Its terms and its phrases.
        present: The terms of each sentence, and those of its headings.
        weight: Inverse document frequency of a term.
    """
    covered = [0.5 * (clause.asked.share(own) + clause.asked.share(own | above)) for own, above in present]
    return np.array(covered), np.array([clause.worded(own, weight) for own, _ in present])


def _ranks(clause: Found, spans: Sequence[Span]) -> Floats:
    """What it adds to sentences that they stand in passages which the clause finds, more for the first."""
    added = np.zeros(len(spans))
    for rank, hit in reversed(list(enumerate(clause.hits))):
        added[[span.within(hit.span) for span in spans]] = _FOUND / (1 + rank / 2)
    return added


def _law(index: HybridIndex, hits: Iterable[Hit]) -> set[str]:
    """Documents among hits that are law, or of the highest authority that there is."""
    ranks = {hit.document_id: authority_of(hit.kind).rank for hit in hits}
    highest = max(_LAW, min(ranks.values(), default=_LAW))
    return {name for name, rank in ranks.items() if rank <= highest}


def _votes(index: HybridIndex, found: Sequence[Found]) -> Counter[tuple[str, int]]:
    """How much of the case each section of the law is found for: of each clause the inverse rank, summed."""
    law = _law(index, (hit for clause in found for hit in clause.hits))
    votes: Counter[tuple[str, int]] = Counter()
    for clause in found:
        own: dict[tuple[str, int], float] = {}
        for rank, hit in enumerate((hit for hit in clause.hits if hit.document_id in law), start=1):
            own.setdefault(_key(index, index.store.deepest(hit.span)), 1 / (2 + rank))
        votes.update(own)
    return votes


def _key(index: HybridIndex, section: StoredSection) -> tuple[str, int]:
    enclosing = index.store.enclosing_section(section)
    return enclosing.document_id, enclosing.number


def _units(index: HybridIndex, found: Sequence[Found], votes: Counter[tuple[str, int]]) -> Iterator[tuple[Span, Span]]:
    """The sentences of the sections that most clauses find, each with the passage that it is cut from."""
    hits = [hit.span for clause in found for hit in clause.hits]
    for key, _ in votes.most_common(_SECTIONS):
        section = index.store.section(*key)
        passages = index.store.passages_in(section.span)
        if len(passages) > _LARGE:
            passages = [passage for passage in passages if passage.span in hits]
        for passage in passages:
            path = index.store.section(passage.document_id, passage.section).path
            for start, end in citable_spans(passage.text, path):
                if governs(passage.text[start:end], path):
                    yield passage.span.part(start, end), passage.span
