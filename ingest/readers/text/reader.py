"""Plain text files to blocks."""

from collections import Counter
from pathlib import Path

from ingest.cleaning import clean_characters
from ingest.readers.text.character_sets import decode_text, is_marked
from ingest.readers.text.paragraphs import text_blocks
from ingest.records import Reading, Repair
from pinpoint.errors import DamagedDocument, EmptyDocument


def read_text(path: Path) -> Reading:
    """Read a plain text file in UTF-8 or, with a mark of the byte order, UTF-16, else in Windows-1252.

    Raises:
        EmptyDocument: The file is empty.
        DamagedDocument: It is not text.
    """
    text, warnings = decode(path)
    repairs: Counter[str] = Counter()
    blocks = tuple(text_blocks(text, repairs, clean_characters))
    title = next((" ".join(line.split()) for line in text.split("\n") if line.strip()), "")
    counted = tuple(Repair(name, count) for name, count in sorted(repairs.items()) if count)
    return Reading(blocks, title=clean_characters(title, Counter()), repairs=counted, warnings=warnings)


def decode(path: Path) -> tuple[str, tuple[str, ...]]:
    """The text of a file, and a warning if it is not UTF-8.

    Raises:
        EmptyDocument: The file is empty.
        DamagedDocument: It has NUL bytes.
    """
    source = path.read_bytes()
    if not source.strip():
        raise EmptyDocument(f"{path.name} is empty. Fill it or remove it.")
    if b"\x00" in source and not is_marked(source):
        raise DamagedDocument(f"{path.name} holds NUL bytes, so it is not text. Give it the suffix of its real format.")
    text, warnings = decode_text(source)
    return text.replace("\x00", ""), warnings
