"""Records of what a generation stores: documents, their sections, passages and links.

Spans are half-open and count Unicode code points of the document's cleaned text; pages are 1-based.
"""

from dataclasses import dataclass
from datetime import date

from pinpoint.records import Block, LeftOut, PageSpan, Span


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
        current_to: Last day up to which this copy is known to give the law as it stood, None when unknown.
        printed: Whether the copy is an edition or a compilation, which nobody brings up to date.
        left_out: Words of the file that are not in the text on purpose.
        read_twice: 1-based pages that a second engine has read as well.
        unconfirmed: Spans of the text, half-open, whose words the second engine does not see there; in order.
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
    current_to: date | None = None
    left_out: tuple[LeftOut, ...] = ()
    read_twice: tuple[int, ...] = ()
    unconfirmed: tuple[tuple[int, int], ...] = ()
    printed: bool = False


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
        """Tell whether nothing known says that it is not in force on a day; ``index.currency`` says more."""
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
