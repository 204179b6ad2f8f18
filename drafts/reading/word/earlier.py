"""The table that an earlier report put behind a draft: it is no part of the draft."""

from ingest.readers.docx.markup import Element, w

AUTHOR = "Pinpoint"
"""Author of the comments of a report, which are no part of a draft that is checked again."""
BOOKMARK = "Pinpoint_findings"
"""Bookmark around the table of a report, which is none either."""
_BEGIN, _END, _TEXT = w("bookmarkStart"), w("bookmarkEnd"), w("t")


def earlier_blocks(body: Element) -> list[Element]:
    """Blocks of a body from the beginning to the end of the bookmark; none where one of the two was taken out.

    Word puts an end that stands before a paragraph into it: what is written there is of the draft.
    """
    found: list[Element] = []
    waiting: list[Element] = []
    opened = ""
    for block in body:
        for mark in block.iter(_BEGIN, _END):
            if mark.tag == _BEGIN and mark.get(w("name")) == BOOKMARK:
                opened = mark.get(w("id"), "")
            elif mark.tag == _END and opened and mark.get(w("id")) == opened:
                found += waiting if _is_first(block, mark) else [*waiting, block]
                opened, waiting = "", []
        if opened:
            waiting.append(block)
    return found


def _is_first(block: Element, end: Element) -> bool:
    """Tell whether no word of a block stands before the end of a bookmark."""
    if block is end:
        return False
    for element in block.iter(_TEXT, _END):
        if element is end:
            return True
        if element.tag == _TEXT and element.text:
            return False
    return True
