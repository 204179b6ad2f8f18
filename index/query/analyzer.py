"""Analyzer: text to terms, the same for passages and queries.

Terms are Snowball stems of lower-cased words. Codes keep their shape: section numbers
(``214.202``), form and class numbers (``i-914``, ``t-1``), acronyms (``lea``). A citation gives
its canonical form and that of each ancestor, so that a passage that cites ``8 CFR
214.202(c)(1)`` is also found by ``214.202``. Footnote references are not indexed.
"""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from functools import lru_cache

import Stemmer

from citations.parse import LegalCitation, ancestors, parse_citations
from citations.patterns import exchanged

ANALYZER_VERSION = f"4 (Snowball {Stemmer.version()}, Unicode {unicodedata.unidata_version})"
"""Part of every generation; raise it when the same text would give other terms, words or abbreviations."""

_STEMMER = Stemmer.Stemmer("english")
_REFERENCE = re.compile(r"\[\d{1,3}\]")
_TOKEN = re.compile(r"[A-Za-z]*\d[\w.,]*(?:-\d+)?|[A-Za-z]{1,3}-\d+[A-Za-z]?|[^\W\d_]+(?:'[^\W\d_]+)*")
_DOTTED = re.compile(r"\b(?:[A-Z]\.){2,}")  # "C.F.R.", "U.S.C."
_FOLD = {
    "\u2019": "'",
    "\u2018": "'",
    "\u2013": "-",
    "\u2010": "-",
    "\u2011": "-",
    "\u2014": " ",
    "\u00a0": " ",
    "\u00ad": "",
}
_STOPWORDS = frozenset(
    re.findall(
        r"\w+",
        "a an and are as at be been but by did do does for from had has have he her here hers him his how i if in into "
        "is it its me my of on or our shall she should so than that the their them then there these they this those to "
        "us was we were what when where which who whom whose why will with would you your",
    )
)
_ACRONYM = range(2, 7)
"""Letters of a word in capitals that is an acronym, so that it has no stem. Set by hand; not measured."""


def terms(text: str, citations: Iterable[LegalCitation] | None = None) -> list[str]:
    """The terms of a text in order, with repeats.

    A stop word gives no term; a text of nothing but stop words gives none at all.

    Args:
        text: Any text.
        citations: Those that stand in it, where it was parsed for them before.
    """
    folded = fold(text)
    found = [term for token in _tokens(folded) if (term := term_of(token))]
    for citation in parse_citations(folded) if citations is None else citations:
        found += (_citation_term(str(part)) for part in ancestors(citation) if part.path)
    return found


def words(text: str) -> list[str]:
    """The words of a text as they are written, in order, stop words and codes included."""
    return _tokens(fold(text))


def _tokens(folded: str) -> list[str]:
    return _TOKEN.findall(_DOTTED.sub(_without_dots, folded))


def folded_tokens(text: str) -> tuple[str, list[tuple[int, int, str]]]:
    """A text as it is read for its words, single spaces only; and where each word stands in it, with its term.

    A stop word has the term "". Citations give no terms of their own.
    """
    folded = " ".join(_DOTTED.sub(_without_dots, fold(text)).split())
    return folded, [(*match.span(), term_of(match.group())) for match in _TOKEN.finditer(folded)]


def _without_dots(match: re.Match[str]) -> str:
    return match.group().replace(".", "")


def spellings(token: str) -> tuple[str, ...]:
    """The terms that a word gives as it is written, in small letters and in capitals, each once; none of a stop word.

    "USCIS" has no stem where it stands in capitals and has one where somebody types it in small letters.
    """
    if not term_of(token):
        return ()
    return tuple(dict.fromkeys(term for one in (token, token.lower(), token.upper()) if (term := term_of(one))))


def bigrams(sequence: Sequence[str]) -> list[str]:
    """Adjacent pairs of terms, each joined by one space: the terms of the second lexical channel."""
    return [f"{left} {right}" for left, right in zip(sequence, sequence[1:], strict=False)]


@lru_cache(maxsize=4096)
def phrase_terms(phrase: str) -> tuple[str, ...]:
    """The terms of a phrase of the documents or the thesaurus, never of what was typed; none of stop words."""
    return tuple(terms(phrase))


def fold(text: str) -> str:
    """Text with compatibility forms, quotes and dashes made plain and footnote references dropped."""
    return exchanged(unicodedata.normalize("NFKC", _REFERENCE.sub(" ", text)), _FOLD)


@lru_cache(maxsize=200_000)
def term_of(token: str) -> str:
    """The term of one word as it is written, "" for a stop word."""
    lower = token.lower().removesuffix("'s").rstrip(".,")
    if lower in _STOPWORDS and not (len(token) > 1 and token.isupper()):
        return ""
    if any(character.isdigit() for character in lower):
        return lower.replace(",", "")
    if token.isupper() and len(token) in _ACRONYM:
        return lower
    return str(_STEMMER.stemWord(lower))


def _citation_term(citation: str) -> str:
    """The part of a citation that names the section: ``8 CFR 214.202(c)`` gives ``214.202(c)``."""
    return citation.partition(" ")[2].rpartition(" ")[2] if " " in citation else citation
