"""Cited forms of paragraphs, and where their words stand in a text that was read."""

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence

from benchmarks.addresses.paragraphs import Law, Paragraph
from pinpoint.stored import StoredSection

_NOTE_MARK = re.compile(r"\[\d{1,3}\]|[\u2070\u00b9\u00b2\u00b3\u2074-\u2079]+")
"""Reference to a footnote, or an exponent."""


def citation(law: Law, paragraph: Paragraph) -> str:
    """The cited form of a paragraph, "" outside of sections."""
    if not paragraph.section:
        return ""
    path = "".join(f"({designator})" for designator in paragraph.path)
    if law.code == "Act":
        return f", sec. {paragraph.section}{path}"
    return f"{law.code} {paragraph.section}{path}"


def vague_sections(law: Law) -> set[str]:
    """Sections in which the file gives one address to several paragraphs, such as definitions each with its (a)."""
    count = Counter((p.section, p.path) for p in law.paragraphs if p.kind in ("section", "paragraph") and p.path)
    return {section for (section, _), number in count.items() if number > 1}


def section_of(cited: str) -> str:
    """Number of the section of a cited form, without code and paragraphs."""
    return re.sub(r"\([^)]*\)", "", cited).rpartition(" ")[2]


def is_of(law: Law, cited: str) -> bool:
    """Tell whether a cited form is one of a section of the law, no appendix, note or division."""
    return ", sec. " in cited if law.code == "Act" else cited.startswith(f"{law.code} ") and " note" not in cited


def deepest(sections: Sequence[StoredSection], starts: Sequence[int], start: int, end: int) -> str:
    """Cited form of the deepest section, footnotes aside, that holds the beginning of a paragraph."""
    row = bisect_right(starts, start) - 1
    while row > 0:
        section = sections[row]
        if section.start <= start and end < section.end and section.kind in ("provision", "heading", "document"):
            return section.citation
        row = section.parent if section.start <= start < section.end else row - 1
    return sections[0].citation if sections else ""


def squash(text: str) -> tuple[str, list[int]]:
    """Letters, digits and parentheses of a text in lower case, note marks left out; with the position of each."""
    marks = [range(*mark.span()) for mark in _NOTE_MARK.finditer(text)]
    noted = {position for mark in marks for position in mark}
    found = [(c.lower(), n) for n, c in enumerate(text) if (c.isalnum() or c in "()") and n not in noted]
    return "".join(c[0] for c, _ in found), [n for _, n in found]
