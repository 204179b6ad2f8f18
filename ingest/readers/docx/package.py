"""Parts of a Word package that hold text or say how it is printed."""

import io
import re
import zipfile
from dataclasses import dataclass
from pathlib import Path
from typing import IO

import docx
from docx.opc.constants import RELATIONSHIP_TYPE as RT
from docx.opc.part import Part
from docx.oxml import parse_xml
from lxml import etree

from ingest.readers.docx.markup import Element, w

_CORE = "/metadata/core-properties"  # the beginning differs: LibreOffice writes officedocument, Word package
_TITLE = "{http://purl.org/dc/elements/1.1/}title"
_NO_TITLE = re.compile(r"|word document|microsoft word(?: - .*)?|document\d*|untitled|.*\.docx?", re.IGNORECASE)
_STRICT = b"http://purl.oclc.org/ooxml/"
_OFFICE = b"http://schemas.openxmlformats.org/officeDocument/2006/"
_NAMES = (  # ISO/IEC 29500-1, annex A, and 29500-4: names of the strict form and of the one that Word writes as a rule
    (_STRICT + b"wordprocessingml/main", b"http://schemas.openxmlformats.org/wordprocessingml/2006/main"),
    (_STRICT + b"officeDocument/relationships", _OFFICE + b"relationships"),
    (_STRICT + b"officeDocument/math", _OFFICE + b"math"),
    (_STRICT + b"drawingml/wordprocessingDrawing",
     b"http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"),
    (_STRICT + b"drawingml/main", b"http://schemas.openxmlformats.org/drawingml/2006/main"),
)  # fmt: skip
_ANCHOR = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}anchor"


@dataclass(frozen=True, slots=True)
class Package:
    """The parts of a Word document; None for one that it has not.

    Attributes:
        title: The title that its properties state; "" for none, or for one that a program made up.
        has_backdrop: Whether pictures or a colour may stand behind its text.
    """

    body: Element
    styles: Element | None
    numbering: Element | None
    footnotes: Element | None
    endnotes: Element | None
    settings: Element | None
    title: str
    has_backdrop: bool


def open_package(path: Path) -> Package:
    """Open a Word document.

    Raises:
        PackageNotFoundError, KeyError, ValueError, XMLSyntaxError: It is none, or is damaged.
    """
    document = docx.Document(_transitional(path))
    root, main = document.element, document.part
    related = {kind: _part(main, kind) for kind in (RT.STYLES, RT.NUMBERING, RT.FOOTNOTES, RT.ENDNOTES, RT.SETTINGS)}
    headers = [_root(rel.target_part) for rel in main.rels.values() if rel.reltype == RT.HEADER and not rel.is_external]
    behind = any(
        anchor.get("behindDoc", "0") in ("1", "true") for part in (root, *headers) for anchor in part.iter(_ANCHOR)
    )
    body = root.find(w("body"))
    if body is None:
        raise KeyError("w:body")
    return Package(
        body,
        related[RT.STYLES],
        related[RT.NUMBERING],
        related[RT.FOOTNOTES],
        related[RT.ENDNOTES],
        related[RT.SETTINGS],
        _title(main),
        behind or root.find(w("background")) is not None,
    )


def _transitional(path: Path) -> str | IO[bytes]:
    """A document that python-docx opens: one in the strict form with the names of the transitional one."""
    with zipfile.ZipFile(path) as package:
        if _STRICT not in package.read("_rels/.rels"):
            return str(path)
        written = io.BytesIO()
        with zipfile.ZipFile(written, "w", zipfile.ZIP_STORED) as renamed:
            for name in package.namelist():
                content = package.read(name)
                if name.endswith((".xml", ".rels")):
                    for strict, transitional in _NAMES:
                        content = content.replace(strict, transitional)
                renamed.writestr(name, content)
    written.seek(0)
    return written


def _part(main: Part, kind: str) -> Element | None:
    parts = (rel.target_part for rel in main.rels.values() if rel.reltype == kind and not rel.is_external)
    return next((_root(part) for part in parts), None)


def _root(part: Part) -> Element:
    own = getattr(part, "element", None)
    return parse_xml(part.blob) if own is None else own


def _title(main: Part) -> str:
    """The title of the core properties, without that which python-docx makes up where it does not find them."""
    for rel in main.package.rels.values():
        if rel.reltype.endswith(_CORE) and not rel.is_external:
            try:
                title = _root(rel.target_part).findtext(_TITLE, "").strip()
            except etree.XMLSyntaxError:  # properties are no text: a document is read without them
                return ""
            return "" if _NO_TITLE.fullmatch(title) else " ".join(title.split())
    return ""
