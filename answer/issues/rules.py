"""The rule that governs an issue: the sentence of the law that comes nearest to a clause of a case.

The clauses of one case are read together. Each is searched in the words of the law; what most of them find tells which
law governs, and of that law every sentence is compared with every clause.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from answer.issues.facts import without_facts
from answer.issues.wording import in_words_of_law
from answer.question_terms import WeightedTerms
from answer.records import Evidence
from answer.supporting import supporting
from index.documents.authority import authority_of
from index.documents.citable import citable_spans, leads
from index.models.embedding import Vectors
from index.query.analyzer import terms
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
"""Paragraphs of a section that is not read whole, but where it was found. Set by hand; not measured."""
_RULES = 4
"""Rules considered for a clause. Set by hand; not measured."""
_COVERED, _MEANING, _SHARED = 0.35, 0.65, 0.12
"""Weights of the terms of a clause that a rule has, of their cosine, and of how many clauses find its section."""


@dataclass(frozen=True, slots=True)
class Found:
    """A clause and the passages that its words find.

    Attributes:
        text: As typed.
        hits: Best first, with what they delegate to.
        asked: Its terms with their weights.
        vector: Its embedding, shape ``(dim,)``.
    """

    text: str
    hits: tuple[Hit, ...]
    asked: WeightedTerms
    vector: Vectors


@dataclass(frozen=True, slots=True)
class Rule:
    """A sentence of the law for a clause.

    Attributes:
        evidence: The sentence; its score compares within a case.
        covered: Share of the clause's term weight that it holds, 0 to 1.
        cosine: Of its embedding and that of the clause.
        section: The section in which it stands.
    """

    evidence: Evidence
    covered: float
    cosine: float
    section: StoredSection


def find(index: HybridIndex, clauses: Sequence[str], filters: Filters) -> list[Found]:
    """Search each clause, without its facts and in the words of the law."""
    found = []
    for clause in clauses:
        plain, _ = without_facts(clause)
        also = in_words_of_law(plain)
        query = index.read(f"{plain} ({', '.join(also)})" if also else plain)
        result = index.search(query, filters, top_k=_HITS, channel="hybrid")
        followed = supporting(index, [hit.span for hit in result.hits[:_FOLLOWED]], filters)
        asked = WeightedTerms(query.expanded, index.term_weight)
        vector = index.embedding(result, query.expanded.embedding_text)
        found.append(Found(clause, (*result.hits, *followed), asked, vector))
    return found


def rules(index: HybridIndex, found: Sequence[Found]) -> list[list[Rule]]:
    """The rules that may govern each clause, best first, from the law that governs the case."""
    votes = _votes(index, found)
    units = list(dict.fromkeys(_units(index, found, votes)))
    if not units:
        return [[] for _ in found]
    texts = [index.store.text(span) for span, _ in units]
    vectors = index.sentence_vectors(texts)
    sections = [index.store.deepest(span) for span, _ in units]
    held = [set(terms(text)) for text in texts]
    above = [set(terms(" ".join(section.path))) for section in sections]
    top = max(votes.values())
    shared = [_SHARED * votes[_key(index, section)] / top for section in sections]
    ranked = []
    for clause in found:
        cosines = np.clip(vectors @ clause.vector, -1, 1)
        scored = []
        for row, (span, passage) in enumerate(units):
            covered = 0.5 * (clause.asked.share(held[row]) + clause.asked.share(held[row] | above[row]))
            score = _COVERED * covered + _MEANING * float(cosines[row]) + shared[row]
            kind = index.documents[span.document_id].kind
            evidence = Evidence(
                passage=passage, span=span, kind=kind, text=texts[row], score=score, leads=leads(texts[row])
            )
            scored.append(Rule(evidence, covered, float(cosines[row]), sections[row]))
        scored.sort(key=lambda rule: -rule.evidence.score)
        ranked.append(scored[:_RULES])
    return ranked


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
        for place, hit in enumerate((hit for hit in clause.hits if hit.document_id in law), start=1):
            own.setdefault(_key(index, index.store.deepest(hit.span)), 1 / (2 + place))
        votes.update(own)
    return votes


def _key(index: HybridIndex, section: StoredSection) -> tuple[str, int]:
    enclosing = index.store.enclosing_section(section)
    return enclosing.document_id, enclosing.number


def _units(index: HybridIndex, found: Sequence[Found], votes: Counter[tuple[str, int]]) -> Iterator[tuple[Span, Span]]:
    """The sentences of the sections that most clauses find, each with the passage that it is cut from."""
    for key, _ in votes.most_common(_SECTIONS):
        section = index.store.section(*key)
        parts = index.store.descendants(section)
        if len(parts) <= _LARGE:
            spans = [part.own_span for part in parts]
        else:
            hits = (hit for clause in found for hit in clause.hits)
            spans = [hit.span for hit in hits if hit.span.within(section.span)]
        for span in spans:
            if span.start == span.end:
                continue
            passage = index.store.passage(span)
            path = index.store.deepest(passage.span).path
            for start, end in citable_spans(passage.text, path):
                yield passage.span.part(start, end), passage.span
