"""Records of a search: its settings, what is found, and what is said of it."""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from typing import TYPE_CHECKING, Any, ClassVar, Literal, NamedTuple

from index.located import Located
from pinpoint.records import Source, Span
from pinpoint.text import digest_of

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from index.matches.hits import Rest

Route = Literal["citation", "phrase", "acronym", "keyword", "question", "boolean"]
Channel = Literal["reranked", "hybrid", "lexical", "dense"]


class Candidate(NamedTuple):
    """A passage that was found, before it is shown.

    Attributes:
        row: Number of its row in the generation, 0-based.
        score: Comparable within one query only.
        boost: What the score owes to references and dates, not to what the passage says.
        also_in: Rows of found passages of the same text, word for word.
        lexical: Its score in the channel of terms.
        dense: Its score in the channel of vectors.
        preferred: 1 where it is of a preferred collection, and the question is of none other.
        why: What each signal adds to its score above the mean of what was found, the most first.
    """

    row: int
    score: float
    boost: float = 0.0
    also_in: tuple[int, ...] = ()
    lexical: float = 0.0
    dense: float = 0.0
    preferred: float = 0.0
    why: tuple[tuple[str, float], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class IndexConfig:
    """Settings of the index and of the search, each with its source.

    Attributes:
        k1: BM25 term saturation (Robertson and Zaragoza 2009).
        b: BM25 length normalisation.
        lexical_weight: Share of the lexical channel in the convex combination; the dense
            channel has the rest (Bruch et al. 2023).
        bigram_weight: Weight of the adjacent-term channel beside single terms.
        expansion_weight: Weight of the law's words for an everyday word, shared by the terms of a phrase.
        candidates: Passages of each channel whose scores are combined.
        reranked: First passages of a question that a cross-encoder reads again, 0 for none (docs/tried.md for this
            and the next).
        rerank_words: Longest excerpt of a passage that it reads.
    """

    k1: float = 0.6
    b: float = 0.5
    lexical_weight: float = 0.5
    bigram_weight: float = 0.5
    expansion_weight: float = 0.8
    candidates: int = 200
    reranked: int = 24
    rerank_words: int = 80


def read_config(stored: Mapping[str, Any]) -> IndexConfig:
    """The settings of a generation; one that is of another version's has the present default."""
    known = {field.name for field in fields(IndexConfig)}
    return IndexConfig(**{name: value for name, value in stored.items() if name in known})


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit(Located):
    """One found passage.

    Attributes:
        source: The facts of the passage's span.
        rank: 1-based.
        score: Comparable within one query only.
        note: Why the hit stands where it does, or where its text stands now; "" if nothing.
        also_in: Spans of other documents that hold the same paragraph word for word.
        preferred: Whether it is of a preferred collection, and the question is of none other.
        citing: Its sentences that cite the provision that was typed.
        why: As ``Candidate.why``; empty for one that a citation names, or whose order no signals decide.
        json_fields: Names and order of the fields on the command line, each with the attribute that it shows.
    """

    source: Source
    rank: int
    score: float
    text: str
    note: str = ""
    also_in: tuple[Span, ...] = ()
    preferred: bool = False
    citing: tuple[Span, ...] = ()
    why: tuple[tuple[str, float], ...] = ()

    json_fields: ClassVar[dict[str, str]] = {
        "rank": "rank",
        "score": "score",
        "passage_id": "passage_id",
        "document_id": "source.span.document_id",
        "source_file": "source.file",
        "title": "source.title",
        "kind": "source.kind",
        "section": "source.section",
        "section_path": "source.section_path",
        "page": "source.page",
        "page_label": "source.page_label",
        "start": "source.span.start",
        "end": "source.span.end",
        "text": "text",
        "effective_from": "source.effective_from",
        "effective_to": "source.effective_to",
        "in_force": "source.in_force",
        "note": "note",
        "authority": "source.authority",
        "replaced_by": "source.replaced_by",
        "ocr_confidence": "source.ocr_confidence",
        "confirmed": "source.confirmed",
        "also_in": "also_in",
        "current_to": "source.current_to",
        "status": "source.status",
        "status_text": "source.status_text",
        "citing": "citing",
        "span": "source.span",
        "digest": "digest",
    }

    @property
    def digest(self) -> str:
        """The sha256 of ``text``, which is the text of its span, by which it can be held against the documents."""
        return digest_of(self.text)

    @property
    def passage_id(self) -> str:
        """Text form of its span."""
        return str(self.source.span)

    @property
    def start(self) -> int:
        """First character in the document's text."""
        return self.source.span.start

    @property
    def end(self) -> int:
        """First character behind it in the document's text."""
        return self.source.span.end


@dataclass(frozen=True, slots=True, kw_only=True)
class Provision(Located):
    """A text of the documents that was asked for by its citation or its span, not found by a search.

    Attributes:
        source: The facts of the text's span.
        text: The text of that span, verbatim.
        whole: Span of all of it; longer than that of ``text`` where only its beginning is given.
        url: Where the document was published, "" when unknown.
        note: Why it is given, or where its text stands now; "" if nothing.
        json_fields: Names and order of the fields on the command line, each with the attribute that it shows.
    """

    source: Source
    text: str
    whole: Span
    url: str = ""
    note: str = ""

    json_fields: ClassVar[dict[str, str]] = {
        "section": "source.section",
        "section_path": "source.section_path",
        "document_id": "source.span.document_id",
        "title": "source.title",
        "kind": "source.kind",
        "authority": "source.authority",
        "source_file": "source.file",
        "url": "url",
        "span": "source.span",
        "text": "text",
        "digest": "digest",
        "whole": "whole",
        "page": "source.page",
        "page_label": "source.page_label",
        "effective_from": "source.effective_from",
        "effective_to": "source.effective_to",
        "current_to": "source.current_to",
        "in_force": "source.in_force",
        "status": "source.status",
        "status_text": "source.status_text",
        "note": "note",
        "replaced_by": "source.replaced_by",
        "ocr_confidence": "source.ocr_confidence",
        "confirmed": "source.confirmed",
    }

    @property
    def digest(self) -> str:
        """The sha256 of ``text``, which is the text of its span, by which it can be held against the documents."""
        return digest_of(self.text)


@dataclass(frozen=True, slots=True)
class Facet:
    """Number of the found passages that carry each value of a field, most first."""

    name: str
    counts: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchResult:
    """Result of a query.

    Attributes:
        query: The query as given.
        route: The way in which it was read.
        hits: Best first.
        total: How many passages match, those with the same words counted once.
        counted: What ``total`` counts, in words that follow it: "passages with at least one of the words".
        reading: How operators were read, as sentences; "" for a query without them.
        facets: Counts over all of these.
        notes: Plain sentences on how the query was read.
        named: How many of the first hits are provisions that the query cites and asks for, and nothing else.
        asked: How many of the first hits are of provisions that the query cites and is about.
        missing: What is said of such provisions that these documents neither have nor cite.
        timings_ms: Milliseconds by step.
        scope: What was searched, and what was preferred, in words.
        embedding_text: The query as it was embedded, "" where terms alone decided.
        vector: Its embedding, shape ``(dim,)``.
        rest: What is listed behind ``hits``; ``HybridIndex.page`` makes hits of it.
    """

    query: str
    route: Route
    hits: tuple[Hit, ...]
    total: int = 0
    counted: str = ""
    reading: str = ""
    facets: tuple[Facet, ...] = ()
    notes: tuple[str, ...] = ()
    named: int = 0
    asked: int = 0
    missing: tuple[str, ...] = ()
    timings_ms: dict[str, float] = field(default_factory=dict)
    scope: str = ""
    embedding_text: str = ""
    vector: "NDArray[np.float32] | None" = field(default=None, compare=False, repr=False)
    rest: "Rest | None" = field(default=None, compare=False, repr=False)
