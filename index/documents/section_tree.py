"""The sections of one document as a tree that is walked without reading it again."""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from operator import attrgetter
from typing import Protocol

from pinpoint.stored import StoredSection

_START = attrgetter("start")


class Node(Protocol):
    """A node of a tree of spans."""

    @property
    def parent(self) -> int:
        """Number of the node above, -1 at the top."""

    @property
    def start(self) -> int:
        """First character."""

    @property
    def end(self) -> int:
        """First character behind it and its parts."""


class SpanTree:
    """Nested spans in text order, parents before children, by their numbers from 0; the first holds all others."""

    def __init__(self, nodes: Sequence[Node]) -> None:
        """Take all nodes; ``nodes[i]`` is number i."""
        self._nodes = nodes
        self._children: dict[int, list[int]] = {}
        self._depths: list[int] = []
        for number, node in enumerate(nodes):
            self._children.setdefault(node.parent, []).append(number)
            self._depths.append(self._depths[node.parent] + 1 if node.parent >= 0 else 0)

    def children(self, number: int) -> Sequence[int]:
        """The nodes directly below, in order."""
        return self._children.get(number, ())

    def depth(self, number: int) -> int:
        """The number of nodes above."""
        return self._depths[number]

    def deepest(self, start: int, end: int) -> int:
        """The deepest node that holds a span; the first node when no other does."""
        number = max(bisect_right(self._nodes, start, key=_START) - 1, 0)
        while self._nodes[number].end < end and self._nodes[number].parent >= 0:
            number = self._nodes[number].parent
        return number


class SectionTree:
    """The sections of a document in text order, parents before children."""

    def __init__(self, sections: Sequence[StoredSection]) -> None:
        """Take all sections of one document; ``sections[i].number`` is i."""
        self.sections = tuple(sections)
        self._tree = SpanTree(self.sections)
        self._named: dict[str, list[StoredSection]] = {}
        for section in self.sections:
            for name in dict.fromkeys((section.citation, *section.keys)):
                self._named.setdefault(name, []).append(section)

    @property
    def root(self) -> StoredSection:
        """The whole document."""
        return self.sections[0]

    def children(self, section: StoredSection) -> tuple[StoredSection, ...]:
        """The sections directly below, in order."""
        return tuple(self.sections[number] for number in self._tree.children(section.number))

    def descendants(self, section: StoredSection) -> list[StoredSection]:
        """A section and everything below it, in text order."""
        return [section, *(below for child in self.children(section) for below in self.descendants(child))]

    def depth(self, section: StoredSection) -> int:
        """The number of sections above."""
        return self._tree.depth(section.number)

    def parent(self, section: StoredSection) -> StoredSection:
        """The section directly above; the whole document is its own."""
        return self.sections[max(section.parent, 0)]

    def line(self, section: StoredSection) -> tuple[StoredSection, ...]:
        """The sections from the whole document down to this one."""
        above = [section]
        while above[-1].parent >= 0:
            above.append(self.sections[above[-1].parent])
        return tuple(reversed(above))

    def enclosing(self, section: StoredSection) -> StoredSection:
        """The section of the code, or the chapter, that a provision belongs to; itself when it is one."""
        while section.kind != "heading" and section.parent > 0:
            section = self.sections[section.parent]
        return section

    def named(self, name: str) -> Sequence[StoredSection]:
        """The sections that bear a cited form or a normalised citation, in order; usually one."""
        return self._named.get(name, ())

    def first_of_name(self, section: StoredSection) -> bool:
        """Tell whether the cited form of a section leads to it, not to an earlier one of the same name."""
        return self._named[section.citation][0].number == section.number

    def deepest(self, start: int, end: int) -> StoredSection:
        """The deepest section that holds a span; the whole document when no part does."""
        return self.sections[self._tree.deepest(start, end)]

    def starting(self, start: int, end: int) -> Sequence[StoredSection]:
        """The sections that start within a span, in order; the whole document is never among them."""
        first = max(bisect_left(self.sections, start, key=_START), 1)
        return self.sections[first : max(bisect_left(self.sections, end, key=_START), first)]

    def after(self, section: StoredSection) -> StoredSection | None:
        """The first section behind this one and its parts; None at the end of the document."""
        for number in range(section.number + 1, len(self.sections)):
            if self._tree.depth(number) <= self._tree.depth(section.number):
                return self.sections[number]
        return None

    def before(self, section: StoredSection) -> StoredSection | None:
        """The section before this one of the same parent, else the parent; None for the whole document."""
        if section.parent < 0:
            return None
        beside = self._tree.children(section.parent)
        position = bisect_left(beside, section.number)
        return self.sections[beside[position - 1] if position else section.parent]

    def titled(self, words: str, limit: int) -> tuple[StoredSection, ...]:
        """The first sections whose citation or heading holds every one of some words, in text order."""
        sought = words.casefold().split()
        found: list[StoredSection] = []
        for section in self.sections[1:]:
            name = f"{section.citation} {section.heading}".casefold()
            if sought and all(word in name for word in sought):
                found.append(section)
                if len(found) == limit:
                    break
        return tuple(found)
