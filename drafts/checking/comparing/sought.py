"""A text in which quotations are looked for: its words, and what of it a quotation may leave out."""

import re
from functools import cached_property

from citations.parse import parse_citations, without_citations
from drafts.checking.comparing.words import words_of

_NOTE_WORDS, _GROUP_WORDS = 5, 80
"""Words of the longest note mark, and of the longest citation in parentheses that may be left out. Set by hand."""
_MARK = re.compile(r"\[(?:\d{1,3}|[*\u2020\u2021]{1,3}|[ivxl]{1,6})\]")
_SIGNALS = re.compile(
    r"\b(?:see|also|generally|cf|e\.?g|i\.?e|accord|id|ibid|compare|with|supra|infra|and|or|at|note|notes|the|of|in|"
    r"citing|quoting|section|sections|sec|para|paragraph|as|amended|hereinafter|act|ina|title)\b",
    re.IGNORECASE,
)
"""Words that stand between citations, or before them."""
_DESIGNATOR = re.compile(r"\([A-Za-z0-9]{1,4}\)")
_BEGINNINGS = ("see", "cf", "id", "accord")


class Sought:
    """A text in which quotations are looked for."""

    def __init__(self, text: str) -> None:
        """Divide the text into words."""
        self.text = text
        self.words = words_of(text)
        self._left_out: dict[int, int] = {}

    @cached_property
    def marks(self) -> dict[int, int]:
        """Note marks such as "[12]": positions of their first words, with the position behind each."""
        words, found = self.words, {}
        for position in words.positions.get("[", ()):
            for behind in range(position + 1, min(position + _NOTE_WORDS, len(words))):
                if words.texts[behind] == "]":
                    if _MARK.fullmatch(self.text[words.starts[position] : words.ends[behind]]):
                        found[position] = behind + 1
                    break
        return found

    def left_out(self, position: int) -> int:
        """The position behind what may be left out that begins at a position; 0 where nothing does.

        That is the mark of a note, the designator of a paragraph that is run in, and what only cites.
        """
        known = self._left_out.get(position)
        if known is None:
            known = self._left_out[position] = (
                self.marks.get(position, 0) or self._designator(position) or self._cited(position)
            )
        return known

    def _designator(self, position: int) -> int:
        """The position behind the designator of a paragraph that begins a line: run in, it may be left out."""
        texts, start = self.words.texts, self.words.starts[position]
        if texts[position] != "(" or position + 2 >= len(texts) or texts[position + 2] != ")":
            return 0
        line = self.text.rfind("\n", 0, start) + 1
        bare = not self.text[line:start].strip() and _DESIGNATOR.match(self.text, start)
        return position + 3 if bare else 0

    def _cited(self, position: int) -> int:
        """The position behind a citation in parentheses or brackets, or one that is a sentence of its own."""
        texts, words = self.words.texts, self.words
        opening = texts[position]
        if opening in ("(", "["):
            return self._in_parentheses(position, opening)
        if opening not in _BEGINNINGS or (position and texts[position - 1] not in (".", ";", "]")):
            return 0
        for behind in range(position + 1, min(position + _GROUP_WORDS, len(words))):
            if texts[behind] == "." and only_cites(self.text[words.starts[position] : words.starts[behind]]):
                return behind + 1
        return 0

    def _in_parentheses(self, position: int, opening: str) -> int:
        texts, words = self.words.texts, self.words
        closing, depth = ")" if opening == "(" else "]", 0
        for behind in range(position, min(position + _GROUP_WORDS, len(words))):
            depth += (texts[behind] == opening) - (texts[behind] == closing)
            if depth == 0:
                return behind + 1 if only_cites(self.text[words.ends[position] : words.starts[behind]]) else 0
        return 0


def only_cites(text: str) -> bool:
    """Tell whether a text is citations and the words between them."""
    if not any(character.isdigit() for character in text):
        return False
    found = parse_citations(text)
    return bool(found) and not re.sub(r"[\W_]", "", _SIGNALS.sub("", without_citations(text, found)))
