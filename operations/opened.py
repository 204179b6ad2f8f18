"""An open index as the Python interface has it: search, ask, check, locate, and the JSON of what these give."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from types import TracebackType
from typing import Any

from answer.assistant import Assistant
from answer.printed import answer_values
from answer.records import Answer
from drafts.checking.check import check_draft
from drafts.printed import check_values
from drafts.reading.pasted import read_pasted
from drafts.records import Check, Draft
from editor_notes.records import ShownNote
from editor_notes.shown import editor_notes
from index.matches.listing import MOST_LISTED
from index.printed import search_values
from index.records import SearchResult
from index.scope import collections_of, preferred_by, scope_of
from index.search import HybridIndex
from operations.locating.located import Located, located, located_values
from pinpoint.commands import to_json
from pinpoint.errors import IndexUnavailable
from pinpoint.records import Filters, Scope, Source, Span
from pinpoint.stored import StoredDocument
from pinpoint.text import iso_day


class Index:
    """An index that is open for searching and asking; safe to share between threads.

    Use it as a context manager, or call ``close``: as long as it is open, its files are not removed.
    """

    def __init__(self, opened: HybridIndex) -> None:
        """Take an opened generation; ``pinpoint.open`` opens the one in use."""
        self._assistant: Assistant | None = Assistant(opened)

    def search(
        self,
        query: str,
        *,
        as_of: date | str | None = None,
        top_k: int = 10,
        kinds: str | Sequence[str] = (),
        collections: str | Sequence[str] = (),
        documents: str | Sequence[str] = (),
        any_date: bool = False,
        prefer: str | Sequence[str] | None = None,
    ) -> SearchResult:
        """Find the passages that best fit a query.

        Args:
            query: A citation, a ``"quoted phrase"``, keywords or a question; or operators: ``AND``, ``OR``, ``NOT``,
                parentheses, ``near/5``, ``traffick*``, ``-word``.
            as_of: Day whose law is asked for, a date or ISO text such as ``"2024-02-10"``; today when not given.
            top_k: How many hits, at most 1,000.
            kinds: Only documents of these kinds.
            collections: Only documents of these collections; () for all.
            documents: Only the documents of these ids.
            any_date: Also find text that is not in force on that day.
            prefer: Collections whose passages come first while nothing is left out; () for none. When not given,
                those that the index prefers (``preferred``), or none where ``collections`` names some.

        Returns:
            Hits best first, empty when nothing fits; ``total`` and ``facets`` count all that matches.

        Raises:
            IndexUnavailable: It was closed.
            UnknownCollection: The index has no collection of that name; the message lists those that it has.
            ValueError: ``as_of`` is no day, or ``top_k`` no number from 1 to 1,000.
        """
        if not 1 <= top_k <= MOST_LISTED:
            raise ValueError(f"top_k = {top_k}: give a number from 1 to {MOST_LISTED:,}.")
        scope = self._scope(prefer, collections)
        filters = Filters(
            _day(as_of), _names(kinds), scope.only, _names(documents), any_date=any_date, prefer=scope.prefer
        )
        return self._open.index.search(query, filters, top_k=top_k)

    def ask(
        self,
        question: str,
        *,
        as_of: date | str | None = None,
        prefer: str | Sequence[str] | None = None,
        collections: str | Sequence[str] = (),
    ) -> Answer:
        """Answer a question with verbatim, checked quotations, or decline and say why. Nothing is sent anywhere.

        Args:
            question: A question, a citation, a phrase or keywords.
            as_of: Day whose law is asked for, unless the question names one; today when not given.
            prefer: As for ``search``.
            collections: As for ``search``.

        Raises:
            IndexUnavailable: It was closed.
            UnknownCollection: As for ``search``.
            ValueError: ``as_of`` is no day.
        """
        scope = self._scope(prefer, collections)
        return self._open.ask(question, filters=Filters(_day(as_of), collections=scope.only, prefer=scope.prefer))

    def check(self, text: str | Draft, *, as_of: date | str | None = None) -> Check:
        """Hold every citation and every quotation of a draft against the documents; nothing of it is stored.

        Args:
            text: Plain text, in which lines that begin with ``>`` are a block quote, or a draft that was read from a
                file (``drafts.reading``).
            as_of: Day whose law counts; today when not given.

        Raises:
            IndexUnavailable: It was closed.
            ValueError: ``as_of`` is no day.
        """
        draft = read_pasted(text) if isinstance(text, str) else text
        return check_draft(self._open.index, draft, _day(as_of))

    def locate(self, span: Span | str, *, as_of: date | str | None = None) -> Source:
        """The facts of a span of a document: its address, dates and page, and whether it is in force.

        Args:
            span: A span, or its text form ``<document id>:<start>-<end>``: half-open, in Unicode code points of the
                document's text.
            as_of: Day whose law is asked for; today when not given.

        Raises:
            KeyError: There is no such document or span.
            IndexUnavailable: It was closed.
        """
        return self._open.index.locate(Span.parse(span) if isinstance(span, str) else span, _day(as_of))

    def located(self, citation: str, *, as_of: date | str | None = None) -> Located:
        """What a citation in any spelling leads to: its texts, dates and status, or that these documents lack it.

        Args:
            citation: Such as "8 CFR 214.11(b)(2)"; a span in its text form, or the id of a document, too. The text of
                an old address is followed by that which holds now.
            as_of: Day whose law is asked for; today when not given.

        Raises:
            BadRequest: It is no citation, which is a ValueError as well.
            IndexUnavailable: It was closed.
        """
        return located(self._open.index, citation, _day(as_of))

    def to_json(self, result: SearchResult | Answer | Check | Located) -> dict[str, Any]:
        """The JSON values of a result of this index, the same as the commands print with ``--json``.

        Raises:
            IndexUnavailable: It was closed.
        """
        index = self._open.index
        notes = editor_notes(index)
        if isinstance(result, Answer):
            return answer_values(result, notes)
        if isinstance(result, Check):
            return check_values(result)
        if isinstance(result, Located):
            return located_values(index, result)
        return search_values(index, result, [to_json(notes.on(hit.span)) for hit in result.hits])

    def editor_notes(self, span: Span | str) -> tuple[ShownNote, ...]:
        """The notes of the editor beside a span or its text form, the nearest first; no part of any text.

        Raises:
            KeyError: The text form is none.
        """
        return editor_notes(self._open.index).on(Span.parse(span) if isinstance(span, str) else span)

    @property
    def documents(self) -> Mapping[str, StoredDocument]:
        """The documents by id, in the order of the ingest, without their texts."""
        return self._open.index.documents

    @property
    def collections(self) -> tuple[str, ...]:
        """The collections of its documents, by name."""
        return collections_of(self._open.index)

    @property
    def preferred(self) -> tuple[str, ...]:
        """The collections that a search prefers where it does not say otherwise, as the manifest names them."""
        return preferred_by(self._open.index)

    @property
    def generation(self) -> str:
        """Name of the generation that is open."""
        return self._open.index.generation

    @property
    def notice(self) -> str:
        """Why another generation than the chosen one is open, and what is not indexed yet; "" as a rule."""
        return self._open.index.notice

    def close(self) -> None:
        """Let the generation go, so that it may be removed; its files are closed as the memory is freed."""
        self._assistant = None

    def __enter__(self) -> "Index":
        """The index itself."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        """Close it."""
        self.close()

    def _scope(self, prefer: str | Sequence[str] | None, collections: str | Sequence[str]) -> Scope:
        return scope_of(self._open.index, None if prefer is None else _names(prefer), _names(collections))

    @property
    def _open(self) -> Assistant:
        assistant = self._assistant  # once, since another thread may close it meanwhile
        if assistant is None:
            raise IndexUnavailable("This index was closed. Open it again: pinpoint.open(index_dir)")
        return assistant


def _day(given: date | str | None) -> date:
    """The day that was asked for; today when none was."""
    if given is None:
        return date.today()
    if isinstance(given, datetime):
        return given.date()
    return iso_day(given) if isinstance(given, str) else given


def _names(given: str | Sequence[str]) -> tuple[str, ...]:
    """One name, or several, as a tuple."""
    return (given,) if isinstance(given, str) else tuple(given)
