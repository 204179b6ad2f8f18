"""The assistant: a question in, verified quotations or an honest refusal out.

``Assistant.ask`` is the third of the three functions that are the main flow.
"""

import time
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from answer.conflicts.contradiction import contradictions
from answer.conflicts.premises import SAYS_OTHERWISE, denied
from answer.declining.confidence import reason_to_decline
from answer.declining.personal import personal_details
from answer.evidence import gather, with_phrases
from answer.question import read_question
from answer.records import Answer, Citation, Quote, Statement
from answer.statements.extraction import extract, provision_quotes
from answer.statements.verification import verified
from answer.summary.writer import Writer, arranged
from answer.supporting import delegated, supporting
from index.documents.authority import authority_of
from index.records import Hit
from index.search import HybridIndex
from pinpoint.records import Filters

NOT_SENT = "The question seems to hold details of a person, so nothing was sent to the language model."
_HITS = 10
_NEAREST = 4
_FOLLOWED = 2
"""Hits whose references are followed for evidence."""


class Assistant:
    """Answers questions from one index."""

    def __init__(self, index: HybridIndex, writer: Writer | None = None) -> None:
        """Answer from ``index``; a writer, where there is one, arranges the quotations."""
        self._index = index
        self._writer = writer
        self._changes = sorted({entry.effective for entry in index.crosswalk.entries})

    @property
    def index(self) -> HybridIndex:
        """The index that is answered from."""
        return self._index

    def ask(self, text: str, *, filters: Filters, question_id: str | None = None) -> Answer:
        """Answer a question with quotations, or decline and say why.

        Args:
            text: A question, a citation, a phrase or keywords. One that seems to hold details of a person is never
                given to the writer.
            filters: What may be quoted, and the day whose law is asked for.
            question_id: Given back in the answer.
        """
        started = time.perf_counter()
        question = read_question(text, as_of=filters.as_of, changes=self._changes)
        filters = replace(filters, as_of=question.as_of)
        result = self._index.search(question.search_text, filters, top_k=_HITS)
        searched = time.perf_counter()
        notes = list(result.notes)
        if question.dated:
            notes.insert(0, f"The question asks for the law as of {question.as_of.isoformat()}.")
        named = result.hits[: result.named]
        if named:
            quotes, reason = provision_quotes(named[:2]), ""
        else:
            spans = [hit.span for hit in result.hits[:_FOLLOWED]]
            offered = supporting(self._index, spans, filters, whole=question.kind == "list")
            evidence, signals = gather(self._index, question, result, offered)
            quoted = with_phrases(question.search_text, evidence)
            reason = "" if quoted else reason_to_decline(question, evidence, signals)
            evidence = quoted or evidence
            otherwise = None if reason else denied(self._index, text, evidence)
            quotes = [] if reason else extract(self._index, question, evidence, otherwise)
            notes += [SAYS_OTHERWISE] if otherwise else []
        statements, citations, dropped = self._verified(quotes, filters.as_of)
        if not statements and not reason:
            reason = "No quotation could be verified against the stored text."
        timings = {"search": (searched - started) * 1000, "answer": (time.perf_counter() - searched) * 1000}
        answer = Answer(
            id=question_id,
            question=text,
            status="declined" if reason else "answered",
            reason=reason,
            statements=statements,
            citations=citations,
            hits=result.hits,
            related=_required(result.hits) if question.kind == "verdict" else self._related(citations, filters),
            timings_ms={name: round(value, 1) for name, value in timings.items()},
            as_of=filters.as_of,
            route=result.route,
            nearest=_nearest(result.hits) if reason else (),
            notes=tuple(notes),
            dropped=dropped,
            conflicts=contradictions(citations),
        )
        if self._writer is not None and personal_details(text):
            return replace(answer, notes=(*answer.notes, NOT_SENT))
        return answer if question.kind == "verdict" else arranged(answer, self._writer)

    def _verified(
        self, quotes: Sequence[Quote], as_of: date
    ) -> tuple[tuple[Statement, ...], tuple[Citation, ...], int]:
        """Statements and citations of the quotations that verify, and how many did not."""
        statements: list[Statement] = []
        citations: list[Citation] = []
        dropped = 0
        for quote in quotes:
            citation = self._citation(quote, len(citations) + 1, as_of)
            if not verified(citation, self._index):
                dropped += 1
                continue
            citations.append(citation)
            statements.append(Statement(citation.quote, (citation.marker,), item=quote.item, more=quote.more))
        return tuple(statements), tuple(citations), dropped

    def _related(self, citations: Sequence[Citation], filters: Filters) -> tuple[Hit, ...]:
        """The provisions to which the quotations delegate, without those that are quoted themselves."""
        return tuple(delegated(self._index, [citation.span for citation in citations], filters))

    def _citation(self, quote: Quote, marker: int, as_of: date) -> Citation:
        passage = self._index.passage(quote.passage)
        return Citation(
            marker=marker,
            source=self._index.locate(quote.span, as_of),
            passage=passage.span,
            quote=passage.text_of(quote.span),
        )


def _required(hits: Sequence[Hit]) -> tuple[Hit, ...]:
    """The best provisions on what is decided, each once, in the order of authority: what the documents require."""
    best: dict[tuple[str, str], Hit] = {}
    for hit in hits:
        best.setdefault((hit.document_id, hit.section), hit)
    return tuple(sorted([*best.values()][:_NEAREST], key=lambda hit: authority_of(hit.kind).rank))


def _nearest(hits: Sequence[Hit]) -> tuple[str, ...]:
    """Headings of the best passages, for a reader who wants to look further."""
    lines = (f"{hit.section}: {hit.section_path[-1] if hit.section_path else hit.title}" for hit in hits)
    return tuple(dict.fromkeys(lines))[:_NEAREST]
