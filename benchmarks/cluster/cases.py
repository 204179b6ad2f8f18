"""Queries of every kind under limits of every kind, drawn from the documents of an index and from sets of questions."""

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from itertools import cycle, islice

from index.query.analyzer import term_of, words
from index.search import HybridIndex
from pinpoint.records import Filters, Status

TODAY = date(2026, 6, 11)
"""Day of most cases: a fixed one, so that a run next year asks the same."""
_STATUSES: tuple[tuple[Status, ...], ...] = (("in force",), ("as printed", "no date recorded"), ("ended",))
_LONG = 5
"""Letters from which on a word is likely to say something."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """One search.

    Attributes:
        kind: Of the query, "question" and so on.
        query: As typed.
        filters: What may be found.
        limit: What the filters are, in a word.
        statuses: As for ``HybridIndex.search``.
    """

    kind: str
    query: str
    filters: Filters
    limit: str
    statuses: tuple[Status, ...] = field(default=())


def draw_cases(index: HybridIndex, questions: Sequence[str], count: int, seed: int) -> list[Case]:
    """Cases of all kinds: half of them questions, each tenth another kind of query; limits in turn, all by lot."""
    chance = random.Random(seed)
    asked = chance.sample(list(questions), min(len(questions), count // 2))
    kinds: dict[str, Callable[[], str]] = {
        "keywords": lambda: " ".join(_telling(index, chance, 3)),
        "phrase": lambda: f'"{_phrase(index, chance)}"',
        "citation": lambda: _citation(index, chance),
        "citation in a question": lambda: f"What does {_citation(index, chance)} require?",
        "operators": lambda: _operators(index, chance),
    }
    queries = [("question", text) for text in asked]
    queries += [(kind, kinds[kind]()) for kind in islice(cycle(kinds), count - len(asked))]
    limits = [*_limits(index, chance)]
    chance.shuffle(queries)
    return [
        Case(kind=kind, query=query, filters=filters, limit=limit, statuses=statuses)
        for (kind, query), (limit, filters, statuses) in zip(queries, cycle(limits), strict=False)
    ]


def _limits(index: HybridIndex, chance: random.Random) -> list[tuple[str, Filters, tuple[Status, ...]]]:
    """Limits of every kind; none as often as all others together."""
    documents = sorted(index.documents)
    kinds = sorted({document.kind for document in index.documents.values()})
    collections = sorted({document.collection for document in index.documents.values()})
    none = Filters(TODAY)
    limits: list[tuple[str, Filters, tuple[Status, ...]]] = [
        ("a past day", replace(none, as_of=date(2024, 2, 10)), ()),
        ("a day long past", replace(none, as_of=date(1999, 1, 1)), ()),
        ("a later day", replace(none, as_of=TODAY + timedelta(days=700)), ()),
        ("any date", replace(none, any_date=True), ()),
        ("a kind", replace(none, kinds=(chance.choice(kinds),)), ()),
        ("collections", replace(none, collections=tuple(chance.sample(collections, min(2, len(collections))))), ()),
        (
            "documents",
            replace(none, documents=tuple(chance.sample(documents, min(8, len(documents)))), any_date=True),
            (),
        ),
        ("a preference", replace(none, prefer=(chance.choice(collections),)), ()),
        *((f"status {' or '.join(statuses)}", none, statuses) for statuses in _STATUSES),
        ("a collection, a past day", replace(none, as_of=date(2024, 8, 27), collections=tuple(collections[:3])), ()),
    ]
    return [each for limit in limits for each in (("none", none, ()), limit)]


def _passage(index: HybridIndex, chance: random.Random) -> list[str]:
    """The words of some passage that has several."""
    while True:
        row = chance.randrange(index.facts["passages"])
        found = words(index.store.passage_text(row))
        if len(found) > 2 * _LONG:
            return list(found)


def _telling(index: HybridIndex, chance: random.Random, count: int) -> list[str]:
    """Words of one passage that are no stop words, as they stand there."""
    own = _passage(index, chance)
    long = [word for word in own if len(word) >= _LONG and word.isalpha() and term_of(word.lower())]
    return list(dict.fromkeys(chance.sample(long, min(count, len(long))))) or own[:count]


def _phrase(index: HybridIndex, chance: random.Random) -> str:
    own = _passage(index, chance)
    first = chance.randrange(len(own) - 4)
    return " ".join(own[first : first + chance.randint(2, 4)])


def _citation(index: HybridIndex, chance: random.Random) -> str:
    """How some section is cited."""
    while True:
        section = index.store.section(*_where(index, chance))
        if section.citation:
            return section.citation


def _where(index: HybridIndex, chance: random.Random) -> tuple[str, int]:
    row = chance.randrange(index.facts["passages"])
    passage = index.store.passages([row])[row]
    return passage.document_id, passage.section


def _operators(index: HybridIndex, chance: random.Random) -> str:
    first, second, third, *_ = [*_telling(index, chance, 3), "visa", "order", "court"]
    forms = (
        f"{first} AND {second}",
        f"{first} OR {second} OR {third}",
        f"({first} OR {second}) AND NOT {third}",
        f"{first} w/10 {second}",
        f'{first[:4]}* AND "{_phrase(index, chance)}"',
        f"-{first} {second} AND {third}",
    )
    return chance.choice(forms)
