"""Signs that stand in a text while it is read: where words were struck out, where a note begins, where a line ends.

They are private characters of Unicode's last two planes, which are taken out of a page before it is read, so that
what they stand for keeps its position through all cleaning.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace

from ingest.cleaning import clean_characters
from ingest.records import Fragment, RawBlock

LINE = "\U0010fffd"
"""A line break of the source that is one on the page as well."""
FOREIGN = re.compile("[\U000f0000-\U0010ffff]")
"""Characters of these planes that a page itself has; they have no sign that others could see."""
_STRUCK, _NOTE, _MOST = 0xF0000, 0x100000, 0xFFF0
_ANY = re.compile("[\U000f0000-\U0010fff0]")
_STRUCK_SIGN = re.compile("[\U000f0000-\U000fffff]")
_NOTE_SIGN = re.compile("[\U00100000-\U0010fff0]")
_BEGINS_NOTE = re.compile("[*\\s]*([\U00100000-\U0010fff0])\\s*")
_BULLET = re.compile(r"^[*\u2022\u25cf\u25aa]\s+(?=[^\s*])")
_CELLS = re.compile(r"^[\s|]*$")


class Marks:
    """What the signs of one page stand for."""

    def __init__(self) -> None:
        self._struck: list[str] = []
        self._notes: list[tuple[str, str]] = []

    def struck(self, words: str) -> str:
        """A sign for words that are struck out; "" for none, or when there are too many."""
        if not words or len(self._struck) >= _MOST:
            return ""
        self._struck.append(words)
        return chr(_STRUCK + len(self._struck) - 1)

    def note(self, marker: str, printed: str) -> str:
        """A sign for the beginning of a footnote.

        Args:
            marker: Its number.
            printed: What stands there on the page, for where it turns out to begin nothing.
        """
        if len(self._notes) >= _MOST:
            return printed
        self._notes.append((marker, printed))
        return chr(_NOTE + len(self._notes) - 1)

    def begins_note(self, text: str) -> tuple[str, str]:
        """The number of the note that a text begins, "" when it begins none, and the text without the sign."""
        match = _BEGINS_NOTE.match(text) if self._notes else None
        if match is None:
            return "", text
        return self._notes[ord(match.group(1)) - _NOTE][0], text[match.end() :]

    def words(self, text: str) -> str:
        """A text as it is printed, without signs."""
        return self.plain_notes(_STRUCK_SIGN.sub("", text))

    def plain_notes(self, text: str) -> str:
        """A text in which no note begins."""
        return _NOTE_SIGN.sub(lambda match: self._notes[ord(match.group()) - _NOTE][1], text)

    def settle(self, blocks: Iterable[RawBlock], repairs: Counter[str]) -> Iterator[RawBlock]:
        """Blocks with cleaned text, and the words struck out in each at their position.

        What is struck out as a whole stands with the block behind it, or before it where that one is a heading.
        """
        waiting: list[str] = []
        held: RawBlock | None = None
        for raw in blocks:
            block = self._settled(raw, repairs)
            if not block.text:
                waiting += [words for _, words in block.struck]
                continue
            if waiting and held is not None and block.kind == "heading":
                held = _with_struck(held, waiting, len(held.text))
            elif waiting:
                block = replace(block, struck=(*((0, words) for words in waiting), *block.struck))
            waiting = []
            if held is not None:
                yield held
            held = block
        if held is not None:
            yield _with_struck(held, waiting, len(held.text))

    def _settled(self, block: RawBlock, repairs: Counter[str]) -> RawBlock:
        text = block.fragments[0].text
        if not self._struck and not self._notes:
            lines = (clean_characters(line, repairs) for line in text.split("\n"))
            text = tidy("\n".join(lines) if "\n" in text else clean_characters(text, repairs))
            return RawBlock(block.kind, (Fragment(text),), block.level, block.marker, indent=block.indent)
        text = tidy(self.clean(self.plain_notes(text), repairs))
        if not _ANY.search(text):
            return RawBlock(block.kind, (Fragment(text),), block.level, block.marker, indent=block.indent)
        struck: list[tuple[int, str]] = []
        parts: list[str] = []
        length = 0
        for part in re.split("([\U000f0000-\U000fffff])", text):
            if _STRUCK_SIGN.match(part):
                struck.append((length, self._struck[ord(part) - _STRUCK]))
                continue
            # The words are gone, and so is one of the two blanks around them.
            is_blank = not parts or parts[-1].endswith((" ", "\n"))
            plain = part.lstrip(" ") if struck and is_blank else part
            if plain:
                parts.append(plain)
                length += len(plain)
        text = "".join(parts).rstrip()
        if struck and block.kind in ("table_row", "table_header") and _CELLS.match(text):
            text = ""
        placed = tuple((min(offset, len(text)), words) for offset, words in struck)
        return replace(block, fragments=(Fragment(text),), struck=placed)

    def clean(self, text: str, repairs: Counter[str]) -> str:
        """Correct characters as in ``clean_characters``; signs and line breaks stay."""
        lines = []
        for line in text.split("\n"):
            parts = re.split("([\U000f0000-\U0010ffff])", line) if _ANY.search(line) else [line]
            lines.append("".join(p if FOREIGN.match(p) else clean_characters(p, repairs) for p in parts))
        return "\n".join(lines)


def tidy(text: str) -> str:
    """Lines trimmed, empty ones dropped, bullets typed at a line's start removed."""
    if "\n" not in text:
        return _BULLET.sub("", " ".join(text.split()))
    lines = (_BULLET.sub("", " ".join(line.split())) for line in text.split("\n"))
    return "\n".join(line for line in lines if line)


def without_struck(text: str) -> str:
    """A text that says nothing of what was struck out in it."""
    return _STRUCK_SIGN.sub("", text)


def _with_struck(block: RawBlock, words: list[str], offset: int) -> RawBlock:
    return replace(block, struck=(*block.struck, *((offset, each) for each in words))) if words else block
