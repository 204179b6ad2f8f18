"""What the cluster is asked for candidates: bodies of searches, and how their answers are read.

A question is a generator: it yields searches, is sent the answer of each, and returns what it found. So questions that
know nothing of each other are asked in one request (``answered``).
"""

from collections.abc import Callable, Generator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

from index.backend import Rows, Scores
from index.ranking.vectors import Vectors
from pinpoint.records import Filters

Line = tuple[Mapping[str, Any], Mapping[str, Any]]
"""Header and body of one search."""
Answer = Mapping[str, Any]
T = TypeVar("T")
Question = Generator[Line, Answer, T]

EF_SEARCH = 5_000
"""Candidates that a search of each graph weighs. Of 200,000 passages in three graphs 1,000 lost 0.9 % of the best 100
and 11 of the first ten of 60 questions; 3,000 lost 0.1 % and 4; 5,000 lost 0.03 % and none, in a quarter more time than
3,000. The engine's own choice loses 10 % of the nearest 100 (``python -m benchmarks cluster-growth``)."""
MOST_NEAR = 10_000
"""Neighbours that one search may ask for; the engine refuses more."""
_MOST_VALUES = 60_000
"""Values of one filter; the cluster refuses more than 65,536. Without the filter more is asked for than is needed."""
FIELDS = ("hits.hits._score", "hits.hits.fields.row")
"""What is read of an answer."""
_ROW_ALONE = {"_source": False, "stored_fields": "_none_", "docvalue_fields": ["row"], "track_total_hits": False}


@dataclass(frozen=True, slots=True)
class Returned:
    """What an answer has, best first.

    Attributes:
        rows: Shape ``(hits,)``.
        scores: Those of the cluster, float64, same shape.
    """

    rows: Rows
    scores: NDArray[np.float64]


def answered(ask: Callable[[Sequence[Line]], Sequence[Answer]], questions: Sequence[Question[T]]) -> list[T]:
    """What questions find; each round is one request of all that are not at their end."""
    found: dict[int, T] = {}
    answers: dict[int, Answer | None] = dict.fromkeys(range(len(questions)))
    while answers:
        lines: dict[int, Line] = {}
        for number, answer in answers.items():
            try:
                question = questions[number]
                lines[number] = next(question) if answer is None else question.send(answer)
            except StopIteration as end:
                found[number] = end.value
        answers = dict(zip(lines, ask(list(lines.values())), strict=True)) if lines else {}
    return [found[number] for number in range(len(questions))]


def read_answer(answer: Answer) -> Returned:
    """The rows of an answer, and the scores that the cluster gave them."""
    hits = answer.get("hits", {}).get("hits", ())
    rows = np.array([hit["fields"]["row"][0] for hit in hits], dtype=np.int64)
    return Returned(rows, np.array([hit["_score"] for hit in hits], dtype=np.float64))


def by_terms(boosts: Mapping[str, Mapping[str, float]], size: int, filters: Filters | None) -> Line:
    """A search of passages by weighted terms.

    Args:
        boosts: Of tokens, by field.
        size: How many passages, at most.
        filters: What they pass; None for all passages.
    """
    should = [
        {"term": {field: {"value": token, "boost": boost}}}
        for field, tokens in boosts.items()
        for token, boost in tokens.items()
    ]
    query: dict[str, Any] = {"should": should, "minimum_should_match": 1}
    if filters is not None:
        query["filter"] = conditions(filters)
    # Frequencies of all parts together, so that one boost is right in each of them.
    return {"search_type": "dfs_query_then_fetch"}, {"size": size, "query": {"bool": query}, **_ROW_ALONE}


def by_vector(vector: Vectors, size: int, filters: Filters) -> Line:
    """A search of the nearest passages; ``vector`` of shape ``(dim,)`` is not zero."""
    near: dict[str, Any] = {
        "vector": [float(f"{number:.9g}") for number in vector.tolist()],
        "k": size,
        "method_parameters": {"ef_search": max(EF_SEARCH, size)},
    }
    if limits := conditions(filters):
        near["filter"] = {"bool": {"filter": limits}}
    return {}, {"size": size, "query": {"knn": {"vector": near}}, **_ROW_ALONE}


def conditions(filters: Filters) -> list[dict[str, Any]]:
    """What passages pass that pass filters; others may as well: spans that are left out have no condition."""
    fields = {"kind": filters.kinds, "collection": filters.collections, "document_id": filters.documents}
    found: list[dict[str, Any]] = [
        {"terms": {field: list(values)}} for field, values in fields.items() if 0 < len(values) <= _MOST_VALUES
    ]
    if not filters.any_date:
        day = filters.as_of.toordinal()
        found += [{"range": {"valid_from": {"lte": day}}}, {"range": {"valid_to": {"gt": day}}}]
    return found


def best_of(rows: Rows, scores: Scores, count: int) -> tuple[Rows, Scores]:
    """Rows of the highest scores with their scores, the first of equal ones, ``count`` at most; best first."""
    order = np.lexsort((rows, -scores))[:count]
    return rows[order], scores[order]
