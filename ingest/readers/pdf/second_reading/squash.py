"""Text without what only prints differently, so that the readings of two engines can be held together.

Case, white space, quotation marks, square brackets, bullets, leaders and accents go; all dashes are one. A blank
between two digits, signs, decimal points and hyphens stay: they change the meaning.
"""

import re
import unicodedata

from ingest.readers.pdf.engine.glyph_names import without_private

APART = "\x01"
"""A blank between two digits."""
LINE_END = "\x02"
"""A hyphen at a line end, which may belong to the word or not."""
BETWEEN = "\x03"
"""Parts texts that are squashed together; no text has it."""

_QUOTES = "\"'`\u00b4\u2018\u2019\u201a\u201b\u201c\u201d\u201e\u201f\u2032\u2033\u00ab\u00bb\u2039\u203a"
_BRACKETS = "\\[\\]|\u00f8\u00bf"  # the last two are brackets in a type-setter's font
_BULLETS = (
    "\u2022\u25cf\u25cb\u25e6\u25aa\u25ab\u25a0\u25a1\u2023\u00b7\uf0b7\uf0a7\uf0d8\uf076\uf0fc\uf0a8\uf06e\uf02d\uf0e0"
)
_UNSEEN = "\x00\x04-\x08\x0e-\x1f\x7f-\x9f\u00ad\u0300-\u036f\u200b-\u200f\u2060\ufeff\ufffd"  # 1 to 3 are marks
_DROPPED = re.compile(f"[{_QUOTES}{_BRACKETS}{_BULLETS}{_UNSEEN}]")
_DASHES = re.compile("[\u2010-\u2015\u2212\u00ac]")
_DIGITS_APART = re.compile(r"\s(?<=\d\s)\s*(?=\d)")  # begins with the blank: a page has fewer of them than characters
_PRIVATE = re.compile("[\uf600-\uf8ff]")
_LEADERS = re.compile(r"[.\u2026_]{2,}|\u2026")
_UNBROKEN = re.compile(r"(?<=[^\W\d_])- (?=[^\W\d_])")  # where pdfium does not see that a line ends
_BEFORE_DIGIT = re.compile(f"{LINE_END}(?=\\d)")
_HYPHENS_AT_ENDS = ("\ufffe", "\x02\r\n", "-\r\n", "- \r\n", "\u00ad\r\n", "\u2010\r\n", "\u2010 \r\n")


def squash(text: str) -> str:
    """A text without what only prints differently."""
    plain = _DIGITS_APART.sub(APART, plain_characters(text))
    plain = "".join(plain.split())
    return _LEADERS.sub("", plain) if ".." in plain or "\u2026" in plain or "__" in plain else plain


def squash_words(text: str) -> list[str]:
    """The words of a text, each without what only prints differently."""
    return [word for word in map(squash, text.split()) if word]


def plain_characters(text: str) -> str:
    """A text with its white space, but its characters without what only prints differently."""
    text = text.casefold()
    if text.isascii():
        return _DROPPED.sub("", text)
    if _PRIVATE.search(text):  # old-style figures and small capitals of older fonts
        text = without_private(text).casefold()
    return _DASHES.sub("-", _DROPPED.sub("", unicodedata.normalize("NFKD", text))).replace("\u2044", "/")


def mark_line_ends(text: str) -> str:
    """Put one mark for each hyphen that pdfium saw at a line end; before a digit it always belongs to the word."""
    for hyphen in _HYPHENS_AT_ENDS:
        text = text.replace(hyphen, LINE_END)
    text = text.replace("\u00ad", LINE_END)  # some fonts call the hyphen so that they draw
    text = _UNBROKEN.sub(LINE_END, text) if "- " in text else text
    return _BEFORE_DIGIT.sub("-", text)


def contains(text: str, squashed: str) -> bool:
    """Tell whether a squashed text holds another at a stroke, with no digit more at either end."""
    at = text.find(squashed)
    while at >= 0:
        before, after = text[at - 1 : at], text[at + len(squashed) :][:1]
        if not (before.isdigit() and squashed[:1].isdigit()) and not (after.isdigit() and squashed[-1:].isdigit()):
            return True
        at = text.find(squashed, at + 1)
    return False
