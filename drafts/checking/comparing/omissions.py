"""How a quotation may go on behind an ellipsis that leaves out the end of a sentence."""

import re

from drafts.checking.comparing.pattern import Word

_SENTENCE_END = re.compile(
    r"\w{3,}[)\u201d\u2019\"']*[.?!][)\u201d\u2019\"'*_]*(?:\s*\[\d{1,3}\])*\s+[(*_\u201c\"\[A-Z]"
)
_BEGINNING = re.compile(
    r"(?:^|[.?!;:\n\u2014])[)\u201d\u2019\"'*_\u201c(\s]*(?:\s*(?:\(\w{1,5}\)|\[\d{1,3}\]|\d{1,2}\.|[\u2022*-])[\s*_]*)*$"
)
_POINTS = 4
"""Points of an ellipsis that leaves out the end of a sentence."""
_BEFORE = 80
"""Characters before a run in which the sentence that it begins must begin too."""


def goes_on_fairly(ellipsis: str, first: Word, text: str, start: int, begin: int) -> bool:
    """Tell whether a quotation does not join the beginning of a sentence with the middle of another.

    Args:
        ellipsis: As it is written.
        first: The first word behind it.
        text: The text in which the quotation stands.
        start: Where the words that are left out begin in it.
        begin: Where the quotation goes on in it.
    """
    if not ends_sentence(text, start, begin):
        return True
    if ellipsis.count(".") + 3 * ellipsis.count("\u2026") >= _POINTS:
        return True
    if first.written.isupper() and len(first.written) > 1:
        # "USCIS" has its capitals everywhere, so that they claim no beginning.
        return False
    return first.capital or bool(_BEGINNING.search(text[max(begin - _BEFORE, 0) : begin]))


def ends_sentence(text: str, start: int, begin: int) -> bool:
    """Tell whether a sentence ends in the words of a text between two positions."""
    return bool(_SENTENCE_END.search(text[max(start - 3, 0) : begin + 1]))
