"""A citation that is all that was typed, in forms that are no citation within a sentence."""

import re

from citations.parse import parse_citations
from index.documents.resolver import CitationResolver

_BEHIND = re.compile(r"[\s,]*(?:\((?:[A-Z][\w.]{1,6} )?(?:19|20)\d\d\)|et seq\b)[\s.,;]*$", re.IGNORECASE)
"""The year of an edition, or "et seq.", behind a citation."""
_PART = re.compile(r"\s*(?:part|pt\.?)\s{1,3}(\d{1,4})[\s.,;]*", re.IGNORECASE)
_TITLES = range(1, 51)
"""Titles of the Code of Federal Regulations."""


def bare_citation(text: str, resolver: CitationResolver) -> str:
    """A text that cites and nothing else as one that is read so: without the year behind it, a part with its title.

    Any other text as it is.
    """
    part = _PART.fullmatch(text)
    if part:
        named = [f"{title} CFR part {part[1]}" for title in _TITLES]
        held = [one for one in named if _is_held(one, resolver)]
        return " and ".join(held) or text
    without = _BEHIND.sub("", text)
    return without if without != text and parse_citations(without) else text


def _is_held(named: str, resolver: CitationResolver) -> bool:
    """Whether a part is there under this very name, not under that of a section with its number."""
    cited = parse_citations(named)[0]
    return any(section.citation.startswith(f"{cited.code} ") for section in resolver.resolve(cited))
