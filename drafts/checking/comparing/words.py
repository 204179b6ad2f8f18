"""Texts as sequences of words that are compared exactly, each with where it stands.

Quotation marks, bullets and the shape of dashes, white space and capitals are set aside; every word, number and other
sign counts. Nothing here is a likeness: two sequences are the same or they are not.
"""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import accumulate

_JOINER = "(?:['\u2019\u02bc\u200b-\u200d\u2060\ufeff\u0300-\u036f]|\u00ad\\s{0,4})+"
_TOKEN = re.compile(rf"\d+(?:[.,]\d+)+[^\W_]*|[^\W_]+(?:{_JOINER}[^\W_]+)*|[^\s\w]|_")
_DASHES = dict.fromkeys("-\u2010\u2011\u2012\u2013\u2014\u2015\u2212\ufe58\ufe63\uff0d\u2e3a\u2e3b", "-")
_NOTHING = dict.fromkeys(
    "\"'`\u00b4\u2018\u2019\u201a\u201b\u201c\u201d\u201e\u201f\u00ab\u00bb\u2039\u203a\u2032\u2033"
    "\u2022\u25aa\u25cf\u25a0\u2023\u25e6\u00b7|_\u00ad\u200b\u200c\u200d\u2060\ufeff",
    "",
)
"""Quotation marks, bullets, what separates cells, and characters that nobody sees."""
_SHAPES = {**_DASHES, **_NOTHING, "\u2026": "\u2026"}
_INSIDE = re.compile("[\u00ad\u200b-\u200d\u2060\ufeff\\s]+")
_SUPERSCRIPT = re.compile("[\u00b2\u00b3\u00b9\u2070\u2074-\u2079]+$")
BROKEN = "-\n"
"""A hyphen at the end of a line, which may divide a word or stand in it."""
ENDS = frozenset(".,;:!?-\u2013\u2014") | {BROKEN}
"""Signs that a quotation may end with, or lack at its ends, as legal style allows."""


@dataclass(frozen=True)
class Words:
    """The words and signs of a text.

    Attributes:
        texts: Each as it is compared.
        starts: Where each begins in the text, 0-based.
        ends: Where each ends.
    """

    texts: Sequence[str]
    starts: Sequence[int]
    ends: Sequence[int]

    def __len__(self) -> int:
        """How many there are."""
        return len(self.texts)

    @cached_property
    def positions(self) -> dict[str, list[int]]:
        """Where each word stands in the sequence, ascending."""
        found: dict[str, list[int]] = {}
        for number, text in enumerate(self.texts):
            found.setdefault(text, []).append(number)
        return found

    @cached_property
    def counted(self) -> list[int]:
        """How many words stand before each position, signs not counted."""
        return list(accumulate((text[0].isalnum() for text in self.texts), initial=0))


def words_of(text: str) -> Words:
    """Divide a text into words and signs."""
    texts: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    for match in _TOKEN.finditer(text):
        token = match.group()
        end = match.end()
        folded = _SHAPES.get(token) if len(token) == 1 else None
        if folded is None:
            folded = folded_word(token)
        if not folded:
            continue
        if folded == "-":
            if texts and texts[-1] in ("-", BROKEN) and ends[-1] == match.start():
                ends[-1] = end
                continue
            if _ends_line(text, end):
                folded = BROKEN
        texts.append(folded)
        starts.append(match.start())
        ends.append(end)
    return Words(texts, starts, ends)


@lru_cache(maxsize=100_000)
def folded_word(word: str) -> str:
    """A word as it is compared: compatibility forms made plain, no capitals, no superscript mark of a note."""
    bare = _SUPERSCRIPT.sub("", word)
    if not bare or not bare[-1].isdigit():
        word = bare
    folded = unicodedata.normalize("NFKC", _INSIDE.sub("", word)).replace("\u2019", "'").replace("\u02bc", "'")
    return folded.casefold()


def _ends_line(text: str, end: int) -> bool:
    while end < len(text) and text[end] in " \t\r":
        end += 1
    return end < len(text) and text[end] == "\n"
