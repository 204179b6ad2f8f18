"""Word documents to blocks: styles give the structure, footnotes are read from their own part."""

import struct
import zipfile
import zlib
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import docx
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.exceptions import PackageNotFoundError
from docx.oxml import parse_xml
from docx.oxml.exceptions import InvalidXmlError
from docx.oxml.ns import qn
from docx.table import Table
from docx.text.paragraph import Paragraph
from lxml import etree

from ingest.cleaning import clean_characters
from ingest.records import Fragment, RawBlock, Reading, Repair, raw_block
from pinpoint.errors import DamagedDocument, EncryptedDocument, UnreadableDocument
from pinpoint.records import BlockKind

_LOCKED = 1  # APPNOTE.TXT of PKWARE, 4.4.4, bit 0
_OLD_CONTAINER = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # Compound File Binary, [MS-CFB] 2.2
_ENCRYPTED_STREAM = "EncryptedPackage".encode("utf-16-le")  # [MS-OFFCRYPTO] 2.3.4.4
_MAX_UNPACKED = 500 * 2**20  # bytes; a document that unpacks to more is refused; set by hand
_MOST_COLUMNS = 1000  # Word has 63; python-docx makes a cell of each column that a cell spans
_LOWEST_HEADING = 9  # Word has the styles Heading 1 to 9
_DAMAGE = (
    # What zipfile, lxml and python-docx raise on packages that are cut short, and on parts that are
    # missing, of another kind than their name says, or hold values that no Word document has.
    zipfile.BadZipFile, PackageNotFoundError, InvalidXmlError, etree.XMLSyntaxError, zlib.error, struct.error, OSError,
    EOFError, KeyError, ValueError, TypeError, AttributeError, IndexError, NotImplementedError, OverflowError,
    AssertionError,
)  # fmt: skip


def read_docx(path: Path) -> Reading:
    """Read a Word document. It has no pages: those exist only once it is laid out.

    Raises:
        EncryptedDocument: It opens with a password only.
        DamagedDocument: It is not a Word document, or is damaged.
        UnreadableDocument: It unpacks to more than 500 MB.
    """
    _refuse_old_container(path)
    try:
        _refuse_bomb(path)
        return _read(path)
    except _DAMAGE as error:
        raise DamagedDocument(
            f"{path.name} is not a readable Word document. Open it in Word and save it again as .docx."
        ) from error


def _refuse_bomb(path: Path) -> None:
    """Refuse a package that unpacks to more than it should, or that is locked.

    What a package states of its parts can be a lie: zipfile unpacks no part beyond its stated size, so that the sum
    of these is what it can come to.
    """
    with zipfile.ZipFile(path) as package:
        parts = package.infolist()
    if any(part.flag_bits & _LOCKED for part in parts):
        raise EncryptedDocument(
            f"{path.name} is encrypted with a password. Save a copy without a password and ingest that."
        )
    unpacked = sum(part.file_size for part in parts)
    if unpacked > _MAX_UNPACKED:
        raise UnreadableDocument(
            f"{path.name} unpacks to {unpacked} bytes, more than {_MAX_UNPACKED}. Split the document."
        )


def _read(path: Path) -> Reading:
    document = docx.Document(str(path))
    notes = _footnotes(document)
    repairs: Counter[str] = Counter()
    blocks = []
    for block in _blocks(document, notes):
        text = clean_characters(block.text, repairs)
        blocks.append(RawBlock(block.kind, (Fragment(" ".join(text.split())),), block.level, block.marker))
    counted = tuple(Repair(name, count) for name, count in sorted(repairs.items()))
    headings = (block.text for block in blocks if block.kind == "heading")
    title = (document.core_properties.title or "").strip() or next(headings, "")
    return Reading(tuple(block for block in blocks if block.text), title=title, repairs=counted)


def _refuse_old_container(path: Path) -> None:
    """Word stores a document with a password, and one of Word 97, in a container that is no zip file."""
    source = path.read_bytes()
    if not source.startswith(_OLD_CONTAINER):
        return
    if _ENCRYPTED_STREAM in source:
        raise EncryptedDocument(
            f"{path.name} is encrypted with a password. Save a copy without a password and ingest that."
        )
    raise DamagedDocument(f"{path.name} is a document of Word 97-2003. Open it in Word and save it again as .docx.")


def _blocks(document: Any, notes: dict[str, str]) -> Iterator[RawBlock]:  # noqa: ANN401 - docx has no public type
    counters: Counter[str] = Counter()
    for content in document.iter_inner_content():
        if isinstance(content, Table):
            yield from _table(content)
            continue
        text, cited = _text(content)
        if text.strip():
            kind, level, prefix = _shape(content, counters)
            yield raw_block(kind, prefix + text, level)
        for marker in cited:
            if marker in notes:
                yield raw_block("footnote", notes[marker], marker=marker)


def _shape(paragraph: Paragraph, counters: Counter[str]) -> tuple[BlockKind, int, str]:
    """Kind, level and printed number of a paragraph, from its style."""
    style = (paragraph.style.name or "") if paragraph.style is not None else ""
    digits = "".join(character for character in style if character.isdigit())
    if style == "Title":
        return "heading", 1, ""
    if style.startswith("Heading"):
        counters.clear()
        return "heading", min(int(digits or 1), _LOWEST_HEADING), ""
    if style.startswith("List Number"):
        counters[style] += 1
        return "list_item", min(int(digits or 1), _LOWEST_HEADING), f"{counters[style]}. "
    if style.startswith("List"):
        return "list_item", min(int(digits or 1), _LOWEST_HEADING), ""
    counters.clear()
    return "paragraph", 0, ""


def _text(paragraph: Paragraph) -> tuple[str, list[str]]:
    """Text of a paragraph with references ``[2]``, and the footnotes it cites."""
    parts, cited = [], []
    for node in paragraph._p.iter(qn("w:t"), qn("w:tab"), qn("w:br"), qn("w:footnoteReference")):  # noqa: SLF001
        if node.tag == qn("w:t"):
            parts.append(node.text or "")
        elif node.tag == qn("w:footnoteReference"):
            marker = node.get(qn("w:id")) or ""
            cited.append(marker)
            parts.append(f"[{marker}]")
        else:
            parts.append(" ")
    return "".join(parts), cited


def _footnotes(document: Any) -> dict[str, str]:  # noqa: ANN401 - docx has no public type
    """Text of each footnote by its number; python-docx does not read that part itself."""
    related = [rel for rel in document.part.rels.values() if rel.reltype == RELATIONSHIP_TYPE.FOOTNOTES]
    if not related:
        return {}
    root = parse_xml(related[0].target_part.blob)
    return {
        note.get(qn("w:id")): "".join(text.text or "" for text in note.iter(qn("w:t"))).strip()
        for note in root.iter(qn("w:footnote"))
        if note.get(qn("w:type")) is None
    }


def _table(table: Table) -> Iterator[RawBlock]:
    for span in table._tbl.iter(qn("w:gridSpan"), qn("w:gridBefore"), qn("w:gridAfter")):  # noqa: SLF001
        if int(span.get(qn("w:val")) or 1) > _MOST_COLUMNS:
            raise ValueError(f"a table of more than {_MOST_COLUMNS} columns")
    for number, row in enumerate(table.rows):
        cells = list(dict.fromkeys(row.cells))
        text = " | ".join(" ".join(cell.text.split()) for cell in cells)
        if text.strip(" |"):
            yield raw_block("table_header" if number == 0 else "table_row", text)
