"""A sentence that a language model wrote is held against the quotations that it cites.

What stands between quotation marks must be a quotation from end to end, word for word, and is shown
in its own characters. A part of it may be verbatim and yet mislead, without the "not", the "unless"
or the "this does not apply" beside it. What stands outside the marks must be few connecting words,
none of which could make a statement of the quotations or set one in relation to another, and a
topic ("on fees") that stands like that in what is quoted.
"""

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Literal

from answer.records import SummarySentence
from index.query.analyzer import fold, terms

WORDS = Path(__file__).with_name("connecting_words.toml")
_QUOTED = re.compile('\u201c((?:[^\u201c\u201d]|\u201c[^\u201c\u201d]*\u201d)*)\u201d|"([^"]*)"')
_MARKER = re.compile(r"\s*\[(\d{1,3})\]")
_WORD = re.compile(r"[^\W_]+(?:[.,'-][^\W_]+)*")
_STRANGE = re.compile(r"[^\w\s,.;:()'\u2019\u2013\u2014-]|_")  # markup, symbols, a quotation mark without its partner
_MARKS = '"\u201c\u201d'
_ALIKE = str.maketrans('\u201c\u201d\u2018\u2019"\u2010\u2011\u2013', "'''''---")  # changes no position
_NOTES = r"(?:\[\d{1,3}\])*\s+"  # footnote references of a document may be left out at the end of a word
_BEFORE, _AFTER = r"(?<![\w$-])(?<!\d[.,])", r"(?![\w(%-]|[.,]\d|'\w)"  # no part of a word, number or citation
_DESIGNATOR = r"(?:\([^\W_]{1,5}\)|\d{1,2}\.|[a-z]\.)"
_DESIGNATORS = re.compile(rf"\A\W*(?:{_DESIGNATOR}\W*)*")
_MAY_LACK = re.compile(rf"\W*(?:{_DESIGNATOR}\W*)*(?:(?<=\)\s)[^.]{{1,150}}\.\W*(?:{_DESIGNATOR}\W*)*)?")
"""What may be left out before a quotation: designators, and the heading of a paragraph behind one."""
_CLAUSE = re.compile(r"[,;:.()\u2013\u2014](?!\d)")
_GLUED_BEFORE, _GLUED_BEHIND = re.compile(r"[\w-]$"), re.compile(r"[\w-]")
_FEW = 6  # words that may stand beside even the shortest quotation; set by hand, not measured
_LONGEST_TOPIC = 6  # words; set by hand, not measured
_ARTICLES = {"the", "a", "an"}
_REFERENCE = re.compile(r"\[\d{1,3}\]")
_LONGEST = 4000  # characters of a sentence; set by hand, not measured


Fault = Literal[
    "no record", "too long", "no such quotation", "cited, not quoted", "no words", "other words",
    "part of a quotation", "points back", "patched", "own symbols", "own words", "own relation", "too much beside",
    "item alone", "part of a list", "joins provisions",
]  # fmt: skip
"""What is wrong with a sentence that does not pass, for counting."""


class Unsupported(Exception):
    """A sentence does not pass; the message says why.

    Attributes:
        fault: The kind of what is wrong.
    """

    def __init__(self, fault: Fault, reason: str) -> None:
        super().__init__(reason)
        self.fault: Fault = fault


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
    _require(len(text) <= _LONGEST, "too long", "it is too long")
    plain, quoted, inline = _parsed(text)
    cited = {marker: quotations.get(marker, "") for marker in (*markers, *inline)}
    _require(cited and all(cited.values()), "no such quotation", "it cites nothing, or a marker that is not there")
    unmarked = _unmarked(_MARKER.sub("", text).strip(), cited)
    if unmarked:
        return unmarked
    shown, spans, supported = [plain[0]], list[str](), set[int]()
    for words, follows in zip(quoted, plain[1:], strict=True):
        within = words.rstrip(" .,;:")  # a sentence's own punctuation, where the quotation goes on
        matches = _matches(within, cited)
        patched = _GLUED_BEFORE.search(shown[-1]) or _GLUED_BEHIND.match(follows)
        _require(not patched, "patched", "a word is patched")
        span = cited[matches[0].marker][matches[0].start : matches[0].end]
        shown += [f"\u201c{span}\u201d{words[len(within) :].rstrip()}", follows]
        spans.append(span)
        supported |= {match.marker for match in matches}
    _require(supported == set(cited), "cited, not quoted", "it cites what it does not quote")
    _check_plain(plain, spans)
    return SummarySentence("".join(shown).strip(), tuple(cited))


def _unmarked(text: str, cited: Mapping[int, str]) -> SummarySentence | None:
    """A quotation without its quotation marks, as it may be shown; small models forget them. None when it is no such.

    What else it cites is left out, since it is known what it quotes.
    """
    if not text or text[0] in _MARKS:
        return None
    try:
        matches = _matches(text.rstrip(" .,;:"), cited)
    except Unsupported:
        return None
    first = matches[0]
    span = cited[first.marker][first.start : first.end]
    return SummarySentence(f"\u201c{span}\u201d.", tuple(match.marker for match in matches))


def _require(condition: object, fault: Fault, reason: str) -> None:
    if not condition:
        raise Unsupported(fault, reason)


def _parsed(text: str) -> tuple[list[str], list[str], list[int]]:
    """Fragments outside the quotation marks, one more than those inside, those inside, and markers in brackets."""
    parts = _QUOTED.split(text)
    inline = [int(marker) for part in parts[::3] for marker in _MARKER.findall(part)]
    quoted = [one or other or "" for one, other in zip(parts[1::3], parts[2::3], strict=True)]
    return [_MARKER.sub("", part) for part in parts[::3]], quoted, inline


def _matches(quoted: str, cited: Mapping[int, str]) -> list[_Match]:
    """Positions of words as whole quotations, one a quotation, whatever the case, the quotes and the line breaks."""
    _require(quoted.strip(), "no words", "it quotes nothing")
    words = _NOTES.join(map(re.escape, quoted.translate(_ALIKE).split()))
    look = re.compile(_BEFORE + words + _AFTER, re.IGNORECASE)
    found = ((marker, look.finditer(quotation.translate(_ALIKE))) for marker, quotation in cited.items())
    matches = [_Match(marker, *match.span()) for marker, matches in found for match in matches]
    _require(matches, "other words", f"{quoted!r} does not stand in what it cites")
    whole = {match.marker: match for match in reversed(matches) if _whole(match, cited[match.marker])}
    _require(whole, "part of a quotation", f"{quoted!r} is a part of a quotation")
    return list(whole.values())


def _whole(match: _Match, quotation: str) -> bool:
    """True when a span is a quotation from end to end, but for a designator or heading and the "and" of a list."""
    before, behind = quotation[: match.start], quotation[match.end :]
    return bool(_MAY_LACK.fullmatch(before)) and _words(_REFERENCE.sub("", behind)) in ([], ["and"])


def points_back(quotation: str) -> bool:
    """True when a quotation begins with a word such as "however", which speaks of the text before it."""
    heading = _MAY_LACK.match(quotation)
    behind = quotation[heading.end() :] if heading else quotation
    return any(not _listed("back").isdisjoint(_words(_DESIGNATORS.sub("", text))[:1]) for text in (quotation, behind))


def _check_plain(plain: Sequence[str], quoted: Sequence[str]) -> None:
    """Check the fragments outside the quotation marks: little, in plain punctuation, of words that may stand there.

    Args:
        plain: The fragments, one more than are quoted.
        quoted: What stands between them.
    """
    for number, fragment in enumerate(plain):
        strange = _STRANGE.search(fragment)
        outside = f"{strange.group() if strange else ''!r} stands outside the quotation marks"
        _require(strange is None, "own symbols", outside)
        allowed = "joining" if 0 < number < len(quoted) else "connecting"
        topic_of = _words(quoted[min(number, len(quoted) - 1)])
        for clause in _CLAUSE.split(fragment):
            _check_clause(_words(clause), allowed, topic_of)
        last = _words(fragment)[-1:] if number < len(quoted) else []
        related = f"{''.join(last)!r} sets the quotation behind it in relation"
        _require(not {*last} & _listed("relating"), "own relation", related)
    beside, within = sum(len(_words(part)) for part in plain), sum(len(_words(part)) for part in quoted)
    _require(beside <= max(_FEW, within // 2), "too much beside", "too little of it is quotation")


def _check_clause(words: Sequence[str], allowed: str, topic_of: Sequence[str]) -> None:
    """Check the words of a clause: such as may stand there, and behind "on" or "about" a topic of what is quoted."""
    for word in words:
        _require(_stem(word) not in _stems("never"), "own words", f"{word!r} stands outside the quotation marks")
    own = [number for number, word in enumerate(words) if _stem(word) not in _stems(allowed)]
    if not own:
        return
    opened = max((number for number in range(own[0]) if words[number] in _listed("topics")), default=None)
    reason = f"{words[own[0]]!r} is no connecting word, and no topic of what it quotes"
    _require(opened is not None, "own words", reason)
    topic = list(words[(opened or 0) + 1 :])
    while topic and topic[0] in _ARTICLES:
        del topic[0]
    as_quoted = any(topic == list(topic_of[at : at + len(topic)]) for at in range(len(topic_of)))
    _require(as_quoted and len(topic) <= _LONGEST_TOPIC, "own words", reason)


def _words(text: str) -> list[str]:
    return [match.group().lower() for match in _WORD.finditer(fold(text))]


@lru_cache(maxsize=10_000)
def _stem(word: str) -> str:
    """The stem of a lower-case word; a word with a digit is its own, "isn't" is "not"."""
    bare = "not" if word.endswith("n't") else word.removesuffix("'s")
    found = terms(bare) if bare.isalpha() else []
    return found[0] if found else bare


@cache
def _listed(name: str) -> frozenset[str]:
    return frozenset(tomllib.loads(WORDS.read_text(encoding="utf-8"))[name])


@cache
def _stems(name: str) -> frozenset[str]:
    return frozenset(map(_stem, _listed(name)))
