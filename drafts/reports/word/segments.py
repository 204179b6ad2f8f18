"""Runs of a part cut where findings begin and end, so that a comment stands on their words alone."""

from collections.abc import Sequence
from copy import deepcopy
from dataclasses import dataclass

from drafts.reading.word.records import RunText
from ingest.readers.docx.markup import Element, w

_SPACE = "{http://www.w3.org/XML/1998/namespace}space"


@dataclass(slots=True)
class _Segment:
    start: int
    end: int
    run: Element | None
    node: Element | None
    offset: int


class Segments:
    """The runs of a part by the positions of its text."""

    def __init__(self, texts: Sequence[RunText]) -> None:
        self._segments: list[_Segment] = []
        at = 0
        for text in texts:
            self._segments.append(_Segment(at, at + len(text.text), text.run, text.node, text.offset))
            at += len(text.text)

    def cut(self, positions: set[int]) -> None:
        """Cut the runs at positions of the text, the last one first; between characters that cannot be parted not."""
        for position in sorted(positions, reverse=True):
            self._cut(position)

    def between(self, start: int, end: int) -> tuple[Element, Element] | None:
        """First and last run of a span; None where it stands in no run."""
        runs = [one.run for one in self._segments if one.run is not None and one.start < end and one.end > start]
        return (runs[0], runs[-1]) if runs else None

    def _cut(self, position: int) -> None:
        index = next((i for i, one in enumerate(self._segments) if one.start <= position < one.end), None)
        if index is None:
            return
        segment = self._segments[index]
        run, node = segment.run, segment.node
        if run is None or node is None or node.getparent() is not run:
            return
        if position > segment.start:
            if segment.offset < 0:
                return
            tail = self._divide(segment, position)
            self._segments.insert(index + 1, tail)
            index, node = index + 1, tail.node
        elif index == 0 or self._segments[index - 1].run is not run:
            return
        elif self._segments[index - 1].node is node:  # parted by a character that nobody sees
            tail = self._divide(self._segments[index - 1], position, segment)
            node = tail.node
        self._part(run, node, index)

    def _divide(self, segment: _Segment, position: int, following: _Segment | None = None) -> _Segment:
        """Divide a ``w:t`` in two in the same run; return the segment behind the cut."""
        node = segment.node
        assert node is not None  # noqa: S101 - the caller asked
        at = following.offset if following is not None else segment.offset + position - segment.start
        tail = deepcopy(node)
        text = node.text or ""
        node.text, tail.text = text[:at], text[at:]
        for one in (node, tail):
            one.set(_SPACE, "preserve")
        node.addnext(tail)
        for other in self._segments:  # what stood behind the cut in the same element
            if other.node is node and other.start >= position:
                other.node, other.offset = tail, other.offset - at
        if following is not None:
            return following
        made = _Segment(position, segment.end, segment.run, tail, 0)
        segment.end = position
        return made

    def _part(self, run: Element, node: Element, index: int) -> None:
        """Put a node of a run, and what stands behind it, into a run of its own behind that one."""
        made = run.makeelement(run.tag, dict(run.attrib))
        properties = run.find(w("rPr"))
        if properties is not None:
            made.append(deepcopy(properties))
        for moved in (node, *node.itersiblings()):
            made.append(moved)
        run.addnext(made)
        for segment in self._segments[index:]:
            if segment.run is run:
                segment.run = made
