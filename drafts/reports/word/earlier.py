"""What an earlier report left in a draft: its comments, its bookmarks and its table are taken out again."""

from docx.document import Document

from drafts.reading.word.earlier import AUTHOR, earlier_blocks
from ingest.readers.docx.markup import w

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
    blocks = earlier_blocks(body)
    behind = blocks[-1].getnext() if blocks else None
    for block in blocks:
        body.remove(block)
    if behind is not None and behind.tag == w("p") and next(behind.iter(w("r"), w("sectPr")), None) is None:
        body.remove(behind)  # the empty paragraph behind the table
    for start in list(body.iter(w("bookmarkStart"))):
        if (start.get(w("name")) or "").startswith(_OURS):
            for end in list(body.iter(w("bookmarkEnd"))):
                if end.get(w("id")) == start.get(w("id")):
                    end.getparent().remove(end)
            start.getparent().remove(start)
