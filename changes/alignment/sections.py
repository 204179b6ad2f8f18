"""Sections of two versions assigned to each other by the paragraphs of theirs that are alike (Falleri et al. 2014)."""

from collections import defaultdict
from collections.abc import Iterable, Mapping

from changes.alignment.assignment import assigned
from changes.alignment.version import Version, label_of
from index.query.analyzer import fold

_OWN = 0.5
"""Part of a section's score that its own text makes, beside that of all below it. Set by hand; not measured."""
_SAME_ADDRESS, _SAME_HEADING = 0.1, 0.1
"""Added for the same address, and for the same heading. Set by hand; not measured."""
_LEAST = 0.3
"""Least score of two sections at different addresses, as of two paragraphs (``index.documents.crosswalk``)."""

Two = tuple[int, int]
Match = tuple[int, int, float]
"""An old and a new paragraph with the weight of what they have in common."""


def assigned_sections(
    old: Version, new: Version, masses: tuple[list[float], list[float]], matches: Iterable[Match]
) -> dict[int, int]:
    """Old sections with the new ones that have their text.

    Args:
        old: The old version.
        new: The new one.
        masses: Weight of the words of each old and each new paragraph.
        matches: The paragraphs that are assigned to each other.
    """
    below: dict[Two, float] = defaultdict(float)
    own: dict[Two, float] = defaultdict(float)
    for one, other, common in matches:
        mine, theirs = old.paragraphs[one].section, new.paragraphs[other].section
        own[mine, theirs] += common
        for upper in old.line(mine):
            for upper_new in new.line(theirs):
                below[upper, upper_new] += common
    all_old, own_old = _masses(old, masses[0])
    all_new, own_new = _masses(new, masses[1])
    scores: dict[Two, float] = {}
    for (mine, theirs), common in below.items():
        whole = 2 * common / max(all_old[mine] + all_new[theirs], 1e-9)
        apart = 2 * own[mine, theirs] / max(own_old[mine] + own_new[theirs], 1e-9)
        score = (1 - _OWN) * whole + _OWN * apart
        score += _SAME_ADDRESS * (old.addresses[mine] == new.addresses[theirs])
        score += _SAME_HEADING * (heading_of(old, mine) == heading_of(new, theirs) != "")
        scores[mine, theirs] = score
    found = assigned(scores, _LEAST)
    found[0] = 0
    return found


def heading_of(version: Version, section: int) -> str:
    """The heading of a section in small letters without its label and its last mark; "" for a label alone."""
    heading = version.sections[section].heading
    return fold(heading[len(label_of(heading)) :]).lower().strip(" .-") if label_of(heading) else fold(heading).lower()


def _masses(version: Version, paragraphs: list[float]) -> tuple[Mapping[int, float], Mapping[int, float]]:
    """Weight of the words of each section with all below it, and of its own text."""
    whole: dict[int, float] = defaultdict(float)
    own: dict[int, float] = defaultdict(float)
    for number, paragraph in enumerate(version.paragraphs):
        own[paragraph.section] += paragraphs[number]
        for section in (paragraph.section, *version.line(paragraph.section)[1:]):
            whole[section] += paragraphs[number]
    return whole, own
