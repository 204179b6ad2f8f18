"""Ask a collection of questions and count what was found, declined and quoted."""

import statistics
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from answer.assistant import Assistant
from answer.quotation import verified
from answer.records import Answer
from evaluation.collection import GoldQuestion, folded, holds
from index.records import Filters

DEPTHS = (1, 3, 5, 10)


@dataclass(frozen=True, slots=True)
class Judged:
    """One question with what became of it.

    Attributes:
        rank: 1-based rank of the first hit that holds a gold quotation, 0 if none does.
        quoted: Whether a citation of the answer holds, or lies within, a gold quotation.
        superseded_first: Whether the first hit is of a file that must not rank first.
        invalid: Quotations that are not identical to the stored text.
        milliseconds: Time from question to answer.
    """

    question: GoldQuestion
    answer: Answer
    rank: int
    quoted: bool
    superseded_first: bool
    invalid: int
    milliseconds: float


def judge_all(assistant: Assistant, questions: Sequence[GoldQuestion], progress: Callable[[int], None]) -> list[Judged]:
    """Ask every question; the model is loaded before the first one is timed."""
    assistant.index.embedder.encode(["warm"])
    judged = []
    for number, question in enumerate(questions, start=1):
        judged.append(judge(assistant, question))
        progress(number)
    return judged


def judge(assistant: Assistant, question: GoldQuestion) -> Judged:
    """Ask one question and compare with its gold."""
    started = time.perf_counter()
    answer = assistant.ask(question.question, filters=Filters(question.as_of or date.today()), question_id=question.id)
    spent = (time.perf_counter() - started) * 1000
    rank = next(
        (hit.rank for hit in answer.hits if any(holds(gold, hit.source_file, hit.text) for gold in question.gold)), 0
    )
    quoted = any(_meets(answer, gold.quote, gold.files) for gold in question.gold)
    first = bool(answer.hits) and answer.hits[0].source_file in question.not_first
    invalid = sum(not verified(citation, assistant.index) for citation in answer.citations)
    return Judged(question, answer, rank, quoted, first, invalid, spent)


def summary(judged: Sequence[Judged]) -> dict[str, Any]:
    """All figures of a run, as JSON values; shares are fractions of the count given beside them."""
    answerable = [j for j in judged if j.question.answerable]
    declinable = [j for j in judged if not j.question.answerable]
    declined = [j for j in judged if j.answer.status == "declined"]
    rightly = [j for j in declined if not j.question.answerable]
    citations = [j for j in answerable if j.question.type == "citation"]
    guarded = [j for j in judged if j.question.not_first]
    times = sorted(j.milliseconds for j in judged)
    return {
        "questions": len(judged),
        "answerable": len(answerable),
        "found": {str(depth): _share(0 < j.rank <= depth for j in answerable) for depth in DEPTHS},
        "found_by_type": {
            name: {str(depth): [sum(0 < j.rank <= depth for j in group), len(group)] for depth in DEPTHS}
            for name, group in sorted(_by_type(answerable).items())
        },
        "citation_first": _share(j.rank == 1 for j in citations),
        "superseded_first": [sum(j.superseded_first for j in guarded), len(guarded)],
        "gold_quoted": _share(j.quoted for j in answerable),
        "declined_precision": _share(not j.question.answerable for j in declined),
        "declined_recall": _share(j.answer.status == "declined" for j in declinable),
        "declined": [len(rightly), len(declined), len(declinable)],
        "quotations": sum(len(j.answer.citations) for j in judged),
        "invalid_quotations": sum(j.invalid for j in judged),
        "median_ms": round(statistics.median(times), 1) if times else 0.0,
        "p95_ms": round(times[int(0.95 * (len(times) - 1))], 1) if times else 0.0,
    }


def _meets(answer: Answer, quote: str, files: Sequence[str]) -> bool:
    """Whether the answer's quotations from one of the files hold the gold, or are a part of it."""
    gold = folded(quote)
    own = [folded(c.quote) for c in answer.citations if c.source_file in files]
    return gold in " ".join(own) or any(len(text.split()) > 4 and text in gold for text in own)  # noqa: PLR2004


def _by_type(judged: Sequence[Judged]) -> dict[str, list[Judged]]:
    groups: dict[str, list[Judged]] = {}
    for entry in judged:
        groups.setdefault(entry.question.type, []).append(entry)
    return groups


def _share(outcomes: Iterable[bool]) -> float:
    values = list(outcomes)
    return round(sum(values) / len(values), 4) if values else 0.0
