"""Records of the ground: spans of documents, the facts of a span, and what a generation stores.

Spans are half-open and count Unicode code points of the document's cleaned text, so that
``document_text[span.start:span.end]`` is the text of a span. Pages are 1-based; the printed label of a page is a
separate string. What only a search uses stands in ``index.records``.
"""

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from operator import attrgetter
from typing import Literal

BlockKind = Literal["heading", "paragraph", "list_item", "table_header", "table_row", "footnote"]

_SPAN = re.compile(r"(?P<document>.*):(?P<start>[0-9]{1,12})-(?P<end>[0-9]{1,12})", re.DOTALL)


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A part of a document's text; its text form ``<document id>:<start>-<end>`` is the id of a passage."""

    document_id: str
    start: int
    end: int

    @classmethod
    def parse(cls, text: str) -> "Span":
        """The span of a text form.

        Raises:
            KeyError: It is not of the form ``<document id>:<start>-<end>``.
        """
        parts = _SPAN.fullmatch(text)
        if parts is None:
            message = f"{text!r} is not a span such as my-document:120-340."
            raise KeyError(message)
        return cls(parts["document"], int(parts["start"]), int(parts["end"]))

    def __str__(self) -> str:
        return f"{self.document_id}:{self.start}-{self.end}"

    def within(self, other: "Span") -> bool:
        """Tell whether all of it lies in another span."""
        return self.document_id == other.document_id and other.start <= self.start and self.end <= other.end

    def overlaps(self, other: "Span") -> bool:
        """Tell whether the two have a character in common, or one that is empty lies inside the other."""
        return self.document_id == other.document_id and self.start < other.end and other.start < self.end

    def part(self, start: int, end: int) -> "Span":
        """The span that begins and ends so many characters behind its own start."""
        return Span(self.document_id, self.start + start, self.start + end)


@dataclass(frozen=True, slots=True)
class Block:
    """A block of a document's text: a heading, a paragraph, an item, a row, a footnote.

    Attributes:
        level: Rank of a heading (1 is the top) or nesting depth of a list item (1 is the outermost); 0 for everything
            else.
        marker: The printed number of a footnote ("12", "*"); "" for everything else.
    """

    kind: BlockKind
    start: int
    end: int
    level: int = 0
    marker: str = ""


@dataclass(frozen=True, slots=True)
class PageSpan:
    """A part of a document's text that stands on one page."""

    start: int
    end: int
    page: int


def page_at(page_spans: Sequence[PageSpan], position: int) -> int | None:
    """1-based page on which a character of a document stands; None when the format has no pages."""
    row = bisect_right(page_spans, position, key=attrgetter("start")) - 1
    if row < 0 or position >= page_spans[row].end:
        return None
    return page_spans[row].page


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """The facts of a span: what it is cited by, where it is printed, when it is in force and how much it binds.

    Attributes:
        section: Cited form of the deepest section that holds it.
        page: Page on which it begins; None when the format has no pages.
        page_label: What is printed on that page as its number.
        effective_from: First day on which the text was in force, None when unknown.
        effective_to: First day on which it no longer was, None when it still is.
        in_force: Whether it is in force on the day asked for.
        note: "Replaced on … by …." of a text that moved or ended, "" for every other.
        replaced_by: Cited form of the provision that holds the text now, "" when it did not move.
        authority: Authority level in words; it labels, it never hides.
        ocr_confidence: 0 to 1 when the text was read from a picture of the page, None as a rule.
    """

    span: Span
    file: str
    title: str
    kind: str
    section: str
    section_path: tuple[str, ...] = ()
    page: int | None = None
    page_label: str = ""
    effective_from: date | None = None
    effective_to: date | None = None
    in_force: bool = True
    note: str = ""
    replaced_by: str = ""
    authority: str = ""
    ocr_confidence: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredDocument:
    """A document as a generation stores it; the fields follow the manifest.

    Attributes:
        file: Path relative to the corpus folder, with forward slashes.
        key: Digest of everything that the stored rows depend on; equal keys mean that the
            rows of an older generation can be carried over.
        text: The whole text, "" where only the facts were read.
        pages: Number of pages, 0 when the format has none.
        page_labels: Printed label of each page; index 0 is page 1.
        page_spans: In text order, without gaps.
        blocks: In text order, without overlap; () where only the facts were read.
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
    page_spans: tuple[PageSpan, ...] = ()
    blocks: tuple[Block, ...] = ()
    ocr_pages: tuple[tuple[int, float], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredSection:
    """A section of a document as a generation stores it, addressed by its cited form.

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
    keys: tuple[str, ...] = ()
    heading: str = ""
    path: tuple[str, ...] = ()
    kind: str
    start: int
    own_end: int
    end: int
    effective_from: date | None = None
    effective_to: date | None = None

    @property
    def span(self) -> Span:
        """All of it, its parts included."""
        return Span(self.document_id, self.start, self.end)

    @property
    def own_span(self) -> Span:
        """Its own text, without its parts."""
        return Span(self.document_id, self.start, self.own_end)

    def in_force(self, day: date) -> bool:
        """Tell whether it is in force on a day; unknown dates count as in force."""
        begun = self.effective_from is None or self.effective_from <= day
        return begun and (self.effective_to is None or day < self.effective_to)


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """A span of a document that lies within one section.

    Attributes:
        section: Number of the deepest section that holds all of it.
        indexed_text: What the channels index: title, heading path and lead-ins, then the text.
        page: First page on which it stands, None when the format has no pages.
    """

    span: Span
    section: int
    text: str
    indexed_text: str = ""
    page: int | None = None
    page_label: str = ""

    def text_of(self, span: Span) -> str:
        """The text of a span that lies within it."""
        return self.text[span.start - self.span.start : span.end - self.span.start]

    @property
    def id(self) -> str:
        """``<document id>:<start>-<end>``."""
        return str(self.span)

    @property
    def document_id(self) -> str:
        """Document in which it stands."""
        return self.span.document_id

    @property
    def start(self) -> int:
        """First character in the document's text."""
        return self.span.start

    @property
    def end(self) -> int:
        """First character behind it in the document's text."""
        return self.span.end


@dataclass(frozen=True, slots=True)
class Link:
    """A citation that stands in a document: from a span of its text to a provision anywhere.

    Attributes:
        start: Span of the citation in the document's text.
        end: See ``start``.
        target: Canonical form of what is cited, completed from the section in which it stands: the
            ``§ 214.206`` of a section of 8 CFR is ``8 CFR 214.206``.
    """

    document_id: str
    start: int
    end: int
    target: str


@dataclass(frozen=True, slots=True)
class CrosswalkEntry:
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
    """Limits of a search: documents, and the day. Empty tuples mean no limit.

    Attributes:
        as_of: Day whose law is asked for; a passage not in force then is left out.
        any_date: Let passages through whatever their dates.
    """

    as_of: date
    kinds: tuple[str, ...] = ()
    collections: tuple[str, ...] = ()
    documents: tuple[str, ...] = ()
    any_date: bool = False
