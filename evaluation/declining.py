"""How well the signals on which the assistant declines tell what a document answers from what it does not mention."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from answer.assistant import Assistant
from answer.declining.confidence import likelihood
from answer.declining.signals import Signals
from evaluation.metrics import auroc
from evaluation.sets.retrieval_sets import SetQuery
from index.search import HybridIndex
from pinpoint.records import Filters


@dataclass(frozen=True, slots=True)
class Signalled:
    """A query with the signals of the best evidence and what the assistant would do."""

    query: SetQuery
    signals: Signals
    declined: bool


def signal_all(
    index: HybridIndex, queries: Sequence[SetQuery], progress: Callable[[int, int], None]
) -> list[Signalled]:
    """Weigh each query within its document, as the assistant does."""
    assistant = Assistant(index)
    found = []
    for number, query in enumerate(queries, start=1):
        filters = Filters(date.today(), documents=(query.document,) if query.document else ())
        weighed = assistant.weigh(query.text, filters=filters)
        found.append(Signalled(query, weighed.signals, bool(weighed.reason)))
        progress(number, len(queries))
    return found


def declining_figures(found: Sequence[Signalled]) -> dict[str, Any]:
    """AUROC of each number among the signals and of the probability, and what the threshold in use makes of them."""
    columns = {
        "coverage": [entry.signals.coverage for entry in found],
        "similarity": [entry.signals.similarity for entry in found],
        "reading": [-1.0 if entry.signals.reading is None else entry.signals.reading for entry in found],
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
