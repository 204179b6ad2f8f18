"""Parse the small Markdown-like sources of the digests into typed blocks.

A source opens with ``key: value`` lines closed by a line of three hyphens. The body
knows headings (``##``, ``###``), paragraphs, bullets (``- ``), steps (``1. ``), one-line
table rows (``| a | b |``, header first, captioned by a ``Table:`` line) and footnotes
(``[^1]`` in the text, ``[^1]: note`` at the end). Everything else is plain text.
"""

import re
from dataclasses import dataclass
from pathlib import Path

_NOTE = re.compile(r"^\[\^(\d+)\]: (.+)$")
_MARKER = re.compile(r"\[\^(\d+)\]")
_STEP = re.compile(r"^\d+\. (.+)$")


@dataclass(frozen=True, slots=True)
class Heading:
    """A section heading; level 1 is the coarsest inside a digest."""

    level: int
    text: str


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Running text, its footnote markers still written ``[^n]``."""

    text: str


@dataclass(frozen=True, slots=True)
class ListItem:
    """One list item; ``number`` is 0 for a bullet and 1-based for a step."""

    text: str
    number: int


@dataclass(frozen=True, slots=True)
class Table:
    """A captioned table whose first row is its header."""

    caption: str
    rows: tuple[tuple[str, ...], ...]


Block = Heading | Paragraph | ListItem | Table


@dataclass(frozen=True, slots=True)
class Digest:
    """A parsed source: its header fields, blocks in reading order and notes by number."""

    fields: dict[str, str]
    blocks: tuple[Block, ...]
    notes: dict[int, str]


def markers(text: str) -> tuple[int, ...]:
    """Return the footnote numbers that ``text`` refers to, in order."""
    return tuple(int(number) for number in _MARKER.findall(text))


def replace_markers(text: str, template: str) -> str:
    """Write each footnote marker in ``text`` as ``template``, which holds one ``{}``."""
    return _MARKER.sub(lambda match: template.format(match.group(1)), text)


def parse_digest(path: Path) -> Digest:
    """Read one source file.

    Args:
        path: A UTF-8 source as described in the module docstring.

    Raises:
        ValueError: If the header is not closed, or markers and notes do not agree.
    """
    head, separator, body = path.read_text(encoding="utf-8").partition("\n---\n")
    if not separator:
        raise ValueError(f"{path}: header is not closed by a line '---'")
    fields = dict(line.split(": ", 1) for line in head.splitlines() if line)
    notes: dict[int, str] = {}
    blocks: list[Block] = []
    for chunk in re.split(r"\n\s*\n", body.strip()):
        lines = chunk.splitlines()
        if all(_NOTE.match(line) for line in lines):
            notes |= {int(m[1]): m[2] for line in lines if (m := _NOTE.match(line))}
        else:
            blocks += _parse_chunk(lines)
    used = [n for block in blocks if not isinstance(block, Table) for n in markers(block.text)]
    if used != sorted(notes):
        raise ValueError(f"{path}: markers {used} do not match notes {sorted(notes)}")
    return Digest(fields, tuple(blocks), notes)


def _parse_chunk(lines: list[str]) -> list[Block]:
    first = lines[0]
    if first.startswith("#"):
        hashes, text = first.split(" ", 1)
        return [Heading(len(hashes) - 1, text)]
    if first.startswith("Table: "):
        rows = (line.strip("|").split("|") for line in lines[1:])
        return [Table(first.removeprefix("Table: "), tuple(tuple(c.strip() for c in r) for r in rows))]
    if first.startswith("- "):
        return [ListItem(line.removeprefix("- "), 0) for line in lines]
    if _STEP.match(first):
        steps = (match for line in lines if (match := _STEP.match(line)))
        return [ListItem(match[1], number) for number, match in enumerate(steps, start=1)]
    return [Paragraph(" ".join(lines))]
