"""How well the signals on which the assistant declines tell what a document answers from what it does not mention."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, fields
from datetime import date
from typing import Any

from answer.confidence import reason_to_decline
from answer.evidence import gather
from answer.questions import read_question
from answer.signals import Signals
from evaluation.metrics import auroc
from evaluation.retrieval_sets import SetQuery
from index.hybrid import HybridIndex
from index.records import Filters

_HITS = 10
"""Hits from which the assistant takes its evidence."""


@dataclass(frozen=True, slots=True)
class Signalled:
    """A query with the signals of the best evidence and what the assistant would do."""

    query: SetQuery
    signals: Signals
    declined: bool


def signal_all(
    index: HybridIndex, queries: Sequence[SetQuery], progress: Callable[[int, int], None]
) -> list[Signalled]:
    """Gather evidence for each query within its document, as ``Assistant.ask`` does."""
    found = []
    for number, query in enumerate(queries, start=1):
        question = read_question(query.text, as_of=date.today())
        filters = Filters(question.as_of, documents=(query.document,) if query.document else ())
        hits = index.search(question.search_text, filters, top_k=_HITS).hits
        evidence, signals = gather(index, question, hits)
        found.append(Signalled(query, signals, bool(reason_to_decline(question, evidence, signals))))
        progress(number, len(queries))
    return found


def declining_figures(found: Sequence[Signalled]) -> dict[str, Any]:
    """AUROC of each number among the signals and of their sum, and what the thresholds in use make of them."""
    names = [field.name for field in fields(Signals) if field.type in (float, "float")]
    columns = {name: [float(getattr(entry.signals, name)) for entry in found] for name in names}
    columns["sum"] = [sum(values) for values in zip(*columns.values(), strict=True)]
    answerable = [entry.query.answerable for entry in found]
    declined = sum(entry.declined for entry in found)
    rightly = sum(entry.declined and not entry.query.answerable for entry in found)
    return {
        "answerable": sum(answerable),
        "not_mentioned": len(found) - sum(answerable),
        "auroc": {name: round(_separation(values, answerable), 4) for name, values in columns.items()},
        "declined": declined,
        "rightly_declined": rightly,
    }


def _separation(values: Sequence[float], answerable: Sequence[bool]) -> float:
    pairs = list(zip(values, answerable, strict=True))
    return auroc([value for value, there in pairs if there], [value for value, there in pairs if not there])
