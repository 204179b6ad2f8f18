"""Modality of a sentence (a duty, no duty, leave, a ban) and the quantities that it names."""

import re
from typing import Literal

from citations.parse import parse_citations
from index.query.analyzer import fold, terms

Modality = Literal["duty", "no duty", "leave", "ban"]

_NO_DUTY = re.compile(
    r"\bneed(?:s|ed)?\s+not\b|\bnot\s+need\b"
    r"|\bnot\s+(?:\w+\s+)?(?:a\s+)?(?:required|requirement|obliged|obligated|necessary|mandatory|compulsory)\b"
    r"|\b(?:do|does|did)\s+not\s+(?:have|need)\s+to\b|\b(?:do|does|did)\s+not\s+(?:\w+\s+)?require\b"
    r"|\boptional\b|\bvoluntary\b|\bno\s+(?:\w+\s+)?(?:requirement|obligation|duty|need)\b"
    r"|\bno\b[^.;:]{1,60}\b(?:is|are|was|were)\s+(?:\w+\s+)?(?:required|needed|necessary)\b|\bno\s+longer\s+required\b",
    re.IGNORECASE,
)
_BAN = re.compile(
    r"\b(?:may|must|shall|can|could|should)\s+not\b|\b(?:may|must|shall|can)\s+(?:never|no\s+longer)\b|\bcannot\b"
    r"|\b(?:prohibited|forbidden|barred)\b|\bnot\s+(?:\w+\s+)?(?:permitted|allowed|authorized)\b",
    re.IGNORECASE,
)
_DUTY = re.compile(
    r"\b(?:must|shall)\b|\b(?:has|have|had)\s+to\b|\brequired\b|\brequires?\b|\brequirement\b|\bmandatory\b"
    r"|\bcompulsory\b|\bobligatory\b|\bobliged\b|\bneeds?\s+to\b",
    re.IGNORECASE,
)
_LEAVE = re.compile(r"\bmay\b|\bcan\b|\b(?:permitted|allowed|authorized)\b", re.IGNORECASE)
_READ: tuple[tuple[Modality, re.Pattern[str]], ...] = (
    ("no duty", _NO_DUTY), ("ban", _BAN), ("duty", _DUTY), ("leave", _LEAVE),
)  # fmt: skip
"""Looks of each modality; what one has matched is taken out before the next is tried."""
_OPPOSITE = {frozenset(("duty", "no duty")), frozenset(("duty", "ban")), frozenset(("leave", "ban"))}
_WORDS = {
    word: float(value)
    for value, word in enumerate(
        "zero one two three four five six seven eight nine ten eleven twelve".split()  # noqa: SIM905 - reads as counted
    )
} | {"fifteen": 15.0, "eighteen": 18.0, "twenty": 20.0, "thirty": 30.0, "sixty": 60.0, "ninety": 90.0}
_QUANTITY = re.compile(
    r"\$\s?(?P<money>\d[\d,]*(?:\.\d+)?)"
    rf"|(?<![\w.,\u00a7(/-])(?P<number>\d[\d,]*(?:\.\d+)?|(?:{'|'.join(_WORDS)})\b)"
    r"(?:[\s-]+|(?=%))(?:consecutive\s|full\s|calendar\s|business\s)?(?P<unit>[a-z]{3,}|%)",
    re.IGNORECASE,
)
_YEAR = re.compile(r"(?:19|20)\d\d")
_LOCATING = re.compile(
    r"\b(?:sections?|parts?|paragraphs?|chapters?|volumes?|forms?|title|page)\s+[\w.()-]+", re.IGNORECASE
)


def modalities(text: str) -> frozenset[Modality]:
    """Every modality that a text has; "need not" is no duty and nothing else."""
    left = fold(text)
    found = set()
    for modality, look in _READ:
        left, count = look.subn(" ", left)
        if count:
            found.add(modality)
    return frozenset(found)


def spoken(text: str) -> str:
    """The words that give a text its first modality, as they are written; "" for a text without one."""
    found = (look.search(text) for _, look in _READ)
    return next((match.group() for match in found if match), "")


def opposed(one: Modality, other: Modality) -> bool:
    """Whether two modalities of one matter cannot both hold."""
    return frozenset((one, other)) in _OPPOSITE


def quantities(text: str) -> dict[str, dict[float, str]]:
    """The quantities that a text names: by the term of their unit, each value as it is written.

    Years of the calendar, citations and numbers of sections are none. ``$500`` has the unit ``$``.
    """
    plain = fold(text)
    for citation in reversed(parse_citations(plain)):
        plain = f"{plain[: citation.start]}{' ' * (citation.end - citation.start)}{plain[citation.end :]}"
    plain = _LOCATING.sub(lambda match: " " * len(match.group()), plain)
    found: dict[str, dict[float, str]] = {}
    for match in _QUANTITY.finditer(plain):
        written = (match.group("money") or match.group("number")).lower()
        if match.group("number") and _YEAR.fullmatch(written):
            continue
        unit = "$" if match.group("money") else _unit(match.group("unit"))
        if unit:
            value = _WORDS[written] if written in _WORDS else float(written.replace(",", ""))
            found.setdefault(unit, {})[value] = match.group()
    return found


def _unit(word: str) -> str:
    """The term of a unit: "%" is "percent"; "" for a word that carries none."""
    stems = terms("percent" if word == "%" else word)
    return stems[0] if stems else ""
