"""A Word file that is opened: its document, and the parts beside it that hold text."""

import io
import struct
import zipfile
import zlib
from dataclasses import dataclass
from pathlib import Path
from typing import IO, cast

import docx
from docx.document import Document
from docx.opc.constants import RELATIONSHIP_TYPE as RT
from docx.opc.exceptions import PackageNotFoundError
from docx.opc.part import Part
from docx.oxml import parse_xml
from docx.oxml.exceptions import InvalidXmlError
from lxml import etree

from ingest.readers.docx.markup import Element, w

# Not renamed there: every index would be read anew.
from ingest.readers.docx.package import _transitional as transitional

DAMAGE = (
    # What zipfile, lxml, python-docx and python-pptx raise on packages that are cut short, and on parts that are
    # missing, of another kind than their name says, or hold values that no document has.
    zipfile.BadZipFile, PackageNotFoundError, InvalidXmlError, etree.XMLSyntaxError, zlib.error, struct.error, OSError,
    EOFError, KeyError, ValueError, TypeError, AttributeError, IndexError, NotImplementedError, OverflowError,
    AssertionError, RecursionError,
)  # fmt: skip
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
    read = transitional(cast("Path", io.BytesIO(content)))
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


def _part(main: Part, kind: str) -> Element | None:
    parts = (rel.target_part for rel in main.rels.values() if rel.reltype == kind and not rel.is_external)
    return next((_root(part) for part in parts), None)


def _root(part: Part) -> Element:
    own = getattr(part, "element", None)
    return parse_xml(part.blob) if own is None else own
