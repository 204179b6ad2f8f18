"""Levels of paragraphs: what a designator is as it stands, what it is once it is nested, what stands below what."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

from ingest.structure.marks import MarkKind

Numbering = Mapping[str, tuple[str, ...]]
"""Which kinds of numbering usually stand right below each kind; "" is the top."""

REGULATION: Numbering = {
    "": ("a", "1"), "a": ("1",), "1": ("i",), "i": ("A",), "A": ("1",), "term": ("1", "i", "a"),
    "inset": ("a", "1", "i", "A", "I", "aa"),
}  # fmt: skip
STATUTE: Numbering = {
    "": ("a", "1"), "a": ("1",), "1": ("A",), "A": ("i",), "i": ("I",), "I": ("aa",), "aa": ("AA",),
    "term": ("1", "A", "i"), "inset": ("a", "1", "i", "A", "I", "aa"),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Mark:
    """A designator as it stands in the text.

    Attributes:
        token: As printed, without parentheses; the term itself for a definition.
        kind: ``leading`` opens a block, ``line`` a short one as in a list of contents, ``doubtful`` one that may as
            well go on with a sentence, ``joined`` follows another at once, a ``run-in`` one stands inside a block
            (a strong one behind a caption), ``range`` ends "(c)–(e) [Reserved]", ``term`` is a definition,
            ``inset`` an example or a note.
        block: Which block it stands in; run-in paragraphs continue their own block.
    """

    token: str
    kind: MarkKind = "leading"
    block: int = 0


class Level(NamedTuple):
    """An open level: its numbering, how far it got, what is printed, where, and how many there are.

    A named tuple, since ways of nesting are told apart by their levels: it is made and hashed much faster.

    ``times`` counts how often the list has begun; ``lines`` says that all of it so far are lines of a list of
    contents, ``implied`` that its paragraph is not printed.
    """

    kind: str
    ordinal: tuple[int, int]
    token: str
    block: int
    length: int = 1
    times: int = 1
    lines: bool = False
    implied: bool = False
