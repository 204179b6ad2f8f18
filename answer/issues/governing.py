"""Which text of a statute governs nothing: findings, purposes, and the bare sentence that leads into definitions."""

import re
import tomllib
from collections.abc import Sequence
from functools import cache
from pathlib import Path

from index.documents.citable import leads
from index.query.analyzer import terms

_NO_RULE = re.compile(
    r"\b(?:findings|sense of congress|purposes? and|statement of purpose|short title)\b"
    r"|^(?:\W*\w{1,5}[.)]\s+)?purposes?\W*$",
    re.IGNORECASE,
)
"""Headings under which a statute finds and declares, and governs nothing."""
_DECLARES = re.compile(
    r"^(?:\(\w{1,5}\)\s*)?(?:purposes?[.:\u2014 ]+|findings?[.:\u2014 ]+)?"
    r"(?:(?:the )?congress (?:finds|declares|recognizes)\b"
    r"|it is the (?:sense of congress|policy of the united states)\b"
    r"|the purposes? of (?:this|these) \w+ (?:is|are)\b)",
    re.IGNORECASE,
)


def governs(text: str, headings: Sequence[str]) -> bool:
    """Tell whether a sentence can be a rule.

    Args:
        text: The sentence.
        headings: Those that it stands under, from the top down.
    """
    if _DECLARES.match(text) or any(map(_NO_RULE.search, headings)):
        return False
    return not (leads(text) and _empty().issuperset(terms(text)))


@cache
def _empty() -> frozenset[str]:
    """Terms of which a lead-in says nothing alone: "As used in this section the term:"."""
    words = tomllib.loads(Path(__file__).with_name("case.toml").read_text(encoding="utf-8"))["lead"]["empty"]
    return frozenset(terms(" ".join(words)))
