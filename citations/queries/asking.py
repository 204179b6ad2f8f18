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
_AGE = re.compile(
    r"\b(?:(?:years?|yrs?|months?|weeks?|days?)[\s-]+old(?:er)?|(?:how|too)\sold(?:er)?|\d+\s(?:or|and)\solder"
    r"|\d+[\s-]?(?:yo\b|y/o\b))",
    re.IGNORECASE,
)
"""How old somebody is."""
_ENDS = re.compile(
    r"\s*(?:[^\w\s'\u2019-]|$)|\s+(?:versions?|texts?|rules?|wording|language|regulations?|provisions?)\b",
    re.IGNORECASE,
)
"""What stands behind a word that is said of the citation before it: nothing, a mark, or a name for a text."""
_SUCCEEDS = re.compile(
    r"\breplaced$|\b(?:what|which|who|that|has|have|had|rules?|laws?|regulations?|statutes?|sections?)\ssuperseded$",
    re.IGNORECASE,
)
"""Words that ask for what came after a provision: "what replaced 8 CFR 214.11(k)?"."""


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
    text = _AGE.sub(lambda age: "#" * len(age[0]), text)
    for citation in citations:
        before, behind = text[: citation.start], text[citation.end :]
        words = [word for word in earlier.finditer(before) if not _SUCCEEDS.search(before[: word.end()])]
        if words and not between.sub("", _BETWEEN.sub(" ", before[words[-1].end() :])).strip():
            return True
        after = earlier.search(behind)
        if after and not behind[: after.start()].strip(" ,([") and _ENDS.match(behind, after.end()):
            return True
    return False


@cache
def _pattern(*groups: str) -> re.Pattern[str]:
    """What matches any word of some groups, the longest first."""
    stored: dict[str, list[str]] = tomllib.loads(WORDS.read_text(encoding="utf-8"))
    words = sorted((word for group in groups for word in stored[group]), key=len, reverse=True)
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, words))})(?!\w)", re.IGNORECASE)
