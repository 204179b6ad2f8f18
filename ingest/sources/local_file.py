"""A fetched file in the corpus folder: its part, its state of before, and the text by which two states are compared."""

import hashlib
import shutil
from pathlib import Path

from ingest.readers.web_page import web_page_reading
from pinpoint.errors import UnreadableDocument
from pinpoint.files import replace_file


def part_of(path: Path) -> Path:
    """Return the path under which a file stands until it is complete."""
    return path.with_name(f".{path.name}.part")


def save_previous(path: Path) -> None:
    """Copy a file to its name of before; not move, since the file stays under its name until the new one takes it."""
    draft = path.with_name(f".{path.name}.previous")
    shutil.copy2(path, draft)
    replace_file(draft, path.with_name(f"{path.name}.previous"))


def text_sha256(path: Path, named: Path) -> str:
    """Digest the text of a page, whose mark-up differs at each visit; "" for other files."""
    if named.suffix.lower() != ".html":
        return ""
    try:
        reading = web_page_reading(path.read_bytes(), named.name)
    except UnreadableDocument:
        return ""
    return hashlib.sha256("\n".join(block.text for block in reading.blocks).encode()).hexdigest()
