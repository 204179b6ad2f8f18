"""Errors as RFC 9457 has them: ``application/problem+json`` with a status, what is wrong, and what would be right."""

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from http import HTTPStatus
from itertools import islice
from typing import Any

from starlette.responses import Response

from pinpoint.errors import ClusterUnavailable, GenerationGone, PartNotSearched

MEDIA_TYPE = "application/problem+json"
AGAIN = 5
"""Seconds after which a client that found no room may come again. Set by hand; not measured."""
PASSING = (ClusterUnavailable, PartNotSearched, GenerationGone)
"""Errors that a node of the cluster causes which is missing, as a rule for a while."""
MOST_TOLD = 20
"""Faults that a problem lists. Set by hand; not measured."""
_LONGEST = 60
"""Characters of an unknown name for which the nearest known one is looked for. Set by hand; not measured."""
_REMEDIES = {
    "string_pattern_mismatch": "it is not of the form that a result has",
    "model_attributes_type": "it must be an object",
    "model_type": "it must be an object",
    "dict_type": "it must be an object",
    "extra_forbidden": "",
}
"""What is said of a kind of fault in place of what pydantic says."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """What is wrong with one field of a request.

    Attributes:
        at: "body", "query" or "path".
        field: Its name, with a dot and the number of an entry of a list; "" for the whole.
        detail: What is wrong and what would be right, in a sentence.
    """

    at: str
    field: str
    detail: str


class Problem(Exception):
    """A request that is not answered."""

    def __init__(
        self, status: int, detail: str, *, faults: Sequence[Fault] = (), headers: Mapping[str, str] | None = None
    ) -> None:
        """Say why, in sentences that name the remedy."""
        super().__init__(detail)
        self.status, self.detail, self.faults, self.headers = status, detail, tuple(faults), dict(headers or {})

    def as_json(self) -> dict[str, Any]:
        """The members of the problem."""
        errors = [{"in": fault.at, "field": fault.field, "detail": fault.detail} for fault in self.faults]
        members: dict[str, Any] = {
            "type": "about:blank",
            "title": HTTPStatus(self.status).phrase,
            "status": self.status,
            "detail": self.detail,
        }
        return members | ({"errors": errors} if errors else {})

    def response(self) -> Response:
        """The problem as a response, which nobody may cache."""
        text = json.dumps(self.as_json(), ensure_ascii=False, indent=1)
        content = f"{text}\n".encode(errors="replace")
        return Response(content, self.status, {"cache-control": "no-store"} | self.headers, MEDIA_TYPE)


def unknown_name(name: str, known: Iterable[str], *, of: str) -> str:
    """A sentence on a name that is none of those that are known: the nearest, not the name that somebody typed."""
    names = sorted(known)
    if not names:
        return f"A name is not known: the {of} takes none."
    near = get_close_matches(name[:_LONGEST], names, n=1, cutoff=0.0)[0]
    return f"A name of the {of} is not known; the nearest is `{near}`. It may have {', '.join(names)}."


def faults_of(errors: Iterable[Mapping[str, Any]], known: Mapping[str, Iterable[str]]) -> tuple[Fault, ...]:
    """What a validation found first, in our words and without what a person typed.

    Args:
        errors: As pydantic lists them.
        known: For each of "body", "body.held" and "query" the names that it may have.
    """
    return tuple(_fault(error, known) for error in islice(errors, MOST_TOLD))


def _fault(error: Mapping[str, Any], known: Mapping[str, Iterable[str]]) -> Fault:
    at, *path = (str(part) for part in error["loc"])
    name = ".".join(path)
    if error["type"] == "extra_forbidden":
        above = ".".join(path[:-1])
        names = known.get(re.sub(r"\.\d+$", "", ".".join([at, *path[:-1]])), ())
        return Fault(at=at, field=above, detail=unknown_name(path[-1], names, of=f"{at} {above}".strip()))
    if error["type"] == "missing":
        detail = f"{name} is missing." if path else f"It is missing. It may have {', '.join(known.get(at, ()))}."
        return Fault(at=at, field=name, detail=detail)
    subject = name or f"the {at}"
    message = _REMEDIES.get(error["type"]) or str(error["msg"])
    if error["type"] == "value_error":  # one of ours
        message = message.removeprefix("Value error, ")
    said = message.replace("Input should be", "it must be").replace("should", "must").rstrip(".")
    return Fault(at=at, field=name, detail=f"{subject}: {said[:1].lower()}{said[1:]}{_given(error.get('input'))}.")


def _given(value: object) -> str:
    """A number that was given, and nothing that can be a text."""
    return f", not {json.dumps(value)}" if isinstance(value, bool | float) or _is_short(value) else ""


def _is_short(value: object) -> bool:
    return isinstance(value, int) and abs(value) < 10**9  # what is longer may be a number of a person
