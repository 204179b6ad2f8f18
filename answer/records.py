"""Records of the answer step.

A statement is a verbatim quotation; nothing else is ever shown as an answer. The sentences of a language model, where
one is configured, only connect quotations and stand beside them. Spans count in the text of the document.
"""

from dataclasses import dataclass, field
from datetime import date
from typing import ClassVar, Literal

from index.located import Located
from index.query.query import Query
from index.records import Hit, Route
from pinpoint.records import Source, Span
from pinpoint.text import digest_of

AnswerStatus = Literal["answered", "declined"]
TablePart = Literal["", "caption", "header", "row"]
"""What a quotation is of a table; "" for all that is in none."""
QuestionKind = Literal["general", "list", "definition", "person", "number", "money", "contact", "verdict"]


@dataclass(frozen=True, slots=True)
class Case:
    """A text that tells a case.

    Attributes:
        clauses: What it tells, clause by clause, in order.
        asks: Its sentences that ask.
    """

    clauses: tuple[str, ...]
    asks: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Question:
    """A question as it was read.

    Attributes:
        text: As typed.
        query: What is searched, as it was read: the text without what only sets the date.
        kind: The sort of answer that it asks for.
        as_of: Day whose law is asked for.
        dated: Whether the question itself set that day.
        case: The facts that it tells, to be read for their issues, and what it asks; None for a question alone.
        aside: The facts that were left aside: towns, dates, sums, as typed.
    """

    text: str
    query: Query
    kind: QuestionKind
    as_of: date
    dated: bool = False
    case: Case | None = None
    aside: tuple[str, ...] = ()

    @property
    def search_text(self) -> str:
        """The text that is searched."""
        return self.query.text


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """A sentence or list item of a passage that may be quoted.

    Attributes:
        passage: The passage in which it stands.
        span: Where it stands in the document.
        kind: Kind of the document.
        text: The quotation.
        score: Fitness to answer; compares within one question.
        leads: Whether it leads into a list ("…:").
        reading: What a cross-encoder makes of it, from -1 (no answer) to 1; None where it was not read.
    """

    passage: Span
    span: Span
    kind: str
    text: str
    score: float
    leads: bool = False
    reading: float | None = None


@dataclass(frozen=True, slots=True)
class Quote:
    """A span of a document chosen for the answer.

    Attributes:
        passage: The passage from which it is cut, and against which it is verified.
        span: Where it stands in the document.
        item: Whether it belongs to the list before it.
        more: As ``Statement.more``.
        table: As ``Statement.table``.
        also_in: Where other documents say the same.
        about: As ``Statement.about``.
    """

    passage: Span
    span: Span
    item: bool = False
    more: bool = False
    table: TablePart = ""
    also_in: tuple[Span, ...] = ()
    about: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Citation(Located):
    """A quotation and where it stands.

    Attributes:
        marker: The number shown with the statement, from 1.
        source: The facts of the quotation's span.
        passage: The passage from which it was cut.
        quote: The quotation, equal to the document's text at ``source.span``.
        json_fields: Names and order of the fields on the command line, each with the attribute that it shows.
    """

    marker: int
    source: Source
    passage: Span
    quote: str

    json_fields: ClassVar[dict[str, str]] = {
        "marker": "marker",
        "passage_id": "passage",
        "source_file": "source.file",
        "title": "source.title",
        "kind": "source.kind",
        "section": "source.section",
        "section_path": "source.section_path",
        "page": "source.page",
        "page_label": "source.page_label",
        "quote": "quote",
        "start": "start_in_passage",
        "end": "end_in_passage",
        "effective_from": "source.effective_from",
        "effective_to": "source.effective_to",
        "in_force": "source.in_force",
        "note": "note",
        "authority": "source.authority",
        "replaced_by": "source.replaced_by",
        "ocr_confidence": "source.ocr_confidence",
        "confirmed": "source.confirmed",
        "current_to": "source.current_to",
        "status": "source.status",
        "status_text": "source.status_text",
        "span": "source.span",
        "digest": "digest",
    }

    @property
    def digest(self) -> str:
        """The sha256 of ``quote``, which is the text of its span, by which it can be held against the documents."""
        return digest_of(self.quote)

    @property
    def start_in_passage(self) -> int:
        """First character of the quotation in the text of its passage, as the command line tells it."""
        return self.source.span.start - self.passage.start

    @property
    def end_in_passage(self) -> int:
        """First character behind the quotation in the text of its passage, as the command line tells it."""
        return self.source.span.end - self.passage.start


@dataclass(frozen=True, slots=True, kw_only=True)
class Elsewhere:
    """Where another document says the same as a quotation, or nearly so.

    Attributes:
        span: Where it stands there.
        quote: Its words there.
        section: Its cited form.
        title: Title of that document.
        in_force: As ``Source.in_force``.
        json_fields: Names and order of the fields on the command line, each with the attribute that it shows.
    """

    span: Span
    quote: str
    section: str
    title: str
    in_force: bool = True

    json_fields: ClassVar[dict[str, str]] = {
        "passage_id": "span",
        "quote": "quote",
        "section": "section",
        "title": "title",
        "in_force": "in_force",
    }


@dataclass(frozen=True, slots=True)
class Statement:
    """One quotation of the answer with the markers of its citations.

    Attributes:
        item: Whether it is an item of the list, or a row of the table, that the statement before it leads into.
        more: Whether it is shown when a reader asks for more; the others are at most three statements, a list or a
            table counted once, in 120 words or so.
        confirmed: Whether the second reading of the page sees the same words; None when there was none.
        table: What it is of a table: its caption, its header, or a row, whose cells have " | " between them.
        also_in: Where other documents say the same, or nearly so; they are not quoted again.
        about: What it is quoted for, where an answer has several subjects: the words of the question that raise an
            issue, or what a refusal to decide shows; "" for an answer to one question.
        of_table: The first row of the table that it is a part of, by which tables are told apart; not shown.
        json_fields: Names and order of the fields on the command line, each with the attribute that it shows.
    """

    text: str
    citations: tuple[int, ...]
    item: bool = False
    more: bool = False
    confirmed: bool | None = None
    table: TablePart = ""
    also_in: tuple[Elsewhere, ...] = ()
    about: str = ""
    of_table: Span | None = None

    json_fields: ClassVar[dict[str, str]] = {
        name: name for name in ("text", "citations", "item", "more", "confirmed", "table", "also_in", "about")
    }


@dataclass(frozen=True, slots=True)
class Conflict:
    """Two quotations of one answer that differ on the same matter.

    Attributes:
        markers: Their citations.
        sentence: Who says what, in plain words with the authority and date of both; the words in quotation marks
            stand in the quotations.
    """

    markers: tuple[int, int]
    sentence: str


@dataclass(frozen=True, slots=True)
class SummarySentence:
    """A sentence in which a language model connects quotations, checked against them.

    Attributes:
        text: What stands between quotation marks is cut from the quotations that it cites.
        citations: Markers of these.
    """

    text: str
    citations: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Answer:
    """What ``Assistant.ask`` returns; the field names are the command line's contract.

    Attributes:
        reason: Why the question was declined, "" when it was answered.
        statements: None when declined; beside a refused verdict what the law requires, verified as any other.
        hits: The ten best passages, whether answered or not.
        related: Provisions to which the quotations delegate ("according to § 214.206").
        nearest: When declined: the headings that come closest.
        notes: How the question was read, in plain sentences.
        neutral_notes: Those of ``notes`` that repeat nothing of the question; a file without the question has no other.
        neutral_reason: The reason as far as it repeats nothing of the question, "" where it does or there is none.
        dropped: Quotations that failed verification and are not shown.
        summary: The quotations in the order and connection that a language model gave them; () without one.
        removed: Sentences of the language model that failed the check.
        conflicts: Pairs of quotations that differ on the same matter.
        scope: What was searched, and what was preferred, in words.
        incomplete: What of the documents is not indexed yet, in a sentence; "" as a rule.
    """

    id: str | None
    question: str
    status: AnswerStatus
    reason: str
    statements: tuple[Statement, ...]
    citations: tuple[Citation, ...]
    hits: tuple[Hit, ...]
    timings_ms: dict[str, float] = field(default_factory=dict)
    as_of: date = date.min
    route: Route = "question"
    nearest: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    dropped: int = 0
    related: tuple[Hit, ...] = ()
    summary: tuple[SummarySentence, ...] = ()
    removed: int = 0
    conflicts: tuple[Conflict, ...] = ()
    scope: str = ""
    neutral_notes: tuple[str, ...] = ()
    neutral_reason: str = ""
    incomplete: str = ""
