"""What an earlier report left in a draft: its comments, its bookmarks and its table are taken out again."""

from docx.document import Document

from drafts.reading.word.reader import AUTHOR, BOOKMARK
from ingest.readers.docx.markup import Element, w

_OURS = f"{AUTHOR}_"
_RANGES = (w("commentRangeStart"), w("commentRangeEnd"), w("commentReference"))


def remove_earlier(document: Document) -> None:
    """Take out the comments, bookmarks and table of earlier reports."""
    body = document.element.body
    ours = set()
    for comment in [one._comment_elm for one in document.comments if one.author == AUTHOR]:  # noqa: SLF001 - to remove it
        ours.add(comment.get(w("id")))
        comment.getparent().remove(comment)
    for mark in list(body.iter(*_RANGES)):
        if mark.get(w("id")) in ours:
            run = mark.getparent()
            run.remove(mark)
            if mark.tag == _RANGES[-1] and all(child.tag == w("rPr") for child in run):
                run.getparent().remove(run)
    _remove_table(body)
    for start in list(body.iter(w("bookmarkStart"))):
        if (start.get(w("name")) or "").startswith(_OURS):
            for end in list(body.iter(w("bookmarkEnd"))):
                if end.get(w("id")) == start.get(w("id")):
                    end.getparent().remove(end)
            start.getparent().remove(start)


def _remove_table(body: Element) -> None:
    """Take out the blocks from that with the beginning of the bookmark to that with its end, but for the section."""
    opened = ""
    for block in list(body):
        within = bool(opened)
        for mark in list(block.iter(w("bookmarkStart"), w("bookmarkEnd"))):
            if mark.tag == w("bookmarkStart") and mark.get(w("name")) == BOOKMARK:
                opened, within = mark.get(w("id"), ""), True
            elif mark.tag == w("bookmarkEnd") and opened and mark.get(w("id")) == opened:
                opened = ""
        if within and block.tag != w("sectPr"):
            body.remove(block)
