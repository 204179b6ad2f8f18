"""The contents of a document as a tree of links, open along the path to what is read."""

import re
from collections.abc import Sequence
from datetime import date

from index.documents.code_contents import beside_the_law
from index.documents.section_tree import SectionTree
from index.search import HybridIndex
from pinpoint.records import Span
from pinpoint.stored import StoredSection
from pinpoint.text import escape, plural
from ui.html.documents.view import location_of
from ui.state.navigation import Location, location_link

_MOST_BESIDE = 60
"""Sections shown beside each other; around the open one where there are more. Set by hand; not measured."""
_MOST_FOUND = 40  # sections that a search in the contents lists; set by hand; not measured
_WORDS = 7  # first words shown behind a bare designator; set by hand; not measured
_DESIGNATOR = re.compile(r"\([^()\s]*\)")


def tree(index: HybridIndex, contents: SectionTree, chosen: StoredSection, as_of: date) -> str:
    """The contents as HTML: the sections on the path to the chosen one, those beside them, and its own parts."""
    path = _opened(contents, chosen)
    drawn = _branch(index, contents, contents.root, chosen, path, as_of)
    return (
        '<nav class="pp-tree" aria-label="Contents"><details class="pp-fold"><summary>Contents</summary>'
        f"{drawn}</details></nav>"
    )


def found(index: HybridIndex, contents: SectionTree, words: str, as_of: date) -> str:
    """The sections whose citation or heading holds some words, as HTML links."""
    sections = contents.titled(words, _MOST_FOUND + 1)
    if not sections:
        return f'<p class="pp-alert" role="alert">No heading or citation holds \u201c{escape(words)}\u201d.</p>'
    lines = "".join(
        f"<li>{location_link(location_of(index, section, as_of), full_name(section))}</li>"
        for section in sections[:_MOST_FOUND]
    )
    more = f"The first {_MOST_FOUND} are listed" if len(sections) > _MOST_FOUND else plural(len(sections), "section")
    return (
        f'<nav class="pp-tree" aria-label="Found in contents"><p class="pp-fact" role="status">{more} with '
        f"\u201c{escape(words)}\u201d.</p><ul>{lines}</ul></nav>"
    )


def breadcrumb(index: HybridIndex, contents: SectionTree, section: StoredSection, as_of: date) -> str:
    """The sections above one as a line of links, as HTML."""
    links = [location_link(Location(as_of=as_of), "All documents")]
    for above in contents.line(section)[:-1]:
        name = escape(name_of(above)) if above.number else "This document"
        links.append(location_link(location_of(index, above, as_of), name))
    items = "".join(f"<li>{link}</li>" for link in links)
    return f'<nav class="pp-trail" aria-label="Where this stands"><ol>{items}</ol></nav>'


def name_of(section: StoredSection) -> str:
    """Name of a section: its heading, else its citation."""
    return " ".join(section.heading.split()) or section.citation


def spelled(section: StoredSection) -> str:
    """Name of a section that stands alone: its citation where the heading is a mere designator."""
    return section.citation if _DESIGNATOR.fullmatch(section.heading) else name_of(section)


def full_name(section: StoredSection) -> str:
    """Citation and heading of a section as HTML, without what one repeats of the other."""
    name = spelled(section)
    if section.citation.endswith(name) or section.citation.split()[-1] in name.split():
        return escape(name)
    bracket, closed, caption = name.partition(") ")
    if closed and section.citation.endswith(f"{bracket})"):
        name = caption
    return f'<span class="pp-where">{escape(section.citation)}</span> {escape(name)}'


def _branch(
    index: HybridIndex, contents: SectionTree, above: StoredSection, chosen: StoredSection, path: set[int], as_of: date
) -> str:
    below, others = _listed(contents, above, path), _others(contents, above, path)
    if not below and not others:
        return ""
    first, last = _beside(below, path)
    lines = [_hidden(index, below[first - 1], first, "before", as_of)] if first else []
    for section in below[first:last]:
        current = ' aria-current="true"' if section.number == chosen.number else ""
        link = _link(index, section, as_of).replace("<a ", f"<a{current} ", 1)
        inner = _branch(index, contents, section, chosen, path, as_of) if section.number in path else ""
        if inner:
            name = escape(name_of(section))
            link += f'<details open><summary aria-label="Parts of {name}"></summary>{inner}</details>'
        more = " pp-more-below" if not inner and contents.children(section) else ""
        lines.append(f'<li class="pp-entry{more}">{link}</li>')
    if last < len(below):
        lines.append(_hidden(index, below[last], len(below) - last, "after", as_of))
    if others:
        links = "".join(f"<li>{_link(index, section, as_of)}</li>" for section in others)
        fold = f"<summary>Lists, tables and front matter ({len(others)})</summary><ul>{links}</ul>"
        lines.append(f'<li class="pp-entry"><details class="pp-beside">{fold}</details></li>')
    return f"<ul>{''.join(lines)}</ul>"


def _listed(contents: SectionTree, above: StoredSection, path: set[int]) -> Sequence[StoredSection]:
    """The parts of a section: of a code those that are law, and footnotes only where there is nothing else."""
    beside = beside_the_law(contents)
    below = [section for section in contents.children(above) if section.number not in beside or section.number in path]
    rest = [section for section in below if section.kind != "footnote" or section.number in path]
    return rest or below


def _others(contents: SectionTree, above: StoredSection, path: set[int]) -> list[StoredSection]:
    """The parts of a section of a code that are no law, and not read now; they can be reached, folded."""
    beside = beside_the_law(contents)
    return [section for section in contents.children(above) if section.number in beside and section.number not in path]


def _opened(contents: SectionTree, chosen: StoredSection) -> set[int]:
    """Numbers of the sections that are open: those down to the chosen one, and a part that is the only one."""
    path = {section.number for section in contents.line(chosen)}
    alone = chosen
    while len(below := _listed(contents, alone, path)) == 1:
        alone = below[0]
        path.add(alone.number)
    return path


def _beside(below: Sequence[StoredSection], path: set[int]) -> tuple[int, int]:
    """Half-open range of the sections beside each other that are shown."""
    if len(below) <= _MOST_BESIDE:
        return 0, len(below)
    current = next((number for number, section in enumerate(below) if section.number in path), 0)
    first = min(max(current - _MOST_BESIDE // 2, 0), len(below) - _MOST_BESIDE)
    return first, first + _MOST_BESIDE


def _hidden(index: HybridIndex, nearest: StoredSection, count: int, side: str, as_of: date) -> str:
    link = location_link(location_of(index, nearest, as_of), f"{count:,} more {side} these")
    return f'<li class="pp-entry pp-fact">{link}</li>'


def _link(index: HybridIndex, section: StoredSection, as_of: date) -> str:
    """A section as a link; behind a bare designator stand the first words of its text."""
    name = name_of(section)
    words = ""
    if _DESIGNATOR.fullmatch(section.heading):
        text = index.store.text(Span(section.document_id, section.start, min(section.start + 200, section.end)))
        opening = text.strip().removeprefix(section.heading).split()
        words = " ".join(opening[:_WORDS]) + (" \u2026" if len(opening) > _WORDS else "")
    shown = escape(name) + (f' <span class="pp-opening">{escape(words)}</span>' if words else "")
    return location_link(location_of(index, section, as_of), shown)
