"""The text of provisions that a question cites."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from answer.records import Quote, TablePart
from answer.statements.groups import words_of
from answer.statements.order import SHOWN_WORDS
from answer.statements.repetition import says_the_same
from answer.statements.tables import PARTS
from index.records import Hit
from index.search import HybridIndex
from index.wholeness import says_something
from pinpoint.records import Span


def provision_quotes(index: HybridIndex, hits: Sequence[Hit]) -> list[Quote]:
    """The text of provisions that a citation names: of each its own text, then its parts; more after a fair share.

    A heading is not quoted where text follows it, nor a provision of which another document has nearly the same text
    with the same duties and numbers: it is named beside that.
    """
    quotes: list[Quote] = []
    first: list[tuple[Hit, int]] = []
    for hit in hits:
        words = 0
        same = next((position for other, position in first if _copy(hit, other)), None)
        if same is not None:
            quotes[same] = replace(quotes[same], also_in=(*quotes[same].also_in, _there(index, quotes[same], hit)))
            continue
        first.append((hit, len(quotes)))
        for position, quote in enumerate(_lines(index, hit)):
            words += words_of(index, quote)
            late = position > 0 and words > SHOWN_WORDS // len(hits)
            quotes.append(replace(quote, item=position > 0, more=late))
    return sorted(quotes, key=lambda quote: quote.more)


def _copy(hit: Hit, other: Hit) -> bool:
    """Tell whether two passages are one text in two documents."""
    return hit.document_id != other.document_id and says_the_same(hit.text, other.text)


def _there(index: HybridIndex, quote: Quote, hit: Hit) -> Span:
    """Where a passage that is a copy word for word has the words of a quotation; else the whole passage."""
    words = index.store.text(quote.span)
    start = hit.text.find(words)
    differs = index.store.text(quote.passage).strip() != hit.text.strip()
    return hit.span if differs or start < 0 else hit.span.part(start, start + len(words))


def _lines(index: HybridIndex, hit: Hit) -> list[Quote]:
    """The lines of a passage, and whole rows of its tables; its headings only where there is nothing else."""
    headings: list[Quote] = []
    others: list[Quote] = []
    blocks = [block for block in index.store.blocks(hit.document_id) if block.start < hit.end and hit.start < block.end]
    for number, block in enumerate(blocks):
        start, end = max(block.start, hit.start) - hit.start, min(block.end, hit.end) - hit.start
        part: TablePart = PARTS.get(block.kind, "")
        behind = blocks[number + 1].kind if number + 1 < len(blocks) else block.kind
        if behind == "table_header" and block.kind == "paragraph" and hit.text[:end].rstrip()[-1:].isalnum():
            part = "caption"
        found = [(start, end)] if part in ("header", "row") else _of_block(hit.text, start, end)
        quotes = [Quote(hit.span, hit.span.part(*_trimmed(hit.text, *one)), table=part) for one in found]
        (headings if block.kind == "heading" else others).extend(quotes)
    if len(others) > 1 and not others[0].table and not _says(index, others[0], others[1]):
        headings.append(others.pop(0))
    return others or headings


def _says(index: HybridIndex, first: Quote, second: Quote) -> bool:
    """Tell whether the first line of a provision is more than its heading."""
    return says_something(index.store.text(first.span), "", index.store.text(second.span))


def _of_block(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    for line in re.compile(r"[^\n]*[^\s][^\n]*").finditer(text, start, end):
        yield line.span()


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    own = text[start:end]
    return start + len(own) - len(own.lstrip()), start + len(own.rstrip())
