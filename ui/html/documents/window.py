"""The span of a document that is shown around a chosen section: never more than a reader can take in."""

from collections.abc import Sequence
from dataclasses import dataclass

from index.documents.code_contents import beside_the_law
from index.documents.section_tree import SectionTree
from pinpoint.records import Block
from pinpoint.stored import StoredSection

LONGEST = 18_000
"""Characters shown at once, about 3,000 words; the last block may go beyond it. Set by hand; not measured."""
_LATE = 0.5
"""Share of the span behind which it may be cut at the end of a whole part. Set by hand; not measured."""
_MOST_PARTS = 200  # links to parts that follow; set by hand; not measured
_HEADING_ONLY = 200  # characters up to which a part counts as no more than a heading; set by hand; not measured


@dataclass(frozen=True, slots=True, kw_only=True)
class Window:
    """The part of a document that is shown; positions count in the document's text.

    Attributes:
        chosen: The section that was asked for.
        top: The section that is shown: the chosen one, or one above it that is short enough to be read whole.
        start: Half-open span of the text shown.
        end: See ``start``.
        parts: Sections of ``top`` that follow and are not shown, the uppermost of each.
        before: Span of its own text before what is shown, None as a rule.
        after: Span of its own text behind what is shown, None as a rule.
    """

    chosen: StoredSection
    top: StoredSection
    start: int
    end: int
    parts: tuple[StoredSection, ...] = ()
    before: tuple[int, int] | None = None
    after: tuple[int, int] | None = None


def window_of(
    contents: SectionTree, blocks: Sequence[Block], chosen: StoredSection, passage: tuple[int, int] | None
) -> Window:
    """The span to show for a section, so that it holds the passage that was asked for."""
    found = _window(contents, blocks, chosen, passage)
    if passage and not found.start <= passage[0] < found.end:
        return _window(contents, blocks, contents.deepest(*passage), passage)
    return found


def _window(
    contents: SectionTree, blocks: Sequence[Block], chosen: StoredSection, passage: tuple[int, int] | None
) -> Window:
    top = _top(contents, chosen)
    if top.end - top.start <= LONGEST:
        return Window(chosen=chosen, top=top, start=top.start, end=top.end)
    if top.parent < 0 and top.own_end == top.start:
        return Window(chosen=chosen, top=top, start=top.start, end=top.start, parts=_parts_of_document(contents))
    if top.own_end - top.start > LONGEST:
        return _own_text(contents, blocks, chosen, top, passage)
    end = _edge(contents, top)
    return Window(chosen=chosen, top=top, start=top.start, end=end, parts=_following(contents, top, end))


def _top(contents: SectionTree, chosen: StoredSection) -> StoredSection:
    """The section of the code or chapter that a paragraph belongs to, as far up as it can be read whole."""
    top = chosen
    while top.kind in ("provision", "definition") and top.parent > 0:
        above = contents.parent(top)
        if above.end - above.start > LONGEST:
            break
        top = above
    return top


def _edge(contents: SectionTree, top: StoredSection) -> int:
    """End of what is shown of a long section: before a part, as high as possible if that leaves enough to read."""
    starts = [part for part in contents.starting(top.start + 1, top.start + LONGEST + 1) if part.start >= top.own_end]
    late = [part for part in starts if part.start > top.start + LONGEST * _LATE]
    if not late:
        return max((part.start for part in starts), default=top.own_end)
    return min(late, key=lambda part: (contents.depth(part), -part.start)).start


def _parts_of_document(contents: SectionTree) -> tuple[StoredSection, ...]:
    """The uppermost parts of a document; those of its only part where that is no more than a heading.

    Of a code those that are law.
    """
    beside = beside_the_law(contents)

    def below(section: StoredSection) -> tuple[StoredSection, ...]:
        return tuple(part for part in contents.children(section) if part.number not in beside)

    parts = below(contents.root)
    while len(parts) == 1 and below(parts[0]) and parts[0].own_end - parts[0].start <= _HEADING_ONLY:
        parts = below(parts[0])
    return parts


def _following(contents: SectionTree, top: StoredSection, cut: int) -> tuple[StoredSection, ...]:
    """The parts of a section from a cut on, the uppermost of each."""
    inside = contents.starting(cut, top.end)
    part: StoredSection | None = inside[0] if inside else None
    found: list[StoredSection] = []
    while part is not None and part.start < top.end and len(found) < _MOST_PARTS:
        found.append(part)
        part = contents.after(part)
    return tuple(found)


def _own_text(
    contents: SectionTree,
    blocks: Sequence[Block],
    chosen: StoredSection,
    top: StoredSection,
    passage: tuple[int, int] | None,
) -> Window:
    """One window of a section whose own text, without any part, is too long to be shown at once."""
    windows: list[tuple[int, int]] = []
    start = last = top.start
    for block in blocks:
        if block.end <= top.start or block.start >= top.own_end:
            continue
        if block.end - start > LONGEST and last > start:
            windows.append((start, last))
            start = block.start
        last = min(block.end, top.own_end)
    windows.append((start, top.own_end))
    position = passage[0] if passage else top.start
    number = next((n for n, (a, b) in enumerate(windows) if a <= position < b), 0)
    before = windows[number - 1] if number else None
    after = windows[number + 1] if number + 1 < len(windows) else None
    start, end = windows[number]
    parts = () if after else _following(contents, top, top.own_end)
    return Window(chosen=chosen, top=top, start=start, end=end, parts=parts, before=before, after=after)
