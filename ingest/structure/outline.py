"""An outline under construction: sections are pushed in text order, each below those of smaller rank."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from ingest.records import SectionKind
from pinpoint.records import Block


@dataclass(slots=True)
class Entry:
    """A section under construction; a smaller rank stands higher in the tree.

    Attributes:
        start: Where it begins in the document's text.
        end: Where it ends although no other section begins there, -1 when the next one ends it; set by
            ``Outline.close``.
        parent: Number of its parent, -1 at the top; set by ``Outline.push``.
        depth: Number of ancestors; set by ``Outline.push``.
    """

    rank: int
    citation: str
    heading: str
    kind: SectionKind
    start: int
    parent: int = -1
    depth: int = 0
    end: int = -1


class Outline:
    """The sections so far, those that are still open, and warnings for the intake report."""

    def __init__(self, citation: str, title: str, indents: Mapping[int, float] | None = None) -> None:
        """Begin with the whole document.

        Args:
            citation: How it is cited.
            title: Its heading.
            indents: Left edge of each block in em, by where it starts; none where the file does not tell.
        """
        self.entries = [Entry(rank=0, citation=citation, heading=title, kind="document", start=0)]
        self.warnings: list[str] = []
        self.indents: Mapping[int, float] = indents or {}
        self._open = [0]

    def push(self, entry: Entry) -> None:
        """Close the sections that a new one ends, and open it below what stays open."""
        while len(self._open) > 1 and self.entries[self._open[-1]].rank >= entry.rank:
            self._open.pop()
        entry.parent, entry.depth = self._open[-1], len(self._open)
        self._open.append(len(self.entries))
        self.entries.append(entry)

    def close(self, rank: int, at: int) -> None:
        """End the open sections of a rank and of larger ones, so that what follows stands in the section above them.

        Args:
            rank: The smallest that ends.
            at: Character of the document's text at which they end.
        """
        while len(self._open) > 1 and self.entries[self._open[-1]].rank >= rank:
            self.entries[self._open.pop()].end = at

    def push_footnote(self, block: Block, *, rank: int, below: int) -> None:
        """Push a footnote of the innermost open section whose rank is smaller than ``below``."""
        citation = f"{self.above(below).citation} fn {block.marker}"
        heading = f"Footnote {block.marker}"
        self.push(Entry(rank=rank, citation=citation, heading=heading, kind="footnote", start=block.start))

    def above(self, rank: int) -> Entry:
        """The innermost open section of a smaller rank."""
        return next(self.entries[number] for number in reversed(self._open) if self.entries[number].rank < rank)

    @property
    def innermost(self) -> Entry:
        """The section that was pushed last."""
        return self.entries[self._open[-1]]


def one_line(text: str) -> str:
    """A heading in one line, without references to footnotes."""
    return " ".join(re.sub(r"\[\d{1,3}\]", "", text).split())
