"""What stands right behind a citation and changes what it names: a note, a designator in brackets, a year."""

import re
from dataclasses import dataclass, replace

from citations.parse import LegalCitation

_NOTE = re.compile(r"\s+(?:note|nt\.)(?=\s*(?:$|[.,;:)\]\u201d\"(]))")
"""The note under a section of the Code. "Note that" and "notes" are words of a sentence."""
_UNREAD = re.compile(r"\[(?:[a-z]{1,4}|[A-Z]{1,2})\]|\.[a-z]\b(?![.\w])")
"""A paragraph written otherwise than in parentheses. A number in brackets is the mark of a note."""
_YEAR = re.compile(
    r",?\s?\((?:(?:rev|ed|eff)\.\s|(?:as\sof|revised|edition\sof)\s(?:[A-Z][a-z]+\.?\s(?:\d{1,2},\s)?)?)?"
    r"(?P<year>(?:19|20)\d\d)(?:\s(?:ed\.|edition))?\)"
)
"""The edition of a code."""
_ONWARD = re.compile(r",?\s+et\.?\s+seq\.?", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Trailing:
    """What stands behind a citation.

    Attributes:
        end: Where the citation ends with it.
        named: What it names with it; None where that is what it names without.
        reason: Why it cannot be looked up; "" where it can.
        year: Of its edition; 0 for none.
        onward: Whether the sections behind it are cited too.
    """

    end: int
    named: LegalCitation | None = None
    reason: str = ""
    year: int = 0
    onward: bool = False


def trailing(text: str, end: int, citation: LegalCitation) -> Trailing:
    """Read what stands behind a citation of a code.

    Args:
        text: Of a part of a draft.
        end: Where the citation ends.
        citation: What it names.
    """
    onward = _ONWARD.match(text, end)
    if onward:
        return Trailing(onward.end(), onward=True)
    if not citation.code.endswith(("U.S.C.", "CFR")):
        return Trailing(end)
    note = _NOTE.match(text, end) if citation.code.endswith("U.S.C.") else None
    if note:
        path = "".join(f"({one})" for one in citation.path)
        return Trailing(note.end(), replace(citation, number=f"{citation.number}{path} note", path=()))
    unread = _UNREAD.match(text, end)
    if unread:
        said = f"What stands behind it, \u201c{unread.group()}\u201d, is not read: write a paragraph in parentheses."
        return Trailing(unread.end(), None, said)
    year = _YEAR.match(text, end)
    return Trailing(end, year=int(year["year"]) if year else 0)
