"""Records of the ground: spans of documents, the facts of a span, and what a generation stores.

Spans are half-open and count Unicode code points of the document's cleaned text, so that
``document_text[span.start:span.end]`` is the text of a span. Pages are 1-based; the printed label of a page is a
separate string. What only a search uses stands in ``index.records``.
"""

import re
from bisect import bisect_right
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from operator import attrgetter
from typing import Literal

from pinpoint.errors import UnknownCollection

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


LeftOutReason = Literal[
    "struck out", "hidden", "invisible", "layer off", "clipped", "covered", "redacted", "watermark", "line number"
]
"""Why words of a file are not in the document's text; the intake report and the page picture say it so."""


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Words of a file that are not in its text on purpose.

    Attributes:
        words: How many.
        page: 1-based; 0 when the format has no pages.
        boxes: Where they stand on the page: left, bottom, right and top in points, from its lower left corner.
        text: The words themselves where they were struck out in sight; "" for all that nobody should read.
        position: Character of the document's text before which struck words stand; -1 when it is not known.
    """

    reason: LeftOutReason
    words: int
    page: int = 0
    boxes: tuple[tuple[float, float, float, float], ...] = ()
    text: str = ""
    position: int = -1


Status = Literal[
    "in force",
    "as printed",
    "later changes unknown",
    "no date recorded",
    "no text of that day",
    "not yet in force",
    "ended",
]
"""What is known of a text on the day asked for; ``index.currency`` tells which."""


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
        in_force: Whether nothing known says that it is not in force on the day asked for; see ``status``.
        note: "Replaced on … by …." of a text that moved or ended, "" for every other.
        replaced_by: Cited form of the provision that holds the text now, "" when it did not move.
        authority: Authority level in words; it labels, it never hides.
        ocr_confidence: 0 to 1 when the text was read from a picture of the page, None as a rule.
        current_to: Last day up to which this copy is known to give the law as it stood, None when unknown.
        printed: Whether the copy is an edition or a compilation, which nobody brings up to date.
        confirmed: Whether the second reading of the page sees the same words; None when there was none.
        status: What is known of it on the day asked for.
        status_text: The same in words, with the days: "In force, copy current to June 11, 2026".
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
    current_to: date | None = None
    printed: bool = False
    confirmed: bool | None = None
    status: Status = "no date recorded"
    status_text: str = "No date recorded"


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """The scope of a search; empty tuples mean that everything counts alike.

    Attributes:
        prefer: Collections whose passages come first; nothing is left out for it.
        only: Collections outside of which nothing is searched.
    """

    prefer: tuple[str, ...] = ()
    only: tuple[str, ...] = ()

    @property
    def label(self) -> str:
        """Its name where it is chosen: "T visa first", "T visa only", "Everything"."""
        if self.only:
            return f"{_listed(self.only)} only"
        return f"{_listed(self.prefer)} first" if self.prefer else "Everything"

    @property
    def sentence(self) -> str:
        """What was searched, in words that stand beside an answer: "T visa first; everything was searched."."""
        searched = f"only {_listed(self.only)} was searched" if self.only else "everything was searched"
        first = [name for name in self.prefer if not self.only or name in self.only]
        text = f"{_listed(first)} first; {searched}." if first else f"{searched}."
        return text if first else text[0].upper() + text[1:]


@dataclass(frozen=True, slots=True)
class Filters:
    """Limits of a search: documents, and the day. Empty tuples mean no limit.

    Attributes:
        as_of: Day whose law is asked for; a passage known not to be in force then is left out.
        collections: Only documents of these collections are found.
        any_date: Let passages through whatever their dates.
        prefer: Collections whose passages come first; nothing is left out for it.
        without: Spans whose passages are left out, as if the documents did not have them: for measurements.
    """

    as_of: date
    kinds: tuple[str, ...] = ()
    collections: tuple[str, ...] = ()
    documents: tuple[str, ...] = ()
    any_date: bool = False
    prefer: tuple[str, ...] = ()
    without: frozenset[Span] = frozenset()

    @property
    def scope(self) -> Scope:
        """Which collections come first, and which are searched at all."""
        return Scope(prefer=self.prefer, only=self.collections)


def chosen_scope(
    *, prefer: Sequence[str] | None, only: Sequence[str], usual: Sequence[str], known: Collection[str]
) -> Scope:
    """The scope that somebody chose.

    Args:
        prefer: Collections to prefer, () for none; None for the usual ones, or none where ``only`` names some.
        only: Collections to be limited to, () for no limit.
        usual: Collections that the index prefers by itself.
        known: Collections of the index.

    Raises:
        UnknownCollection: The index has no collection of a name; the message lists those that it has.
    """
    if prefer is None:
        prefer = () if only else usual
    for name in (*prefer, *only):
        if name not in known:
            listed = ", ".join(sorted(known))
            raise UnknownCollection(f"There is no collection {name!r} in this index. Known are: {listed}.")
    return Scope(prefer=tuple(dict.fromkeys(prefer)), only=tuple(dict.fromkeys(only)))


def _listed(names: Sequence[str]) -> str:
    """Names in a row: "A", "A and B", "A, B and C"."""
    *others, last = names
    return f"{', '.join(others)} and {last}" if others else last
