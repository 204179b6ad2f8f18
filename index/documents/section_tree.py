"""The table of contents of one document: its sections as a tree that is walked without reading it again."""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from operator import attrgetter

from pinpoint.records import StoredSection

_START = attrgetter("start")


class Contents:
    """The sections of a document in text order, parents before children."""

    def __init__(self, sections: Sequence[StoredSection]) -> None:
        """Take all sections of one document; ``sections[i].number`` is i."""
        self.sections = tuple(sections)
        self._children: dict[int, list[StoredSection]] = {}
        self._named: dict[str, list[StoredSection]] = {}
        self._depths: list[int] = []
        for section in self.sections:
            self._children.setdefault(section.parent, []).append(section)
            for name in dict.fromkeys((section.citation, *section.keys)):
                self._named.setdefault(name, []).append(section)
            self._depths.append(self._depths[section.parent] + 1 if section.parent >= 0 else 0)

    @property
    def root(self) -> StoredSection:
        """The whole document."""
        return self.sections[0]

    def children(self, section: StoredSection) -> Sequence[StoredSection]:
        """The sections directly below, in order."""
        return self._children.get(section.number, ())

    def depth(self, section: StoredSection) -> int:
        """How many sections stand above."""
        return self._depths[section.number]

    def parent(self, section: StoredSection) -> StoredSection:
        """The section directly above; the whole document is its own."""
        return self.sections[max(section.parent, 0)]

    def line(self, section: StoredSection) -> tuple[StoredSection, ...]:
        """The sections from the whole document down to this one."""
        above = [section]
        while above[-1].parent >= 0:
            above.append(self.sections[above[-1].parent])
        return tuple(reversed(above))

    def named(self, name: str) -> Sequence[StoredSection]:
        """The sections that bear a cited form or a normalised citation, in order; usually one."""
        return self._named.get(name, ())

    def first_of_name(self, section: StoredSection) -> bool:
        """Whether the cited form of a section leads to it, not to an earlier one of the same name."""
        return self._named[section.citation][0].number == section.number

    def finest(self, start: int, end: int) -> StoredSection:
        """The deepest section that holds a span; the whole document when no part does."""
        section = self.sections[max(bisect_right(self.sections, start, key=_START) - 1, 0)]
        while section.end < end and section.parent >= 0:
            section = self.sections[section.parent]
        return section

    def starting(self, start: int, end: int) -> Sequence[StoredSection]:
        """The sections that start within a span, in order; the whole document is never among them."""
        first = max(bisect_left(self.sections, start, key=_START), 1)
        return self.sections[first : max(bisect_left(self.sections, end, key=_START), first)]

    def after(self, section: StoredSection) -> StoredSection | None:
        """The first section behind this one and its parts; None at the end of the document."""
        for number in range(section.number + 1, len(self.sections)):
            if self._depths[number] <= self._depths[section.number]:
                return self.sections[number]
        return None

    def before(self, section: StoredSection) -> StoredSection | None:
        """The section before this one of the same parent, else the parent; None for the whole document."""
        if section.parent < 0:
            return None
        beside = self._children[section.parent]
        position = bisect_left(beside, section.number, key=attrgetter("number"))
        return beside[position - 1] if position else self.sections[section.parent]

    def titled(self, words: str, limit: int) -> tuple[StoredSection, ...]:
        """The first sections whose citation or heading holds every one of some words, in text order."""
        target = words.casefold().split()
        found: list[StoredSection] = []
        for section in self.sections[1:]:
            name = f"{section.citation} {section.heading}".casefold()
            if target and all(word in name for word in target):
                found.append(section)
                if len(found) == limit:
                    break
        return tuple(found)
