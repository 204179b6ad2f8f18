"""Quotations of an answer as a list has them: each must say something without those around it.

An item has the words before it that lead into it, and a row the head of its table; these are no entries of their own,
and neither is a heading above what is quoted.
"""

import re
from collections.abc import Iterator, Mapping, Sequence

from answer.records import Citation, Statement
from index.search import HybridIndex
from index.wholeness import has_verb, says_something
from pinpoint.records import Span

OMITTED = "[\u2026]"
"""Stands where words of the document between two parts are left out."""
_NOTES = re.compile(r"(?:\s?\[\w{1,6}\])+$")
_ENDED = re.compile(r"[.?!;][\u201d\u2019\"')\]]*$")
_LEADS = (":", ",", "\u2014", "\u2013")


def whole_texts(
    index: HybridIndex, statements: Sequence[Statement], citations: Mapping[int, Citation]
) -> dict[int, str]:
    """What a list quotes by the marker of each statement; one that is no entry of its own is not there.

    Args:
        index: The documents, in which all of it stands.
        statements: Of one answer, in its order.
        citations: By marker.
    """
    heads = {
        one.citations[0]: tuple(_heads(one, statements[:number], statements, citations))
        for number, one in enumerate(statements)
    }
    used = {head for found in heads.values() for head in found}
    used |= {
        one.citations[0]
        for number, one in enumerate(statements)
        if _is_title(index, one, citations, statements[number + 1 :])
    }
    texts = {
        marker: _text(index, [citations[one].span for one in (*found, marker)])
        for marker, found in heads.items()
        if marker not in used
    }
    return texts or {one.citations[0]: one.text for one in statements}


def leads(text: str) -> bool:
    """Tell whether a text is no whole sentence but leads into what stands behind it."""
    bare = _NOTES.sub("", text.rstrip())
    return bare.endswith(_LEADS) or (not _ENDED.search(bare) and has_verb(bare))


def _heads(
    statement: Statement, before: Sequence[Statement], every: Sequence[Statement], citations: Mapping[int, Citation]
) -> Iterator[int]:
    """Markers of what leads into a statement, in the order of the document."""
    if statement.table and statement.of_table is not None:
        if statement.table == "row":
            yield from _head_of_table(statement, every, citations)
        return
    if not statement.item:
        return
    own = citations[statement.citations[0]]
    above = [one for one in before if _stands_before(citations[one.citations[0]], own)]
    first = next((number for number, one in reversed(list(enumerate(above))) if not one.item), None)
    if first is None:
        return
    lead, *items = above[first:]
    if leads(lead.text):
        yield lead.citations[0]
    for number, item in enumerate(items):
        between = [citations[one.citations[0]].section for one in items[number:]]
        if leads(item.text) and _is_of(own.section, between):
            yield item.citations[0]


def _head_of_table(row: Statement, every: Sequence[Statement], citations: Mapping[int, Citation]) -> list[int]:
    """Caption and header of a row's table; one that stands on several pages counts once."""
    found = {one.text: one.citations[0] for one in every if one.of_table == row.of_table and one.table != "row"}
    return sorted(found.values(), key=lambda marker: citations[marker].span)


def _stands_before(one: Citation, other: Citation) -> bool:
    return one.span.document_id == other.span.document_id and one.span.end <= other.span.start


def _is_of(section: str, between: Sequence[str]) -> bool:
    """Tell whether an item stands below another: deeper in its paragraph, or with nothing else between."""
    above = between[0]
    return section.startswith(f"{above}(") or (section == above and set(between) == {above})


def _is_title(
    index: HybridIndex, statement: Statement, citations: Mapping[int, Citation], behind: Sequence[Statement]
) -> bool:
    """Tell whether a statement is only a heading above the items behind it."""
    following = behind[0] if behind else None
    if following is None or not following.item or statement.item or statement.table or leads(statement.text):
        return False
    own = citations[statement.citations[0]].span
    blocks = index.store.blocks(own.document_id)
    named = any(one.kind == "heading" and one.start <= own.start and own.end <= one.end for one in blocks)
    return named or not says_something(statement.text, "", following.text)


def _text(index: HybridIndex, spans: Sequence[Span]) -> str:
    """Parts of a document in their order, as it has them where nothing stands between them."""
    first, *others = sorted(set(spans))
    text, end = index.store.text(first), first.end
    for span in others:
        gap = index.store.text(Span(span.document_id, end, span.start)) if end < span.start else ""
        between = "\n" if "\n" in gap else " " if gap else ""
        text += f"{between or ' '}{OMITTED}{between or ' '}" if gap.strip() else between
        text, end = text + index.store.text(span), span.end
    return text
