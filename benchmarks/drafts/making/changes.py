"""Known changes that make a quotation wrong: a word, a number, a negation, sentences joined."""

import re
import tomllib
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path
from random import Random

Change = Callable[[str, Random], str]
"""Changes a text; "" where it has nothing that could be changed so."""
_WORDS = Path(__file__).with_name("words.toml")
_MODAL = re.compile(r"\b(?:shall|must|may|will|should|can|is|are|was|were|has been|have been)\b(?! not\b)")
_NEGATION = (
    (re.compile(r"\b(shall|must|may|will|should|can|is|are|was|were|does|do|did|has|have) not\b"), r"\1"),
    (re.compile(r"\bcannot\b"), "can"),
    (re.compile(r"\bnot "), ""),
    (re.compile(r"\b[Nn]o (?=[a-z])"), "an "),
    (re.compile(r"\bnor\b"), "or"),
    (re.compile(r"\bnever\b"), "always"),
    (re.compile(r"\bineligible\b"), "eligible"),
    (re.compile(r"\binadmissible\b"), "admissible"),
)
_DIGITS = re.compile(r"(?<![\w.(\u00a7-])\d{1,4}(?![\w)]|\.\d|-\d)")
_DATE = re.compile(
    r"\b(?:January|February|March|April|May|June|July|August|September|October|November|December) \d{1,2}, \d{4}"
)
_DESIGNATOR = re.compile(r"(?<=paragraph \()([a-h])(?=\))|(?<=subsection \()([a-h])(?=\))")
_REFERENCE = re.compile(
    r"(?<=section )\d{3}(?=\()|(?<=sections )\d{3}(?=\()|(?<=CFR )\d{3}(?=\.)|(?<=section )\d{4}(?=\()"
)
_PLURAL = re.compile(r"\b([a-z]{4,}[a-rt-xz])(s?)\b")
_SINGULAR_ONLY = re.compile(r"(?:ness|ity|tion of|ence|ance|ly|ing|ed|ous|ive|ful|able|ible|al|ent|ss|us|is|er than)$")


@cache
def tables() -> Mapping[str, Mapping[str, str]]:
    """The tables of words."""
    return tomllib.loads(_WORDS.read_text(encoding="utf-8"))


def word(table: str) -> Change:
    """A change of one word of a table for the other of its row."""

    def change(text: str, chance: Random) -> str:
        rows = tables()[table]
        found = [match for match in re.finditer(r"\b[A-Za-z]+\b", text) if match.group() in rows and match.start() > 0]
        return _at(text, chance.choice(found), lambda match: rows[match.group()]) if found else ""

    return change


def another_word(text: str, chance: Random) -> str:
    """A long word dropped for "general", which says something else and reads as well."""
    found = list(re.finditer(r"(?<=[a-z] )[a-z]{6,}(?= [a-z])", text))
    return _at(text, chance.choice(found), lambda _: "general") if found else ""


def plural(text: str, chance: Random) -> str:
    """One noun behind an article or adjective in the other number."""
    found = [
        match
        for match in _PLURAL.finditer(text)
        if match.start() and not _SINGULAR_ONLY.search(match.group(1)) and text[match.end() : match.end() + 1] in " ,.;"
    ]
    return _at(text, chance.choice(found), lambda m: m.group(1) if m.group(2) else f"{m.group(1)}s") if found else ""


def negation_added(text: str, chance: Random) -> str:
    """A "not" behind a verb that has none."""
    found = list(_MODAL.finditer(text))
    return _at(text, chance.choice(found), lambda match: f"{match.group()} not") if found else ""


def negation_dropped(text: str, chance: Random) -> str:
    """One negation less, or its opposite."""
    found = [(match, put) for pattern, put in _NEGATION for match in pattern.finditer(text)]
    if not found:
        return ""
    match, put = chance.choice(found)
    return _at(text, match, lambda one: one.expand(put))


def digits(text: str, chance: Random) -> str:
    """Another number."""
    found = list(_DIGITS.finditer(text))
    if not found:
        return ""
    return _at(text, chance.choice(found), lambda match: str(int(match.group()) + chance.choice((1, 2, 10))))


def day(text: str, chance: Random) -> str:
    """Another month, day or year of a date."""
    found = list(_DATE.finditer(text))
    if not found:
        return ""
    match = chance.choice(found)
    month, number, year = match.group().replace(",", "").split()
    changed = chance.choice(
        (
            f"{tables()['months'][month]} {number}, {year}",
            f"{month} {int(number) % 27 + 1}, {year}",
            f"{month} {number}, {int(year) + chance.choice((-1, 1))}",
        )
    )
    return _at(text, match, lambda _: changed)


def designator(text: str, chance: Random) -> str:
    """Another paragraph to which the text refers."""
    found = list(_DESIGNATOR.finditer(text))
    return _at(text, chance.choice(found), lambda match: chr(ord(match.group()) + 1)) if found else ""


def reference(text: str, chance: Random) -> str:
    """Another section to which the text refers."""
    found = list(_REFERENCE.finditer(text))
    return _at(text, chance.choice(found), lambda match: str(int(match.group()) + 1)) if found else ""


def dropped(text: str, chance: Random) -> str:
    """One word left out without an ellipsis."""
    found = list(re.finditer(r"(?<=[a-z] )[a-z]{4,} (?=[a-z])", text))
    return _at(text, chance.choice(found), lambda _: "") if found else ""


def bracketed_negation(text: str, chance: Random) -> str:
    """A "not" in brackets, which no style allows to be added."""
    found = list(_MODAL.finditer(text))
    return _at(text, chance.choice(found), lambda match: f"{match.group()} [not]") if found else ""


def negation_hidden(text: str, _: Random) -> str:
    """An ellipsis in whose stead nothing but "not" stands in the document."""
    changed = re.sub(r"\b(shall|must|may|will|is|are) not ", "\\1 \u2026 ", text, count=1)
    return changed if changed != text else ""


def negation_behind_more(text: str, _: Random) -> str:
    """An ellipsis for several words of which the last is "not", so that what follows is turned round."""
    match = re.search(r"(?<=[a-z] )(?:[\w,()-]+ ){4,9}(?:shall|must|may|will|is|are) not (?=[a-z])", text)
    return _at(text, match, lambda _: "\u2026 ") if match and match.start() > 12 else ""  # noqa: PLR2004 - two words


def _at(text: str, match: "re.Match[str]", put: Callable[["re.Match[str]"], str]) -> str:
    return f"{text[: match.start()]}{put(match)}{text[match.end() :]}"
