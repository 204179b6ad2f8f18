"""What of a code is law and what only leads to it: front matter, lists of contents, finding aids, tables of titles."""

from functools import lru_cache

from index.documents.section_tree import SectionTree
from pinpoint.stored import StoredSection

_MOSTLY = 0.5
"""Share of the sections with a number of their own from which a document is a code. Set by hand; not measured."""


@lru_cache(maxsize=8)
def beside_the_law(contents: SectionTree) -> frozenset[int]:
    """Numbers of the headings of a code below which nothing has a number; none of a document that is no code.

    A heading within a numbered section, such as a part of an appendix, belongs to that section.
    """
    headed = [section for section in contents.sections[1:] if section.kind in ("heading", "provision")]
    numbered = [section for section in headed if _is_numbered(section)]
    if len(numbered) < len(headed) * _MOSTLY or not any(section.kind == "provision" for section in numbered):
        return frozenset()
    leading: set[int] = set()
    within: set[int] = set()
    for section in contents.sections[1:]:
        if section.parent in within or _is_numbered(section):
            within.add(section.number)
    for section in numbered:
        above = section
        while above.parent >= 0 and above.number not in leading:
            leading.add(above.number)
            above = contents.parent(above)
    return frozenset(
        section.number for section in headed if section.number not in leading and section.number not in within
    )


def _is_numbered(section: StoredSection) -> bool:
    return any(key.startswith("\u00a7") for key in section.keys)
