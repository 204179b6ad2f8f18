"""Requests are read strictly: limits, days, names; each refusal names field, value and remedy."""

from datetime import date

import pytest

from operations import limits
from operations.requests import (
    AskRequest,
    ChangesRequest,
    CheckRequest,
    FetchRequest,
    Held,
    LocateRequest,
    ProvisionRequest,
    SearchRequest,
    SectionsRequest,
    parse_day,
    parse_span,
)
from pinpoint.errors import BadRequest, UnknownId
from pinpoint.records import Span

SPAN = Span("a", 0, 4)
REFUSED = [  # (operation, request, field, what the message says, reason)
    ("search", SearchRequest(query=" "), "query", "empty", "nothing to search"),
    ("search", SearchRequest(query="x" * 4_001), "query", "4,001 characters", "too long"),
    ("search", SearchRequest(query="a\ud800"), "query", "surrogate", "no character"),
    ("search", SearchRequest(query="x", top_k=0), "top_k", "from 1 to 1,000", "too few"),
    ("search", SearchRequest(query="x", top_k=1_001), "top_k", "top_k = 1001", "too many"),
    ("search", SearchRequest(query="x", kinds=("regulaton",)), "kinds", "regulation", "a typo in a kind"),
    (
        "search",
        SearchRequest(query="x", only=("T vsa",)),
        "only",
        "of 5 characters, is no collection",
        "a typo in a collection",
    ),
    ("search", SearchRequest(query="x", prefer=("",)), "prefer", "empty name", "an empty name"),
    ("search", SearchRequest(query="x", kinds=("a",) * 51), "kinds", "50 are the most", "too many names"),
    ("search", SearchRequest(query="x", id="i" * 201), "id", "201 characters", "a long name of one's own"),
    ("ask", AskRequest(question=""), "question", "empty", "no question"),
    ("ask", AskRequest(question="x" * 5_000), "question", "the facts that matter", "a long question"),
    ("locate", LocateRequest(citation="blah blah"), "citation", "not read as a citation", "no citation"),
    ("locate", LocateRequest(citation="1" * 501), "citation", "501 characters", "a long citation"),
    ("compare", ProvisionRequest(citation="blah"), "citation", "not read as a citation", "no citation"),
    ("cited_by", ProvisionRequest(citation="blah"), "citation", "such as 8 CFR", "no citation"),
    ("check", CheckRequest(), "text", "both empty", "nothing to check"),
    ("check", CheckRequest(text="x" * 400_001), "text", "chapter by chapter", "a long draft"),
    ("check", CheckRequest(held=(Held(span=SPAN, digest="x"),)), "held", "number 1", "no digest"),
    (
        "check",
        CheckRequest(held=(Held(span=Span("a", 4, 4), digest="0" * 64),)),
        "held",
        "is none of a result",
        "an empty span",
    ),
    ("check", CheckRequest(held=(Held(span=SPAN, digest="0" * 64),) * 501), "held", "500 are the most", "many held"),
    ("sections", SectionsRequest(document="nix"), "document", "of 3 characters, is no document", "no such document"),
    ("fetch", FetchRequest(id="nix"), "id", "no span such as", "neither a document nor a span"),
    ("fetch", FetchRequest(id="nix:0-4"), "id", "of no document", "a span of no document"),
    ("changes", ChangesRequest(old="/etc"), "old", "there is no such generation", "a path is no name"),
    ("changes", ChangesRequest(documents=("a",)), "documents", "give two", "one document"),
    (
        "changes",
        ChangesRequest(documents=("a", "b")),
        "documents",
        "number 1: the name given, of 1 character, is no document",
        "no such documents",
    ),
    ("changes", ChangesRequest(documents=("a", "b"), old="x"), "documents", "leave out", "both sorts at once"),
    ("changes", ChangesRequest(), "old", "no generation before", "the only generation"),
]


@pytest.mark.parametrize(("operation", "request_", "field", "says", "reason"), REFUSED, ids=[r[-1] for r in REFUSED])
def test_a_request_that_cannot_be_met_is_refused(operations, operation, request_, field, says, reason):
    with pytest.raises(BadRequest) as refused:
        getattr(operations, operation)(request_)
    assert refused.value.field == field, reason
    assert says in str(refused.value) and str(refused.value).startswith(field)
    assert len(str(refused.value)) < 700, "a message shows a wrong value cut"


UNKNOWN = [
    ("sections", SectionsRequest(document="nix")),
    ("fetch", FetchRequest(id="nix:0-4")),
    ("changes", ChangesRequest(documents=("a", "b"))),
    ("changes", ChangesRequest(new="00099")),
]


@pytest.mark.parametrize(("operation", "request_"), UNKNOWN)
def test_an_id_that_is_not_there_is_told_from_other_faults(operations, operation, request_):
    with pytest.raises(UnknownId):
        getattr(operations, operation)(request_)


def test_a_text_that_is_too_long_is_fetched_in_parts(operations, monkeypatch):
    monkeypatch.setattr("operations.fetching.MOST_FETCHED", 50)
    document = next(iter(operations.index.documents))
    with pytest.raises(BadRequest, match="Fetch its sections") as refused:
        operations.fetch(FetchRequest(id=document))
    assert not isinstance(refused.value, UnknownId)
    part = str(refused.value).rpartition("such as ")[2].rstrip(".")
    assert part == f"{document}:0-50"
    assert len(operations.fetch(FetchRequest(id=part))["text"]) == 50


DAYS = [
    ("0", "a number"),
    ("2024", "a year"),
    ("20240210", "no hyphens"),
    ("2024-02-10T00:00:00", "a time"),
    ("\uff12\uff10\uff12\uff14-02-10", "full-width digits"),
    ("2024-02-30", "no such day"),
    ("2024-W05-1", "a week"),
    (" 2024-02-10", "a blank"),
    ("2024-02-10\n", "a line break"),
    ("", "nothing"),
]


@pytest.mark.parametrize(("text", "reason"), DAYS, ids=[row[-1] for row in DAYS])
def test_days_of_another_form_are_refused(text, reason):
    with pytest.raises(BadRequest, match="such as 2024-08-28") as refused:
        parse_day(text)
    assert refused.value.field == "as_of", reason


def test_a_day_and_a_span_are_read():
    assert parse_day("2024-02-10") == date(2024, 2, 10)
    assert parse_span("a:b:3-4") == Span("a:b", 3, 4)
    with pytest.raises(BadRequest, match=r"^span: .*as a result has it"):
        parse_span("a")


def test_the_longest_query_is_searched(operations):
    found = operations.search(SearchRequest(query="presence " * (limits.MOST_QUERY // 9)))
    assert found["hits"]
