"""The responses of each address for the OpenAPI document: objects of docs/json.md, and problems."""

from typing import Any

from fastapi.routing import APIRoute

from http_server.answering import EVENTS
from http_server.problems import MEDIA_TYPE

_PROBLEMS = {
    400: "The request names what these documents do not have, or holds a value that cannot be met.",
    401: "No token that the server knows came along.",
    403: "The request comes from another site, or the token does not suffice.",
    404: "There is nothing at this address.",
    405: "The address takes another method.",
    408: "The body came too slowly.",
    413: "The body is too large.",
    421: "The server does not go by this name.",
    422: "A field is missing, unknown, or of another form.",
    429: "Too many requests came from this client.",
    500: "The server failed.",
    503: "The index is not open, too many requests wait, or the request took too long.",
}


def answers(name: str, about: str, *, body: bool = True, events: bool = False, cached: bool = False) -> dict[str, Any]:
    """The responses of an address for the OpenAPI document: the named object of docs/json.md, and the problems."""
    content: dict[str, Any] = {"application/json": {"schema": {"$ref": f"#/components/schemas/{name}"}}}
    if events:
        content[EVENTS] = {"schema": {"type": "string", "description": "Events; the last is `result` or `problem`."}}
    found: dict[int | str, Any] = {200: {"description": about, "content": content}}
    if cached:
        found[304] = {"description": "It is as it was under the ETag of If-None-Match."}
    unused = {408, 413} if not body else {404}
    for status, said in _PROBLEMS.items():
        if status not in unused:
            found[status] = {
                "description": said,
                "content": {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}},
            }
    return {"responses": found}


def plain(about: str, schema: dict[str, Any], *, media_type: str = "application/json") -> dict[str, Any]:
    """The responses of an address that watches the server."""
    found = answers("", about, body=False)["responses"]
    found[200] = {"description": about, "content": {media_type: {"schema": schema}}}
    return {"responses": {status: one for status, one in found.items() if status not in (400, 404)}}


def named(route: APIRoute) -> str:
    """The id of an operation: the name of its function, which clients that are generated call it by."""
    return route.name
