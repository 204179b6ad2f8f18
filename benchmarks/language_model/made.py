"""Sentences made by rule from the quotations of real answers: right ones, and such as mislead in a known way.

A small model seldom writes what would tell a good check from a bad one. These do, on both sides: what a check lets
through that misleads, and what it removes that is true.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from answer.records import SummarySentence
from answer.summary.arrangement import Quotations, check_all

Written = tuple[tuple[str, tuple[int, ...]], ...]
"""The sentences of a reply: text and markers."""
_CONDITION = re.compile(r",?\s(?:unless|if|except|provided that|only|when|until|but)\b", re.IGNORECASE)
_NEGATION = re.compile(r"\b(?:not|no|never)\s", re.IGNORECASE)
_NUMBER = re.compile(r"\b\d{1,3}\b(?![-.)\u2013\w])")
_MODAL = {"may": "must", "must": "may", "shall": "may"}
_MODALS = re.compile(r"\b(?:may|must|shall)\b")
_TOPIC = re.compile(r"(?<![\w'\u2019-])[a-z]{5,}(?![\w'\u2019-])")
_FEWEST = 6  # words of a quotation that is changed; a shorter one is a heading or a word


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """A reply made by rule.

    Attributes:
        kind: How it was made.
        right: Whether it says what the documents say.
        sentences: What it says.
    """

    kind: str
    right: bool
    sentences: Written


@dataclass(slots=True)
class Count:
    """How many replies of a kind were made, and of how many every sentence passed."""

    right: bool
    made: int = 0
    passed: int = 0


def counted(answers: Sequence[Quotations]) -> dict[str, Count]:
    """What the check makes of the replies that can be made of these answers, by kind."""
    counts: dict[str, Count] = {}
    for quotations in answers:
        for made in made_of(quotations):
            written = [{"text": text, "markers": list(markers)} for text, markers in made.sentences]
            count = counts.setdefault(made.kind, Count(made.right))
            count.made += 1
            count.passed += all(isinstance(one, SummarySentence) for one in check_all(written, quotations))
    return counts


def made_of(quotations: Quotations) -> Iterator[Made]:
    """Every reply that can be made of the quotations of one answer."""
    texts = {marker: " ".join(text.split()) for marker, text in quotations.texts.items()}
    alone = [marker for marker, lead in quotations.leads.items() if marker == lead and not quotations.items(marker)]
    for marker in alone:
        yield from _of_one(marker, texts[marker])
    for one, other in zip(alone, alone[1:], strict=False):
        same = quotations.provisions[one] == quotations.provisions[other]
        yield from _of_two(one, other, texts, "of one provision" if same else "of two provisions")
    for lead in sorted({*quotations.leads.values()}):
        yield from _of_list(lead, sorted(quotations.items(lead)), texts)


def _of_one(marker: int, text: str) -> Iterator[Made]:
    yield _made("quoted alone", True, (f"\u201c{text}\u201d", marker))
    yield _made("with an attribution", True, (f"The documents state that \u201c{text}\u201d", marker))
    words = text.split()
    if len(words) < _FEWEST:
        return
    nouns = [word for word in _TOPIC.findall(text) if not word.endswith(("ing", "ly"))]
    if nouns:
        yield _made("with a topic", True, (f"On {nouns[0]}, \u201c{text}\u201d", marker))
    if len(nouns) > 3:  # noqa: PLR2004 - a statement of three words
        verdict = f"{nouns[2].capitalize()} {nouns[0]} {nouns[1]}"
        yield _made("a statement in the quotation's words beside it", False, (f"{verdict}: \u201c{text}\u201d", marker))
    for kind, changed in _changed(text, words):
        if changed != text:
            yield _made(kind, False, (f"\u201c{changed}\u201d", marker))


def _changed(text: str, words: Sequence[str]) -> Iterator[tuple[str, str]]:
    """A quotation changed, with the kind of change."""
    for kind, pattern, change in _CHANGES:
        if pattern.search(text):
            yield kind, pattern.sub(change, text, count=1)
    condition = list(_CONDITION.finditer(text))
    if condition and len(text[: condition[-1].start()].split()) >= _FEWEST // 2:
        yield "a condition cut off", f"{text[: condition[-1].start()]}."
    if not text.startswith("("):  # there the heading of a paragraph would be cut off
        yield "the subject cut off", " ".join(words[2:])


_CHANGES: tuple[tuple[str, re.Pattern[str], str | Callable[[re.Match[str]], str]], ...] = (
    ("a negation dropped", _NEGATION, ""),
    ("may for must, or must for may", _MODALS, lambda found: _MODAL[found.group()]),
    ("a number changed", _NUMBER, lambda found: str(int(found.group()) + 1)),
)


def _of_two(one: int, other: int, texts: dict[int, str], kinds: str) -> Iterator[Made]:
    first, second = f"\u201c{texts[one]}\u201d", f"\u201c{texts[other]}\u201d"
    yield _made(f"joined by \u201cand\u201d, {kinds}", True, (f"{first} and {second}", one, other))
    yield _made("two sentences, one a quotation", True, (first, one), (second, other))
    for word in ("where", "under", "for", "as"):
        yield _made("set in relation", False, (f"{first} {word} {second}", one, other))
    yield _made("quoted under another's marker", False, (first, other))


def _of_list(lead: int, items: Sequence[int], texts: dict[int, str]) -> Iterator[Made]:
    if not items:
        return
    said = [(f"\u201c{texts[marker]}\u201d", marker) for marker in (lead, *items)]
    yield _made("a list, a sentence an item", True, *said)
    yield _made("a list in one sentence", True, (" ".join(text for text, _ in said), lead, *items))
    yield _made("an item without its lead-in", False, said[-1])
    if len(items) > 1:
        yield _made("a list without its last item", False, *said[:-1])


def _made(kind: str, right: bool, *sentences: tuple[str | int, ...]) -> Made:
    return Made(
        kind=kind, right=right, sentences=tuple((str(text), tuple(map(int, markers))) for text, *markers in sentences)
    )


def rows(counts: dict[str, Count]) -> list[tuple[str, str, str, str]]:
    """Cells of a table: the kind, whether it is right, how many were made, how many passed."""
    ordered = sorted(counts.items(), key=lambda entry: (not entry[1].right, entry[0]))
    return [
        (kind, "right" if count.right else "misleads", f"{count.made:,}", f"{count.passed:,}")
        for kind, count in ordered
    ]
