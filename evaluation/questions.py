"""Ask a question set and count what was found, declined and quoted."""

import re
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from answer.assistant import Assistant
from answer.records import Answer, Citation, Statement
from answer.statements.verification import verified
from evaluation.intervals import estimate
from evaluation.metrics import time_figures
from evaluation.question_set import Gold, GoldQuestion, covers, folded
from index.records import Channel, Hit
from index.scope import scope_of
from index.search import HybridIndex
from pinpoint.records import Filters, Scope

DEPTHS = (1, 3, 5, 10)
"""Ranks to which a gold quotation is looked for."""
_TAIL = re.compile(r"\s\([^()]*\)$")


@dataclass(frozen=True, slots=True)
class Judged:
    """One question with what became of it.

    Attributes:
        rank: 1-based rank of the first hit that holds a gold quotation, 0 if none does.
        quoted: Whether a citation of the answer holds, or lies within, a gold quotation.
        first: Whether the first statement, with the items of its list, does.
        shown: Whether those that are shown at once do.
        superseded_first: Whether the first hit is of a file that must not rank first.
        invalid: Quotations that are not identical to the stored text.
        milliseconds: Time from question to answer.
        from_file: Share of the answer's statements that come from a file with a gold quotation; 0 without statements.
        from_section: Share that come from its section.
    """

    question: GoldQuestion
    answer: Answer
    rank: int
    quoted: bool
    first: bool
    shown: bool
    superseded_first: bool
    invalid: int
    milliseconds: float
    from_file: float = 0.0
    from_section: float = 0.0


@dataclass(frozen=True, slots=True)
class Found:
    """One question searched in one channel.

    Attributes:
        rank: 1-based rank of the first hit that holds a gold quotation, 0 if none does.
        milliseconds: Time of the search, the embedding of the question included.
    """

    rank: int
    milliseconds: float


def judge_all(
    assistant: Assistant,
    questions: Sequence[GoldQuestion],
    progress: Callable[[int], None],
    scope: Scope | None = None,
) -> list[Judged]:
    """Ask every question, in the scope that the index prefers if not given; the models are loaded before the first."""
    assistant.index.warm()
    judged = []
    for number, question in enumerate(questions, start=1):
        judged.append(judge(assistant, question, scope))
        progress(number)
    return judged


def judge(assistant: Assistant, question: GoldQuestion, scope: Scope | None = None) -> Judged:
    """Ask one question and compare with its gold."""
    started = time.perf_counter()
    filters = _filters(assistant.index, question, scope)
    answer = assistant.ask(question.question, filters=filters, question_id=question.id)
    spent = (time.perf_counter() - started) * 1000
    rank = gold_rank(question, answer.hits)
    shown = [statement for statement in answer.statements if not statement.more]
    behind = next((n for n, statement in enumerate(shown) if n and not statement.item), len(shown))
    quoted, at_once, first = (
        any(_meets(_cited(answer, some), gold) for gold in question.gold)
        for some in (answer.statements, shown, shown[:behind])
    )
    superseded = bool(answer.hits) and answer.hits[0].source_file in question.not_first
    invalid = sum(not verified(citation, assistant.index) for citation in answer.citations)
    files, sections = _support(answer, question.gold)
    return Judged(question, answer, rank, quoted, first, at_once, superseded, invalid, spent, files, sections)


def search_all(
    index: HybridIndex, questions: Sequence[GoldQuestion], channel: Channel, progress: Callable[[int], None]
) -> list[Found]:
    """Search every question that has gold in one channel; the model is loaded before the first one is timed."""
    index.search("warm", Filters(date.today()), channel=channel)
    found = []
    for number, question in enumerate(questions, start=1):
        started = time.perf_counter()
        hits = index.search(question.question, _filters(index, question), channel=channel).hits
        found.append(Found(gold_rank(question, hits), (time.perf_counter() - started) * 1000))
        progress(number)
    return found


def _filters(index: HybridIndex, question: GoldQuestion, scope: Scope | None = None) -> Filters:
    """The day of a question, and a scope: what the index prefers, as for somebody who chooses nothing, if not given."""
    scope = scope or scope_of(index)
    return Filters(question.as_of or date.today(), collections=scope.only, prefer=scope.prefer)


def gold_rank(question: GoldQuestion, hits: Sequence[Hit]) -> int:
    """1-based rank of the first hit that holds a gold quotation of a question, 0 if none does."""
    holding = (hit.rank for hit in hits if any(covers(gold, hit.source_file, hit.text) for gold in question.gold))
    return next(holding, 0)


def summary(judged: Sequence[Judged]) -> dict[str, Any]:
    """All figures of a run, as JSON values; shares are fractions of the count given beside them."""
    answerable = [j for j in judged if j.question.answerable]
    declinable = [j for j in judged if not j.question.answerable]
    declined = [j for j in judged if j.answer.status == "declined"]
    rightly = [j for j in declined if not j.question.answerable]
    citations = [j for j in answerable if j.question.type == "citation"]
    guarded = [j for j in judged if j.question.not_first]
    supported = [j for j in answerable if j.answer.statements]
    files, sections = [j.from_file for j in supported], [j.from_section for j in supported]
    outcomes: dict[str, list[float]] = {
        **{f"found {depth}": [float(0 < j.rank <= depth) for j in answerable] for depth in DEPTHS},
        "citation_first": [float(j.rank == 1) for j in citations],
        "gold_quoted": [float(j.quoted) for j in answerable],
        "gold_first": [float(j.first) for j in answerable],
        "gold_shown": [float(j.shown) for j in answerable],
        "statements_from_gold file": files,
        "statements_from_gold section": sections,
        "declined_precision": [float(not j.question.answerable) for j in declined],
        "declined_recall": [float(j.answer.status == "declined") for j in declinable],
    }
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
        "gold_first": _share(j.first for j in answerable),
        "gold_shown": _share(j.shown for j in answerable),
        "statements_from_gold": {"file": _mean(files), "section": _mean(sections)},
        "declined_precision": _share(not j.question.answerable for j in declined),
        "declined_recall": _share(j.answer.status == "declined" for j in declinable),
        "declined": [len(rightly), len(declined), len(declinable)],
        "quotations": sum(len(j.answer.citations) for j in judged),
        "invalid_quotations": sum(j.invalid for j in judged),
        "intervals": {name: _interval(values) for name, values in outcomes.items()},
        **time_figures([j.milliseconds for j in judged], digits=1),
    }


def _cited(answer: Answer, statements: Sequence[Statement]) -> list[Citation]:
    """The citations of some statements of an answer, in its order."""
    markers = {marker for statement in statements for marker in statement.citations}
    return [citation for citation in answer.citations if citation.marker in markers]


def _meets(citations: Sequence[Citation], gold: Gold) -> bool:
    """True when quotations from one of the files of a gold one hold it, or are a part of it."""
    quote, own = folded(gold.quote), [folded(c.quote) for c in citations if c.source_file in gold.files]
    return quote in " ".join(own) or any(len(text.split()) > 4 and text in quote for text in own)  # noqa: PLR2004


def _support(answer: Answer, golds: Sequence[Gold]) -> tuple[float, float]:
    """Shares of the statements with a citation from the file, and from the section, of a gold quotation."""
    by_marker = {citation.marker: citation for citation in answer.citations}
    cited = [[by_marker[marker] for marker in statement.citations] for statement in answer.statements]
    files = [any(c.source_file in gold.files for c in own for gold in golds) for own in cited]
    sections = [
        any(c.source_file in gold.files and same_section(c.section, gold.section) for c in own for gold in golds)
        for own in cited
    ]
    return _mean(files), _mean(sections)


def same_section(one: str, other: str) -> bool:
    """True when two cited forms name one section, or one of them a part of the other, whatever remark is behind."""
    shorter, longer = sorted((_TAIL.sub("", one).lower(), _TAIL.sub("", other).lower()), key=len)
    return longer.startswith(shorter) and not longer[len(shorter) :][:1].isalnum()


def _interval(values: Sequence[float]) -> list[float]:
    found = estimate(values)
    return [round(found.low, 4), round(found.high, 4)]


def _mean(values: Sequence[float]) -> float:
    return round(sum(values) / len(values), 4) if values else 0.0


def _by_type(judged: Sequence[Judged]) -> dict[str, list[Judged]]:
    groups: dict[str, list[Judged]] = {}
    for entry in judged:
        groups.setdefault(entry.question.type, []).append(entry)
    return groups


def _share(outcomes: Iterable[bool]) -> float:
    values = list(outcomes)
    return round(sum(values) / len(values), 4) if values else 0.0
