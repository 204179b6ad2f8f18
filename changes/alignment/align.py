"""Two versions of a document aligned: which paragraph and which section of the one is which of the other."""

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterator
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from changes.alignment.assignment import assigned
from changes.alignment.likeness import Likeness
from changes.alignment.parts import divided, merged, raised
from changes.alignment.sections import assigned_sections
from changes.alignment.version import Paragraph, Version
from pinpoint.stopping import stop_if_asked

_LEAST = 0.3
"""Least likeness of two paragraphs that count as versions of one another, as in ``index.documents.crosswalk``."""
_LEAST_TOGETHER = 0.12
"""The same for two whose sections stand at the same address. Set by hand; not measured."""
_SAME_HEADING = 0.25
"""Added for an equal caption, as in ``index.documents.similarity``."""
_SAME_ADDRESS, _NEIGHBOUR = 0.1, 0.05
"""Added where two paragraphs have one address, and where the one before or behind is assigned alike.

Set by hand; not measured.
"""
_SAME_ABOVE, _FURTHER = 0.4, 0.9
"""Added where the sections around are assigned to each other, and by what it shrinks for each step up to them.

Set by hand; not measured.
"""
_ROUNDS = 3
"""Times that paragraphs and sections are assigned in turn; more change nothing on the documents that were tried."""
_MOST = 900
"""Paragraphs of two sections, multiplied, that are all compared with each other. Set by hand; not measured."""
_TELLING = 6
"""Words of a paragraph that is told by its text alone where no other has it. Set by hand; not measured."""


Two = tuple[int, int]
"""Numbers of an old and a new paragraph."""


@dataclass(frozen=True, kw_only=True)
class Alignment:
    """Two versions of a document with what became of what.

    Attributes:
        sections: Numbers of old sections with those of the new ones that have their text.
        merged: Old sections without one of their own, with the new ones that have their words among others.
        divided: New sections without one of their own, with the old ones that had their words among others.
        paragraphs: The same of paragraphs.
    """

    old: Version
    new: Version
    sections: dict[int, int]
    merged: dict[int, int]
    divided: dict[int, int]
    paragraphs: dict[int, int]

    @cached_property
    def back(self) -> dict[int, int]:
        """New paragraphs with the old ones."""
        return {new: old for old, new in self.paragraphs.items()}


def align(old: Version, new: Version) -> Alignment:
    """Align two versions by their text, wherever it stands; addresses only help where the text leaves a choice."""
    likeness = Likeness(old.paragraphs, new.paragraphs)
    fixed = _fixed(old, new)
    taken = set(fixed.values())
    olds = np.array([n for n in range(len(old.paragraphs)) if n not in fixed], dtype=np.int64)
    news = np.array([n for n in range(len(new.paragraphs)) if n not in taken], dtype=np.int64)
    near = likeness.candidates(olds, news) | _at_one_address(old, new, set(olds.tolist()), set(news.tolist()))
    alike = _scored(old, new, likeness, near)
    paragraphs, sections = dict(fixed), {0: 0}
    for number in range(_ROUNDS):
        stop_if_asked()
        if number:
            alike |= _scored(
                old, new, likeness, _within(old, new, sections, set(olds.tolist()), set(news.tolist())) - alike.keys()
            )
        scores = {
            two: alike[two] + _context(old, new, two, sections, paragraphs)
            for two in alike
            if alike[two] >= (_LEAST_TOGETHER if _together(old, new, two, sections) else _LEAST)
        }
        paragraphs = fixed | assigned(scores, 0.0)
        sections = assigned_sections(old, new, likeness, paragraphs, alike)
    stop_if_asked()
    sections, parts = raised(old, new, sections, divided(old, new, likeness, sections, alike))
    return Alignment(
        old=old,
        new=new,
        sections=sections,
        merged=merged(old, new, likeness, sections, alike),
        divided=parts,
        paragraphs=paragraphs,
    )


def _fixed(old: Version, new: Version) -> dict[int, int]:
    """Paragraphs that are the same: with the same words at the same address, or nowhere else in either version."""
    fixed: dict[int, int] = {}
    here = _by(new, lambda paragraph: (new.addresses[paragraph.section], paragraph.words))
    for key, numbers in _by(old, lambda paragraph: (old.addresses[paragraph.section], paragraph.words)).items():
        fixed |= dict(zip(numbers, here.get(key, ()), strict=False))
    taken = set(fixed.values())
    anywhere = _by(new, lambda paragraph: paragraph.words if len(paragraph.words) >= _TELLING else ())
    for words, numbers in _by(old, lambda paragraph: paragraph.words).items():
        found = anywhere.get(words, ())
        if len(numbers) == len(found) == 1 and numbers[0] not in fixed and found[0] not in taken:
            fixed[numbers[0]] = found[0]
    return fixed


def _by(version: Version, key: Callable[[Paragraph], Hashable]) -> dict[Hashable, list[int]]:
    found: dict[Hashable, list[int]] = defaultdict(list)
    for number, paragraph in enumerate(version.paragraphs):
        if paragraph.words:
            found[key(paragraph)].append(number)
    return found


def _scored(old: Version, new: Version, likeness: Likeness, candidates: set[Two]) -> dict[Two, float]:
    """Candidates with their likeness, and more for the same heading of the sections that they begin."""
    listed = sorted(candidates)
    ones, others = (np.array([two[side] for two in listed], dtype=np.int64) for side in (0, 1))
    alike = likeness.alike(ones, others).tolist() if listed else []
    return {
        (one, other): score + _SAME_HEADING * (old.captions[one] == new.captions[other] != "")
        for (one, other), score in zip(listed, alike, strict=True)
    }


def _at_one_address(old: Version, new: Version, olds: set[int], news: set[int]) -> set[Two]:
    """Paragraphs of sections at the same address, however unlike."""
    numbers = {address: number for number, address in enumerate(new.addresses)}
    sections = [(n, numbers[address]) for n, address in enumerate(old.addresses) if address in numbers]
    return {two for one, other in sections for two in _all(old.own.get(one, []), new.own.get(other, []), olds, news)}


def _within(old: Version, new: Version, sections: dict[int, int], olds: set[int], news: set[int]) -> set[Two]:
    """Paragraphs of sections that are assigned to each other, and of those directly below."""
    below_old, below_new = _below(old), _below(new)
    found: set[Two] = set()
    for one, other in sections.items():
        found.update(_all(old.own.get(one, []), new.own.get(other, []), olds, news))
        if one:
            found.update(_all(below_old[one], below_new[other], olds, news))
    return found


def _all(ones: list[int], others: list[int], olds: set[int], news: set[int]) -> Iterator[Two]:
    if len(ones) * len(others) <= _MOST:
        yield from ((one, other) for one in ones if one in olds for other in others if other in news)


def _below(version: Version) -> dict[int, list[int]]:
    """The paragraphs of the sections directly below each section."""
    found: dict[int, list[int]] = defaultdict(list)
    for section, numbers in version.own.items():
        found[version.sections[section].parent] += numbers
    return found


def _together(old: Version, new: Version, two: Two, sections: dict[int, int]) -> bool:
    one, other = old.paragraphs[two[0]].section, new.paragraphs[two[1]].section
    if old.addresses[one] == new.addresses[other] or (one > 0 and sections.get(one) == other):
        return True
    above = old.sections[one].parent
    return above > 0 and sections.get(above) == new.sections[other].parent


def _context(old: Version, new: Version, two: Two, sections: dict[int, int], paragraphs: dict[int, int]) -> float:
    """What speaks for two paragraphs beside their text."""
    stop_if_asked()
    one, other = old.paragraphs[two[0]].section, new.paragraphs[two[1]].section
    score = _SAME_ADDRESS * (old.addresses[one] == new.addresses[other])
    above = {section: steps for steps, section in enumerate(new.line(other))}
    for steps, section in enumerate(old.line(one)):
        found = sections.get(section)
        # A paragraph that is a section by itself is no witness of where that section went.
        if found in above and not (steps == 0 and old.is_paragraph(one)):
            score += _SAME_ABOVE * _FURTHER ** (steps + above[found])
            break
    for step in (-1, 1):
        score += _NEIGHBOUR * (paragraphs.get(two[0] + step) == two[1] + step)
    return score
