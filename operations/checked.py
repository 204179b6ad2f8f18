"""The one check of requests: limits, and names that the documents have.

Errors name the field, how long its value is and the remedy, never the value: whatever the field, a person may have
typed it, and errors are written into logs.
"""

import re
from collections.abc import Collection, Iterable
from dataclasses import fields
from difflib import get_close_matches

from index.scope import collections_of
from index.search import HybridIndex
from operations import limits
from operations.requests import (
    AskRequest,
    ChangesRequest,
    CheckRequest,
    FetchRequest,
    LocateRequest,
    ProvisionRequest,
    SearchRequest,
    SectionsRequest,
)
from pinpoint.errors import BadRequest, UnknownId
from pinpoint.text import plural

Request = (
    SearchRequest
    | AskRequest
    | LocateRequest
    | ProvisionRequest
    | CheckRequest
    | SectionsRequest
    | FetchRequest
    | ChangesRequest
)
_LONGEST = {
    "query": limits.MOST_QUERY,
    "question": limits.MOST_QUERY,
    "citation": limits.MOST_CITATION,
    "document": limits.MOST_CITATION,
    "id": limits.MOST_CITATION,
    "text": limits.MOST_TEXT,
    "old": limits.LONGEST_NAME,
    "new": limits.LONGEST_NAME,
}
_REMEDIES = {
    "query": "Give the words that matter.",
    "question": "Give the question, and of the case the facts that matter.",
    "text": "Check the draft chapter by chapter.",
}
_NOUNS = {
    "kinds": "kind",
    "only": "collection",
    "prefer": "collection",
    "document": "document",
    "documents": "document",
}
_MAY_BE_EMPTY = ("text", "old", "new")
_DIGEST = re.compile(r"[0-9a-f]{64}")
_SURROGATE = re.compile("[\ud800-\udfff]")
_LISTED = 12
"""Names that a message lists. Set by hand."""


def check_request(index: HybridIndex, request: Request) -> None:
    """Refuse a request that goes beyond the limits, or names what the documents do not have.

    Raises:
        BadRequest: A value is wrong; the message names field, value and remedy.
    """
    for field in fields(request):
        value = getattr(request, field.name)
        if isinstance(value, str):
            _check_text(field.name, value, own_name=field.name == "id" and isinstance(request, SearchRequest))
        elif isinstance(value, tuple) and field.name != "held":
            _check_names(field.name, value)
    if isinstance(request, SearchRequest) and not 1 <= request.top_k <= limits.MOST_HITS:
        raise BadRequest("top_k", f"top_k = {request.top_k}: give a number from 1 to {limits.MOST_HITS:,}.")
    if isinstance(request, CheckRequest):
        _check_held(request)
    if isinstance(request, SearchRequest | ChangesRequest):
        known_names("kinds", request.kinds, {one.kind for one in index.documents.values()})
    if isinstance(request, SearchRequest | AskRequest | ChangesRequest):
        known_names("only", request.only, collections_of(index))
    if isinstance(request, SearchRequest | AskRequest):
        known_names("prefer", request.prefer or (), collections_of(index))


def known_names(field: str, given: Iterable[str], known: Collection[str]) -> None:
    """Refuse a name that is not known.

    Raises:
        UnknownId: It is that of a document; the message has the nearest names that there are.
        BadRequest: It is another name; the message likewise.
    """
    for number, name in enumerate(given, start=1):
        if name not in known:
            which = "" if field == "document" else f", number {number}"
            there = f"the name given, of {sized(name)}, is no {_NOUNS[field]} of these documents."
            error = UnknownId if _NOUNS[field] == "document" else BadRequest
            raise error(field, f"{field}{which}: {there}{near(name, known)}")


def near(name: str, known: Iterable[str]) -> str:
    """The nearest known names as a sentence with a blank before it; all of a few, "" where there are none."""
    names = sorted(known)
    close = nearest_names(name, names)
    if close and len(names) > _LISTED:
        return f" Nearest: {', '.join(close)}."
    more = f", and {len(names) - _LISTED:,} more" if len(names) > _LISTED else ""
    first = [*close, *(one for one in names if one not in close)][:_LISTED]
    return f" Known are: {', '.join(first)}{more}." if first else ""


def nearest_names(name: str, known: Iterable[str], *, most: int = 3) -> list[str]:
    """The known names most like one, the nearest first; capitals do not count."""
    folded: dict[str, list[str]] = {}
    for one in known:
        folded.setdefault(one.casefold(), []).append(one)
    return [one for close in get_close_matches(name.casefold(), folded, n=most) for one in folded[close]][:most]


def _check_text(field: str, value: str, *, own_name: bool) -> None:
    longest = limits.LONGEST_NAME if own_name else _LONGEST[field]
    if len(value) > longest:
        remedy = "" if own_name else _REMEDIES.get(field, "")
        raise BadRequest(field, f"{field} has {len(value):,} characters; {longest:,} are the most. {remedy}".rstrip())
    if not value.strip() and field not in _MAY_BE_EMPTY and not own_name:
        raise BadRequest(field, f"{field} is empty: give a text that is not.")
    if _SURROGATE.search(value):
        raise BadRequest(field, f"{field} has half of a surrogate pair, which is no character. Send it as UTF-8.")


def _check_names(field: str, names: tuple[str, ...]) -> None:
    if len(names) > limits.MOST_NAMES:
        raise BadRequest(field, f"{field} has {len(names):,} names; {limits.MOST_NAMES} are the most.")
    for number, name in enumerate(names, start=1):
        if not name.strip():
            raise BadRequest(field, f"{field}, number {number}, is an empty name: leave it out.")
        if len(name) > limits.LONGEST_NAME:
            raise BadRequest(
                field, f"{field}, number {number}, has {sized(name)}; {limits.LONGEST_NAME} are the most of a name."
            )
        if _SURROGATE.search(name):
            raise BadRequest(
                field,
                f"{field}, number {number}, has half of a surrogate pair, which is no character. Send it as UTF-8.",
            )


def _check_held(request: CheckRequest) -> None:
    if not request.text.strip() and not request.held:
        raise BadRequest("text", "text and held are both empty: give a draft, or quotations from earlier results.")
    if len(request.held) > limits.MOST_HELD:
        raise BadRequest(
            "held", f"held has {len(request.held):,} quotations; {limits.MOST_HELD} are the most of one call."
        )
    for number, one in enumerate(request.held, start=1):
        if not _DIGEST.fullmatch(one.digest):
            raise BadRequest(
                "held",
                f"held, number {number}: the digest is not the 64 hexadecimal digits that a result has.",
            )
        if one.span.start >= one.span.end or len(one.span.document_id) > limits.MOST_CITATION:
            raise BadRequest("held", f"held, number {number}: the span is none of a result.")


def sized(value: str) -> str:
    """How long a wrong value is, which a message says in place of it: what a person typed can be protected."""
    return plural(len(value), "character")
