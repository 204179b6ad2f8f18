"""Sections without a counterpart whose words stand in the other version all the same, as part of another section."""

from collections import defaultdict
from collections.abc import Iterable, Mapping

import numpy as np

from changes.alignment.likeness import Likeness
from changes.alignment.version import Version

_CONTAINED = 0.6
"""Share of a section's words, by weight, that another must have. Set by hand; not measured."""
_LEAST_WORDS = 6
"""Words of the shortest section that is looked for in another. Set by hand; not measured."""
_FAR = 0.65
"""Factor of that share where the sections around are not assigned to each other. Set by hand; not measured."""
_STEPS = 3
"""Levels that are looked at around a section, itself among them. Set by hand; not measured."""

Two = tuple[int, int]


def merged(
    old: Version, new: Version, likeness: Likeness, sections: Mapping[int, int], near: Iterable[Two]
) -> dict[int, int]:
    """Old sections that are not assigned, with the new ones that have their words among others."""
    alone = {n for n in old.own if n not in sections and _is_long(old, n)}
    twos = {(old.paragraphs[one].section, new.paragraphs[other].section) for one, other in near}
    shares = _shares([two for two in twos if two[0] in alone], old, new, likeness, sections, 0)
    return _best({(one, other): share for (one, other), share in shares.items()})


def divided(
    old: Version, new: Version, likeness: Likeness, sections: Mapping[int, int], near: Iterable[Two]
) -> dict[int, int]:
    """New sections that are not assigned, with the old ones that had their words among others."""
    taken = set(sections.values())
    alone = {n for n in new.own if n not in taken and _is_long(new, n)}
    twos = {(old.paragraphs[one].section, new.paragraphs[other].section) for one, other in near}
    shares = _shares([two for two in twos if two[1] in alone], old, new, likeness, sections, 1)
    return _best({(other, one): share for (one, other), share in shares.items()})


def raised(
    old: Version, new: Version, sections: Mapping[int, int], parts: Mapping[int, int]
) -> tuple[dict[int, int], dict[int, int]]:
    """What is assigned, and what was divided, with each divided section assigned to the one that has all its parts.

    Args:
        old: The old version.
        new: The new one.
        sections: Old sections with new ones.
        parts: New sections with the old ones that they were parts of.
    """
    found, of = dict(sections), dict(parts)
    taken = set(found.values())
    for one in [one for one in found if one and old.is_paragraph(one)]:
        while True:
            other = found[one]
            above = new.sections[other].parent
            beside = [n for n in new.children[above] if n != other and of.get(n) == one]
            if above <= 0 or above in taken or not (beside or of.get(above) == one):
                break
            of.pop(above, None)
            of[other], found[one] = one, above
            taken = taken - {other} | {above}
    return found, of


def _is_long(version: Version, section: int) -> bool:
    return sum(len(version.paragraphs[number].words) for number in version.own[section]) >= _LEAST_WORDS


def _shares(
    twos: list[Two], old: Version, new: Version, likeness: Likeness, sections: Mapping[int, int], side: int
) -> dict[Two, float]:
    """Share of the words of the one that the other has, for an old and a new section; less for one far away."""
    if not twos:
        return {}
    ones, others = (np.array([two[number] for two in twos], dtype=np.int64) for number in (0, 1))
    shares = likeness.contained((old, new), ones, others)[side].tolist()
    return {
        two: share if _near(old, new, two, sections) else share * _FAR for two, share in zip(twos, shares, strict=True)
    }


def _near(old: Version, new: Version, two: Two, sections: Mapping[int, int]) -> bool:
    """Tell whether the two, or sections a few levels above them, are assigned to each other."""
    above = new.line(two[1])[:_STEPS]
    return any(sections.get(section) in above for section in old.line(two[0])[:_STEPS])


def _best(shares: Mapping[Two, float]) -> dict[int, int]:
    """For each section that stands alone, the one of the other version that has most of its words."""
    found: dict[int, list[tuple[float, int]]] = defaultdict(list)
    for (alone, other), share in shares.items():
        if share >= _CONTAINED:
            found[alone].append((share, -other))
    return {alone: -max(best)[1] for alone, best in found.items()}
