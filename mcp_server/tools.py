"""The tools: what a model reads of each, and the operation behind it."""

from collections.abc import Callable
from dataclasses import dataclass

from mcp_server.arguments import Argument, Values
from operations.limits import MOST_CITATION, MOST_QUERY, MOST_TEXT
from operations.operations import Json, Operations
from operations.requests import (
    AskRequest,
    CheckRequest,
    FetchRequest,
    LocateRequest,
    ProvisionRequest,
    SearchRequest,
)

MOST_HITS = 100
"""Hits of a search: more than a model reads; more of a topic is found by a narrower query. Set by hand."""
SECONDS, LONG = 60.0, 300.0
"""Seconds that a call may take, and one that checks a draft; many clients give up after 60. Set by hand."""
Run = Callable[[Operations, Values], Json]


@dataclass(frozen=True, slots=True, kw_only=True)
class ToolSpecification:
    """A tool.

    Attributes:
        description: What a model reads before it chooses.
        run: From the values of the arguments to the JSON of the operation.
        seconds: How long it may take.
        remedy: What to ask for instead when it takes longer or its result is too large, a sentence.
    """

    name: str
    title: str
    description: str
    arguments: tuple[Argument, ...]
    run: Run
    seconds: float = SECONDS
    remedy: str


_DAY = Argument(
    name="as_of",
    kind="day",
    about="Day whose law is asked for, YYYY-MM-DD; today when left out.",
)
_CITATION = Argument(
    name="citation",
    kind="text",
    required=True,
    about='A citation such as "8 CFR 214.11(b)(2)", "22 U.S.C. 7102(11)(A)" or "INA 101(a)(15)(T)".',
)
_SCOPE = (
    Argument(
        name="prefer",
        kind="names",
        about="Collections whose passages come first, nothing left out; those that the documents prefer when left out.",
    ),
    Argument(name="only", kind="names", about="Only documents of these collections."),
)

TOOLS = (
    ToolSpecification(
        name="search",
        title="Search the documents",
        description=(
            "Find passages of these documents (statutes, regulations, policy and guidance). The query is "
            'a citation, a "quoted phrase", keywords or a question; AND, OR, NOT and near/5 work. Each hit is the '
            "passage word for word with its citation, page, dates and status. Give the id of a result to fetch for its "
            "whole text. To have a question answered, use ask; for the text of a citation, use locate."
        ),
        arguments=(
            Argument(name="query", kind="text", required=True, most=MOST_QUERY, about="What to look for."),
            _DAY,
            Argument(name="top_k", kind="number", most=MOST_HITS, about="How many hits; 10 when left out."),
            Argument(
                name="kinds",
                kind="names",
                about='Only documents of these kinds, such as "statute", "regulation" or "policy-manual".',
            ),
            *_SCOPE,
            Argument(
                name="any_date",
                kind="flag",
                about="Also find text that is known not to be in force on the day asked for.",
            ),
        ),
        run=lambda operations, given: operations.search(SearchRequest(**given)),
        remedy="Ask for fewer hits with top_k, or for something narrower.",
    ),
    ToolSpecification(
        name="fetch",
        title="Fetch one text",
        description=(
            "The whole text of one result, word for word, by the id that search or another tool gave: a span "
            "<document id>:<start>-<end>, or a document id. A text that is too long is refused, with the span of its "
            "first part."
        ),
        arguments=(
            Argument(
                name="id",
                kind="text",
                required=True,
                most=MOST_CITATION,
                about="A span as a result gave it, <document id>:<start>-<end>, or the id of a document.",
            ),
            _DAY,
        ),
        run=lambda operations, given: operations.fetch(FetchRequest(**given)),
        remedy="Fetch a shorter span.",
    ),
    ToolSpecification(
        name="ask",
        title="Ask a question",
        description=(
            "Answer a question with verbatim quotations of the documents, each checked word for word and cited to the "
            "paragraph and page, or decline and say why. A declined question is not answered by these documents: say "
            "so, do not answer it from memory."
        ),
        arguments=(
            Argument(name="question", kind="text", required=True, most=MOST_QUERY, about="The question in words."),
            _DAY,
            *_SCOPE,
        ),
        run=lambda operations, given: operations.ask(AskRequest(**given)),
        remedy="Ask about one matter at a time.",
    ),
    ToolSpecification(
        name="locate",
        title="Look up a citation",
        description=(
            "The text that a citation names, word for word, with its dates, page and status on a day, and where it "
            "moved. It says so where these documents lack it, and names the nearest. A span is taken too."
        ),
        arguments=(_CITATION, _DAY),
        run=lambda operations, given: operations.locate(LocateRequest(**given)),
        remedy="Locate a smaller part, such as one of its paragraphs.",
    ),
    ToolSpecification(
        name="compare",
        title="Compare with the older text",
        description=(
            "The older and the newer text of a provision that moved or was replaced, paragraph by paragraph, with the "
            "words that went and those that came."
        ),
        arguments=(_CITATION,),
        run=lambda operations, given: operations.compare(ProvisionRequest(**given)),
        remedy="Compare a smaller part, such as one of its paragraphs.",
    ),
    ToolSpecification(
        name="cited_by",
        title="What cites a provision",
        description="What cites a provision in these documents, what it cites itself, and its footnotes.",
        arguments=(_CITATION,),
        run=lambda operations, given: operations.cited_by(ProvisionRequest(**given)),
        remedy="Ask about a smaller part, such as one of its paragraphs.",
    ),
    ToolSpecification(
        name="check",
        title="Check a draft and earlier quotations",
        description=(
            "Hold every citation and quotation of a draft against the documents: what stands so, what differs and in "
            "which words, what was replaced, what is not there. With held, tell whether quotations of earlier results "
            "(their span and digest) still stand unchanged. Check your own answer with it before you give it. Nothing "
            "of a draft is stored."
        ),
        arguments=(
            Argument(
                name="text",
                kind="text",
                most=MOST_TEXT,
                about='The draft as plain text; lines that begin with ">" are a block quote. No file, no base64.',
            ),
            Argument(
                name="held",
                kind="held",
                about="Quotations of earlier results: the span and the digest of each, as they were given.",
            ),
            _DAY,
        ),
        run=lambda operations, given: operations.check(CheckRequest(**given)),
        seconds=LONG,
        remedy="Check the draft in parts, such as one chapter at a time.",
    ),
)
