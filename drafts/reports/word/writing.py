"""A checked draft as a Word file."""

import io

from drafts.reading.word.reader import read_word
from drafts.records import Check
from drafts.reports.word.earlier import remove_earlier
from drafts.reports.word.fresh import lay_out
from drafts.reports.word.marking import mark


def word_of(check: Check, original: bytes | None = None) -> bytes:
    """The draft with a comment at the words of each finding and a table behind it.

    Args:
        check: What is reported.
        original: The Word file that was checked, which is marked as it is; None where there is none: its parts are laid
            out in a new one.
    """
    if original is None:
        document, parts = lay_out(check)
    else:
        read = read_word(check.draft.name, original)
        document, parts = read.document, read.parts
        remove_earlier(document)
    mark(document, parts, check)
    written = io.BytesIO()
    document.save(written)
    return written.getvalue()
