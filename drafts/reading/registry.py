"""A draft out of a file, by the kind of the file."""

from pathlib import Path, PurePath

from drafts.reading.limits import refuse_kind, refuse_size
from drafts.records import Draft
from pinpoint.errors import UnreadableDocument


def read_draft(path: Path) -> Draft:
    """Read a draft from a file; nothing of it is stored.

    It is read in this process; ``drafts.reading.apart`` has one of its own for files of strangers.

    Raises:
        UnreadableDocument: It cannot be read; the message names the file, what is wrong and what to do.
    """
    return read_content(path.name, read_bytes(path))


def read_bytes(path: Path) -> bytes:
    """The bytes of a file that is no larger than a draft may be.

    Raises:
        UnreadableDocument: It is not there, may not be read, or is too large.
    """
    refuse_kind(path.name)
    try:
        refuse_size(path.name, path.stat().st_size)
        return path.read_bytes()
    except OSError as error:
        raise UnreadableDocument(
            f"{path} cannot be read ({error.strerror}). Check its name, and whether you may open it."
        ) from error


def read_content(name: str, content: bytes) -> Draft:
    """Read a draft from the bytes of a file.

    Args:
        name: Its file name, whose suffix says what it is.
        content: Its bytes.

    Raises:
        UnreadableDocument: As for ``read_draft``.
    """
    refuse_kind(name)
    refuse_size(name, len(content))
    suffix = PurePath(name).suffix.lower()
    if suffix == ".docx":
        from drafts.reading.word.reader import read_word  # noqa: PLC0415 - each kind imports what it needs

        return read_word(name, content).draft
    if suffix == ".pptx":
        from drafts.reading.slides.reader import read_slides  # noqa: PLC0415 - see above

        return read_slides(name, content)
    if suffix == ".txt":
        from drafts.reading.plain import read_plain  # noqa: PLC0415 - see above

        return read_plain(name, content)
    from drafts.reading.converted.reader import read_converted  # noqa: PLC0415 - see above

    return read_converted(name, content)
