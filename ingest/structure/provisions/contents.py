"""Lists of contents inside a section: what its paragraphs are called, printed before them.

``(a) Officials (b) Visitors … (w) Workers`` and behind it ``(a) Officials—(1) General. …`` (8 CFR 214.2, and 214.2(h)
within it). An entry has the designator and the caption of a paragraph but is not that paragraph: taken for it, each
paragraph behind the list would bear the address of an entry.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from ingest.structure.marks import DESIGNATOR, is_line, leading_designators, readings

_HEADED = re.compile(r"\bcontents\b", re.IGNORECASE)
"""What stands above a list that says what it is: "Table 3 to paragraph (h)—Paragraph Contents"."""
_WORDS = re.compile(r"[a-z0-9]+")
_SENTENCE = re.compile(r"[a-z)\]][.?!]\s+[A-Z(\u201c]")
_RANGE = re.compile(rf"\s?(?:\u2013|-|,|through|to|and)\s?{DESIGNATOR.pattern}(?=\s?\[)")
"""What may stand behind the first designator of an entry: "(6)\u2013(8) [Reserved]"."""
_GOES_ON = re.compile(r"(?:[;,:\u2014]|--|\band|\bor)$")
# Set by hand, not measured; tests/ingest/structure/provisions/test_contents.py has the cases.
_ENTRY_WORDS = 40  # a longer entry is a paragraph; the longest of 8 CFR 214.2 has 33
_FEWEST = 3  # entries of a list
_COMPARED = 4  # words of a caption that an entry and its paragraph share
_AGAIN = 0.5  # of the entries; so many are found again as paragraphs behind the list, which seldom words each alike
_ABOVE = 2  # blocks above a list among which its heading stands


@dataclass(slots=True)
class _List:
    """A list as far as it was read.

    Attributes:
        kind: Of the numbering of its entries.
        last: Ordinal of its last entry, 0 before the first.
        below: How far the lists below its last entry got, by kind.
        captions: Designator and first words of each entry.
    """

    kind: str
    last: int = 0
    below: dict[str, int] = field(default_factory=dict)
    captions: list[tuple[str, tuple[str, ...]]] = field(default_factory=list)

    def ordinal(self, token: str) -> int:
        """The ordinal of a designator in the numbering of the list; 0 when it belongs to another."""
        return next((ordinal[0] for kind, ordinal in readings(token) if kind == self.kind and not ordinal[1]), 0)

    def takes(self, text: str) -> bool:
        """Take the entries that a text consists of; False where it is no such text."""
        match = DESIGNATOR.match(text)
        if match is None:
            return False
        if self.ordinal(match[1]) != self.last + 1:
            return self._takes_below(match[1], text[match.end() :].strip())
        while match is not None:
            token, end = match[1], match.end()
            self.last = self.ordinal(token)
            if through := _RANGE.match(text, end):
                self.last, end = max(self.last, self.ordinal(through[1])), through.end()
            match = next((one for one in DESIGNATOR.finditer(text, end) if self._follows(text, one)), None)
            caption = text[end : match.start() if match else len(text)].strip()
            if not _is_caption(caption):
                return False
            self.captions.append((token, _words(caption)))
        self.below = {}
        return True

    def _takes_below(self, token: str, caption: str) -> bool:
        """Take an entry of a list below: the first of its numbering, or the next of one that began here."""
        for kind, (ordinal, _) in readings(token):
            if self.last and ordinal == self.below.get(kind, 0) + 1 and _is_caption(caption):
                self.below[kind] = ordinal
                return True
        return False

    def _follows(self, text: str, match: re.Match[str]) -> bool:
        """Tell whether a designator inside a text opens the next entry: "(h) Workers (i) Media"."""
        behind = text[match.end() :].lstrip()[:1]
        apart = text[match.start() - 1].isspace() and (behind.isupper() or behind in ("[", "\u2013", "-"))
        return apart and self.ordinal(match[1]) == self.last + 1


def contents_of(texts: Sequence[str]) -> set[int]:
    """Find the lists of contents among the texts of one section.

    A list counts as one when its designators ascend from the first without a gap, none of its entries is a sentence,
    the next paragraph behind it begins the same numbering again, and either what stands above says that these are
    contents, or its captions come again as those of paragraphs, the first of them at once.

    Args:
        texts: The blocks of the section in order, without its head.

    Returns:
        The numbers of the texts that are entries of such lists.
    """
    found: set[int] = set()
    leads = [leading_designators(text) for text in texts]
    for first, lead in enumerate(leads):
        if len(lead) != 1 or first in found:
            continue
        for kind, ordinal in readings(lead[0][0]):
            if ordinal == (1, 0) and (entries := _list_from(texts, leads, first, kind)):
                found |= entries
                break
    return found


def _list_from(texts: Sequence[str], leads: Sequence[list[tuple[str, int]]], first: int, kind: str) -> set[int]:
    """The texts of the list that begins at one of them; nothing where it is none."""
    begun = _List(kind)
    numbers: set[int] = set()
    closed = False  # by a sentence: only the paragraphs may follow
    at = first
    while at < len(texts):
        if not DESIGNATOR.match(texts[at]):
            closed = closed or not is_line(texts[at])
        elif numbers and leads[at] and begun.ordinal(leads[at][0][0]) == 1:
            break
        elif closed or not begun.takes(texts[at]):
            return set()
        else:
            numbers.add(at)
        at += 1
    if at == len(texts) or len(begun.captions) < _FEWEST:
        return set()
    headed = any(_HEADED.search(text) and is_line(text) for text in texts[max(first - _ABOVE, 0) : first])
    return numbers if headed or _come_again(begun.captions, texts[at:]) else set()


def _is_caption(text: str) -> bool:
    whole = len(text.split()) <= _ENTRY_WORDS and not _SENTENCE.search(text) and not _GOES_ON.search(text)
    return whole and (text[:1].isupper() or text[:1] in ("[", "\u201c") or text[:1].isdigit())


def _come_again(captions: Sequence[tuple[str, tuple[str, ...]]], behind: Sequence[str]) -> bool:
    """Tell whether the first caption is that of the text behind a list, and enough of the others come later."""
    paragraphs: dict[str, set[tuple[str, ...]]] = {}
    for row, text in enumerate(behind):
        for token, offset in leading_designators(text):
            paragraphs.setdefault(token, set()).add(_words(text[offset:].partition(")")[2]))
        if row == 0 and not _is_among(captions[0], paragraphs):
            return False
    return sum(_is_among(caption, paragraphs) for caption in captions) >= _AGAIN * len(captions)


def _is_among(caption: tuple[str, tuple[str, ...]], paragraphs: Mapping[str, set[tuple[str, ...]]]) -> bool:
    token, words = caption
    return any(words == paragraph[: len(words)] for paragraph in paragraphs.get(token, ()))


def _words(text: str) -> tuple[str, ...]:
    return tuple(_WORDS.findall(text[:200].lower())[:_COMPARED])
