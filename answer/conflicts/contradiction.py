"""Contradictions: two sources that differ on the same matter, to be shown side by side and never blended."""

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache
from itertools import combinations, islice

from answer.conflicts.modality import modalities, opposed, quantities, spoken
from answer.records import Citation, Conflict, Evidence
from index.query.analyzer import terms

_SAME_NUMBERS, _SAME_MODALITY = 0.5, 0.6
"""Least share of their terms that two sentences have in common, when they differ in a number or in what they
require; a rule and its exception have more terms apart. Set by hand; on the 207 questions with an answer over the
starter documents and tvisa-dev they gave no false conflict, and there was no true one to find (docs/tried.md)."""
_LEAST_SHARED = 4
"""Terms that two sentences on one matter have in common at least. Set by hand; see above."""
_MODAL_WORDS = frozenset(
    terms("must shall need not required require requirement mandatory optional voluntary may can cannot no longer "
          "have to prohibited forbidden permitted allowed authorized obliged necessary")
)  # fmt: skip
_CONDITION = re.compile(r"\b(?:if|unless|except|when|where|until|provided that|in cases?)\b", re.IGNORECASE)
_MOST = 3
"""Conflicts shown with an answer. Set by hand; not measured."""


def difference(one: str, other: str) -> tuple[str, str]:
    """The words of two sentences about the same matter that cannot both hold; ("", "") when there are none.

    Returns:
        The words of each in which they differ: "30 days" and "60 days", "must" and "optional".
    """
    first, second = _matter(one), _matter(other)
    shared, every = len(first & second), len(first | second)
    if shared < _LEAST_SHARED or _of_other_classes(first, second):
        return "", ""
    if shared >= _SAME_NUMBERS * every:
        ours, theirs = quantities(one), quantities(other)
        for unit in ours.keys() & theirs.keys():
            if not ours[unit].keys() & theirs[unit].keys():
                return ", ".join(ours[unit].values()), ", ".join(theirs[unit].values())
    if shared >= _SAME_MODALITY * every and bool(_CONDITION.search(one)) == bool(_CONDITION.search(other)):
        mine, yours = modalities(one), modalities(other)
        if len(mine) == len(yours) == 1 and opposed(*mine, *yours) and not _narrower(one, other):
            return spoken(one), spoken(other)
    return "", ""


def _narrower(one: str, other: str) -> bool:
    """Whether the subject of either sentence has terms that the other sentence lacks: an exception beside its rule."""
    subjects = ((text.partition(spoken(text))[0], beside) for text, beside in ((one, other), (other, one)))
    return any(set(terms(subject)) - set(terms(beside)) - _MODAL_WORDS for subject, beside in subjects)


def opposing(found: Evidence, evidence: Sequence[Evidence]) -> Evidence | None:
    """The first sentence of another document that differs from one on the same matter, to be quoted wherever it is."""
    others = (other for other in evidence if other.span.document_id != found.span.document_id)
    differing = (other for other in others if any(difference(found.text, other.text)))
    return next((replace(other, score=found.score) for other in differing), None)


def contradictions(citations: Sequence[Citation]) -> tuple[Conflict, ...]:
    """The pairs of quotations in force, from different documents, that differ on the same matter; at most three.

    Text of another day than the one asked for is left out: that it differs is no contradiction.
    """
    held = [citation for citation in citations if citation.in_force and citation.status != "no text of that day"]
    pairs = ((one, other) for one, other in combinations(held, 2) if one.source_file != other.source_file)
    differing = ((one, other, difference(one.quote, other.quote)) for one, other in pairs)
    conflicts = (
        Conflict((one.marker, other.marker), f"These differ: {_side(one, mine)}; {_side(other, yours)}.")
        for one, other, (mine, yours) in differing
        if mine or yours
    )
    return tuple(islice(conflicts, _MOST))


def _side(citation: Citation, words: str) -> str:
    since = f", in force since {citation.effective_from.isoformat()}" if citation.effective_from else ""
    return f"{citation.section} ({citation.authority}{since}) has \u201c{words}\u201d"


@lru_cache(maxsize=256)
def _matter(text: str) -> frozenset[str]:
    """The terms of a text without numbers and without words that say what is required."""
    return frozenset(term for term in terms(text) if term not in _MODAL_WORDS and not term.replace(".", "").isdigit())


def _of_other_classes(first: frozenset[str], second: frozenset[str]) -> bool:
    """Whether two sentences name codes (T-1, I-914), but not the same ones."""
    ours, theirs = ({term for term in matter if any(map(str.isdigit, term))} for matter in (first, second))
    return bool(ours and theirs) and not ours & theirs
