"""Lists: a lead-in with all its items, an item behind its lead-in."""

import re
from bisect import bisect_right
from operator import attrgetter

from answer.issues.governing import governs
from answer.records import Evidence, Quote
from index.documents.citable import leads
from index.documents.sentences import sentence_spans
from index.search import HybridIndex
from pinpoint.records import Span
from pinpoint.stored import Passage, StoredSection

_MAX_ITEMS = 24
"""Items shown of one list. Set by hand; not measured."""
_LONG_ITEM = 60
"""Words from which an item is divided into its parts. Set by hand; not measured."""
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


def with_lead(index: HybridIndex, found: Evidence) -> list[Quote]:
    """A sentence; behind its lead-in if it is an item of a list that says too little alone.

    A lead-in that says nothing itself, such as "In this chapter:", is left out.
    """
    lead = lead_of(index, found.span)
    if lead is None or lead == found.span or not governs(index.store.text(lead), ()):
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
