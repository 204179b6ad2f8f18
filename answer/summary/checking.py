"""A sentence that a language model wrote is held against the quotations that it cites.

What stands between quotation marks must be whole sentences or list items of them, word for word,
and is shown in their own characters. A part of a sentence may be verbatim and yet mislead, without
the "not", the "unless" or the "who was under 18" beside it. What stands outside the marks must be
connecting words or words of the quotations, few, and none that could make a statement of them.
"""

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

from answer.records import SummarySentence
from index.documents.sentences import sentence_spans
from index.query.analyzer import fold, terms

WORDS = Path(__file__).with_name("connecting_words.toml")
_QUOTED = re.compile('\u201c((?:[^\u201c\u201d]|\u201c[^\u201c\u201d]*\u201d)*)\u201d|"([^"]*)"')
_MARKER = re.compile(r"\s*\[(\d{1,3})\]")
_WORD = re.compile(r"[^\W_]+(?:[.,'-][^\W_]+)*")
_STRANGE = re.compile(r"[^\w\s,.;:()'\u2019\u2013\u2014-]|_")  # markup, symbols, a quotation mark without its partner
_ALIKE = str.maketrans('\u201c\u201d\u2018\u2019"\u2010\u2011\u2013', "'''''---")  # changes no position
_NOTES = r"(?:\[\d{1,3}\])*\s+"  # footnote references of a document may be left out at the end of a word
_BEFORE, _AFTER = r"(?<![\w$-])(?<!\d[.,])", r"(?![\w(%-]|[.,]\d|'\w)"  # no part of a word, number or citation
_DESIGNATORS = re.compile(r"\W*(?:(?:\([^\W_]{1,5}\)|\d{1,2}\.|[a-z]\.)\W*)*")
_GLUED_BEFORE, _GLUED_BEHIND = re.compile(r"[\w-]$"), re.compile(r"[\w-]")
_FEW = 6  # words that may stand beside even the shortest quotation; set by hand, not measured
_LONGEST = 4000  # characters of a sentence; set by hand, not measured


class Unsupported(Exception):
    """A sentence does not pass; the message says why."""


@dataclass(frozen=True, slots=True)
class _Match:
    """Half-open span of a quoted text within the quotation of a marker."""

    marker: int
    start: int
    end: int


def checked(text: str, markers: Sequence[int], quotations: Mapping[int, str]) -> SummarySentence:
    """A sentence as it may be shown, what it quotes in the characters of the quotations.

    Args:
        text: The sentence, what it quotes between quotation marks.
        markers: What it cites, beside markers in square brackets in the text.
        quotations: All quotations by marker.

    Raises:
        Unsupported: Some of it does not stand in the quotations that it cites.
    """
    _require(len(text) <= _LONGEST, "it is too long")
    plain, quoted, inline = _parsed(text)
    cited = {marker: quotations.get(marker, "") for marker in (*markers, *inline)}
    _require(cited and all(cited.values()), "it cites nothing, or a marker that is not there")
    shown, spans, supported = [plain[0]], "", set[int]()
    for words, follows in zip(quoted, plain[1:], strict=True):
        within = words.rstrip(" .,;:")  # a sentence's own punctuation, where the quotation goes on
        matches = _matches(within, cited)
        _require(not _GLUED_BEFORE.search(shown[-1]) and not _GLUED_BEHIND.match(follows), "a word is patched")
        span = cited[matches[0].marker][matches[0].start : matches[0].end]
        shown += [f"\u201c{span}\u201d{words[len(within) :].rstrip()}", follows]
        spans += f" {span}"
        supported |= {match.marker for match in matches}
    _require(supported == set(cited), "it cites what it does not quote")
    _check_plain(" ".join(plain), spans)
    return SummarySentence("".join(shown).strip(), tuple(cited))


def _require(condition: object, reason: str) -> None:
    if not condition:
        raise Unsupported(reason)


def _parsed(text: str) -> tuple[list[str], list[str], list[int]]:
    """Fragments outside the quotation marks, one more than those inside, those inside, and markers in brackets."""
    parts = _QUOTED.split(text)
    inline = [int(marker) for part in parts[::3] for marker in _MARKER.findall(part)]
    quoted = [one or other or "" for one, other in zip(parts[1::3], parts[2::3], strict=True)]
    return [_MARKER.sub("", part) for part in parts[::3]], quoted, inline


def _matches(quoted: str, cited: Mapping[int, str]) -> list[_Match]:
    """Positions of words as whole sentences, one a quotation, whatever the case, the quotes and the line breaks."""
    _require(quoted.strip(), "it quotes nothing")
    words = _NOTES.join(map(re.escape, quoted.translate(_ALIKE).split()))
    look = re.compile(_BEFORE + words + _AFTER, re.IGNORECASE)
    found = ((marker, look.finditer(quotation.translate(_ALIKE))) for marker, quotation in cited.items())
    matches = [_Match(marker, *match.span()) for marker, matches in found for match in matches]
    _require(matches, f"{quoted!r} does not stand in what it cites")
    whole = {match.marker: match for match in reversed(matches) if _whole(match, cited[match.marker])}
    _require(whole, f"{quoted!r} is a part of a sentence")
    return list(whole.values())


def _whole(match: _Match, quotation: str) -> bool:
    """True when a span is sentences or items from end to end, but for a designator and the "and" of a list."""
    touched = [span for span in sentence_spans(quotation) if span[0] < match.end and match.start < span[1]]
    before, behind = quotation[touched[0][0] : match.start], quotation[match.end : touched[-1][1]]
    return bool(_DESIGNATORS.fullmatch(before)) and _words(behind) in ([], ["and"])


def _check_plain(plain: str, quoted: str) -> None:
    """Check the unquoted text: little, in plain punctuation, of connecting words and words of what is quoted."""
    strange = _STRANGE.search(plain)
    _require(strange is None, f"{strange.group() if strange else ''!r} stands outside the quotation marks")
    known = {_stem(word) for word in _words(quoted)}
    for word in _words(plain):
        _require(_stem(word) not in _stems("never"), f"{word!r} stands outside the quotation marks")
        _require(_stem(word) in known | _stems("connecting"), f"{word!r} is not in what it quotes")
    _require(len(_words(plain)) <= max(_FEW, len(_words(quoted)) // 2), "too little of it is quotation")


def _words(text: str) -> list[str]:
    return [match.group().lower() for match in _WORD.finditer(fold(text))]


@lru_cache(maxsize=10_000)
def _stem(word: str) -> str:
    """The stem of a lower-case word; a word with a digit is its own, "isn't" is "not"."""
    bare = "not" if word.endswith("n't") else word.removesuffix("'s")
    found = terms(bare) if bare.isalpha() else []
    return found[0] if found else bare


@cache
def _stems(name: str) -> frozenset[str]:
    return frozenset(map(_stem, tomllib.loads(WORDS.read_text(encoding="utf-8"))[name]))
