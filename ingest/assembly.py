"""A Reading becomes an AssembledDocument: one text, spans into it, and the page of every span."""

import re

from ingest.records import AssembledDocument, RawBlock, Reading
from pinpoint.records import Block, PageSpan

_STARTS_SECTION = re.compile(r"^(?:§+\s*\d|S(?:EC|ec)(?:\.|TION|tion)\s+\d)")
_DIVISION = re.compile(r"^(?:volume|title|subtitle|chapter|subchapter|part|subpart)\s+[\dIVXA-Z]+\b", re.IGNORECASE)
_CODE = 3  # so many sections make a document one of numbered sections, whose inner headings end nothing; set by hand


def assemble(reading: Reading) -> AssembledDocument:
    """Join the blocks of a reading by line breaks and note where each stands.

    Footnotes are moved behind the running text of the section they belong to, so that a
    paragraph and its continuation on the next page stand together.
    """
    parts: list[str] = []
    blocks: list[Block] = []
    runs: list[PageSpan] = []
    stated: list[tuple[str, ...]] = []
    struck: list[tuple[int, str]] = []
    unconfirmed: list[tuple[int, int]] = []
    indents: list[float] = []
    position = 0
    for raw in footnotes_last(reading.blocks):
        if parts:
            parts.append("\n")
            position += 1
        start = position
        for fragment in raw.fragments:
            parts.append(fragment.text)
            if fragment.page:
                _extend(
                    runs, position - (position == start and start > 0), position + len(fragment.text), fragment.page
                )
            position += len(fragment.text)
        blocks.append(Block(raw.kind, start, position, raw.level, raw.marker))
        stated.append(raw.stated)
        indents.append(raw.indent or 0.0)
        struck += [(start + offset, words) for offset, words in raw.struck]
        unconfirmed += [(start + first, start + last) for first, last in raw.unconfirmed]
    return AssembledDocument(
        "".join(parts),
        tuple(blocks),
        tuple(runs),
        reading.page_labels,
        tuple(stated) if any(stated) else (),
        tuple(struck),
        tuple(unconfirmed),
        tuple(indents) if any(indents) else (),
    )


def footnotes_last(blocks: tuple[RawBlock, ...]) -> list[RawBlock]:
    """Blocks with the footnotes of each section at its end; where the file states divisions, of each division."""
    numbered = sum(block.kind != "footnote" and bool(_STARTS_SECTION.match(block.text)) for block in blocks) >= _CODE
    ordered: list[RawBlock] = []
    waiting: list[RawBlock] = []
    for block in blocks:
        if block.kind == "footnote":
            waiting.append(block)
            continue
        if waiting and (waiting[0].stated or block.stated):
            ends = block.kind == "heading" or any(
                block.stated[: len(note.stated) - 1] != note.stated[:-1] for note in waiting
            )
        else:
            ends = bool(_STARTS_SECTION.match(block.text)) or (
                block.kind == "heading" and (not numbered or bool(_DIVISION.match(block.text)))
            )
        if ends:
            ordered += waiting
            waiting.clear()
        ordered.append(block)
    return ordered + waiting


def _extend(runs: list[PageSpan], start: int, end: int, page: int) -> None:
    """Add a span, joined to the last one if both stand on one page; the line break between goes along."""
    if runs and runs[-1].page == page and runs[-1].end >= start - 1:
        runs[-1] = PageSpan(runs[-1].start, end, page)
    elif end > start:
        runs.append(PageSpan(start, end, page))
