"""Blocks of the shown text: the section that each belongs to, and how far it is set in."""

from dataclasses import dataclass

from pinpoint.stored import StoredSection
from ui.html.documents.view import View

_DEEPEST = 6  # levels of indentation that theme.css has (``pp-in-6``)


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A block of the document as it is shown.

    Attributes:
        kind: As ``ingest.records.BlockKind``.
        start: Half-open span in the document's text, cut to what is shown.
        end: See ``start``.
        level: Nesting of a list item, 0 for everything else.
        section: The section that it belongs to: the deepest that starts in its first half, else the one around it.
        outer: The first section that starts in it, else the one around it; it says how far the part is set in.
        own: Whether ``section`` starts here.
    """

    kind: str
    start: int
    end: int
    level: int
    marker: str
    section: StoredSection
    outer: StoredSection
    own: bool


def parts_of(view: View) -> list[Part]:
    """The blocks of the shown span, cut to it, without the heading that stands above the text already."""
    start, end, top = view.window.start, view.window.end, view.window.top
    found = []
    for block in view.index.store.blocks(view.document.id):
        kind, begin, last = block.kind, max(block.start, start), min(block.end, end)
        if begin >= last:
            continue
        if kind == "heading" and begin == top.start and top.heading and top.kind == "heading":
            continue
        if view.text(begin, last).strip():
            section, outer, own = _owner(view, kind, begin, last)
            level = block.level if kind == "list_item" else 0
            found.append(
                Part(
                    kind=kind,
                    start=begin,
                    end=last,
                    level=level,
                    marker=block.marker,
                    section=section,
                    outer=outer,
                    own=own,
                )
            )
    return found


def indent_of(view: View, part: Part) -> int:
    """Levels by which a part is set in: by its paragraph below the shown section, and as a list item by its nesting."""
    top = view.window.top
    inner = [
        above for above in view.contents.line(part.outer) if above.kind == "provision" and above.number > top.number
    ]
    deeper = part.level if part.kind == "list_item" and not part.own else 0
    base = 1 if top.kind != "provision" and inner else 0
    return min(len(inner) - base + deeper, _DEEPEST)


def _owner(view: View, kind: str, start: int, end: int) -> tuple[StoredSection, StoredSection, bool]:
    middle = start + (end - start + 1) // 2
    starting = [
        section
        for section in view.contents.starting(start, max(middle, start + 1))
        if kind in ("heading", "footnote") or section.kind not in ("heading", "footnote")
    ]
    if starting:
        return starting[-1], starting[0], True
    deepest = view.contents.deepest(start, end)
    return deepest, deepest, False
