"""The characters by which a text and a page are compared, and where each one comes from.

White space, hyphens, brackets, bullets, leaders and the shapes of quotation marks differ between a page and the
text of a document, so they are set aside or made one on both sides. Everything else must be the same.
"""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

_SAME = str.maketrans({
    **dict.fromkeys("-\u00ad\u2010\u2011\u0002\ufffe\ufffd"),  # a line end may have broken a word; unreadable glyphs
    **dict.fromkeys("[]\u00f8\u00bf"),  # a footnote's number is in brackets in the text only
    **dict.fromkeys("|\u2022"),  # what separates cells of a table, and bullets
    **dict.fromkeys("\"\u2018\u2019\u201a\u201b\u201c\u201d\u201e`\u00b4", "'"),
    **dict.fromkeys("\u2013\u2015\u2212", "\u2014"),
    "\u00b7": ".",
})  # fmt: skip
_REPEATED = re.compile(r"\.{2,}|_{2,}|(?<=')'+")
"""Leaders, which are as long as the line is wide; and the second of two single quotation marks."""


@dataclass(frozen=True, slots=True)
class NormalisedText:
    """The characters of a text that are compared.

    Attributes:
        text: The characters.
        sources: Index in the source of each one, 0-based; the characters of a ligature share theirs.
    """

    text: str
    sources: tuple[int, ...]

    def within(self, start: int, end: int) -> tuple[int, int]:
        """The half-open span of the characters that come from a span of the source."""
        inside = [number for number, source in enumerate(self.sources) if start <= source < end]
        return (inside[0], inside[-1] + 1) if inside else (0, 0)


def normalise(characters: Iterable[str]) -> NormalisedText:
    """The characters of a text or of a page that are compared.

    Args:
        characters: A text, or what each character of a page stands for.
    """
    found: list[str] = []
    sources: list[int] = []
    for source, character in enumerate(characters):
        for plain in unicodedata.normalize("NFKC", character.translate(_SAME)).translate(_SAME):
            if not plain.isspace() and unicodedata.category(plain)[0] != "C":
                found.append(plain)
                sources.append(source)
    text = "".join(found)
    gone = {number for match in _REPEATED.finditer(text) for number in range(*match.span())}
    retained = [number for number in range(len(text)) if number not in gone]
    return NormalisedText("".join(text[number] for number in retained), tuple(sources[number] for number in retained))
