"""A Word file that is opened: its document, and the parts beside it that hold text."""

import io
from dataclasses import dataclass
from pathlib import Path
from typing import IO, cast

import docx
from docx.document import Document
from docx.opc.constants import RELATIONSHIP_TYPE as RT

from ingest.readers.docx.markup import Element, w

# Not renamed there: every index would be read anew.
from ingest.readers.docx.package import _part, _root, _transitional
from ingest.readers.docx.reader import _DAMAGE

DAMAGE = _DAMAGE
"""What a damaged file of Word or PowerPoint raises."""


@dataclass(frozen=True, slots=True)
class Opened:
    """A Word file; None for a part that it has not.

    Attributes:
        headers: "header" or "footer" and the root of each.
    """

    document: Document
    body: Element
    styles: Element | None
    settings: Element | None
    footnotes: Element | None
    endnotes: Element | None
    comments: Element | None
    headers: tuple[tuple[str, Element], ...]


def open_word(content: bytes) -> Opened:
    """Open a Word file, also one in the strict form.

    Raises:
        PackageNotFoundError, KeyError, ValueError, XMLSyntaxError: It is none, or is damaged; see ``DAMAGE``.
    """
    read = _transitional(cast("Path", io.BytesIO(content)))
    source: IO[bytes] = io.BytesIO(content) if isinstance(read, str) else read
    document = docx.Document(source)
    main = document.part
    body = main.element.find(w("body"))
    if body is None:
        raise KeyError("w:body")
    headers = [
        (name, _root(rel.target_part))
        for rel in main.rels.values()
        if not rel.is_external
        for kind, name in ((RT.HEADER, "header"), (RT.FOOTER, "footer"))
        if rel.reltype == kind
    ]
    return Opened(
        document,
        body,
        _part(main, RT.STYLES),
        _part(main, RT.SETTINGS),
        _part(main, RT.FOOTNOTES),
        _part(main, RT.ENDNOTES),
        _part(main, RT.COMMENTS),
        tuple(headers),
    )
