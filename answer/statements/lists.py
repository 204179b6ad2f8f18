"""Lists: a lead-in with all its items, the rows of a table, an item behind its lead-in."""

import re
from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import replace
from operator import itemgetter

from answer.records import Evidence, Quote
from index.documents.citable import leads
from index.documents.sentences import sentence_spans
from index.query.analyzer import terms
from index.search import HybridIndex
from pinpoint.records import Passage, StoredSection

_MAX_ITEMS = 24
_LEAST_ROWS = 3
_LONG_ITEM = 60
_ROWS = ("table_header", "table_row")
_CAPTIONS = 2
"""Paragraphs that may stand between a sentence and the table that it announces."""
_ANNOUNCES = re.compile(r"\bfollowing (?:table|chart)\b|\b(?:table|chart) below\b", re.IGNORECASE)
_ITEM_START = re.compile(r"^(?:\([a-zA-Z0-9]{1,5}\)|\d{1,2}\.|[a-z]\.)\s")


def lead_of(index: HybridIndex, document_id: str, start: int, end: int) -> tuple[int, int] | None:
    """The sentence that leads into the list in which a span of a document is an item.

    Returns:
        Its span in the document; None for a span that is no item, or whose list has no lead-in.
    """
    blocks = index.provisions.blocks(document_id)
    position = bisect_right(blocks, start, key=itemgetter(1)) - 1
    if position >= 0 and blocks[position][0] == "list_item":
        while position >= 0 and blocks[position][0] == "list_item":
            position -= 1
        first, last = (blocks[position][1], blocks[position][2]) if position >= 0 else (0, 0)
    else:
        section = index.provisions.finest(document_id, start, end)
        parent = index.provisions.section(document_id, section.parent) if section.parent >= 0 else section
        if parent.kind not in ("provision", "definition", "heading") or parent.start == section.start:
            return None
        first, last = parent.start, parent.own_end
    return _last_lead(index.provisions.text(document_id, first, last), first)


def _last_lead(text: str, offset: int) -> tuple[int, int] | None:
    """Span of the last sentence of a text if it leads into a list, counted from ``offset``."""
    line = text.rstrip().rpartition("\n")[2]
    spans = sentence_spans(line) if leads(line) else []
    if not spans:
        return None
    begin = offset + len(text.rstrip()) - len(line)
    return begin + spans[-1][0], begin + spans[-1][1]


def list_items(index: HybridIndex, lead: Evidence, most: int | None = _MAX_ITEMS) -> list[Quote]:
    """The items of the list that a sentence leads into, each with its own pinpoint; empty if there is none.

    Args:
        index: Where the list stands.
        lead: The sentence.
        most: The first so many of them; None for all.
    """
    passage = index.passage(lead.passage_id)
    start, end = passage.start + lead.start, passage.start + lead.end
    section = index.provisions.finest(passage.document_id, start, end)
    parts = [part for part in index.provisions.children(section) if part.start >= end and part.kind == "provision"]
    if parts and section.own_end - end <= 2:  # noqa: PLR2004 - white space at most between lead-in and list
        return [quote for part in parts for quote in _provision_items(index, part)][:most]
    return _block_items(index, passage, end)[:most]


def table_rows(index: HybridIndex, found: Evidence, *, about: Iterable[str]) -> list[Quote]:
    """The rows of the table in whose section a sentence stands, header first.

    Empty without a table of three rows, and when the heading of its section has none of the terms asked about.
    """
    passage = index.passage(found.passage_id)
    start, end = passage.start + found.start, passage.start + found.end
    section = index.provisions.finest(passage.document_id, start, end)
    if not set(terms(section.path[-1] if section.path else "")) & set(about):
        return []
    rows = [
        index.provisions.cut(f"{passage.document_id}:{first}-{last}")
        for kind, first, last, _, _ in index.provisions.blocks(passage.document_id)
        if kind in _ROWS and section.start <= first and last <= section.own_end
    ]
    known = any(row.id == found.passage_id or row.start <= start < row.end for row in rows)
    return [_whole(row) for row in rows[:_MAX_ITEMS]] if len(rows) > _LEAST_ROWS and not known else []


def announced_rows(index: HybridIndex, found: Evidence) -> list[Quote]:
    """The rows of the table that a sentence announces ("the following table shows"), or whose caption it is."""
    captions = _CAPTIONS if _ANNOUNCES.search(found.text) else 0
    if not captions and not found.text[-1:].isalnum():  # a whole sentence, as most are: nothing is looked up
        return []
    passage = index.passage(found.passage_id)
    start, end = passage.start + found.start, passage.start + found.end
    blocks = index.provisions.blocks(passage.document_id)
    position = bisect_right(blocks, start, key=itemgetter(1))
    if not captions and not (position and blocks[position - 1][0] == "paragraph" and end >= blocks[position - 1][2]):
        return []
    rows: list[Quote] = []
    for kind, first, last, _, _ in blocks[position : position + captions + _MAX_ITEMS]:
        if kind in _ROWS:
            rows.append(_whole(index.provisions.cut(f"{passage.document_id}:{first}-{last}")))
        elif rows or kind != "paragraph" or captions == 0:
            break
        else:
            captions -= 1
    return rows


def with_lead(index: HybridIndex, found: Evidence) -> list[Quote]:
    """A sentence; behind its lead-in if it is an item of a list that would not be understood alone."""
    own = Quote(found.passage_id, found.start, found.end)
    passage = index.passage(found.passage_id)
    lead = lead_of(index, passage.document_id, passage.start + found.start, passage.start + found.end)
    if lead is None or lead == (passage.start + found.start, passage.start + found.end):
        return [own]
    above = index.provisions.cut(f"{passage.document_id}:{lead[0]}-{lead[1]}")
    return [Quote(above.id, 0, len(above.text)), replace(own, item=True)]


def _provision_items(index: HybridIndex, part: StoredSection) -> list[Quote]:
    """A paragraph as one item; a long one as its own text and its parts."""
    whole = index.provisions.cut(f"{part.document_id}:{part.start}-{part.end}", part)
    below = [child for child in index.provisions.children(part) if child.kind == "provision"]
    if not below or len(whole.text.split()) <= _LONG_ITEM:
        return [_whole(whole)]
    own = index.provisions.cut(f"{part.document_id}:{part.start}-{part.own_end}", part)
    return [_whole(own), *(quote for child in below for quote in _provision_items(index, child))]


def _block_items(index: HybridIndex, passage: Passage, end: int) -> list[Quote]:
    """List items that follow a lead-in as blocks of their own, until the running text goes on."""
    items: list[Quote] = []
    for kind, start, block_end, _, _ in index.provisions.blocks(passage.document_id):
        if start < end or block_end - start < 2:  # noqa: PLR2004
            continue
        cut = index.provisions.cut(f"{passage.document_id}:{start}-{block_end}")
        goes_on = bool(items) and cut.text[:1].islower()
        if kind == "heading" or (kind != "list_item" and not _ITEM_START.match(cut.text) and not goes_on):
            break
        items.append(_whole(cut))
    return items


def _whole(passage: Passage) -> Quote:
    text = passage.text
    return Quote(passage.id, len(text) - len(text.lstrip()), len(text.rstrip()), item=True)
