"""Sections without a counterpart whose words stand in the other version all the same, as part of another section."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

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
    back = {other: one for one, other in sections.items()}
    twos = {(old.paragraphs[one].section, new.paragraphs[other].section) for one, other in near}
    listed = sorted(two for two in twos if two[0] in alone)
    shares = _shares(listed, (old, new), likeness, [back.get(other, -1) for _, other in listed], 0)
    found = _best({two: share * _nearness(old, new, two, sections) for two, share in shares.items()})
    return {**_continued(old, new, sections), **found}


def divided(
    old: Version, new: Version, likeness: Likeness, sections: Mapping[int, int], near: Iterable[Two]
) -> dict[int, int]:
    """New sections that are not assigned, with the old ones that had their words among others."""
    back = {other: one for one, other in sections.items()}
    alone = {n for n in new.own if n not in back and _is_long(new, n)}
    twos = {(old.paragraphs[one].section, new.paragraphs[other].section) for one, other in near}
    listed = sorted((other, one) for one, other in twos if other in alone)
    shares = _shares(listed, (old, new), likeness, [sections.get(one, -1) for _, one in listed], 1)
    found = _best(
        {(other, one): share * _nearness(old, new, (one, other), sections) for (other, one), share in shares.items()}
    )
    return {**_continued(new, old, back), **found}


def _continued(mine: Version, theirs: Version, sections: Mapping[int, int]) -> dict[int, int]:
    """Sections that go on with one of the same title, such as a table on the next page, with where that one went."""
    titles = {mine.title(one): other for one, other in sections.items() if mine.sections[one].kind == "heading"}
    return {
        section.number: titles[title]
        for section in mine.sections
        if section.number not in sections
        and section.kind == "heading"
        and (title := mine.title(section.number))
        and title in titles
        and theirs.title(titles[title]) == title
    }


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
    twos: Sequence[Two], versions: tuple[Version, Version], likeness: Likeness, counterparts: Sequence[int], side: int
) -> dict[Two, float]:
    """Share of the words of the first that the second has, and its counterpart has not."""
    if not twos:
        return {}
    threes = [(one, other, known) for (one, other), known in zip(twos, counterparts, strict=True)]
    return dict(zip(twos, likeness.contained(versions, threes, side).tolist(), strict=True))


def _nearness(old: Version, new: Version, two: Two, sections: Mapping[int, int]) -> float:
    return 1.0 if _near(old, new, two, sections) else _FAR


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
