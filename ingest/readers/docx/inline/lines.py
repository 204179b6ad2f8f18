"""Lines: text that was put together from runs, cleaned once, with what was struck out of it."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter

from ingest.cleaning import clean_characters
from ingest.readers.docx.inline.looks import SEEN, STRUCK
from ingest.records import Fragment, RawBlock
from pinpoint.records import BlockKind

Part = tuple[str, str]
"""Why a part of a line is not in the text ("" for what is), and its characters."""


@dataclass(frozen=True, slots=True)
class Line:
    """Text of a paragraph or of a row.

    Attributes:
        struck: Words struck out, each with the character of the text before which they stand.
    """

    text: str
    struck: tuple[tuple[int, str], ...] = ()


def finish(parts: Iterable[Part], repairs: Counter[str], unseen: Counter[str]) -> Line:
    """Put the parts of a line together.

    Args:
        parts: In reading order; where a run ends says nothing of words.
        repairs: Repairs by name; this call adds its own.
        unseen: Words left out by reason; this call adds its own, but not those struck out.
    """
    shown: list[str] = []
    struck: list[tuple[int, str]] = []
    length, blank = 0, True  # no blank is wanted where one stands, nor at the beginning
    for state, group in groupby(parts, key=itemgetter(0)):
        text = clean_characters("".join(part for _, part in group), repairs).replace("\u00ad", "")
        words = text.split()
        if state == SEEN:
            if not text:
                continue
            joined = " ".join(words)
            joined = f"{' ' * (text[0].isspace() and not blank)}{joined}{' ' * (bool(words) and text[-1].isspace())}"
            shown.append(joined)
            length += len(joined)
            blank = blank if not joined else joined.endswith(" ")
        elif words and state == STRUCK:
            struck.append((length, " ".join(words)))
        else:
            unseen[state] += len(words)
    complete = "".join(shown).rstrip(" ")
    return Line(complete, tuple((min(offset, len(complete)), words) for offset, words in struck))


def join(lines: Sequence[Line], separator: str) -> Line:
    """Lines as one, with what was struck out at its new position."""
    struck: list[tuple[int, str]] = []
    offset = 0
    for line in lines:
        struck += [(offset + at, words) for at, words in line.struck]
        offset += len(line.text) + len(separator)
    text = separator.join(line.text for line in lines)
    return Line(text, tuple((min(at, len(text)), words) for at, words in struck))


def block(kind: BlockKind, line: Line, level: int = 0, marker: str = "") -> RawBlock:
    """A line as a block."""
    return RawBlock(kind, (Fragment(line.text),), level, marker, struck=line.struck)


def settled(blocks: Iterable[RawBlock]) -> tuple[RawBlock, ...]:
    """Blocks that have text; words struck out of one that has none stand at the end of the block before it.

    A footnote is no block before: it moves to the end of its section.
    """
    done: list[RawBlock] = []
    first: tuple[tuple[int, str], ...] = ()
    holder = -1
    for one in blocks:
        if one.text:
            done.append(_with_struck(one, (*first, *one.struck)) if first else one)
            first = ()
            holder = len(done) - 1 if one.kind != "footnote" else holder
        elif holder >= 0:
            end = len(done[holder].text)
            added = tuple((end, words) for _, words in one.struck)
            done[holder] = _with_struck(done[holder], (*done[holder].struck, *added))
        else:
            first += tuple((0, words) for _, words in one.struck)
    return tuple(done)


def _with_struck(one: RawBlock, struck: tuple[tuple[int, str], ...]) -> RawBlock:
    return RawBlock(one.kind, one.fragments, one.level, one.marker, one.stated, struck)
