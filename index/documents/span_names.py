"""Names of spans of text for buttons and addresses: where the words stand, and a digest of the words.

A page may be clicked, and an address followed, after the documents were read again. The digest tells whether the same
words still stand there, and finds them where they stand now; other words are never taken for them.
"""

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass

from index.documents.store import DocumentStore
from pinpoint.records import Span

_NAME = re.compile(r"(\d{1,12})-(\d{1,12})(?:\.([0-9a-f]{12}))?", re.ASCII)
_EDGE = re.compile(r"(?<![^\W_])|(?![^\W_])")
"""A position that does not part the letters and digits of a word; a span begins and ends at such positions."""
_LINE = re.compile("^", re.MULTILINE)
_LONG = 2_000
"""Characters; longer spans are whole blocks, and are looked for at the beginnings of lines only. Set by hand."""


@dataclass(frozen=True, slots=True)
class NamedSpan:
    """A span of a document as it stood when it was named.

    Attributes:
        start: Half-open span in the document's text at that time, in code points.
        end: See ``start``.
        digest: First 12 hexadecimal digits of the sha256 of its text; "" in addresses of before there were digests.
    """

    start: int
    end: int
    digest: str


def span_name(start: int, text: str) -> str:
    """The name of the text that begins at a position of a document: ``120-340.0a1b2c3d4e5f``."""
    return f"{start}-{start + len(text)}.{_digest(text)}"


def read_name(name: str) -> NamedSpan | None:
    """The span that a name is of; None when it is not written as one, or names nothing."""
    parts = _NAME.fullmatch(name)
    if parts is None or int(parts[1]) >= int(parts[2]):
        return None
    return NamedSpan(int(parts[1]), int(parts[2]), parts[3] or "")


def find_span(store: DocumentStore, document_id: str, named: NamedSpan, within: Span | None = None) -> Span | None:
    """Find the very words of a named span in a document.

    Args:
        store: The documents in use.
        document_id: One of them.
        named: What is looked for.
        within: The part of that document that is searched when they no longer stand where they did; all of it when not
            given.

    Returns:
        The span where they stood; else the one span where they stand now. None when they stand nowhere or more than
        once, so that none can be said to be the one, and for a name without a digest.
    """
    if not named.digest:
        return None
    before = Span(document_id, named.start, named.end)
    if _digest(store.text(before)) == named.digest:
        return before
    whole = within or store.section(document_id, 0).span
    text = store.text(whole)
    length = named.end - named.start
    positions: list[int] = []
    for position in _positions(text, length):
        if _digest(text[position : position + length]) == named.digest:
            positions.append(position)
            if len(positions) > 1:
                return None
    return whole.part(positions[0], positions[0] + length) if positions else None


def _positions(text: str, length: int) -> Iterator[int]:
    """Positions at which a span of a length may begin in a text."""
    last = len(text) - length
    for match in (_LINE if length > _LONG else _EDGE).finditer(text):
        position = match.start()
        if position > last:
            return
        if _EDGE.match(text, position + length):
            yield position


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:12]
