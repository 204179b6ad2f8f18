"""Lists: a lead-in with all its items, the rows of a table, an item behind its lead-in."""

import re
from bisect import bisect_right
from collections.abc import Iterable
from operator import attrgetter

from answer.records import Evidence, Quote
from index.documents.citable import leads
from index.documents.sentences import sentence_spans
from index.query.analyzer import terms
from index.search import HybridIndex
from pinpoint.records import Span
from pinpoint.stored import Passage, StoredSection

_MAX_ITEMS = 24
"""Items or rows shown of one list. Set by hand; not measured."""
_LEAST_ROWS = 3
"""A table has more rows than this, its header included. Set by hand; not measured."""
_LONG_ITEM = 60
"""Words from which an item is divided into its parts. Set by hand; not measured."""
_ROWS = ("table_header", "table_row")
_CAPTIONS = 2
"""Paragraphs that may stand between a sentence and the table that it announces."""
_ANNOUNCES = re.compile(r"\bfollowing (?:table|chart)\b|\b(?:table|chart) below\b", re.IGNORECASE)
_ITEM_START = re.compile(r"^(?:\([a-zA-Z0-9]{1,5}\)|\d{1,2}\.|[a-z]\.)\s")


def lead_of(index: HybridIndex, span: Span) -> Span | None:
    """The sentence that leads into the list in which a span is an item.

    Returns:
        Its span; None for a span that is no item, or whose list has no lead-in.
    """
    blocks = index.store.blocks(span.document_id)
    position = bisect_right(blocks, span.start, key=attrgetter("start")) - 1
    if position >= 0 and blocks[position].kind == "list_item":
        while position >= 0 and blocks[position].kind == "list_item":
            position -= 1
        if position < 0:
            return None
        return _last_lead(index, Span(span.document_id, blocks[position].start, blocks[position].end))
    section = index.store.deepest(span)
    parent = index.store.section(span.document_id, section.parent) if section.parent >= 0 else section
    if parent.kind not in ("provision", "definition", "heading") or parent.start == section.start:
        return None
    return _last_lead(index, parent.own_span)


def _last_lead(index: HybridIndex, span: Span) -> Span | None:
    """The last sentence of a span if it leads into a list."""
    text = index.store.text(span).rstrip()
    line = text.rpartition("\n")[2]
    sentences = sentence_spans(line) if leads(line) else []
    if not sentences:
        return None
    first, last = sentences[-1]
    begin = len(text) - len(line)
    return span.part(begin + first, begin + last)


def list_items(index: HybridIndex, lead: Evidence, most: int | None = _MAX_ITEMS) -> list[Quote]:
    """The items of the list that a sentence leads into, each with its own pinpoint; empty if there is none.

    Args:
        index: Where the list stands.
        lead: The sentence.
        most: The first so many of them; None for all.
    """
    section, end = index.store.deepest(lead.span), lead.span.end
    parts = [part for part in index.store.children(section) if part.start >= end and part.kind == "provision"]
    if parts and section.own_end - end <= 2:  # noqa: PLR2004 - white space at most between lead-in and list
        return [quote for part in parts for quote in _provision_items(index, part)][:most]
    return _block_items(index, lead.span)[:most]


def table_rows(index: HybridIndex, found: Evidence, *, about: Iterable[str]) -> list[Quote]:
    """The rows of the table in whose section a sentence stands, header first.

    Empty without a table of three rows, and when the heading of its section has none of the terms asked about.
    """
    section = index.store.deepest(found.span)
    if not set(terms(section.path[-1] if section.path else "")) & set(about):
        return []
    rows = [
        index.store.passage(Span(section.document_id, block.start, block.end))
        for block in index.store.blocks(section.document_id)
        if block.kind in _ROWS and section.start <= block.start and block.end <= section.own_end
    ]
    known = any(row.span == found.passage or row.start <= found.span.start < row.end for row in rows)
    return [_whole(row) for row in rows[:_MAX_ITEMS]] if len(rows) > _LEAST_ROWS and not known else []


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
    for block in blocks[position : position + captions + _MAX_ITEMS]:
        if block.kind in _ROWS:
            rows.append(_whole(index.store.passage(Span(document_id, block.start, block.end))))
        elif rows or block.kind != "paragraph" or captions == 0:
            break
        else:
            captions -= 1
    return rows


def with_lead(index: HybridIndex, found: Evidence) -> list[Quote]:
    """A sentence; behind its lead-in if it is an item of a list that says too little alone."""
    lead = lead_of(index, found.span)
    if lead is None or lead == found.span:
        return [Quote(found.passage, found.span)]
    above = index.store.passage(lead)
    return [Quote(above.span, above.span), Quote(found.passage, found.span, item=True)]


def _provision_items(index: HybridIndex, part: StoredSection) -> list[Quote]:
    """A paragraph as one item; a long one as its own text and its parts."""
    whole = index.store.passage(part.span, part)
    below = [child for child in index.store.children(part) if child.kind == "provision"]
    if not below or len(whole.text.split()) <= _LONG_ITEM:
        return [_whole(whole)]
    own = index.store.passage(part.own_span, part)
    return [_whole(own), *(quote for child in below for quote in _provision_items(index, child))]


def _block_items(index: HybridIndex, lead: Span) -> list[Quote]:
    """List items that follow a lead-in as blocks of their own, until the running text goes on."""
    items: list[Quote] = []
    for block in index.store.blocks(lead.document_id):
        if block.start < lead.end or block.end - block.start < 2:  # noqa: PLR2004
            continue
        item = index.store.passage(Span(lead.document_id, block.start, block.end))
        goes_on = bool(items) and item.text[:1].islower()
        if block.kind == "heading" or (block.kind != "list_item" and not _ITEM_START.match(item.text) and not goes_on):
            break
        items.append(_whole(item))
    return items


def _whole(passage: Passage) -> Quote:
    text = passage.text
    return Quote(passage.span, passage.span.part(len(text) - len(text.lstrip()), len(text.rstrip())), item=True)
