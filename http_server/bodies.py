"""What a request may bring, read strictly: no unknown field, no number in quotation marks, days as YYYY-MM-DD only.

The limits stand here so that the OpenAPI document says them; what these documents have, the operations know.
"""

from datetime import date
from typing import Annotated

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, WithJsonSchema, model_validator

from operations import limits
from operations.requests import (
    TOP_K,
    AskRequest,
    ChangesRequest,
    CheckRequest,
    Held,
    LocateRequest,
    ProvisionRequest,
    SearchRequest,
)
from pinpoint.records import Span
from pinpoint.text import iso_day

_NO_DAY = "It must be a day of the calendar such as 2024-08-28"


def _read_day(value: object) -> date:
    if not isinstance(value, str):
        raise ValueError(_NO_DAY)
    try:
        return iso_day(value)
    except ValueError:  # its message repeats the value
        raise ValueError(_NO_DAY) from None


def _read_whole(value: object) -> object:
    """A number without a fraction as a whole number: to JSON, and to the schema of a field, 3.0 is one."""
    return int(value) if isinstance(value, float) and value.is_integer() else value


_Query = Annotated[str, Field(min_length=1, max_length=limits.MOST_QUERY)]
_Citation = Annotated[str, Field(min_length=1, max_length=limits.MOST_CITATION)]
_Name = Annotated[str, Field(min_length=1, max_length=limits.LONGEST_NAME)]
_Names = Annotated[list[_Name], Field(max_length=limits.MOST_NAMES, fail_fast=True)]
Day = Annotated[date, BeforeValidator(_read_day), WithJsonSchema({"type": "string", "format": "date"})]
_QueryDay = Annotated[date | None, BeforeValidator(_read_day), WithJsonSchema({"type": "string", "format": "date"})]
_MOST_FIELDS = 40
"""Names of an object, known or not: several times as many as any has. Set by hand; not measured."""
_DAY = "Day whose law is asked for, such as 2024-08-28; today when left out."
_PREFER = "Collections whose passages come first, nothing left out; those that the index prefers when left out."
_ONLY = "Only these collections."
_KINDS = "Only documents of these kinds."


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)

    @model_validator(mode="before")
    @classmethod
    def _limit_names(cls, given: object) -> object:
        """Refuse a great many names before each is looked at, since all that would be said of them costs time."""
        if isinstance(given, dict) and len(given) > _MOST_FIELDS:
            raise ValueError(f"{len(given):,} names are more than any object may have. Send those of the address")
        return given


class SearchBody(_Strict):
    """What is searched, and within what."""

    query: _Query = Field(description='A citation, words, a "quoted phrase", operators, or a question.')
    id: Annotated[str, Field(max_length=limits.LONGEST_NAME)] | None = Field(
        None, description="Your own name for the query, given back unchanged."
    )
    as_of: Day | None = Field(None, description=_DAY)
    top_k: Annotated[int, BeforeValidator(_read_whole)] = Field(
        TOP_K, ge=1, le=limits.MOST_HITS, description="Hits at most."
    )
    kinds: _Names = Field([], description=_KINDS)
    prefer: _Names | None = Field(None, description=_PREFER)
    only: _Names = Field([], description=_ONLY)
    any_date: bool = Field(False, description="Also find text that is known not to be in force on that day.")

    def asked(self) -> SearchRequest:
        """The request."""
        return SearchRequest(
            query=self.query,
            id=self.id,
            as_of=self.as_of,
            top_k=self.top_k,
            kinds=tuple(self.kinds),
            prefer=_several(self.prefer),
            only=tuple(self.only),
            any_date=self.any_date,
        )


class AskBody(_Strict):
    """A question."""

    question: _Query = Field(description="A question; it may describe a case.")
    as_of: Day | None = Field(None, description=_DAY)
    prefer: _Names | None = Field(None, description=_PREFER)
    only: _Names = Field([], description=_ONLY)

    def asked(self) -> AskRequest:
        """The request."""
        return AskRequest(
            question=self.question,
            as_of=self.as_of,
            prefer=_several(self.prefer),
            only=tuple(self.only),
        )


class LocateBody(_Strict):
    """A citation on a day."""

    citation: _Citation = Field(description="A citation such as 8 CFR 214.11(b)(2), or a span of a result.")
    as_of: Day | None = Field(None, description=_DAY)

    def asked(self) -> LocateRequest:
        """The request."""
        return LocateRequest(citation=self.citation, as_of=self.as_of)


class ProvisionBody(_Strict):
    """A citation."""

    citation: _Citation = Field(description="One citation, such as 8 CFR 214.11(b)(2).")

    def asked(self) -> ProvisionRequest:
        """The request."""
        return ProvisionRequest(citation=self.citation)


class HeldBody(_Strict):
    """A quotation from an earlier result."""

    span: _Citation = Field(description="Where it stood, as the result had it.", pattern="^.+:[0-9]{1,12}-[0-9]{1,12}$")
    digest: str = Field(description="The digest that the result had.", pattern="^[0-9a-f]{64}$")


class CheckBody(_Strict):
    """A draft, and quotations from earlier results; one of them or both."""

    text: str = Field("", max_length=limits.MOST_TEXT, description="The draft as plain text.")
    held: Annotated[list[HeldBody], Field(max_length=limits.MOST_HELD, fail_fast=True)] = Field(
        [], description="Quotations from earlier results, which are looked for again."
    )
    as_of: Day | None = Field(None, description=_DAY)

    def asked(self) -> CheckRequest:
        """The request."""
        held = tuple(Held(span=Span.parse(one.span), digest=one.digest) for one in self.held)
        return CheckRequest(text=self.text, held=held, as_of=self.as_of)


class ChangesBody(_Strict):
    """Two generations, or two documents of the one in use."""

    old: str = Field("", max_length=limits.LONGEST_NAME, description="Generation before; the last but one when empty.")
    new: str = Field("", max_length=limits.LONGEST_NAME, description="Generation after; the one in use when empty.")
    documents: _Names = Field([], description="Ids of two documents of the generation in use, to compare instead.")
    only: _Names = Field([], description=_ONLY)
    kinds: _Names = Field([], description=_KINDS)

    def asked(self) -> ChangesRequest:
        """The request."""
        return ChangesRequest(
            old=self.old,
            new=self.new,
            documents=tuple(self.documents),
            only=tuple(self.only),
            kinds=tuple(self.kinds),
        )


class OnDay(_Strict):
    """The query of an address that shows text: the day alone."""

    as_of: _QueryDay = Field(None, description=_DAY)


def _several(names: list[str] | None) -> tuple[str, ...] | None:
    return None if names is None else tuple(names)
