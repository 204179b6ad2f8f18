"""Alignments held against the tables that were made by hand."""

import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from changes.alignment.align import Alignment, align
from changes.alignment.version import Version
from index.documents.store import DocumentStore

T_RULE = ("8cfr-214-11", "8cfr-214-subpart-c")
"""Ids of the two editions of the T rule."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """How many sections are recognised.

    Attributes:
        asked: Sections that went somewhere, by the table.
        said: Sections that are said to have gone somewhere.
        right: Those of both that are said to be where the table has them.
        wrong: What is otherwise, in a line each.
    """

    name: str
    asked: int
    said: int
    right: int
    wrong: tuple[str, ...] = ()

    @property
    def recall(self) -> float:
        """Share of the sections that went somewhere that are found there."""
        return self.right / self.asked if self.asked else 1.0

    @property
    def precision(self) -> float:
        """Share of what is said that is right."""
        return self.right / self.said if self.said else 1.0


def t_rule(store: DocumentStore) -> Score:
    """The provisions of 8 CFR 214.11 in its subpart C; the crosswalk of the manifest is not looked at."""
    truth: dict[str, list[str]] = _table("t_rule.toml")
    found = align(Version(store, T_RULE[0]), Version(store, T_RULE[1]))
    numbers = {section.citation: section.number for section in found.old.sections}
    asked = said = right = 0
    wrong = []
    for old, news in truth.items():
        got = _went(found, numbers[old])
        asked += "" not in news
        said += bool(got)
        right += bool(got) and got in news
        if got not in news:
            wrong.append(f"{old}: {got or 'removed'} instead of {' or '.join(news[:3]) or 'removed'}")
    return Score(name="8 CFR 214.11 to subpart C", asked=asked, said=said, right=right, wrong=tuple(wrong))


def editions(store: DocumentStore) -> list[Score]:
    """Each edition of a report against the next, by the subjects of their sections."""
    names = sorted(store.documents, key=lambda name: store.documents[name].title)
    return [_edition(store, old, new) for old, new in zip(names, names[1:], strict=False)]


def _edition(store: DocumentStore, old: str, new: str) -> Score:
    found = align(Version(store, old), Version(store, new))
    subjects = [(re.compile(pattern, re.IGNORECASE), said) for pattern, said in _table("editions.toml").items()]
    olds, news = (_subjects(version, subjects) for version in (found.old, found.new))
    asked = said = right = 0
    wrong = []
    for number, subject in olds.items():
        there = subject in news.values()
        got = found.sections.get(number, found.merged.get(number))
        asked += there
        said += got is not None
        fits = got is not None and news.get(got) == subject
        right += fits
        if there != fits:
            to = found.new.sections[got].heading if got is not None else "removed"
            wrong.append(f"{new}: {found.old.sections[number].heading[:60]}: {to[:60]}")
    return Score(name=f"{old} to {new}", asked=asked, said=said, right=right, wrong=tuple(wrong))


def _subjects(version: Version, subjects: Sequence[tuple[re.Pattern[str], str]]) -> dict[int, str]:
    found = {}
    for section in version.sections[1:]:
        subject = next((said for pattern, said in subjects if pattern.match(section.heading)), "")
        if subject:
            found[section.number] = subject
    return found


def _went(found: Alignment, old: int) -> str:
    new = found.sections.get(old, found.merged.get(old))
    return "" if new is None else found.new.sections[new].citation


def _table(name: str) -> dict[str, list[str]]:
    return tomllib.loads((Path(__file__).parent / name).read_text(encoding="utf-8"))
