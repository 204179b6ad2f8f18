"""Premises: what a question takes for granted, and the sentence that says otherwise."""

import re
from collections.abc import Sequence

from answer.conflicts.modality import modalities, opposed
from answer.records import Evidence
from index.query.analyzer import terms
from index.query.query import Query
from index.query.question_terms import WeightedTerms
from index.search import HybridIndex

SAYS_OTHERWISE = "The documents say otherwise than the question supposes."
_AUXILIARY = r"(?:do|does|did|is|are|was|were|has|have|had|can|could|may|must|should|shall|will|would)"
_CLAUSE = r"(?P<clause>(?:[^.,;?]|(?<=\d)[.,](?=\d))+)"
_SUPPOSING = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        # "Since a permit is mandatory, what …"
        rf"(?:^|[.;?!]\s+)(?:but\s+|and\s+)?(?:since|because|as)\s+{_CLAUSE},",
        # "… given that tenants pay twice"
        rf"\b(?:given that|seeing (?:that|as)|now that|considering that|assuming that)\s+{_CLAUSE}",
        # "Why must every tenant pay?"
        rf"(?:^|[.;?!]\s+)(?:but\s+)?why\s+(?={_AUXILIARY}\b(?!n't|\s+not\b)){_CLAUSE}\?",
        # "Tenants pay twice, so how …"
        rf"(?:^|[.;?!]\s+)(?!(?:if|when|where|what|which|who|how|why)\b){_CLAUSE},\s*(?:so|then|and so)\s+"
        r"(?:how|what|when|where|who|which|why)\b",
        # "Tenants pay twice, don't they?"
        rf"(?:^|[.;?!]\s+)(?:so\s+)?{_CLAUSE},\s*(?:right|correct|{_AUXILIARY}n't\s+\w+)\s*\?",
    )
)
_SINCE_A_TIME = re.compile(
    r"^(?:\d|(?:last|this|the (?:end|start|beginning|day)|then|when|january|february|march|april|may|june|july|august"
    r"|september|october|november|december)\b)",
    re.IGNORECASE,
)
_DENIES = re.compile(r"\b(?:not|no|never|neither|nor|none|cannot|without|optional|voluntary)\b", re.IGNORECASE)
_LEAST_TERMS = 2
"""Terms of a clause that can be denied. Set by hand; not measured."""
_LEAST_DUTY, _LEAST_DENIAL = 0.4, 0.6
"""Least share of a clause's term weight in the sentence that says the opposite: of what it requires, or in any other
way; a negation may belong to something else. Set by hand; over the starter documents all 8 wrong premises met the text
that contradicts them, 1 with the note, and no note was false (docs/tried.md, "Answers")."""


def supposed(question: str) -> str:
    """The clause that a question takes for granted, "" when it takes nothing so."""
    for look in _SUPPOSING:
        found = look.search(question)
        if found and not _SINCE_A_TIME.match(found.group("clause")):
            return found.group("clause").strip()
    return ""


def denied(index: HybridIndex, query: Query, evidence: Sequence[Evidence]) -> Evidence | None:
    """The best sentence that says the opposite of what a query takes for granted; None when there is none."""
    clause = supposed(query.text)
    start = query.text.find(clause)
    cited = query.cited_in(start, start + len(clause))
    if len(set(terms(clause, cited))) < _LEAST_TERMS or _DENIES.search(clause):
        return None
    question_terms, required = WeightedTerms(index.expand(clause, cited), index.term_weight), modalities(clause)

    def denies(found: Evidence) -> bool:
        share = question_terms.share(set(terms(found.text)))
        if any(opposed(ours, theirs) for ours in required for theirs in modalities(found.text)):
            return share >= _LEAST_DUTY
        return not required and bool(_DENIES.search(found.text)) and share >= _LEAST_DENIAL

    return next(filter(denies, evidence), None)
