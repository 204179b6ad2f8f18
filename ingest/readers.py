"""Which reader reads a file, by its suffix."""

from collections.abc import Callable
from pathlib import Path

from index.errors import UnreadableDocument
from ingest.docx_reader import read_docx
from ingest.html_reader import read_html
from ingest.markdown_reader import read_markdown
from ingest.pdf_reader import read_pdf
from ingest.records import Reading
from ingest.text_reader import read_text

READERS: dict[str, Callable[[Path], Reading]] = {
    ".pdf": read_pdf,
    ".html": read_html,
    ".htm": read_html,
    ".docx": read_docx,
    ".md": read_markdown,
    ".markdown": read_markdown,
    ".txt": read_text,
}


def read_document(path: Path) -> Reading:
    """Read a file with the reader of its suffix.

    Raises:
        UnreadableDocument: The suffix is unknown, or the reader cannot read the file, or found no text.
    """
    reader = READERS.get(path.suffix.lower())
    if reader is None:
        message = (
            f"{path.name}: no reader for {path.suffix or 'a file without suffix'!r}. Known are {', '.join(READERS)}."
        )
        raise UnreadableDocument(message)
    reading = reader(path)
    if not any(block.text.strip() for block in reading.blocks):
        message = f"{path.name} holds no text. If it is a scan, run text recognition on it first."
        raise UnreadableDocument(message)
    return reading
