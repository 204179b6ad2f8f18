"""Wrong choices of a card: provisions near by, plausible, and certainly not the one that is asked for.

A choice neither holds the text that is asked for nor is held by it, is no other address of it and no version of it, and
nothing that stands under its citation, in any document and of any day, is like it.
"""

import re
from collections.abc import Sequence
from datetime import date

from collection.quizzes.units import citation_of, unit
from collection.records import Excerpt
from index.documents.similarity import similarity
from index.search import HybridIndex
from pinpoint.records import Filters
from pinpoint.stored import StoredSection

ALIKE = 0.6
"""Likeness of two texts from which one may pass for the other (``index.documents.similarity``). Set by hand; not
measured."""
_AROUND = 40
"""Sections before and behind among which choices are sought. Set by hand; not measured."""
_PARTS = 40
"""Parts of a version that are compared with a text. Set by hand; not measured."""
_OTHER = re.compile(r"[\W\d_]+")


def wrong_choices(index: HybridIndex, answer: Excerpt, most: int) -> list[Excerpt]:
    """The texts of other provisions, the most plausible first: of the same level and section, then the nearest.

    Args:
        index: The documents in use.
        answer: The text that is right.
        most: How many are needed; fewer where there are none.
    """
    chosen: list[Excerpt] = []
    section = index.store.deepest(answer.span)
    its_versions = _versions(index, section)
    for other in _near(index, section):
        if len(chosen) == most:
            break
        found = unit(index, other.own_span)
        if (
            found is not None
            and found.section == other.citation
            and all(found.section != one.section and unlike(found.text, one.text) for one in chosen)
            and not _another_address(index, section, other)
            and unlike(answer.text, found.text)
            and not any(_has_text(index, version, answer.text) for version in _versions(index, other))
            and not any(_has_text(index, version, found.text) for version in its_versions)
        ):
            chosen.append(found)
    return chosen


def unlike(text: str, other: str) -> bool:
    """Tell whether neither of two texts holds the other, and they are not nearly the same."""
    one, two = _normalised(text), _normalised(other)
    return one not in two and two not in one and similarity(text, other) < ALIKE


def _near(index: HybridIndex, section: StoredSection) -> list[StoredSection]:
    """The provisions around a section, without what it is a part of and what is a part of it."""
    tree = index.store.tree(section.document_id)
    line = {one.number for one in (*tree.line(section), *tree.descendants(section))}
    around: Sequence[StoredSection] = tree.sections[max(section.number - _AROUND, 1) : section.number + _AROUND + 1]
    level, enclosing = section.citation.count("("), tree.enclosing(section).number
    found = [one for one in around if one.number not in line and citation_of(one) is not None]
    return sorted(
        found,
        key=lambda one: (
            one.citation.count("(") != level,
            tree.enclosing(one).number != enclosing,
            abs(one.number - section.number),
        ),
    )


def _another_address(index: HybridIndex, section: StoredSection, other: StoredSection) -> bool:
    """Tell whether two sections are one provision: by a parallel citation, or because one moved to the other."""
    moved = index.crosswalk.moved_to
    return (
        not set(section.keys).isdisjoint(other.keys)
        or section.citation in moved(other).split(" to ")
        or other.citation in moved(section).split(" to ")
    )


def _versions(index: HybridIndex, section: StoredSection) -> list[StoredSection]:
    """All that stands under the citation of a section, in any document and of any day."""
    named = citation_of(section)
    return [section, *(index.resolver.exactly(named, Filters(date.today(), any_date=True)) if named else ())]


def _has_text(index: HybridIndex, section: StoredSection, text: str) -> bool:
    """Tell whether a section, or a part of it, has a text or one that is nearly the same."""
    if _normalised(text) in _normalised(index.store.text(section.span)):
        return True
    parts = index.store.descendants(section)[:_PARTS]
    return any(similarity(text, index.store.own_text(part)) >= ALIKE for part in parts)


def _normalised(text: str) -> str:
    """The letters of a text; numbers are those of citations, which differ between copies."""
    return _OTHER.sub("", text).casefold()
