"""Sections of two versions assigned to each other by the paragraphs of theirs that are alike (Falleri et al. 2014)."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from itertools import product

import numpy as np

from changes.alignment.assignment import assigned
from changes.alignment.likeness import Likeness
from changes.alignment.version import Version
from pinpoint.stopping import stop_if_asked

_OWN = 0.5
"""Part of a section's score that its own text makes, beside that of all below it. Set by hand; not measured."""
_BELOW = 0.8
"""The same of all below it where its own text went elsewhere. Set by hand; not measured."""
_SAME_ADDRESS, _SAME_HEADING = 0.1, 0.25
"""Added for the same address, and for the same heading. Set by hand; not measured."""
_LEAST = 0.3
"""Least score of two sections at different addresses, as of two paragraphs (``index.documents.crosswalk``)."""

_SAME_TITLE = 0.5
"""Added for the same heading but for its number, of two or more words. Set by hand; not measured."""
_SURE = 0.6
"""Score from which two sections are counterparts, whatever their titles say. Set by hand; not measured."""
_FEW = 3
"""Sections that may have one title, such as a table on three pages. Set by hand; not measured."""
_ALIKE = 0.9
"""Share of their words that two titles must have in common to be one. Set by hand; not measured."""
_MOST_TITLES = 40_000
"""Titles of both versions, multiplied, up to which nearly the same ones are looked for; it bounds the time."""
_LEAST_OWN = 0.12
"""The same where paragraphs of their own text are assigned to each other, as in ``changes.alignment.align``."""
_LARGER = 12
"""Weight of the words of a section over that of one that may be the same divided. Set by hand; not measured."""
_STEPS = 3
"""Levels above a paragraph that may be one paragraph of the other version. Set by hand; not measured."""

Two = tuple[int, int]


def assigned_sections(
    old: Version, new: Version, likeness: Likeness, paragraphs: Mapping[int, int], near: Iterable[Two]
) -> dict[int, int]:
    """Old sections with the new ones that have their text.

    Args:
        old: The old version.
        new: The new one.
        likeness: Of their paragraphs.
        paragraphs: Those that are assigned to each other.
        near: Those that are alike.
    """
    below: dict[Two, float] = defaultdict(float)
    own: dict[Two, float] = defaultdict(float)
    ones, others = np.array([*paragraphs], dtype=np.int64), np.array([*paragraphs.values()], dtype=np.int64)
    common = likeness.shared(ones, others).tolist() if len(ones) else []
    for one, other, weight in zip(paragraphs, paragraphs.values(), common, strict=True):
        stop_if_asked()
        mine, theirs = old.paragraphs[one].section, new.paragraphs[other].section
        own[mine, theirs] += weight
        for upper in old.line(mine):
            for upper_new in new.line(theirs):
                below[upper, upper_new] += weight
    all_old, own_old = _masses(old, likeness.old_mass.tolist())
    all_new, own_new = _masses(new, likeness.new_mass.tolist())
    scores: dict[Two, float] = {}
    for (mine, theirs), weight in below.items():
        whole = 2 * weight / max(all_old[mine] + all_new[theirs], 1e-9)
        apart = 2 * own[mine, theirs] / max(own_old[mine] + own_new[theirs], 1e-9)
        score = max((1 - _OWN) * whole + _OWN * apart, _BELOW * whole)
        if score >= (_LEAST_OWN if own[mine, theirs] else _LEAST):
            scores[mine, theirs] = score
    for two, score in _divided(old, new, likeness, near).items():
        scores[two] = max(scores.get(two, 0.0), _BELOW * score)
    for two in _titled(old, new):
        scores[two] = scores.get(two, 0.0) + _SAME_TITLE
    for two in _others(old, new, scores):
        del scores[two]
    for mine, theirs in scores:
        scores[mine, theirs] += _SAME_ADDRESS * (old.addresses[mine] == new.addresses[theirs])
        scores[mine, theirs] += _SAME_HEADING * (old.heading(mine) == new.heading(theirs) != "")
    found = {0: 0} | assigned(scores, 0.0)
    return found | _as_they_were(old, new, found)


def _as_they_were(old: Version, new: Version, found: Mapping[int, int]) -> dict[int, int]:
    """Sections that are not assigned and have the same text at the same address, such as a label alone."""
    taken = set(found.values())
    free = {address: n for n, address in enumerate(new.addresses) if n not in taken}
    return {
        n: free[address]
        for n, address in enumerate(old.addresses)
        if n not in found and address in free and old.own_text(n) == new.own_text(free[address])
    }


def _divided(old: Version, new: Version, likeness: Likeness, near: Iterable[Two]) -> dict[Two, float]:
    """Sections that are one paragraph in one version and several in the other, with their likeness."""
    twos: set[Two] = set()
    for one, other in near:
        stop_if_asked()
        mine, theirs = old.paragraphs[one].section, new.paragraphs[other].section
        if old.is_paragraph(mine):
            twos.update((mine, upper) for upper in new.line(theirs)[:_STEPS] if not new.is_paragraph(upper))
        if new.is_paragraph(theirs):
            twos.update((upper, theirs) for upper in old.line(mine)[:_STEPS] if not old.is_paragraph(upper))
    all_old, all_new = _masses(old, likeness.old_mass.tolist())[0], _masses(new, likeness.new_mass.tolist())[0]
    # What is much larger cannot be alike, and most of the pairs are of that kind.
    listed = sorted(
        (one, other)
        for one, other in twos
        if max(all_old[one], all_new[other]) <= _LARGER * min(all_old[one], all_new[other])
    )
    ones, others = (np.array([two[side] for two in listed], dtype=np.int64) for side in (0, 1))
    alike = likeness.whole((old, new), ones, others).tolist() if listed else []
    return {two: score for two, score in zip(listed, alike, strict=True) if score >= _LEAST}


def _titled(old: Version, new: Version) -> Iterator[Two]:
    """Sections with one title, whatever their number and their text; only titles that few sections have."""
    olds, news = _by_title(old), _by_title(new)
    for title, sections in olds.items():
        stop_if_asked()
        found = news.get(title, ())
        if not found and len(olds) * len(news) <= _MOST_TITLES:
            nearest = max(news, key=lambda other: _alike(title, other), default="")
            found = news.get(nearest, ()) if _alike(title, nearest) >= _ALIKE else ()
        if len(sections) <= _FEW and len(found) <= _FEW:
            yield from product(sections, found)


def _by_title(version: Version) -> dict[str, list[int]]:
    found: dict[str, list[int]] = defaultdict(list)
    for section in version.sections[1:]:
        title = version.title(section.number)
        if title and section.kind == "heading":
            found[title].append(section.number)
    return found


def _alike(title: str, other: str) -> float:
    """Share of their words that two titles have in common (Dice 1945)."""
    one, two = set(title.split()), set(other.split())
    return 2 * len(one & two) / max(len(one) + len(two), 1)


def _others(old: Version, new: Version, scores: Mapping[Two, float]) -> list[Two]:
    """Sections that are no counterparts, though some of their text is alike: the title of each is in both versions."""
    both = _by_title(old).keys() & _by_title(new).keys()
    return [
        (one, other)
        for (one, other), score in scores.items()
        if score < _SURE and old.title(one) != new.title(other) and {old.title(one), new.title(other)} <= both
    ]


def _masses(version: Version, paragraphs: list[float]) -> tuple[Mapping[int, float], Mapping[int, float]]:
    """Weight of the words of each section with all below it, and of its own text."""
    whole: dict[int, float] = defaultdict(float)
    own: dict[int, float] = defaultdict(float)
    for number, paragraph in enumerate(version.paragraphs):
        own[paragraph.section] += paragraphs[number]
        for section in (paragraph.section, *version.line(paragraph.section)[1:]):
            whole[section] += paragraphs[number]
    return whole, own
