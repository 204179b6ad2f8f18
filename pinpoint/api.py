"""The Python interface: ``pinpoint.ingest`` and ``pinpoint.open``; import it by these names."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from os import PathLike
from pathlib import Path
from types import TracebackType

from answer.assistant import Assistant
from answer.records import Answer
from drafts.checking.check import check_draft
from drafts.reading.pasted import read_pasted
from drafts.records import Check, Draft
from editor_notes.records import ShownNote
from editor_notes.shown import editor_notes
from index.matches.listing import MOST_LISTED
from index.models.chosen import next_embedder
from index.models.embedding import Embedder
from index.records import SearchResult
from index.scope import collections_of, preferred_by, scope_of
from index.search import HybridIndex, load_index
from ingest.pipeline import IngestResult, ingest_corpus
from ingest.steps.course import Follow, Standing
from ingest.steps.early import Early
from ingest.workers import Limits
from pinpoint.errors import IndexUnavailable
from pinpoint.records import Filters, Scope, Source, Span
from pinpoint.settings import DEFAULT_INDEX, INSTALLED
from pinpoint.stored import StoredDocument


def ingest(  # noqa: PLR0913 - one a setting
    folder: str | PathLike[str],
    index_dir: str | PathLike[str] = DEFAULT_INDEX,
    *,
    embedder: Embedder | str = "",
    arithmetic: str = "",
    progress: Follow | None = None,
    limits: Limits | None = None,
    wait: bool = False,
    manifest: str | PathLike[str] | None = None,
    cache: str | PathLike[str] | None = None,
    lexical_first: bool = False,
    serve_early: bool = False,
) -> IngestResult:
    """Read the documents of a folder and build an index of them; what did not change since is carried over.

    Args:
        folder: Documents and, as a rule, a ``manifest.toml``.
        index_dir: Folder of the index; made if absent.
        embedder: Embeds passages (one without ``arithmetic`` counts as "fp32"), or the folder of a
            sentence-transformers model; the one that made the index, else the packaged one, when not given.
        arithmetic: In what it computes: "int8", "int7", "fp32", "bf16" or "gpu"; that of the index, else the fastest of
            this machine, when not given. An ``Embedder`` has its own.
        progress: Told how far it is, from any thread: one ``ingest.steps.course.Standing`` with ``step``, ``done``,
            ``total``, and the seconds that are ``left`` of the whole.
        limits: What one file may take; 600 seconds and 4,096 MB when not given.
        wait: Wait for another ingest of the same index to end, rather than refuse.
        manifest: A manifest to read instead of the folder's own; its files are relative to the folder all the same.
        cache: Folder of embeddings that several indexes share; that of this index when not given.
        lexical_first: Let all be searched by its words as soon as it is read; vectors come after that.
        serve_early: Let what is read so far be searched too, where no complete index is in use.

    Returns:
        What became of each file. One that cannot be read stops nothing: see ``IngestResult.records``.

    Raises:
        ManifestError: The manifest is wrong, or the folder is absent or empty.
        IndexBusy: Another ingest is writing to ``index_dir``.
        IndexNotWritable: ``index_dir`` cannot be written to, or its disk is full.
        MissingModel: The model is not there, or this machine lacks the arithmetic.
    """
    index_folder = Path(index_dir)
    chosen = (
        next_embedder(index_folder, embedder, arithmetic, None if cache is None else Path(cache))
        if isinstance(embedder, str)
        else embedder
    )
    return ingest_corpus(
        Path(folder),
        index_folder,
        embedder=chosen,
        progress=progress or _silent,
        limits=limits,
        wait=wait,
        manifest=None if manifest is None else Path(manifest),
        cache=None if cache is None else Path(cache),
        early=Early(lexical_first=lexical_first, serve=serve_early),
    )


def open(  # noqa: A001 - pinpoint.open, as in gzip.open
    index_dir: str | PathLike[str] = DEFAULT_INDEX,
    *,
    embedder: Embedder | str | None = None,
    reranker: str = INSTALLED,
) -> "Index":
    """Open the generation of an index that is in use; a later ingest changes nothing in what is open.

    Args:
        index_dir: Folder of the index.
        embedder: Embeds queries, or the folder of its model; the one that made the index when not given.
        reranker: Folder of a cross-encoder that reads the first passages of a question again, or "none"; the packaged
            one, where it is installed, when not given.

    Raises:
        IndexUnavailable: Nothing was ingested there yet (``NoGeneration``), or it is damaged.
        MissingModel: The embedder did not make the index, or a folder holds no model.
    """
    return Index(load_index(Path(index_dir), embedder, reranker))


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
    try:
        return date.fromisoformat(given) if isinstance(given, str) else given
    except ValueError as error:
        raise ValueError(f"{given!r} is not a date such as 2024-08-28.") from error


def _names(given: str | Sequence[str]) -> tuple[str, ...]:
    """One name, or several, as a tuple."""
    return (given,) if isinstance(given, str) else tuple(given)


def _silent(_standing: Standing) -> None:
    """Show no progress."""
