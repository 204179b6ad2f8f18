"""Records of the benchmark: what a made draft holds, and what a check of it should say."""

from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from drafts.records import Draft, State

Kind = Literal["citation", "quotation"]
Layout = Literal["inline", "block", "paragraphs", "carried", "idem", "interrupted"]
"""In a sentence; set off; set off in two paragraphs; over two paragraphs, each with its opening mark; with "Id." behind
it for a citation before; in two fragments around words of the writer."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of a document with the address under which it stands.

    Attributes:
        text: Verbatim.
        citation: Cited form of the deepest section that holds it.
        index: Which sentence of the section's own text it is, from 0.
    """

    text: str
    document_id: str
    section: int
    citation: str
    index: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Expectation:
    """What a check should say of one citation or quotation.

    Attributes:
        kind: Which known change was made: a row of the table of results.
        says: What it is.
        states: Those that are right; more than one only where a careful reader could say either.
        reason: Why.
        source: The words of the document, before the change; of a citation its canonical form.
        targets: Cited forms of which ``Finding.citation`` should be one; () where any will do.
        now: Beginnings of cited forms of which ``Finding.now`` should have one; () where any will do.
        altered: Whether words, a number or a negation were changed, so that "found" is a grave fault.
    """

    kind: str
    says: Kind
    states: tuple[State, ...]
    reason: str
    source: str = ""
    targets: tuple[str, ...] = ()
    now: tuple[str, ...] = ()
    altered: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """A citation, or a quotation with or without its citation, before it stands in a draft.

    Attributes:
        expected: What should be said of it.
        text: Of a quotation without its marks; of a citation as it is written.
        cite: Citation to write beside a quotation, as written; "" for none.
        cite_expected: What should be said of that citation; None where there is none or it is not scored.
        layout: How it stands in the draft.
        marks: Quotation marks, opening and closing.
        tail: What follows the closing mark: "(citation omitted)".
        day: Day whose law counts; None for that of the run.
        alone: Whether nothing else in its draft may cite.
    """

    expected: Expectation
    text: str
    cite: str = ""
    cite_expected: Expectation | None = None
    layout: Layout = "inline"
    marks: tuple[str, str] = ("\u201c", "\u201d")
    tail: str = ""
    day: date | None = None
    alone: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """Where something stands in a draft, and what a check should say of it.

    Attributes:
        expected: None for what must not be called altered or missing: a room, a docket, a title, speech.
        beside: Span of the citation beside a quotation, as (part, start, end); None for none.
    """

    part: int
    start: int
    end: int
    text: str
    expected: Expectation | None
    beside: tuple[int, int, int] | None = None


@dataclass(frozen=True, slots=True)
class MadeDraft:
    """A draft, the day whose law counts, and everything that is known of it."""

    draft: Draft
    as_of: date
    marks: tuple[Mark, ...] = field(default=())
