"""What brackets and ellipses of a quotation must not hide: a negation, a limit, another number.

Legal style lets a bracket exchange words and an ellipsis leave some out, on the condition that the sense stays. Whether
it does is for a person to judge; where a word that turns a sentence round comes in or goes out, it does not.
"""

import re
import tomllib
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any

_WORD = re.compile(r"[^\W_]+(?:['\u2019][^\W_]+)*")
_NUMBER = re.compile(r"\$?\d[\d,.]*%?")
_NEW_SENTENCE = re.compile(r"\w{3,}[)\u201d\u2019\"']*[.;?!]\s+\S")
_CLAUSES = re.compile(r"[.,;:?!\u2014\u2013)\]]")
_SHORT = 3
"""Words up to which what is left out, and the end of it, may hold no word that turns a sentence round. Set by hand."""


def may_exchange(bracket: str, there: str) -> bool:
    """Tell whether a bracket may stand where a text has other words.

    Args:
        bracket: As it stands in the quotation.
        there: What the text has in its stead; "" where the bracket adds words.
    """
    senses = _senses()
    new, old = _words(bracket), _words(there)
    if _turns(new) != _turns(old) or _NEW_SENTENCE.search(there):
        return False
    if any(f"{prefix}{word}" in other for word, other in _both(new, old) for prefix in senses["prefixes"]):
        return False
    if any(_opposed(new, old, one, other) for one, other in senses["opposed"]):
        return False
    return not (
        old and all(map(_counts, old)) and any(map(_counts, new)) and set(old) != {w for w in new if _counts(w)}
    )


def may_omit(before: str, omitted: str) -> bool:
    """Tell whether an ellipsis may stand for words of a text.

    Args:
        before: The last word before it, as it is compared.
        omitted: What the text has in its stead.
    """
    words = _words(omitted)
    if not _turns(words):
        return True
    if len(words) <= _SHORT or (before in _senses()["verbs"] and _turns(words[:1])):
        return False
    # A negation right before what the quotation goes on with belongs to it: "… not disclosed".
    return not _turns(_words(_CLAUSES.split(omitted)[-1])[-_SHORT:])


def brings_in(bracket: str) -> bool:
    """Tell whether a bracket has a word that turns a sentence round."""
    return _turns(_words(bracket)) > 0


def turns(word: str) -> bool:
    """Tell whether a word turns a sentence round."""
    return word.casefold().replace("\u2019", "'") in _turning()


def _turns(words: Sequence[str]) -> int:
    return sum(word in _turning() for word in words)


def _words(text: str) -> list[str]:
    return [word.casefold().replace("\u2019", "'") for word in _WORD.findall(text)]


def _both(new: Sequence[str], old: Sequence[str]) -> list[tuple[str, Sequence[str]]]:
    return [*((word, old) for word in new), *((word, new) for word in old)]


def _opposed(new: Sequence[str], old: Sequence[str], one: Sequence[str], other: Sequence[str]) -> bool:
    def has(words: Sequence[str], sought: Sequence[str]) -> bool:
        return any(word in sought for word in words)

    turned = (has(new, one) and has(old, other)) or (has(new, other) and has(old, one))
    return turned and not (has(new, one) and has(new, other)) and not (has(old, one) and has(old, other))


def _counts(word: str) -> bool:
    return bool(_NUMBER.fullmatch(word)) or word in _senses()["numbers"]


@cache
def _turning() -> frozenset[str]:
    return frozenset(_senses()["turning"])


@cache
def _senses() -> dict[str, Any]:
    return tomllib.loads(Path(__file__).with_name("senses.toml").read_text(encoding="utf-8"))
