"""Records of the index: what is stored, what is asked, what is found.

Spans are half-open and count Unicode code points. ``Passage.start`` and ``end`` count in the
document's text, so that ``document_text[passage.start:passage.end] == passage.text``.
Pages are 1-based; the printed label of a page is a separate string.
"""

from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Literal, NamedTuple

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

Route = Literal["citation", "phrase", "acronym", "keyword", "question"]
Channel = Literal["reranked", "hybrid", "lexical", "dense"]


@dataclass(frozen=True, slots=True)
class StoredDocument:
    """A document as the index knows it; the fields follow the manifest.

    Attributes:
        file: Path relative to the corpus folder, with forward slashes.
        key: Digest of everything that the stored rows depend on; equal keys mean that the
            rows of an older generation can be carried over.
        pages: Number of pages, 0 when the format has none.
        ocr_pages: Pages whose text was recognised from a picture, 1-based, each with the mean
            confidence of the recognition, 0 to 1.
    """

    id: str
    file: str
    title: str
    publisher: str
    kind: str
    collection: str
    cited_as: str
    url: str
    licence: str
    sha256: str
    key: str
    text: str
    pages: int = 0
    effective_from: date | None = None
    effective_to: date | None = None
    supersedes: tuple[str, ...] = ()
    page_labels: tuple[str, ...] = ()
    page_runs: tuple[tuple[int, int, int], ...] = ()
    blocks: tuple[tuple[str, int, int, int, str], ...] = ()
    ocr_pages: tuple[tuple[int, float], ...] = ()


@dataclass(frozen=True, slots=True)
class StoredSection:
    """A section of a document, addressed by its cited form.

    Attributes:
        number: Index in the document's list of sections, 0-based.
        parent: ``number`` of the parent, -1 at the top.
        citation: Cited form, e.g. ``8 CFR 214.202(c)(1)``.
        keys: Normalised citations under which the section is looked up.
        path: Headings from the top down to the section, its own last.
        own_end: Where its own text ends and its first child begins.
    """

    document_id: str
    number: int
    parent: int
    citation: str
    keys: tuple[str, ...]
    heading: str
    path: tuple[str, ...]
    kind: str
    start: int
    own_end: int
    end: int
    effective_from: date | None = None
    effective_to: date | None = None


@dataclass(frozen=True, slots=True)
class Passage:
    """A span of a document that lies within one section.

    Attributes:
        id: ``<document id>:<start>-<end>``.
        section: Number of the finest section that holds all of it.
        indexed_text: What the channels index: title, heading path and lead-ins, then the text.
        page: First page on which it stands, None when the format has no pages.
    """

    id: str
    document_id: str
    section: int
    start: int
    end: int
    text: str
    indexed_text: str
    page: int | None = None
    page_label: str = ""


class Candidate(NamedTuple):
    """A passage that was found, before it is shown.

    Attributes:
        row: Its place in the generation, 0-based.
        score: Comparable within one query only.
        boost: What the score owes to references and dates, not to what the passage says.
        also_in: Rows of found passages of the same text, word for word.
    """

    row: int
    score: float
    boost: float = 0.0
    also_in: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Link:
    """A citation that stands in a document: from a span of its text to a provision anywhere.

    Attributes:
        start: Span of the citation in the document's text.
        end: See ``start``.
        target: Canonical form of what is cited, completed from the place where it stands: the
            ``§ 214.206`` of a section of 8 CFR is ``8 CFR 214.206``.
    """

    document_id: str
    start: int
    end: int
    target: str


@dataclass(frozen=True, slots=True)
class Crosswalk:
    """A provision that moved: its old and new address, from which day, by which authority."""

    old: str
    new: str
    effective: date
    authority: str = ""


@dataclass(frozen=True, slots=True)
class ParsedDocument:
    """All rows of one document, as ingest hands them over and as a generation holds them."""

    document: StoredDocument
    sections: tuple[StoredSection, ...]
    passages: tuple[Passage, ...]
    links: tuple[Link, ...] = ()


@dataclass(frozen=True, slots=True)
class Filters:
    """What may be found. Empty tuples mean no limit.

    Attributes:
        as_of: Day whose law is asked for; a passage not in force then is left out.
        any_date: Keep passages whatever their dates.
    """

    as_of: date
    kinds: tuple[str, ...] = ()
    collections: tuple[str, ...] = ()
    documents: tuple[str, ...] = ()
    any_date: bool = False


@dataclass(frozen=True, slots=True)
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
            and the next two).
        rerank_weight: Share of that reading in their scores; the rest stays with the two channels.
        rerank_words: Longest excerpt of a passage that it reads.
    """

    k1: float = 0.6
    b: float = 0.5
    lexical_weight: float = 0.5
    bigram_weight: float = 0.5
    expansion_weight: float = 0.8
    candidates: int = 200
    reranked: int = 10
    rerank_weight: float = 0.5
    rerank_words: int = 80


@dataclass(frozen=True, slots=True)
class Hit:
    """One found passage; the field names are the command line's contract.

    Attributes:
        rank: 1-based.
        score: Comparable within one query only.
        section: Cited form at the finest level known.
        section_path: Headings from the top down.
        in_force: Whether the text is in force on the day asked for.
        note: Why the hit stands where it does, or where its text stands now; "" if nothing.
        authority: Rung of the authority levels, in words; it labels, it never hides.
        replaced_by: Cited form of the provision that holds the text now, "" when it did not move.
        ocr_confidence: 0 to 1 when the text was read from a picture of the page, None as a rule.
        also_in: Other documents that hold the same paragraph word for word.
    """

    rank: int
    score: float
    passage_id: str
    document_id: str
    source_file: str
    title: str
    kind: str
    section: str
    section_path: tuple[str, ...]
    page: int | None
    page_label: str
    start: int
    end: int
    text: str
    effective_from: date | None
    effective_to: date | None
    in_force: bool
    note: str = ""
    authority: str = ""
    replaced_by: str = ""
    ocr_confidence: float | None = None
    also_in: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Facet:
    """How many of the found passages carry each value of a field, most first."""

    name: str
    counts: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class SearchResult:
    """What a query found.

    Attributes:
        query: The query as given.
        route: How it was understood.
        hits: Best first.
        facets: Counts over everything that matched, not only over ``hits``.
        notes: Plain sentences on how the query was read.
        named: How many of the first hits are provisions that the query cites.
        timings_ms: Milliseconds by step.
        embedding_text: The query as it was embedded, "" where terms alone decided.
        vector: Its embedding, shape ``(dim,)``.
    """

    query: str
    route: Route
    hits: tuple[Hit, ...]
    facets: tuple[Facet, ...] = ()
    notes: tuple[str, ...] = ()
    named: int = 0
    timings_ms: dict[str, float] = field(default_factory=dict)
    embedding_text: str = ""
    vector: "NDArray[np.float32] | None" = field(default=None, compare=False, repr=False)
