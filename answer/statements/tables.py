"""Tables: the rows that a sentence announces, and a row with its caption and its header."""

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from operator import attrgetter

from answer.records import Evidence, Quote, TablePart
from index.query.analyzer import terms
from index.search import HybridIndex
from pinpoint.records import Block, BlockKind, Span

_MOST_ROWS = 24
"""Rows shown of one table. Set by hand; not measured."""
_LEAST_ROWS = 3
"""A table has more rows than this, its header included. Set by hand; not measured."""
PARTS: dict[BlockKind, TablePart] = {"table_header": "header", "table_row": "row"}
_CAPTIONS = 2
"""Paragraphs that may stand between a sentence and the table that it announces."""
_ANNOUNCES = re.compile(r"\bfollowing (?:table|chart)\b|\b(?:table|chart) below\b", re.IGNORECASE)
_CAPTION_WORDS = 16
"""Words of the longest caption. Set by hand; not measured."""


def table_rows(index: HybridIndex, found: Evidence, *, about: Iterable[str]) -> list[Quote]:
    """The rows of the table in whose section a sentence stands, header first.

    Empty without a table of three rows, and when the heading of its section has none of the terms asked about.
    """
    section = index.store.deepest(found.span)
    if not set(terms(section.path[-1] if section.path else "")) & set(about):
        return []
    rows = [
        block
        for block in index.store.blocks(section.document_id)
        if block.kind in PARTS and section.start <= block.start and block.end <= section.own_end
    ]
    known = any(row.start <= found.span.start < row.end for row in rows)
    if len(rows) <= _LEAST_ROWS or known:
        return []
    return [_quote(index, section.document_id, row) for row in rows[:_MOST_ROWS]]


def announced_rows(index: HybridIndex, found: Evidence) -> list[Quote]:
    """The rows of the table that a sentence announces ("the following table shows"), or whose caption it is."""
    captions = _CAPTIONS if _ANNOUNCES.search(found.text) else 0
    if not captions and not found.text[-1:].isalnum():  # a whole sentence, as most are: nothing is looked up
        return []
    document_id = found.span.document_id
    blocks = index.store.blocks(document_id)
    position = bisect_right(blocks, found.span.start, key=attrgetter("start"))
    above = blocks[position - 1] if position else None
    if not captions and not (above and above.kind == "paragraph" and found.span.end >= above.end):
        return []
    rows: list[Quote] = []
    for block in blocks[position : position + captions + _MOST_ROWS]:
        if block.kind in PARTS:
            rows.append(_quote(index, document_id, block))
        elif rows or block.kind != "paragraph" or captions == 0:
            break
        else:
            captions -= 1
    return rows


def row_with_head(index: HybridIndex, found: Evidence) -> list[Quote]:
    """The whole row in which a span stands, behind the caption and the header of its table; empty for no row.

    A header says nothing without its rows: a span in one gives the first rows of its table.
    """
    document_id = found.span.document_id
    blocks = index.store.blocks(document_id)
    position = bisect_right(blocks, found.span.start, key=attrgetter("start")) - 1
    if position < 0 or blocks[position].kind not in PARTS:
        return []
    first = _first(blocks, position)
    heads = [block for block in blocks[first : position + 1] if block.kind == "table_header"]
    rows = [blocks[position]] if blocks[position].kind == "table_row" else _below(blocks, position)
    caption = _caption(index, document_id, blocks, first)
    quotes = [*caption, *(_quote(index, document_id, block) for block in (*heads, *rows))]
    return [Quote(one.passage, one.span, item=number > 0, table=one.table) for number, one in enumerate(quotes)]


def table_of(index: HybridIndex, quote: Quote) -> Span | None:
    """The first row, be it a header, of the table that a quotation is a part of; None for no part of a table."""
    if not quote.table:
        return None
    document_id = quote.span.document_id
    blocks = index.store.blocks(document_id)
    position = bisect_right(blocks, quote.span.start, key=attrgetter("start")) - (quote.table != "caption")
    if not 0 <= position < len(blocks) or blocks[position].kind not in PARTS:
        return None
    first = blocks[_first(blocks, position)]
    return Span(document_id, first.start, first.end)


def _first(blocks: Sequence[Block], position: int) -> int:
    """Where the table begins that has a row at a position."""
    while position > 0 and blocks[position - 1].kind in PARTS and not _begins(blocks, position):
        position -= 1
    return position


def _begins(blocks: Sequence[Block], position: int) -> bool:
    """Tell whether a table begins at a block: with a header behind a row of another table."""
    return blocks[position].kind == "table_header" and blocks[position - 1].kind != "table_header"


def _below(blocks: Sequence[Block], position: int) -> list[Block]:
    rows: list[Block] = []
    for block in blocks[position + 1 : position + 1 + _MOST_ROWS]:
        if block.kind == "table_row":
            rows.append(block)
        elif rows or block.kind != "table_header":
            break
    return rows


def _caption(index: HybridIndex, document_id: str, blocks: Sequence[Block], first: int) -> list[Quote]:
    """The short paragraph above a table that is no sentence."""
    above = blocks[first - 1] if first else None
    if above is None or above.kind != "paragraph":
        return []
    passage = index.store.passage(Span(document_id, above.start, above.end))
    text = passage.text.strip()
    captions = "\n" not in text and text[-1:].isalnum() and len(text.split()) <= _CAPTION_WORDS
    return [Quote(passage.span, passage.span, table="caption")] if captions else []


def _quote(index: HybridIndex, document_id: str, block: Block) -> Quote:
    passage = index.store.passage(Span(document_id, block.start, block.end))
    text = passage.text
    span = passage.span.part(len(text) - len(text.lstrip()), len(text.rstrip()))
    return Quote(passage.span, span, item=True, table=PARTS[block.kind])
