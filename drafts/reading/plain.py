"""A draft that is plain text in a file."""

from dataclasses import replace

from drafts.reading.limits import refuse_length
from drafts.reading.pasted import read_pasted
from drafts.records import Draft
from ingest.readers.text.character_sets import decode_text, is_marked
from pinpoint.errors import DamagedDocument, EmptyDocument


def read_plain(name: str, content: bytes) -> Draft:
    """Read plain text in UTF-8 or, with a mark of the byte order, UTF-16, else in Windows-1252.

    Raises:
        DamagedDocument: It is not text.
        EmptyDocument: It has no words.
        UnreadableDocument: It is too long.
    """
    if b"\x00" in content and not is_marked(content):
        raise DamagedDocument(f"{name} holds NUL bytes, so it is not text. Give it the suffix of its real format.")
    text, warnings = decode_text(content)
    refuse_length(name, len(text))
    draft = read_pasted(text.replace("\x00", ""), name)
    if not draft.parts:
        raise EmptyDocument(f"{name} holds no text. Write some, or check another file.")
    return replace(draft, warnings=(*warnings, *draft.warnings))
