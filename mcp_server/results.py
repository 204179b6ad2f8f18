"""Results as the protocol carries them: one record with a sentence in words, and the same as text."""

import json
from urllib.parse import quote

from mcp.types import CallToolResult, TextContent

from operations.operations import Json, Operations
from operations.rendering import render
from pinpoint.errors import PinpointError

MOST_BYTES = 1_000_000
"""Bytes of a result, structured and as text together: the client of the library takes no event above 1 MiB (1,048,576
bytes) over HTTP after the handshake of 2025, and what surrounds a result needs some of them."""
DOCUMENT, SECTION = "pinpoint://document/", "pinpoint://section/"
"""Beginnings of the addresses of resources; what follows is percent-encoded, "/" and ":" as well."""
_ONLY = " Only the first "


class TooLarge(PinpointError):
    """A result has more bytes than one may have; the message says what to ask for instead."""


def document_address(document: str) -> str:
    """Address of a document as a resource."""
    return DOCUMENT + quote(document, safe="")


def section_address(span: str) -> str:
    """Address of a section or passage as a resource, by the text form of its span."""
    return SECTION + quote(span, safe="")


def tool_result(name: str, operations: Operations, result: Json, *, remedy: str) -> CallToolResult:
    """The result of a tool with the same content twice: for programs, and as text for a model.

    Hits of a search that do not fit are left out from the end, and said to be.

    Raises:
        TooLarge: It cannot be cut; the message says what to ask for instead.
    """
    while True:
        structured = _shaped(name, operations, result)
        text = render(structured)
        if _fits(text):
            return CallToolResult(content=[TextContent(type="text", text=text)], structured_content=structured)
        shorter = _fewer_hits(result) if name == "search" else None
        if shorter is None:
            raise TooLarge(f"The result has more than {MOST_BYTES:,} bytes, too many for one answer. {remedy}")
        result = shorter


def tool_error(message: str) -> CallToolResult:
    """An error that the model shall read and act on."""
    return CallToolResult(content=[TextContent(type="text", text=message)], is_error=True)


def _shaped(name: str, operations: Operations, result: Json) -> Json:
    """The structured form: words first, then the JSON of the operation as it is everywhere else.

    That of fetch is the JSON of the operation itself, with an address where the document has none, and that of search
    has ``results`` beside it, since clients that know these two tools look for their fields there.
    """
    if name == "fetch":
        return {**result, "url": result["url"] or section_address(result["id"])}
    beside = {"results": [_found(operations, hit) for hit in result["hits"]]} if name == "search" else {}
    return {"in_words": result["in_words"], **beside, "result": result}


def _found(operations: Operations, hit: Json) -> Json:
    """A hit as assistants that search expect it: an id that ``fetch`` takes, a title, an address to cite."""
    document = operations.index.documents[hit["document_id"]]
    title = ", ".join(part for part in (hit["section"], hit["title"]) if part)
    return {"id": hit["passage_id"], "title": title, "url": document.url or section_address(hit["passage_id"])}


def _fits(text: str) -> bool:
    """Tell whether a result whose text this is can be sent over every transport."""
    length = len(text.encode())
    if length * 3 < MOST_BYTES:  # twice the text, and room for the escapes of quotation marks and line breaks
        return True
    return length + len(json.dumps(text, ensure_ascii=False).encode()) < MOST_BYTES


def _fewer_hits(result: Json) -> Json | None:
    """The result of a search with half of its hits, the last ones left out; None where one is left."""
    hits = result["hits"]
    if len(hits) <= 1:
        return None
    left = hits[: len(hits) // 2]
    said = f"{_ONLY}{len(left)} hits are here, since more would be too large for one answer."
    return {**result, "in_words": result["in_words"].partition(_ONLY)[0] + said, "hits": left}
