"""The reader of a file, by its suffix."""

import re
from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path

from ingest.readers.docx.reader import read_docx
from ingest.readers.markdown import read_markdown
from ingest.readers.official_xml.reader import read_official_xml
from ingest.readers.pdf.reader import read_pdf
from ingest.readers.text.reader import read_text
from ingest.readers.web_page import read_web_page
from ingest.records import RawBlock, Reading
from pinpoint.errors import EmptyDocument, UnreadableDocument
from pinpoint.records import BlockKind

READERS: dict[str, Callable[[Path], Reading]] = {
    ".pdf": read_pdf,
    ".html": read_web_page,
    ".htm": read_web_page,
    ".xml": read_official_xml,
    ".docx": read_docx,
    ".md": read_markdown,
    ".markdown": read_markdown,
    ".txt": read_text,
}
_LONGEST_HEADING = 2000
"""Characters. A heading is indexed with each passage below it: one without end would fill the memory. Set by hand."""
_LONGEST_TITLE, _LONGEST_LABEL = 500, 40  # characters; set by hand, for the same reason
_MARKS = re.compile(r"\[(\w{1,4}|[*†‡]{1,3})\](?=(?:\[\w{1,4}\])*$)")
_UNPRINTED = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff]")


def read_document(path: Path, *, part: str = "") -> Reading:
    """Read a file with the reader of its suffix.

    Args:
        path: The file.
        part: Which document of a file that holds several is read, see ``ManifestEntry.part``.

    Raises:
        EmptyDocument: The file has no bytes, or the reader found no text.
        UnreadableDocument: The suffix is unknown, or the reader cannot read the file.
    """
    if path.stat().st_size == 0:
        raise EmptyDocument(f"{path.name} is empty: it has no bytes. Obtain a complete copy, or remove it.")
    reader = READERS.get(path.suffix.lower())
    if reader is None:
        raise UnreadableDocument(
            f"{path.name}: no reader for {path.suffix or 'a file without suffix'!r}. Known are {', '.join(READERS)}."
        )
    if part and reader is not read_official_xml:
        raise UnreadableDocument(
            f"{path.name}: part = {part!r} chooses a document of an .xml issue of the Federal Register, and this file "
            "holds one document. Remove the line from the manifest."
        )
    reading = read_official_xml(path, part=part) if part else reader(path)
    if not any(block.text.strip() for block in reading.blocks):
        raise EmptyDocument(" ".join((f"{path.name} holds no text.", *reading.warnings)))
    return _bounded(reading)


def _bounded(reading: Reading) -> Reading:
    """A reading whose headings, title and page labels print and have an end; one whose do already as it is."""
    blocks = tuple(_plain(block) if len(block.text) > _LONGEST_HEADING else block for block in reading.blocks)
    labels = tuple(_UNPRINTED.sub("", label)[:_LONGEST_LABEL] for label in reading.page_labels)
    title = _without_marks(_UNPRINTED.sub(" ", reading.title)[:_LONGEST_TITLE].strip(), blocks)
    same = (blocks, labels, title) == (reading.blocks, reading.page_labels, reading.title)
    return reading if same else replace(reading, blocks=blocks, page_labels=labels, title=title)


def _without_marks(title: str, blocks: Iterable[RawBlock]) -> str:
    """A title without the marks of notes that stand in the heading it is taken from: it is part of each citation."""
    if not title.endswith("]"):
        return title
    markers = {block.marker for block in blocks if block.kind == "footnote"}
    return _MARKS.sub(lambda match: "" if match[1] in markers else match.group(), title).rstrip()


def _plain(block: RawBlock) -> RawBlock:
    """A block that stands for no other text: what looks like a heading is a paragraph."""
    kinds: dict[BlockKind, BlockKind] = {"heading": "paragraph", "table_header": "table_row"}
    kind = kinds.get(block.kind, block.kind)
    return replace(block, kind=kind, level=0 if block.kind == "heading" else block.level)
