"""A draft that a reader of documents reads: its blocks become parts."""

import re
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path, PurePath

from drafts.reading.converted.quoted import is_quoted, quoted_texts
from drafts.reading.converted.set_off import set_off
from drafts.reading.limits import refuse_length
from drafts.reading.ordering import reading_order, renumbered
from drafts.records import Draft, DraftPart, Story
from ingest.readers.registry import read_document
from ingest.records import RawBlock, Reading
from pinpoint.text import plural

_FORMATS = {".pdf": "pdf", ".html": "html", ".htm": "html", ".md": "markdown", ".markdown": "markdown"}
_MEMORY = Path("/dev/shm")  # noqa: S108 - a folder in memory, where the system has one: nothing goes to the disk
_STORIES: dict[str, Story] = {"table_header": "table", "table_row": "table", "footnote": "note"}
_MARK = re.compile(r" ?\[(\w{1,12}|[*†‡§]{1,3})\](?!\w)")
_UNSEEN = re.compile("[\u00ad\u200b\u200e\u200f\u2060\ufeff]+")


def read_converted(name: str, content: bytes) -> Draft:
    """Read a PDF file, a web page or Markdown.

    Args:
        name: File name, whose suffix says what it is.
        content: Its bytes.

    Raises:
        UnreadableDocument: It is locked, damaged, too large or without text; the message names the remedy.
    """
    suffix = PurePath(name).suffix.lower()
    reading = _read(name, content)
    refuse_length(name, sum(len(block.text) for block in reading.blocks))
    parts = [*_parts(reading, quoted_texts(suffix, content), set_off(reading))]
    return Draft(
        name=name,
        format=_FORMATS[suffix],
        parts=tuple(renumbered(parts, reading_order(parts))),
        warnings=tuple(_warnings(reading)),
    )


def _read(name: str, content: bytes) -> Reading:
    """Have the reader of documents read a file of this name, in memory where the system has a folder there."""
    with tempfile.TemporaryDirectory(prefix="pinpoint-", dir=_MEMORY if _MEMORY.is_dir() else None) as folder:
        file = Path(folder) / PurePath(name).name
        file.write_bytes(content)
        return read_document(file)


def _parts(reading: Reading, quoted: Sequence[str], apart: Sequence[bool]) -> Iterator[DraftPart]:
    markers = {block.marker for block in reading.blocks if block.kind == "footnote"}
    number = paragraphs = rows = 0
    anchor = 0
    bearing: dict[str, int] = {}
    for block, is_apart in zip(reading.blocks, apart, strict=True):
        text, marks = _without_marks(_UNSEEN.sub("", block.text), markers)
        if not text:
            continue
        bearing |= {mark: number for _, mark in marks}
        story = _STORIES.get(block.kind, "body")
        if story == "body":
            paragraphs += 1
            where, anchor, rows = f"paragraph {paragraphs}", number, 0
        elif story == "table":
            rows += 1
            where, anchor = f"table behind paragraph {paragraphs}, row {rows}", number
        else:
            where = f"footnote {block.marker}"
        yield DraftPart(
            number=number,
            text=text,
            where=f"{_page(block)}{where}",
            story=story,
            block_quote=story == "body" and (is_apart or is_quoted(text, quoted)),
            heading=block.kind == "heading",
            note_marks=marks,
            anchor=bearing.get(block.marker, anchor) if story == "note" else number,
        )
        number += 1


def _page(block: RawBlock) -> str:
    page = block.fragments[0].page if block.fragments else 0
    return f"page {page}, " if page else ""


def _without_marks(text: str, markers: set[str]) -> tuple[str, tuple[tuple[int, str], ...]]:
    """A text without the marks of notes, which the readers write as ``[12]``, and where they stood."""
    bare, marks, end = "", [], 0
    for match in _MARK.finditer(text):
        if match[1] in markers:
            bare += text[end : match.start()]
            marks.append((len(bare), match[1]))
            end = match.end()
    bare += text[end:]
    dropped = len(bare) - len(bare.lstrip())
    return bare.strip(), tuple((min(max(at - dropped, 0), len(bare.strip())), number) for at, number in marks)


def _warnings(reading: Reading) -> Iterator[str]:
    yield from reading.warnings
    hidden = sum(one.words for one in reading.left_out if one.reason == "hidden")
    struck = sum(len(words.split()) for block in reading.blocks for _, words in block.struck)
    if hidden:
        yield f"{plural(hidden, 'hidden word')} {_is(hidden)} not checked: nobody sees them in print."
    if struck:
        yield f"{plural(struck, 'word')} struck out {_is(struck)} not checked."
    blank, scanned = len(reading.pages_without_text), len(reading.scanned_pages)
    if blank:
        yield f"{plural(blank, 'page')} without text {'was' if blank == 1 else 'were'} not checked."
    if scanned:
        yield f"{plural(scanned, 'page')} {'is a picture' if scanned == 1 else 'are pictures'} of text: compare by eye."


def _is(count: int) -> str:
    return "is" if count == 1 else "are"
