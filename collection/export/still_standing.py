"""What of an answer still stands in the documents in use: it may come from a session with other documents."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from answer.records import Answer, Elsewhere, Statement
from answer.statements.verification import verified
from index.search import HybridIndex
from pinpoint.records import Span


def still_standing(index: HybridIndex, answer: Answer) -> Answer:
    """An answer with what verifies now, its sources as these documents tell them.

    Args:
        index: The documents in use.
        answer: Of these documents or of others.
    """
    citations = {
        citation.marker: replace(citation, source=index.locate(citation.span, answer.as_of))
        for citation in answer.citations
        if verified(citation, index)
    }
    statements = tuple(
        replace(
            statement,
            confirmed=citations[statement.citations[0]].source.confirmed,
            also_in=tuple(_that_stand(index, statement.also_in)),
        )
        for statement in _whole(answer.statements, citations)
    )
    quoted = {marker for statement in statements for marker in statement.citations}
    return replace(
        answer,
        statements=statements,
        citations=tuple(citation for citation in citations.values() if citation.marker in quoted),
        conflicts=tuple(one for one in answer.conflicts if quoted.issuperset(one.markers)),
        related=tuple(hit for hit in answer.related if _stands(index, hit.span, hit.text)),
    )


def _whole(statements: Iterable[Statement], standing: Iterable[int]) -> Iterator[Statement]:
    """Statements that stand; no item or row without the words that lead into it, which say what it is."""
    led, markers = True, set(standing)
    for statement in statements:
        stands = markers.issuperset(statement.citations)
        if not statement.item:
            led = stands
        elif statement.table == "header":
            led = led and stands
        if stands and led:
            yield statement


def _that_stand(index: HybridIndex, found: Iterable[Elsewhere]) -> Iterator[Elsewhere]:
    return (other for other in found if _stands(index, other.span, other.quote))


def _stands(index: HybridIndex, span: Span, text: str) -> bool:
    return span.document_id in index.documents and index.store.text(span) == text
