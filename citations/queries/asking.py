"""Texts that cite and ask for no more than what they cite: "show me old 8 CFR 214.11(k)", "TVPA 22 U.S.C. 7102(8)"."""

import re
import tomllib
from collections.abc import Sequence
from functools import cache
from pathlib import Path

from citations.records import LegalCitation

WORDS = Path(__file__).with_name("asking_words.toml")
_NAME_OF_LAW = re.compile(
    r"\b(?:[A-Z][\w'&-]{1,30},?\s(?:(?:of|and|for|the|to|in|on|against|from)\s){0,3}){1,10}(?:Act|Code|Law)(?:\sof\s\d{4})?\b"
)
_BETWEEN = re.compile(r"\btitle\s\d{1,2}\b|[\s\W_]", re.IGNORECASE)
"""What is passed over: white space, signs, and "title 8"."""


def only_cites(text: str, citations: Sequence[LegalCitation]) -> bool:
    """Whether a text is nothing but the citations that were parsed from it, and asks for no more than their text."""
    rest = list(text)
    for citation in citations:
        rest[citation.start : citation.end] = " " * (citation.end - citation.start)
    if not citations:
        return False
    left = _NAME_OF_LAW.sub(" ", "".join(rest))
    return not _pattern("asking", "earlier", "present", "laws").sub("", _BETWEEN.sub(" ", left)).strip()


def asks_for_earlier(text: str, citations: Sequence[LegalCitation]) -> bool:
    """Whether a text asks for what the provisions that it cites said before they were changed: "old 8 CFR 214.11"."""
    earlier, between = _pattern("earlier"), _pattern("asking", "laws")
    for citation in citations:
        before, behind = text[: citation.start], text[citation.end :]
        words = list(earlier.finditer(before))
        if words and not between.sub("", _BETWEEN.sub(" ", before[words[-1].end() :])).strip():
            return True
        if (after := earlier.search(behind)) and not behind[: after.start()].strip(" ,(["):
            return True
    return False


@cache
def _pattern(*groups: str) -> re.Pattern[str]:
    """What matches any word of some groups, the longest first."""
    stored: dict[str, list[str]] = tomllib.loads(WORDS.read_text(encoding="utf-8"))
    words = sorted((word for group in groups for word in stored[group]), key=len, reverse=True)
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, words))})(?!\w)", re.IGNORECASE)
