"""Write a digest as a Word document with real heading, list and table styles.

The result is deterministic: core properties are fixed and the package is zipped again
with one timestamp, so the same digest always gives the same bytes.
"""

import datetime
import io
import zipfile
from pathlib import Path

import docx
from digest_text import Digest, Heading, ListItem, Paragraph, Table
from docx.document import Document
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement

_MADE = datetime.datetime(2024, 8, 28)
_ZIP_TIME = (2024, 8, 28, 0, 0, 0)


def write_docx(digest: Digest, path: Path) -> None:
    """Write ``digest`` to ``path``.

    Raises:
        ValueError: If the digest has footnotes, which this writer does not set.
    """
    if digest.notes:
        raise ValueError(f"{path.name}: footnotes are for the PDF digests only")
    document = docx.Document()
    _set_properties(document, digest)
    document.add_heading(digest.fields["title"], level=0)
    document.add_paragraph("Unofficial digest; see the official source")
    document.add_paragraph(digest.fields["source"])
    document.add_paragraph(digest.fields["status"])
    for block in digest.blocks:
        match block:
            case Heading(level, text):
                document.add_heading(text, level=level)
            case Paragraph(text):
                document.add_paragraph(text)
            case ListItem(text, number):
                document.add_paragraph(text, style="List Number" if number else "List Bullet")
            case Table():
                _add_table(document, block)
    buffer = io.BytesIO()
    document.save(buffer)
    path.write_bytes(_zip_again(buffer))


def _set_properties(document: Document, digest: Digest) -> None:
    properties = document.core_properties
    properties.title = digest.fields["title"]
    properties.author = properties.last_modified_by = "Pinpoint project"
    properties.subject = "Unofficial digest; see the official source"
    properties.comments = ""
    properties.language = "en-US"
    properties.created = properties.modified = _MADE
    properties.revision = 1


def _add_table(document: Document, table: Table) -> None:
    document.add_paragraph(table.caption, style="Caption")
    grid = document.add_table(rows=0, cols=len(table.rows[0]), style="Table Grid")
    for texts in table.rows:
        for cell, text in zip(grid.add_row().cells, texts, strict=True):
            cell.text = text
    header = grid.rows[0]
    header._tr.get_or_add_trPr().append(_repeat_as_header())  # noqa: SLF001  python-docx has no public call
    for cell in header.cells:
        for run in cell.paragraphs[0].runs:
            run.bold = True


def _repeat_as_header() -> BaseOxmlElement:
    element = OxmlElement("w:tblHeader")
    element.set(qn("w:val"), "true")
    return element


def _zip_again(package: io.BytesIO) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(package) as source, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as target:
        for name in sorted(source.namelist(), key=lambda name: (name != "[Content_Types].xml", name)):
            entry = zipfile.ZipInfo(name, date_time=_ZIP_TIME)
            entry.compress_type = zipfile.ZIP_DEFLATED
            target.writestr(entry, source.read(name))
    return made.getvalue()
