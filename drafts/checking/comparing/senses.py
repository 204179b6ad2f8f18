"""What brackets and ellipses of a quotation must not hide: a negation, a limit, another number.

Legal style lets a bracket exchange words and an ellipsis leave some out, on the condition that the sense stays. Whether
it does is for a person to judge; where a word that turns a sentence round comes in or goes out, it does not.
"""

import re
from collections.abc import Sequence

from drafts.checking.comparing.numbers import is_number, limit_before, same_numbers
from drafts.checking.comparing.wordlists import senses, turning

_WORD = re.compile(r"[^\W_]+(?:['\u2019][^\W_]+)*")
_NEW_SENTENCE = re.compile(r"\w{3,}[)\u201d\u2019\"']*[.;?!]\s+\S")
_CLAUSES = re.compile(r"[.,;:?!\u2014\u2013)\]]")
_SHORT = 3
"""Words up to which what is left out, and the end of it, may hold no word that turns a sentence round. Set by hand."""
_HYPHENS = "-\u2010\u2011"
_ENDING = re.compile(r"(?:[a-z]?(?:ed|ing)|e?s|d|y|ies|ied|ying|e?n|e|ly|ve|ving)?")
"""Endings of one word: "require[s]", "compl[ied]", "submit[ted]"; "employ[er]" is another word than "employee"."""


def may_exchange(bracket: str, there: str, behind: str = "") -> bool:
    """Tell whether a bracket may stand where a text has other words.

    Args:
        bracket: As it stands in the quotation.
        there: What the text has in its stead; "" where the bracket adds words.
        behind: The first word behind it.
    """
    inner = bracket.replace("[", "").replace("]", "")
    new, old = words_in(bracket), words_in(there)
    if turned(new) != turned(old) or _NEW_SENTENCE.search(there):
        return False
    if opposed(new, old) or (is_number(behind) and limit_before(inner) != limit_before(there)):
        return False
    return same_numbers(inner, there) and not turns_next(inner, old)


def may_omit(before: str, omitted: str, behind: str = "") -> bool:
    """Tell whether an ellipsis may stand for words of a text.

    Args:
        before: The last word before it, as it is compared.
        omitted: What the text has in its stead.
        behind: The first word behind it.
    """
    if behind and is_number(behind) and limit_before(omitted):
        return False
    words = words_in(omitted)
    if not turned(words):
        return True
    if len(words) <= _SHORT or (before in senses()["verbs"] and turned(words[:1])):
        return False
    # A negation right before what the quotation goes on with belongs to it: "… not disclosed".
    return not turned(words_in(_CLAUSES.split(omitted)[-1])[-_SHORT:])


def may_end(stem: str, whole: str, text: str) -> bool:
    """Tell whether a word whose end is in brackets may stand for a word of a text: "require[s]" for "required".

    Args:
        stem: What stands before the bracket.
        whole: The word with what is in the bracket.
        text: The word of the text.
    """
    if text == whole:
        return True
    if not text.startswith(stem) or not text.isalpha() or is_number(text) or is_number(whole):
        return False
    if text in _modal() or whole in _modal() or turns(text) or turns(whole) or opposed([whole], [text]):
        return False
    return bool(_ENDING.fullmatch(text[len(stem) :]) and _ENDING.fullmatch(whole[len(stem) :]))


def turns_next(bracket: str, there: Sequence[str]) -> bool:
    """Tell whether a bracket is a prefix that turns the word behind it round: "[Non-]", "[un]".

    Args:
        bracket: What is written in brackets.
        there: The words of the text before that word.
    """
    word = bracket.casefold().strip(f" {_HYPHENS}")
    # "[in]" alone is the preposition.
    prefix = word in senses()["prefixes"] and (word != "in" or bracket.strip()[-1] in _HYPHENS)
    return prefix and word not in there[-1:]


def brings_in(bracket: str) -> bool:
    """Tell whether a bracket has a word that turns a sentence round."""
    return turned(words_in(bracket)) > 0


def turns(word: str) -> bool:
    """Tell whether a word turns a sentence round."""
    return word.casefold().replace("\u2019", "'") in turning()


def turned(words: Sequence[str]) -> int:
    """How many of some words turn a sentence round."""
    return sum(word in turning() for word in words)


def opposed(new: Sequence[str], old: Sequence[str]) -> bool:
    """Tell whether words say the opposite of others: by a prefix, or as the lists of opposed words have it."""
    if any(f"{prefix}{word}" in other for word, other in _both(new, old) for prefix in senses()["prefixes"]):
        return True
    return any(
        _apart(new, old, one, other)
        for lists in senses()["opposed"]
        for number, one in enumerate(lists)
        for other in lists[number + 1 :]
    )


def words_in(text: str) -> list[str]:
    """The words of a text, small."""
    return [word.casefold().replace("\u2019", "'") for word in _WORD.findall(text)]


def _both(new: Sequence[str], old: Sequence[str]) -> list[tuple[str, Sequence[str]]]:
    return [*((word, old) for word in new), *((word, new) for word in old)]


def _apart(new: Sequence[str], old: Sequence[str], one: Sequence[str], other: Sequence[str]) -> bool:
    def has(words: Sequence[str], sought: Sequence[str]) -> bool:
        return any(word in sought for word in words)

    exchanged = (has(new, one) and has(old, other)) or (has(new, other) and has(old, one))
    return exchanged and not (has(new, one) and has(new, other)) and not (has(old, one) and has(old, other))


def _modal() -> Sequence[str]:
    modal: Sequence[str] = senses()["modal"]
    return modal
