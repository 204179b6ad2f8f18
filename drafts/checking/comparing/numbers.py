"""Numbers, designators and limits, which a bracket may not exchange and an ellipsis may not leave out."""

import re
from collections import Counter

from drafts.checking.comparing.sought import only_cites
from drafts.checking.comparing.wordlists import senses

_NUMBER = r"\$?\d+(?:[.,]\d+)*(?:st|nd|rd|th)?%?"
_DESIGNATOR = r"\((?:[A-Za-z]|\d{1,3}|[ivx]{1,5}|[A-Z]{2})\)"
_CLASS = r"(?<![\w.'\u2019])[B-HJ-Z](?:[-\u2010\u2011]\d)?(?![\w.'\u2019])"
"""One capital stands for a class: "the T status", "T-1"; "A" and "I" are words, "U.S." is a name."""
_MARK = re.compile(rf"{_NUMBER}|{_DESIGNATOR}|(?P<class>{_CLASS})|(?P<word>[^\W\d_]+)")
_CITED_END = re.compile(
    r"(?:C\.?F\.?R\.?|U\.?S\.?C\.?|[Ss]ections?|\u00a7+|[Pp]aragraphs?|[Pp]art|[Cc]hapter|[Tt]itle|INA)\s*[\w.()-]+\s*$"
)
_CITED_BEGINNING = re.compile(r"\s*(?:\d+\s*(?:C\.?F\.?R|U\.?S\.?C|USCIS-PM)\b|\(\w{1,4}\))")
_RELATIVE = re.compile(r"\b(?:paragraphs?|sections?|subsections?|of|this|that|the|and|or|in|under|to)\b|[\W\d_]")
_ADDRESS = re.compile(r"\s*(?:paragraphs?|sections?|subsections?)\s.*", re.IGNORECASE | re.DOTALL)


def numbers_of(text: str) -> Counter[str]:
    """The numbers, in digits and in words, designators and classes of a text, and how often each stands there."""
    return Counter(_folded(mark) for mark in _MARK.finditer(text) if _counts(mark))


def is_number(word: str) -> bool:
    """Tell whether a word is a number, in digits or in words."""
    return word[:1].isdigit() or word[:1] == "$" or word.casefold() in senses()["numbers"]


def same_numbers(bracket: str, there: str) -> bool:
    """Tell whether a bracket has the numbers of what it stands for, or is a citation, or a name, for a citation.

    Args:
        bracket: What is written in brackets.
        there: What the text has in its stead; "" where the bracket adds words.
    """
    new, old = numbers_of(bracket), numbers_of(there)
    if new == old:
        return True
    if not new:
        # "[such] status" for "T-1 nonimmigrant status" names no other class.
        old = Counter(_folded(mark) for mark in _MARK.finditer(there) if _counts(mark) and not mark["class"])
        if not old:
            return True
    if not old:
        return not there.strip() and only_cites(bracket)
    if not _cites(there):
        return False
    return not new or (only_cites(bracket) and not set(old) - set(new))


def brings_number(bracket: str, there: str) -> bool:
    """Tell whether a bracket has a number that what stands beside it in the text has not; citations may be added."""
    return bool(set(numbers_of(bracket)) - set(numbers_of(there))) and not only_cites(bracket)


def cuts_number(bracket: str, beyond: str, *, before: bool) -> bool:
    """Tell whether a bracket stands where a text has a number that it has not; a name may stand for a citation.

    Args:
        bracket: What is written in brackets at the beginning or the end of a quotation.
        beyond: What the text has there.
        before: Whether that stands before the quotation.
    """
    marks = list(_MARK.finditer(beyond))
    near = marks[-1 if before else 0] if marks else None
    if near is None or not _counts(near) or near["class"]:
        return False
    if (beyond[near.end() :] if before else beyond[: near.start()]).strip(" -\u2010\u2011\n("):
        return False
    own = numbers_of(bracket)
    if own:
        return _folded(near) not in own
    return not (_CITED_END.search(beyond) if before else _CITED_BEGINNING.match(beyond))


def limit_before(text: str) -> str:
    """The limit with which a text ends, as it is written small: "more than", "no later than"; "" for none."""
    found = _limits().search(text)
    return " ".join(found.group(1).casefold().split()) if found else ""


def _folded(mark: re.Match[str]) -> str:
    return re.sub("[\u2010\u2011]", "-", mark.group().casefold())


def _counts(mark: re.Match[str]) -> bool:
    return mark["word"] is None or is_number(mark["word"])


def _cites(text: str) -> bool:
    """Tell whether a text does nothing but cite: a citation, "paragraph (c) of this section", "(c)(1)"."""
    return only_cites(text) or bool(_ADDRESS.fullmatch(text) and not _RELATIVE.sub("", text.casefold()).strip("abcivx"))


def _limits() -> re.Pattern[str]:
    names = sorted(senses()["limits"], key=len, reverse=True)
    return re.compile(rf"\b({'|'.join(name.replace(' ', chr(92) + 's+') for name in names)})\W*$", re.IGNORECASE)
