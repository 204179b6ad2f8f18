"""Records of the answer step.

A statement is a verbatim quotation; nothing else is ever shown as an answer. The sentences of
a language model, where one is configured, only connect quotations and stand beside them. ``Citation.start``
and ``end`` count in the text of the passage, so that ``passage.text[start:end] == quote``.
"""

from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from index.query.query import Query
from pinpoint.records import Hit, Route

AnswerStatus = Literal["answered", "declined"]
QuestionKind = Literal["general", "list", "definition", "person", "number", "money", "contact", "verdict"]


@dataclass(frozen=True, slots=True)
class Question:
    """A question as it was read.

    Attributes:
        text: As typed.
        query: What is searched, as it was read: the text without what only sets the date.
        kind: The sort of answer that it asks for.
        as_of: Day whose law is asked for.
        dated: Whether the question itself set that day.
    """

    text: str
    query: Query
    kind: QuestionKind
    as_of: date
    dated: bool = False

    @property
    def search_text(self) -> str:
        """The text that is searched."""
        return self.query.text


@dataclass(frozen=True, slots=True)
class Evidence:
    """A sentence or list item of a passage that may be quoted.

    Attributes:
        passage_id: The passage it stands in.
        start: Span in the passage's text.
        end: See ``start``.
        text: The quotation.
        score: Fitness to answer; compares within one question.
        leads: Whether it leads into a list ("…:").
    """

    passage_id: str
    document_id: str
    kind: str
    start: int
    end: int
    text: str
    score: float
    leads: bool = False


@dataclass(frozen=True, slots=True)
class Quote:
    """A span of a passage chosen for the answer.

    Attributes:
        start: Span in the passage's text.
        end: See ``start``.
        item: Whether it belongs to the list before it.
        more: As ``Statement.more``.
    """

    passage_id: str
    start: int
    end: int
    item: bool = False
    more: bool = False


@dataclass(frozen=True, slots=True)
class Citation:
    """Where a quotation stands.

    Attributes:
        marker: The number shown with the statement, from 1.
        section: Cited form at the finest level known.
        quote: The quotation, equal to ``passage.text[start:end]``.
    """

    marker: int
    passage_id: str
    source_file: str
    title: str
    kind: str
    section: str
    section_path: tuple[str, ...]
    page: int | None
    page_label: str
    quote: str
    start: int
    end: int
    effective_from: date | None = None
    effective_to: date | None = None
    in_force: bool = True
    note: str = ""
    authority: str = ""
    replaced_by: str = ""
    ocr_confidence: float | None = None


@dataclass(frozen=True, slots=True)
class Statement:
    """One quotation of the answer with the markers of its citations.

    Attributes:
        item: Whether it is an item of the list that the statement before it leads into.
        more: Whether it is shown when a reader asks for more; the others make the answer's first 120 words or so.
    """

    text: str
    citations: tuple[int, ...]
    item: bool = False
    more: bool = False


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
        hits: The ten best passages, whether answered or not.
        related: Provisions to which the quotations delegate ("according to § 214.206"); beside a declined verdict,
            what the documents require.
        nearest: When declined: the headings that come closest.
        notes: How the question was read, in plain sentences.
        dropped: Quotations that failed verification and are not shown.
        summary: The quotations in the order and connection that a language model gave them; () without one.
        removed: Sentences of the language model that failed the check.
        conflicts: Pairs of quotations that differ on the same matter.
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
