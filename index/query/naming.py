"""Provisions that a query names: which of them it is about, and which it mentions while it asks for other text."""

import re
import tomllib
from collections.abc import Sequence
from functools import cache
from pathlib import Path

from citations.parse import LegalCitation

WORDS = Path(__file__).with_name("naming.toml")
_CITED = "\ufffc"
"""Stands for a citation."""
_INSIDE = rf"\s(?:in|within|of|under|by)\s(?:the\s)?{_CITED}"
"""What tells that the text stands in the provision itself."""
_ELSEWHERE = re.compile(
    rf"(?:(?:^|[^\w\s{_CITED}])\s*|\b(?:but|so|then)\s)where\s(?:is|are|was|were|do|does|did|can|else)\b"
    rf"(?!\s{_CITED}|[^.;?!]*{_INSIDE})"
    rf"|\b(?:which\s(?:section|paragraph|provision|rule|chapter|part)|refers?\sto|points?\sto|set\s(?:out|forth))\b"
    rf"(?!{_INSIDE})",
    re.IGNORECASE,
)


_WHETHER = re.compile(
    r"(?:(?:^|[.;:?!])\s*(?:who\s(?:is|are|was|were|can\sbe|may\sbe|will\sbe)"
    r"|(?:is|are|was|were|am|can|could|may|might|will|would|does|do|did|has|have)\s(?!there\b)[\w'\u2019-]+)"
    r"|\bwhether\s[\w'\u2019-]+)"
    r"(?:\s(?!(?:if|when|unless|although|for|to|by|with|from|who|that)\b)"
    r"(?!(?:other|apart|aside|rather|instead|besides|outside|not)\b)[\w'\u2019-]+){1,8}"
    r"\s(?:under|by|in|pursuant\sto)\s(?:the\s)?(?:sections?\s|§+\s?)?$",
    re.IGNORECASE,
)
"""The beginning of a clause that asks whether something is so of a subject, up to the citation; its words up to which
it is short enough are set by hand, not measured."""
_END = re.compile(r"\s*(?:[.;?!]|$)")


def asks_elsewhere(question: str, citations: Sequence[LegalCitation]) -> bool:
    """Whether a question that names a provision asks for text that stands somewhere else.

    "Where" asks so at the start of a clause, unless the clause itself names the provision to look in.

    Args:
        question: As typed.
        citations: Those that stand in it.
    """
    rest, end = "", 0
    for citation in citations:
        rest += f"{question[end : citation.start]}{_CITED if citation.start >= end else ''}"
        end = max(end, citation.end)
    return bool(_ELSEWHERE.search(rest + question[end:]))


def asked_about(text: str, citations: Sequence[LegalCitation]) -> tuple[LegalCitation, ...]:
    """The citations of a query whose provisions it is about, so that they come before all other text.

    A provision is asked about wherever it stands in a query, but for three cases: the query asks where something
    stands or what refers to it, it tells a person or a thing by the provision ("inadmissible under …") and does not
    ask whether it is so, or it sets the provision aside ("other than …"). Forms and public laws are mentioned in
    passing.

    Args:
        text: As typed.
        citations: Those that stand in it.
    """
    if asks_elsewhere(text, citations):
        return ()
    passing, documents = _passing()
    return tuple(
        cited
        for cited in citations
        if cited.code not in documents
        and (not passing.search(text[: cited.start]) or _asks_whether(text[: cited.start], text[cited.end :]))
    )


def _asks_whether(before: str, behind: str) -> bool:
    """Whether a clause that ends with a citation asks if it covers somebody: "is she inadmissible under …?"."""
    return bool(_END.match(behind) and _WHETHER.search(before))


@cache
def _passing() -> tuple[re.Pattern[str], tuple[str, ...]]:
    """What stands before a citation that is mentioned in passing, and the codes of documents that always are."""
    stored: dict[str, list[str]] = tomllib.loads(WORDS.read_text(encoding="utf-8"))
    told, aside = ("|".join(map(re.escape, stored[group])) for group in ("told_by", "set_aside"))
    before = (
        rf"\b(?:(?:{told})\s(?:under|by|in|pursuant to)|(?:{aside})(?:\sunder)?)\s(?:the\s)?(?:sections?\s|§+\s?)?$"
    )
    return re.compile(before, re.IGNORECASE), tuple(stored["documents"])
