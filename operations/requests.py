"""Requests: what each operation is asked with, read strictly from the values that a stranger sent."""

from dataclasses import dataclass
from datetime import date

from pinpoint.errors import BadRequest
from pinpoint.records import Span
from pinpoint.text import iso_day, plural

TOP_K = 10
"""Hits of a search where nobody says how many."""


def parse_day(text: str, field: str = "as_of") -> date:
    """The day of a text such as ``2024-08-28``, and of no other form: "0", "2024" and a date with a time are refused.

    Raises:
        BadRequest: It is another text.
    """
    try:
        return iso_day(text)
    except ValueError:
        raise BadRequest(
            field,
            f"{field} is no day of the calendar such as 2024-08-28 ({plural(len(text), 'character')} were given).",
        ) from None


def parse_span(text: str, field: str = "span") -> Span:
    """The span of a text form such as ``my-document:120-340``.

    Raises:
        BadRequest: It is another text.
    """
    try:
        return Span.parse(text)
    except KeyError:
        given = plural(len(text), "character")
        raise BadRequest(
            field, f"{field}: {given} are no span such as my-document:120-340. Give one as a result has it."
        ) from None


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchRequest:
    """What is searched, and within what.

    Attributes:
        id: The caller's own name for the query, given back unchanged.
        as_of: Day whose law is asked for; today when None.
        kinds: Only documents of these kinds.
        prefer: Collections whose passages come first; None for those that the index prefers.
        only: Only these collections.
        any_date: Also find text that is known not to be in force on that day.
    """

    query: str
    id: str | None = None
    as_of: date | None = None
    top_k: int = TOP_K
    kinds: tuple[str, ...] = ()
    prefer: tuple[str, ...] | None = None
    only: tuple[str, ...] = ()
    any_date: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class AskRequest:
    """A question; fields as those of ``SearchRequest``."""

    question: str
    as_of: date | None = None
    prefer: tuple[str, ...] | None = None
    only: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class LocateRequest:
    """A citation such as "8 CFR 214.11(b)(2)", or a span ``<document id>:<start>-<end>``, on a day."""

    citation: str
    as_of: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ProvisionRequest:
    """A citation: of what is compared with its older text, or of what others cite."""

    citation: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """A quotation that a caller holds from an earlier result: where it stood, and the digest of its words then."""

    span: Span
    digest: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckRequest:
    """A draft as plain text, and quotations held from earlier results; either may be empty, not both."""

    text: str = ""
    held: tuple[Held, ...] = ()
    as_of: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SectionsRequest:
    """The sections of a document, by its id."""

    document: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FetchRequest:
    """A passage, section or quotation by its span, or a whole document by its id."""

    id: str
    as_of: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangesRequest:
    """Two generations by name, or two documents of the one in use.

    Attributes:
        old: Generation before; the one before the one in use when "".
        new: Generation after; the one in use when "".
        documents: Ids of two documents, such as two editions, to compare instead; () for generations.
        only: Only these collections.
        kinds: Only documents of these kinds.
    """

    old: str = ""
    new: str = ""
    documents: tuple[str, ...] = ()
    only: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
