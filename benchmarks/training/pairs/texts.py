"""What a query and a passage say, without what would lead from one to the other by itself."""

import re

from citations.parse import parse_citations, without_citations
from index.documents.sentences import NOTE_MARK

_NOTES = re.compile(rf"\[\^?(?:{NOTE_MARK})\]")
_EMPTY = re.compile(r"[(\[]\s*(?:(?:see|and|or|also|e\.g\.|cf\.)?[\s,;.]*)*[)\]]", re.IGNORECASE)
"""Brackets in which nothing is left but "see" and "and"."""
_DANGLING = re.compile(
    r"\b(?:see(?: also| generally)?|under|(?:pursuant|according|subject) to|as defined (?:in|at|by)|of|at|in|by)"
    r"\s*(?=[,.;:)]|$)",
    re.IGNORECASE,
)
"""What led to a citation and leads nowhere now."""
_BEFORE_POINT = re.compile(r"\s+(?=[,.;:)])")
_RUN = re.compile(r"([,;:])(?:\s*[,;:.])+")
_DESIGNATOR = re.compile(
    r"^\s*(?:§+\s*)?(?:(?:\(?[A-Za-z0-9]{1,4}[.)])+|\d+(?:\.\d+)*|[IVXLC]+\.)\s+|^\s*(?:\([A-Za-z0-9]{1,5}\)\s*)+"
)
"""The number or letter of a heading or a paragraph."""


def uncited(sentence: str) -> str:
    """A sentence without citations, marks of notes, and the words that only led to them."""
    plain = _NOTES.sub("", without_citations(sentence, parse_citations(sentence)))
    for pattern, put in ((_EMPTY, " "), (_DANGLING, " "), (_BEFORE_POINT, ""), (_RUN, r"\1")):
        plain = pattern.sub(put, plain)
    return undesignated(" ".join(plain.split()).strip(" ,;:")).lstrip(" .,;:")


def undesignated(text: str) -> str:
    """A heading or a paragraph without its number or letter."""
    return _DESIGNATOR.sub("", text, count=1).strip()


def without_heading(text: str, headings: tuple[str, ...]) -> str:
    """A passage without the lines at its beginning that are headings above it."""
    lines = text.split("\n")
    names = {" ".join(heading.split()) for heading in headings}
    while len(lines) > 1 and " ".join(lines[0].split()) in names:
        del lines[0]
    return "\n".join(lines).strip()
