"""What of a case is searched: the clauses and questions that tell most; the rest is left aside, and that is said."""

from collections.abc import Sequence
from dataclasses import replace

from answer.issues.clauses import asks_of_substance
from answer.issues.facts import without_facts
from answer.issues.wording import in_words_of_law
from answer.records import Case
from index.query.analyzer import terms
from index.search import HybridIndex

_SEARCHED = 8
"""Clauses and questions of a case that are searched. Set by hand; not measured."""
_ASKS = 3
"""Of these, questions at most. Set by hand; not measured."""


def searched(index: HybridIndex, case: Case) -> Case:
    """A case with what is searched of it alone, in its order.

    Args:
        index: Its documents tell how much a word weighs.
        case: All that is told and asked, of any length.
    """
    asks = _most_telling(index, asks_of_substance(case), _ASKS)
    return replace(case, clauses=_most_telling(index, case.clauses, _SEARCHED - len(asks)), asks=asks)


def _most_telling(index: HybridIndex, clauses: Sequence[str], most: int) -> tuple[str, ...]:
    """So many clauses, each once: first those for which the law is known to have words."""
    clauses = tuple(dict.fromkeys(clauses))
    weights = []
    for clause in clauses:
        plain, _ = without_facts(clause)
        weights.append((bool(in_words_of_law(plain)), sum(map(index.term_weight, set(terms(plain))))))
    chosen = sorted(range(len(clauses)), key=weights.__getitem__, reverse=True)[:most]
    return tuple(clauses[number] for number in sorted(chosen))
