"""Resources: the documents with their sections, and the text of a section, each under an address of its own."""

from dataclasses import dataclass
from urllib.parse import unquote, urlsplit

from mcp.types import ListResourcesResult, Resource, ResourceTemplate, TextResourceContents

from mcp_server.results import DOCUMENT, MOST_BYTES, SECTION, document_address
from operations.limits import MOST_CITATION
from operations.operations import Json, Operations
from operations.rendering import render
from operations.requests import FetchRequest, SectionsRequest
from pinpoint.errors import PinpointError

PER_PAGE = 200
"""Documents in one answer to a client that lists them. Set by hand."""
MOST_SECTIONS = 2_000
"""Sections of a document in one resource; the others are under ``?from=``. Set by hand: some 500 kB."""
_JSON = "application/json"
_MOST_ADDRESS = 3 * MOST_CITATION + len(DOCUMENT)  # each character percent-encoded

TEMPLATES = (
    ResourceTemplate(
        name="document",
        title="A document and its sections",
        uri_template="pinpoint://document/{id}{?from}",
        description="The sections of a document in reading order, without their texts; from skips so many.",
        mime_type=_JSON,
    ),
    ResourceTemplate(
        name="section",
        title="The text of a section",
        uri_template="pinpoint://section/{span}",
        description="A section or passage word for word, with its citation, dates, status and digest, by its span.",
        mime_type=_JSON,
    ),
)


class NoResource(PinpointError):
    """There is no resource of that address; the message says what addresses there are."""


@dataclass(frozen=True, slots=True)
class _Address:
    """What an address names: a document from a section on, or a span."""

    kind: str
    name: str
    first: int = 0


def listed(operations: Operations, cursor: str | None) -> ListResourcesResult:
    """A page of the documents as resources.

    Raises:
        NoResource: The cursor is none that a page before it named.
    """
    documents = [*operations.index.documents.values()]
    first = _number(cursor) if cursor else 0
    if first and first >= len(documents):
        raise NoResource("The cursor is none of this server. List the resources again without one.")
    page = documents[first : first + PER_PAGE]
    after = first + len(page)
    return ListResourcesResult(
        resources=[
            Resource(
                uri=document_address(document.id),
                name=document.id,
                title=document.title,
                description=", ".join(part for part in (document.kind, document.publisher) if part),
                mime_type=_JSON,
            )
            for document in page
        ],
        next_cursor=str(after) if after < len(documents) else None,
    )


def read(operations: Operations, uri: str) -> TextResourceContents:
    """The resource of an address.

    Raises:
        NoResource: There is none.
        PinpointError: It cannot be given; the message says why.
    """
    address = _parsed(uri)
    if address.kind == "document":
        if address.name not in operations.index.documents:
            raise NoResource("There is no such document. List the resources for those that there are.")
        result = _sections(operations, address)
    else:
        result = operations.fetch(FetchRequest(id=address.name))
    text = render(result)
    if len(text.encode()) > MOST_BYTES:
        raise PinpointError(f"This resource has more than {MOST_BYTES:,} bytes. Read it section by section.")
    return TextResourceContents(uri=uri, text=text, mime_type=_JSON)


def _sections(operations: Operations, address: _Address) -> Json:
    result = operations.sections(SectionsRequest(document=address.name))
    sections = result["sections"]
    if address.first >= len(sections):
        raise NoResource(
            f"The document has {len(sections):,} sections: ?from= takes a number from 0 to {len(sections) - 1}."
        )
    part = sections[address.first : address.first + MOST_SECTIONS]
    after = address.first + len(part)
    if len(part) == len(sections):
        return result
    following = f" The next are at {document_address(address.name)}?from={after}." if after < len(sections) else ""
    said = f"Sections {address.first + 1:,} to {after:,} of {len(sections):,}.{following}"
    return {**result, "in_words": said, "sections": part}


def _parsed(uri: str) -> _Address:
    expected = f"It is {DOCUMENT}<id> or {SECTION}<span>, the id or span percent-encoded."
    if len(uri) > _MOST_ADDRESS:
        raise NoResource(f"The address has {len(uri):,} characters. {expected}")
    kind = next((one for one in (DOCUMENT, SECTION) if uri.startswith(one)), "")
    try:
        parts = urlsplit(uri)
        name = unquote(parts.path[1:], errors="strict")
    except ValueError:
        kind = ""
    if not kind or parts.fragment or parts.path.count("/") != 1:
        raise NoResource(f"There is no resource of that address. {expected}")
    if kind == SECTION:
        if parts.query:
            raise NoResource(f"The address of a section has nothing after a question mark. {expected}")
        return _Address("section", name)
    if not parts.query:
        return _Address("document", name)
    key, _, value = parts.query.partition("=")
    if key != "from":
        raise NoResource("The address of a document may have ?from=NUMBER and nothing else.")
    return _Address("document", name, _number(value))


def _number(text: str) -> int:
    if text.isascii() and text.isdigit() and len(text) <= 9 and str(int(text)) == text:  # noqa: PLR2004 - far above any count
        return int(text)
    raise NoResource("What should be a number is none, such as 2000. List the resources again.")
