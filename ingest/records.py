"""Records of the ingest step, in the order in which they come into being.

``Reading`` is what a reader returns: blocks in reading order, each made of fragments that
know their page. ``AssembledDocument`` is the same with one cleaned text and spans into it.
``FoundSection`` is a node of the tree that ``structure`` finds in the blocks. Spans are
half-open and count Unicode code points of ``AssembledDocument.text``; pages are 1-based.
"""

from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from pinpoint.records import Block, BlockKind, LeftOut, PageSpan
from pinpoint.stored import ParsedDocument

Box = tuple[float, float, float, float]
"""Left, bottom, right and top in points, from the lower left corner of the page as shown."""

SectionKind = Literal["document", "heading", "provision", "definition", "footnote"]


@dataclass(frozen=True, slots=True)
class Fragment:
    """Text of a block that stands on one page.

    Attributes:
        text: Cleaned text; white space inside counts.
        page: 1-based page, 0 when the format has no pages.
        boxes: Where it stands: a rectangle for each column that it runs through, in reading
            order; empty when the format has no pages.
    """

    text: str
    page: int = 0
    boxes: tuple[Box, ...] = ()


@dataclass(frozen=True, slots=True)
class RawBlock:
    """A block as a reader saw it.

    Attributes:
        kind: What the block is.
        fragments: Its text in order; a paragraph that runs over a page has one fragment a page.
        level: Rank of a heading (1 is the top) or nesting depth of a list item (1 is the
            outermost); 0 for everything else.
        marker: The printed number of a footnote ("12", "*"); "" for everything else. Its
            reference in the running text reads ``[12]``.
        stated: Cited forms of the divisions that hold the block as the file itself states them, from the outside
            in ("8 CFR 214.202", "8 CFR 214.202(c)"); () where the file states none and structure finds them. A last
            "" says that the block is quoted in that division (a form, a clause), with lists of its own.
        struck: Words struck out in the file, each with the character of the block before which they stand.
        unconfirmed: Spans of its text, half-open, whose words a second engine does not see there; in order.
        indent: Its left edge in em from that of the page, as the file states it; None where nothing moves it, not a
            number where the file does not tell.
    """

    kind: BlockKind
    fragments: tuple[Fragment, ...]
    level: int = 0
    marker: str = ""
    stated: tuple[str, ...] = ()
    struck: tuple[tuple[int, str], ...] = ()
    unconfirmed: tuple[tuple[int, int], ...] = ()
    indent: float | None = None

    @property
    def text(self) -> str:
        """All fragments as one string."""
        return "".join(fragment.text for fragment in self.fragments)


def raw_block(kind: BlockKind, text: str, level: int = 0, marker: str = "") -> RawBlock:
    """A block of a format without pages: its text is one fragment."""
    return RawBlock(kind, (Fragment(text),), level, marker)


@dataclass(frozen=True, slots=True)
class Repair:
    """A kind of repair that a reader did, and how often."""

    name: str
    count: int


@dataclass(frozen=True, slots=True)
class Reading:
    """Content that a reader found in one file.

    Attributes:
        blocks: Blocks in reading order. A footnote stands after the block that refers to it.
        title: The title that the file states of itself, "" when it states none.
        page_labels: Printed label of each page, index 0 is page 1; empty when the format
            has no pages.
        repairs: Corrections, counted by kind.
        warnings: Sentences for the intake report.
        pages_without_text: 1-based pages on which no text was found.
        scanned_pages: 1-based pages that are pictures of text, or pictures only.
        ocr_pages: Pages whose text was recognised from the picture, 1-based, each with the mean
            confidence of the recognition, 0 to 1.
        ocr_layer_pages: 1-based pages that are pictures, with text that another program recognised and laid under or
            over them unseen.
        removed: Page (1-based) and box of each running head, page number and print mark left out.
        left_out: Words that are not in the blocks on purpose; those struck out stand with their blocks.
        struck: Page (1-based), words and box of what is struck out in sight; where in the text stands with the blocks.
        agreement: Pages that a second engine has read as well, 1-based, each with the share of its words that both
            see, 0 to 1.
        effective_from: First day of force that the file states of itself.
        effective_to: First day on which the file says that it is no longer in force.
        current_to: Last day up to which the file says that it gives the law as it stood.
        cited_as: Code under which the sections are cited, as the file states it ("8 CFR"), "" when it does not.
        document_kind: Kind of document as the manifest names kinds, "" when the file does not tell.
    """

    blocks: tuple[RawBlock, ...]
    title: str = ""
    page_labels: tuple[str, ...] = ()
    repairs: tuple[Repair, ...] = ()
    warnings: tuple[str, ...] = ()
    pages_without_text: tuple[int, ...] = ()
    scanned_pages: tuple[int, ...] = ()
    ocr_pages: tuple[tuple[int, float], ...] = ()
    ocr_layer_pages: tuple[int, ...] = ()
    removed: tuple[tuple[int, Box], ...] = ()
    left_out: tuple[LeftOut, ...] = ()
    struck: tuple[tuple[int, str, Box], ...] = ()
    agreement: tuple[tuple[int, float], ...] = ()
    effective_from: date | None = None
    effective_to: date | None = None
    current_to: date | None = None
    cited_as: str = ""
    document_kind: str = ""


@dataclass(frozen=True, slots=True)
class FoundSection:
    """A node of the section tree: a chapter, a provision, a footnote.

    Attributes:
        citation: The cited form ("8 CFR 214.202(c)(1)"), unique to the part of the document that it names.
        heading: Heading or caption as printed, with its number ("A. Purpose").
        depth: Number of ancestors.
        start: Where the section begins, its heading included.
        own_end: Where its own text ends and its first child begins.
        end: Where the section ends, descendants included.
        parent: Index of the parent in the document's sections, -1 at the top.
        kind: What the node is.
        effective_from: First day on which the text was in force, None when unknown.
        effective_to: First day on which it no longer was, None when it still is.
    """

    citation: str
    heading: str
    depth: int
    start: int
    own_end: int
    end: int
    parent: int
    kind: SectionKind
    effective_from: date | None = None
    effective_to: date | None = None


@dataclass(frozen=True, slots=True)
class AssembledDocument:
    """One file with its cleaned text.

    Attributes:
        text: Blocks joined by one line break; a footnote reference reads ``[12]``.
        blocks: Spans of the blocks, in order, without overlap.
        page_spans: Which page each span stands on, in order, without gaps; empty when
            the format has no pages.
        page_labels: Printed label of each page; index 0 is page 1.
        stated: ``RawBlock.stated`` of each block; () when the file states none at all.
        struck: Words struck out in the file, with the character of the text before which they stand.
        unconfirmed: Spans of the text whose words a second engine does not see there; in order.
        indents: Left edge of each block in em, not a number where the file does not tell; () when it moves none.
    """

    text: str
    blocks: tuple[Block, ...]
    page_spans: tuple[PageSpan, ...] = ()
    page_labels: tuple[str, ...] = field(default=())
    stated: tuple[tuple[str, ...], ...] = ()
    struck: tuple[tuple[int, str], ...] = ()
    unconfirmed: tuple[tuple[int, int], ...] = ()
    indents: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True)
class ParsedFile:
    """The rows of a file and what the intake report says of the reading.

    Attributes:
        doubtful_pages: 1-based pages on which a second engine sees other words, each with the share of the
            words that both see, 0 to 1.
    """

    parsed: ParsedDocument
    repairs: tuple[Repair, ...]
    warnings: tuple[str, ...]
    pages_without_text: tuple[int, ...]
    scanned_pages: tuple[int, ...] = ()
    doubtful_pages: tuple[tuple[int, float], ...] = ()
