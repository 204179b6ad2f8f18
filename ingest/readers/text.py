"""Plain text to blocks: lines joined to paragraphs, headings and list items by their look."""

import re
from collections import Counter
from pathlib import Path

from ingest.cleaning import clean_characters
from ingest.records import RawBlock, Reading, Repair, raw_block
from pinpoint.errors import DamagedDocument, EmptyDocument

_WRAPPED_WIDTH = 132
"""A file whose long lines stay below this many characters is taken as wrapped by hand.

Set by hand, as the three below; not measured."""
_FULL_LINE = 0.72
"""A line this long, as a share of the file's usual full line, may continue in the next one."""
_MANY_CAPITALS = 0.6  # share of the words of a line that makes it a heading
_HEADING_WORDS = 14  # a longer line is a sentence
_NUMBERED = re.compile(
    r"^(?:Chapter|Part|Volume|Title|Subpart)\s+[\dA-Z]+\b|^§+\s*\d|^(?:[A-Z]|[IVX]+)\.\s+\S|^\d{1,2}\.\s+[A-Z]"
)
_BULLET = re.compile(r"^[\u2022\u25cf\u25aa*\uf0b7o-]\s+(?=\S)")
_STARTS = re.compile(
    r"^(?:Item Numbers?\s[\d.a-z\s-]+\.\s+[A-Z]|\([a-zA-Z0-9]{1,4}\)|\d{1,2}\.|[A-Za-z]\.|§|\[\d+\])\s*\S"
)
_CAPITAL_AFTER = re.compile(r"^(?:\([a-zA-Z0-9]{1,4}\)\s*)+[A-Z\u201c]")
_RUNNING_HEAD = re.compile(r"^§+\s*[\d.]+[a-z]?(?:\s*[\u2013-]\s*[\d.]+[a-z]?)?$")
_SMALL = frozenset(
    [
        "a",
        "an",
        "and",
        "as",
        "at",
        "by",
        "for",
        "from",
        "if",
        "in",
        "is",
        "it",
        "may",
        "of",
        "on",
        "or",
        "the",
        "this",
        "to",
        "with",
        "your",
        "you",
        "who",
        "what",
    ]
)
_PAGE_LINE = re.compile(r"^(?:Form \S+ Instructions\b.*|Page \d+(?: of \d+)?|\d{1,4})$", re.IGNORECASE)
_NOTE = re.compile(r"^\[\^?\s?(\d{1,3})\]\s*(?:\[\^\s?\d*\])?\s*(?=\S)")


def read_text(path: Path) -> Reading:
    """Read a plain text file in UTF-8, else Windows-1252.

    Raises:
        EmptyDocument: The file is empty.
        DamagedDocument: It is not text.
    """
    text, warnings = decode(path)
    repairs: Counter[str] = Counter()
    lines = [" ".join(clean_characters(line, repairs).split()) for line in text.splitlines()]
    running = _running_lines(lines)
    body = [line for line in lines if line not in running]
    repairs["running heads and page numbers removed"] += len(lines) - len(body)
    blocks = tuple(_block(line) for line in _paragraphs(body))
    counted = tuple(Repair(name, count) for name, count in sorted(repairs.items()) if count)
    return Reading(blocks, title=next((line for line in lines if line), ""), repairs=counted, warnings=warnings)


def decode(path: Path) -> tuple[str, tuple[str, ...]]:
    """The text of a file, and a warning if it is not UTF-8.

    Raises:
        EmptyDocument: The file is empty.
        DamagedDocument: It has NUL bytes.
    """
    source = path.read_bytes()
    if not source.strip():
        raise EmptyDocument(f"{path.name} is empty. Fill it or remove it.")
    if b"\x00" in source:
        raise DamagedDocument(f"{path.name} holds NUL bytes, so it is not text. Give it the suffix of its real format.")
    try:
        return source.decode("utf-8-sig"), ()
    except UnicodeDecodeError as error:
        warning = f"Not UTF-8 (byte {error.start}); read as Windows-1252."
        return source.decode("cp1252", errors="replace"), (warning,)


def _paragraphs(lines: list[str]) -> list[str]:
    """Join the lines of each paragraph."""
    lengths = sorted(len(line) for line in lines if line)
    usual = lengths[int(len(lengths) * 0.9)] if lengths else 0
    wrapped = usual <= _WRAPPED_WIDTH
    paragraphs: list[str] = []
    previous = ""
    for line in lines:
        if line and paragraphs and previous and _continues(previous, line, usual, wrapped=wrapped):
            paragraphs[-1] = f"{paragraphs[-1]} {line}"
        elif line:
            paragraphs.append(line)
        previous = line
    return paragraphs


def _continues(previous: str, line: str, usual: int, *, wrapped: bool) -> bool:
    """Tell whether a line continues the paragraph of the line before it."""
    if line[0].islower() or previous.endswith((",", "-")):
        return not _STARTS.match(line)
    if _STARTS.match(line) or _BULLET.match(line) or _NUMBERED.match(line):
        ended = previous.endswith((".", ";", ":", ",", "or", "and", "\u2014", "?"))
        return line[0] == "(" and not ended and not _CAPITAL_AFTER.match(line)
    ended = previous.endswith((".", ":", ";", "?", "!"))
    full = len(previous) >= _FULL_LINE * usual
    return wrapped and full and not (ended and len(previous) < 0.9 * usual and _looks_like_heading(line))


def _running_lines(lines: list[str]) -> frozenset[str]:
    """Page furniture: a short text at least three times, a page number, a section number alone."""
    counts = Counter(line for line in lines if line)
    often = {line for line, count in counts.items() if count > 2}  # noqa: PLR2004
    repeated = {line for line in counts if _PAGE_LINE.match(line) and (line in often or not line.startswith("Form"))}
    return frozenset(repeated | {line for line in counts if _RUNNING_HEAD.match(line)})


def _block(text: str) -> RawBlock:
    note = _NOTE.match(text)
    if note:
        return raw_block("footnote", text[note.end() :], marker=note.group(1))
    if _BULLET.match(text):
        return raw_block("list_item", _BULLET.sub("", text), level=1)
    if _looks_like_heading(text):
        return raw_block("heading", text, level=_heading_level(text))
    return raw_block("paragraph", text)


def _looks_like_heading(text: str) -> bool:
    """A short line without a sentence's end, numbered like a heading or in title case."""
    words = text.split()
    if len(words) > _HEADING_WORDS or text.endswith((".", ";", ",", ":")) and not text.startswith("§"):
        return False
    if words[-1] in ("and", "or"):
        return False
    if _NUMBERED.match(text):
        return True
    if len(words) < 2 or not text[0].isupper() or re.search(r"\d{4}|@|www\.|\]$", text):  # noqa: PLR2004
        return False
    content = [word for word in words if word.lower() not in _SMALL and word[0].isalpha()]
    capital = sum(word[0].isupper() for word in content)
    return len(content) > 0 and capital / len(content) > _MANY_CAPITALS


def _heading_level(text: str) -> int:
    ranks = (r"^Volume|^Title", r"^Part\b|^Subpart", r"^Chapter|^§", r"^(?:[A-Z]|[IVX]+)\.\s", r"^\d{1,2}\.\s")
    return next((rank for rank, look in enumerate(ranks, start=1) if re.match(look, text)), 6)
