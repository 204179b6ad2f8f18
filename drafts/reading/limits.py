"""How large a draft may be, and what is said of a file that is no draft."""

from pathlib import PurePath

from pinpoint.errors import EmptyDocument, UnreadableDocument

LARGEST = 100
"""Largest draft, in megabytes. Set by hand; not measured."""
LONGEST = 5_000_000
"""Characters of the longest draft, some 1,700 pages. Set by hand; not measured."""
SUFFIXES = (".docx", ".pptx", ".pdf", ".html", ".htm", ".md", ".markdown", ".txt")
"""Suffixes of the files that are read as drafts."""
_REMEDIES = {
    **dict.fromkeys((".doc", ".odt", ".rtf", ".wpd", ".pages", ".docm", ".dotx", ".dotm"), "save it as .docx"),
    **dict.fromkeys((".ppt", ".odp", ".key", ".pptm", ".ppsx", ".potx"), "save it as .pptx"),
    **dict.fromkeys((".xls", ".xlsx", ".ods", ".csv"), "copy its text, and paste that"),
    **dict.fromkeys((".eml", ".msg"), "copy its text, and paste that"),
    **dict.fromkeys((".jpg", ".jpeg", ".png", ".tif", ".tiff"), "save it as a PDF file whose text can be searched"),
}
"""What to do with a file of another kind, by its suffix."""


def refuse_size(name: str, size: int) -> None:
    """Refuse a file without bytes, or with too many.

    Raises:
        EmptyDocument: It has none.
        UnreadableDocument: It has more than ``LARGEST`` megabytes.
    """
    if not size:
        raise EmptyDocument(f"{name} is empty: it has no bytes. Save it again, and check that.")
    if size > LARGEST * 2**20:
        raise UnreadableDocument(
            f"{name} has {size / 2**20:,.0f} MB; {LARGEST} MB are the most of a draft. Save it with smaller pictures, "
            "or check it chapter by chapter."
        )


def refuse_length(name: str, length: int) -> None:
    """Refuse a draft with more text than is checked at once.

    Raises:
        UnreadableDocument: It has more than ``LONGEST`` characters.
    """
    if length > LONGEST:
        raise UnreadableDocument(
            f"{name} has {length:,} characters; {LONGEST:,} are the most of a draft. Check it chapter by chapter."
        )


def refuse_kind(name: str) -> None:
    """Refuse a file of a kind that is not read.

    Raises:
        UnreadableDocument: Its suffix is none of ``SUFFIXES``.
    """
    suffix = PurePath(name).suffix.lower()
    if suffix in SUFFIXES:
        return
    remedy = _REMEDIES.get(suffix, "save it as .docx or .pdf, or paste its text")
    kind = f"files of the kind {suffix}" if suffix else "files without a suffix"
    raise UnreadableDocument(f"{name} is not read: no reader for {kind}. Open it in its program and {remedy}.")
