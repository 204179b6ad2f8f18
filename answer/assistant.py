"""The assistant: a question in, verified quotations or an honest refusal out.

``Assistant.ask`` is the third of the three functions that are the main flow.
"""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from answer.conflicts.contradiction import contradictions
from answer.conflicts.premises import SAYS_OTHERWISE, denied
from answer.declining.confidence import NEUTRAL, VERDICT, is_near, lacking, reason_to_decline
from answer.declining.personal import personal_details
from answer.declining.signals import Signals
from answer.earlier_law import missing_texts, undated_texts
from answer.evidence import gather, with_phrases
from answer.issues.issues import Issue, issue_quotes, issues_of
from answer.issues.notes import READ, case_notes
from answer.issues.refusal import refusal_quotes
from answer.issues.telling import searched
from answer.question import read_question
from answer.records import Answer, Citation, Elsewhere, Evidence, Question, Quote, Statement
from answer.statements.extraction import extract
from answer.statements.provisions import provision_quotes
from answer.statements.repetition import with_copies
from answer.statements.tables import table_of
from answer.statements.verification import verified
from answer.summary.writer import Writer, arranged
from answer.supporting import delegated, supporting
from index.records import Hit, SearchResult
from index.search import HybridIndex
from pinpoint.records import Filters, Span

NOT_SENT = "The question seems to hold details of a person, so nothing was sent to the language model."
UNVERIFIED = "No quotation could be verified against the stored text."
_HITS = 10
"""Hits of an answer. Set by hand; not measured."""
_NEAREST = 4
"""Headings named when a question is declined. Set by hand; not measured."""
_FOLLOWED = 2
"""Hits whose references are followed for evidence. Set by hand; not measured."""
_QUOTED = 2
"""Provisions quoted of those that a question cites. Set by hand; not measured."""
_NAMED = Signals(coverage=1.0, similarity=1.0, missing=())
"""Signals of a question that cites a provision which is there: nothing of it is left to be weighed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Weighed:
    """A question with the evidence for it, and whether that carries an answer.

    Attributes:
        question: As it was read.
        filters: What may be quoted, on the day that the question asks for.
        result: What was found.
        evidence: Best first; none for a question that cites a provision which is there.
        signals: How well the evidence fits.
        quoted: Whether ``evidence`` are the sentences that hold the phrases of the query word for word.
        reason: Why the question is declined, "" if it is not.
        search_ms: Milliseconds until the hits were there.
        issues: Of a case, or of what a verdict is asked on: each with the rule that governs it.
    """

    question: Question
    filters: Filters
    result: SearchResult
    evidence: tuple[Evidence, ...]
    signals: Signals
    quoted: bool
    reason: str
    search_ms: float
    issues: tuple[Issue, ...] = ()

    @property
    def by_signals(self) -> bool:
        """Whether evidence and signals decide: no verdict, no case, no provision and no phrase that is there."""
        return bool(self.evidence) and not self.quoted and not self.issues and self.question.kind != "verdict"


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

    def ask(
        self,
        text: str,
        *,
        filters: Filters,
        question_id: str | None = None,
        quoted: Callable[[Answer], None] | None = None,
    ) -> Answer:
        """Answer a question with quotations, or decline and say why.

        Args:
            text: A question, a citation, a phrase or keywords. One that seems to hold details of a person is never
                given to the writer.
            filters: What may be quoted, and the day whose law is asked for.
            question_id: Given back in the answer.
            quoted: Told the answer as soon as its quotations are verified, before the writer is asked.
        """
        started = time.perf_counter()
        weighed = self.weigh(text, filters=filters)
        question, filters, result = weighed.question, weighed.filters, weighed.result
        quotes, notes = self._extracted(weighed)
        statements, citations, dropped = self._verified(quotes, filters.as_of)
        told = undated_texts(citations, filters.as_of)
        if not result.named:  # of a provision that is cited, the search has said it
            told = (*told, *missing_texts(self._index, question.query, citations, filters))
        notes = (*(note for note in notes if note not in weighed.reason), *told)
        neutral = (READ, SAYS_OTHERWISE, _dated(question), *told)
        reason = weighed.reason
        if not statements and not reason:
            reason = UNVERIFIED
        lacks = self._index.incomplete
        caution = f"{lacks.caution} " if lacks and reason and reason != VERDICT else ""
        spent = (time.perf_counter() - started) * 1000
        timings = {"search": weighed.search_ms, "answer": spent - weighed.search_ms}
        answer = Answer(
            id=question_id,
            question=text,
            status="declined" if reason else "answered",
            reason=caution + reason,
            statements=statements,
            citations=citations,
            hits=result.hits,
            related=self._related(citations, filters),
            timings_ms={name: round(value, 1) for name, value in timings.items()},
            as_of=filters.as_of,
            route=result.route,
            nearest=_nearest(result.hits) if reason and is_near(weighed.signals) else (),
            notes=notes,
            dropped=dropped,
            conflicts=contradictions(citations),
            scope=result.scope,
            neutral_notes=tuple(note for note in notes if note in neutral),
            neutral_reason=caution + reason if reason in (*NEUTRAL, UNVERIFIED) else "",
            incomplete=lacks.sentence if lacks else "",
        )
        if quoted is not None:
            quoted(answer)
        if self._writer is not None and (personal_details(text) or weighed.issues):
            return replace(answer, notes=(*answer.notes, NOT_SENT), neutral_notes=(*answer.neutral_notes, NOT_SENT))
        return answer if question.kind == "verdict" else arranged(answer, self._writer)

    def weigh(self, text: str, *, filters: Filters) -> Weighed:
        """Read a question, search it, gather evidence and decide whether to decline: ``ask`` up to its quotations.

        Args:
            text: As for ``ask``.
            filters: As for ``ask``.
        """
        started = time.perf_counter()
        question = read_question(text, as_of=filters.as_of, changes=self._changes, read=self._index.read)
        filters = replace(filters, as_of=question.as_of)
        issues = issues_of(self._index, question.case, filters) if question.case else ()
        governed = bool(issues) and question.kind != "verdict"
        # What governs the issues of a case is found clause by clause: all of its text need not be read again.
        result = self._index.search(question.query, filters, top_k=_HITS, channel="hybrid" if governed else "reranked")
        issues = () if result.named else issues
        search_ms = (time.perf_counter() - started) * 1000
        evidence: Sequence[Evidence] = ()
        signals, quoted, reason = _NAMED, False, ""
        if not result.named and not governed:
            question = replace(question, query=self._index.as_keywords(question.query))
            # A question about a provision that it cites is answered from that provision.
            beside = () if result.asked else offered(self._index, question, result, filters)
            evidence, signals = gather(self._index, question, result, beside)
            held = with_phrases(question.query.phrases, evidence)
            quoted, evidence = bool(held), held or evidence
            reason = "" if quoted else reason_to_decline(question, evidence, signals)
            if result.asked and evidence and question.kind != "verdict":
                # The provision is there: it is quoted unless it lacks what is asked for by name or by sort.
                reason = lacking(question, evidence, signals)
            elif result.missing and question.kind != "verdict":
                # What only cites the provision may say something of it where nothing else is asked.
                reason = " ".join(result.missing) if reason or not question.query.whole else ""
            elif reason and question.query.whole and question.kind != "verdict":
                # A citation alone: what became of its provision says more than that the passages lack it.
                reason = " ".join(result.notes) or reason
        return Weighed(
            question=question,
            filters=filters,
            result=result,
            evidence=tuple(evidence),
            signals=signals,
            quoted=quoted,
            reason=reason,
            search_ms=search_ms,
            issues=issues,
        )

    def _extracted(self, weighed: Weighed) -> tuple[list[Quote], tuple[str, ...]]:
        """What to quote, and notes on how the question was read."""
        question, result = weighed.question, weighed.result
        notes = result.notes
        if question.dated:
            notes = (_dated(question), *notes)
        of_case = searched(self._index, question.case) if question.case and weighed.issues else None
        notes = (*case_notes(question, weighed.issues, of_case), *notes)
        if question.kind == "verdict":
            return refusal_quotes(self._index, weighed.issues, weighed.evidence), notes
        if weighed.issues:
            return issue_quotes(self._index, weighed.issues), notes
        if result.named:
            return provision_quotes(self._index, result.hits[: result.named][:_QUOTED]), notes
        if weighed.reason:
            return [], notes
        otherwise = denied(self._index, question.query, weighed.evidence)
        quotes = with_copies(self._index, extract(self._index, question, weighed.evidence, otherwise), result.hits)
        return quotes, (*notes, SAYS_OTHERWISE) if otherwise else notes

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
            statements.append(
                Statement(
                    citation.quote,
                    (citation.marker,),
                    item=quote.item,
                    more=quote.more,
                    about=quote.about,
                    confirmed=citation.confirmed,
                    table=quote.table,
                    of_table=table_of(self._index, quote),
                    also_in=tuple(self._elsewhere(span, as_of) for span in quote.also_in),
                )
            )
        return tuple(statements), tuple(citations), dropped

    def _related(self, citations: Sequence[Citation], filters: Filters) -> tuple[Hit, ...]:
        """The provisions to which the quotations delegate, without those that are quoted themselves."""
        return tuple(delegated(self._index, [citation.span for citation in citations], filters))

    def _elsewhere(self, span: Span, as_of: date) -> Elsewhere:
        source = self._index.locate(span, as_of)
        quote = self._index.store.text(span)
        return Elsewhere(span=span, quote=quote, section=source.section, title=source.title, in_force=source.in_force)

    def _citation(self, quote: Quote, marker: int, as_of: date) -> Citation:
        passage = self._index.passage(quote.passage)
        return Citation(
            marker=marker,
            source=self._index.locate(quote.span, as_of),
            passage=passage.span,
            quote=passage.text_of(quote.span),
        )


def offered(index: HybridIndex, question: Question, result: SearchResult, filters: Filters) -> list[Hit]:
    """The provisions that are read beside what was found: the best hits delegate to them, or cite them as the law."""
    spans = [hit.span for hit in result.hits[:_FOLLOWED]]
    return supporting(index, spans, filters, whole=question.kind == "list")


def _dated(question: Question) -> str:
    return f"The question asks for the law as of {question.as_of.isoformat()}."


def _nearest(hits: Sequence[Hit]) -> tuple[str, ...]:
    """Headings of the best passages, for a reader who wants to look further."""
    lines = (f"{hit.section}: {hit.section_path[-1] if hit.section_path else hit.title}" for hit in hits)
    return tuple(dict.fromkeys(lines))[:_NEAREST]
