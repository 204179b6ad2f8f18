"""Lines of a text as tokens, and whether a token stands in them between the same neighbours."""

import re
from collections import defaultdict

from ingest.readers.pdf.second_reading.squash import LINE_END, mark_line_ends, plain_characters, squash

Gap = tuple[int, int]
"""Span of a text, half-open."""

_TOKEN = re.compile(r"[^\W\d_]+|\d+(?:[.,]\d+)*|[-()\u00a7$%#&+=<>/\u00b0\u00a2\u00a3\u20ac]")
_CELLS = re.compile(r" \| |$")
WORD = re.compile(r"\S+")


class Lines:
    """The lines of a second text.

    A word is seen when it stands there with the same word before and after it. Lines may follow each other in any
    order, so that a word at the end of one is followed by the first word of any.
    """

    def __init__(self, text: str) -> None:
        marked = mark_line_ends(text)
        variants = [marked.replace(LINE_END, "")]
        if LINE_END in marked:  # the hyphen may belong to the word or not
            variants.append(marked.replace(LINE_END, "-"))
        self._tokens: list[str] = [""]
        self._at: dict[str, list[int]] = defaultdict(list)
        self._firsts: set[str] = set()
        self._lasts: set[str] = set()
        for variant in variants:
            for line in variant.splitlines():
                self._add(tokens(line))

    def _add(self, line: list[str]) -> None:
        """Add a line; an empty token parts it from the next."""
        if not line:
            return
        for token in line:
            self._at[token].append(len(self._tokens))
            self._tokens.append(token)
        self._tokens.append("")
        self._firsts.add(line[0])
        self._lasts.add(line[-1])

    def __contains__(self, token: str) -> bool:
        """Tell whether a token stands there at all."""
        return token in self._at

    def see(self, before: str, token: str, after: str) -> bool:
        """Tell whether a token stands there between two others, "" where anything may stand."""
        for at in self._at.get(token, ()):
            left, right = self._tokens[at - 1], self._tokens[at + 1]
            if (not before or left == before or (not left and before in self._lasts)) and (
                not after or right == after or (not right and after in self._firsts)
            ):
                return True
        return False


def tokens(text: str) -> list[str]:
    """Words, numbers and signs of a text, without what only prints differently."""
    found: list[str] = _TOKEN.findall(plain_characters(text))
    return found


def doubted_words(text: str, lines: Lines, stated: frozenset[str] = frozenset()) -> list[Gap]:
    """Find the words of a text of which the second text does not see every token between the same neighbours.

    Args:
        text: Our text; cells of a table are parted by `` | ``, and may follow each other in any order.
        lines: Lines of the second text.
        stated: Squashed words, or parts of words, that the file itself states: the second text may read others there.
    """
    spans: list[Gap] = []
    start = 0
    for cell in _CELLS.finditer(text):
        words = [(start + word.start(), start + word.end()) for word in WORD.finditer(text[start : cell.start()])]
        told = (
            {number for number, span in enumerate(words) if _is_told(text[slice(*span)], stated)} if stated else set()
        )
        found = [(token, number) for number, span in enumerate(words) for token in tokens(text[slice(*span)])]
        # A word that is nowhere there is doubted itself; its neighbours are not, for its sake.
        known = ["", *(token if number not in told and token in lines else "" for token, number in found), ""]
        doubted = {
            number
            for at, (token, number) in enumerate(found, 1)
            if number not in told and not lines.see(known[at - 1], token, known[at + 1])
        }
        spans += [words[number] for number in sorted(doubted)]
        start = cell.end()
    return spans


def _is_told(word: str, stated: frozenset[str]) -> bool:
    plain = squash(word)
    return any(part in plain for part in stated)
