"""How well the signals on which the assistant declines tell what a document answers from what it does not mention."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from answer.declining.confidence import likelihood, reason_to_decline
from answer.declining.signals import Signals
from answer.evidence import gather
from answer.question import read_question
from answer.records import Evidence, Question
from answer.supporting import delegated
from evaluation.metrics import auroc
from evaluation.retrieval_sets import SetQuery
from index.search import HybridIndex
from pinpoint.records import Filters

_HITS = 10
"""Hits from which the assistant takes its evidence."""
_FOLLOWED = 2


@dataclass(frozen=True, slots=True)
class Weighed:
    """A question with its evidence and signals, as the assistant sees them; ``named`` if it cites what is there."""

    question: Question
    evidence: list[Evidence]
    signals: Signals
    named: bool


@dataclass(frozen=True, slots=True)
class Signalled:
    """A query with the signals of the best evidence and what the assistant would do."""

    query: SetQuery
    signals: Signals
    declined: bool


def weigh(index: HybridIndex, text: str, filters: Filters) -> Weighed:
    """Gather evidence for a question, as ``Assistant.ask`` does."""
    changes = sorted({entry.effective for entry in index.crosswalk.entries})
    question = read_question(text, as_of=filters.as_of, changes=changes)
    filters = replace(filters, as_of=question.as_of)
    found = index.search(question.search_text, filters, top_k=_HITS)
    spans = [hit.span for hit in found.hits[:_FOLLOWED]]
    evidence, signals = gather(index, question, found, delegated(index, spans, filters))
    return Weighed(question, evidence, signals, found.named > 0)


def signal_all(
    index: HybridIndex, queries: Sequence[SetQuery], progress: Callable[[int, int], None]
) -> list[Signalled]:
    """Gather evidence for each query within its document, as ``Assistant.ask`` does."""
    found = []
    for number, query in enumerate(queries, start=1):
        filters = Filters(date.today(), documents=(query.document,) if query.document else ())
        seen = weigh(index, query.text, filters)
        declined = bool(reason_to_decline(seen.question, seen.evidence, seen.signals))
        found.append(Signalled(query, seen.signals, declined))
        progress(number, len(queries))
    return found


def declining_figures(found: Sequence[Signalled]) -> dict[str, Any]:
    """AUROC of each number among the signals and of the probability, and what the threshold in use makes of them."""
    columns = {
        "coverage": [entry.signals.coverage for entry in found],
        "similarity": [entry.signals.similarity for entry in found],
        "probability": [likelihood(entry.signals) for entry in found],
    }
    answerable = [entry.query.answerable for entry in found]
    declined = sum(entry.declined for entry in found)
    rightly = sum(entry.declined and not entry.query.answerable for entry in found)
    return {
        "answerable": sum(answerable),
        "not_mentioned": len(found) - sum(answerable),
        "auroc": {name: round(separation(values, answerable), 4) for name, values in columns.items()},
        "declined": declined,
        "rightly_declined": rightly,
    }


def separation(values: Sequence[float], answerable: Sequence[bool]) -> float:
    """AUROC of a number for whether a question is answerable.

    Raises:
        ValueError: All are, or none is.
    """
    pairs = list(zip(values, answerable, strict=True))
    return auroc([value for value, there in pairs if there], [value for value, there in pairs if not there])
