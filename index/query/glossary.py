"""The abbreviations of a corpus: what each stands for, how often and where the documents say so."""

import re
import tomllib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from index.query.abbreviations import bare
from index.query.analyzer import fold, term_of, terms
from index.query.thesaurus import thesaurus_terms

ABBREVIATIONS = Path(__file__).with_name("abbreviations.toml")
STATES = Path(__file__).with_name("states.toml")
_MEANINGS = 3
"""Long forms of one abbreviation that are searched, the most widespread first. Set by hand; not measured."""
_CAPITALS = 2
"""Least capitals of what is certainly typed as an abbreviation."""
_LOUD = 3
"""Words from which on a query all in capitals is taken for loud, not for abbreviations. Set by hand; not measured."""
_LIKE_WORDS = 3
"""Characters up to which an abbreviation in small letters is a word or a name more often ("sec", "Ada"). Set by hand;
not measured."""
_TOWN = re.compile(r"[a-z],\s+$|\w,?\s+[A-Z][a-z]+\s+$")
"""What stands before the code of a state: a word and a comma, or a name that does not begin the text."""
_TYPED = re.compile(r"(?<![\w@])[A-Za-z][A-Za-z&./-]*[A-Za-z](?:\s+(?:of )?(?:19|20)\d{2}\b)?")
_INSIDE = re.compile(r"[/&.-]")
_WORD = re.compile(r"\w")


@dataclass(frozen=True, slots=True)
class Abbreviation:
    """An abbreviation with one of its long forms.

    Attributes:
        count: How often the documents say so; 0 for one of the general list.
        documents: Ids of the documents that say so.
        stated: Rows of the passages that say so.
        defining: Rows of the passages that go on to say what it means.
    """

    short: str
    long: str
    count: int = 0
    documents: tuple[str, ...] = ()
    stated: tuple[int, ...] = ()
    defining: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Typed:
    """An abbreviation in a query.

    Attributes:
        short: As the documents write it.
        terms: What was typed, in terms.
        meanings: Its long forms, the most widespread first.
    """

    short: str
    terms: tuple[str, ...]
    meanings: tuple[Abbreviation, ...]


class Glossary:
    """Look-up of abbreviations, those of the documents before those of the general list."""

    def __init__(self, own: Sequence[Abbreviation], is_word: Callable[[str], bool] = lambda _: False) -> None:
        """Take the documents' abbreviations.

        Args:
            own: What ``index.carried.abbreviations`` found.
            is_word: Whether the documents have something mostly in lower case: typed so it is that word.
        """
        self.own = tuple(own)
        self._is_word = is_word
        self._forms: dict[str, list[Abbreviation]] = {}
        for form in sorted(own, key=lambda form: (-len(form.documents), -form.count, form.long)):
            self._forms.setdefault(form.short.lower(), []).append(form)
        for form in _general():
            listed = self._forms.setdefault(form.short.lower(), [])
            if not any(known.count for known in listed):
                listed.append(form)
        self._shorts: dict[tuple[str, ...], str] = {}
        for forms in self._forms.values():
            for form in forms:
                self._shorts.setdefault(tuple(terms(form.long)), form.short)
        self.longest = max(map(len, self._shorts), default=0)

    def meanings(self, typed: str) -> tuple[Abbreviation, ...]:
        """Long forms of an abbreviation, in capitals or, where it is no word of its own, in lower case."""
        form, year = typed, ""
        if " " in typed:
            form, _, year = " ".join(typed.replace(" of ", " ").split()).partition(" ")
        lower, forms = form.replace(".", "").lower(), self._forms
        if (
            lower not in forms
            and term_of(lower) not in forms
            and lower.removesuffix("s") not in forms
            and (not year or f"{lower} {year}" not in forms)
        ):
            return ()
        plain = bare(form) or form
        found = self._forms.get(f"{plain} {year}".strip().lower()) or self._forms.get(term_of(plain))
        if not found:
            return ()
        capitals = sum(letter.isupper() for letter in form)
        term = term_of(form.lower())
        if capitals < _CAPITALS and (not term or term in thesaurus_terms() or self._is_word(form.lower())):
            return ()
        return tuple(([known for known in found if known.short == plain] or found)[:_MEANINGS])

    def typed(self, query: str) -> list[Typed]:
        """The abbreviations that stand in a query, in order, each once, with its year where documents have it so.

        Args:
            query: Without the citations that stand in it.
        """
        found: dict[str, Typed] = {}
        loud = query.isupper() and len(query.split()) > _LOUD
        for match in _TYPED.finditer(fold(query.lower() if loud else query)):
            whole, form = match.group(), match.group().split()[0]
            if form.upper() in _states() and _TOWN.search(match.string, 0, match.start()):
                continue
            alone = not _WORD.search(match.string[: match.start()] + match.string[match.end() :])
            for written in dict.fromkeys((whole, form, *_INSIDE.split(form))):
                meanings = self.meanings(written) if written else ()
                if meanings and (alone or not _is_like_a_word(written, meanings[0])):
                    found.setdefault(meanings[0].short, Typed(meanings[0].short, tuple(terms(written, ())), meanings))
                    break
        return list(found.values())

    def short_for(self, sequence: tuple[str, ...]) -> str:
        """The abbreviation of a long one that is given in terms; "" when there is none."""
        return self._shorts.get(sequence, "")


def _is_like_a_word(written: str, form: Abbreviation) -> bool:
    """Whether what is typed without capitals is too short to be an abbreviation that no document defines."""
    capitals = sum(letter.isupper() for letter in written)
    return capitals < _CAPITALS and not form.count and len(form.short) <= _LIKE_WORDS


@cache
def _states() -> frozenset[str]:
    return frozenset(tomllib.loads(STATES.read_text(encoding="utf-8"))["codes"])


@cache
def _general() -> tuple[Abbreviation, ...]:
    tables = tomllib.loads(ABBREVIATIONS.read_text(encoding="utf-8"))
    listed = [entry for table in tables.values() for entry in table.items()]
    return tuple(Abbreviation(short, long) for short, longs in listed for long in longs)
