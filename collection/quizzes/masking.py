"""Text of a provision without what gives its address away: its own number, and every citation that it holds."""

import re

from citations.parse import LegalCitation, parse_citations

MASK = "[citation]"
"""What stands for a citation that is left out."""
_FEWEST_WORDS, _WORDS_A_MASK = 9, 6
"""Words beside its masks that a text has to have, at all and for each mask. Set by hand; not measured."""
_DESIGNATORS = re.compile(
    r"^[ \t]*(?:\u00a7+[ \t]*[\w.:-]+[ \t]*|(?:\([A-Za-z0-9]{1,5}\)[ \t]*)+|\d{1,3}\.[ \t]+)", re.MULTILINE
)
_NUMBER = re.compile(r"\d+[A-Za-z]{0,2}[.:-]\d\w*|\d{3,}[A-Za-z]{0,3}")
_REPEATED = re.compile(rf"{re.escape(MASK)}(?:(?:\s|,|;|and|or|through|to|\u2013|-)*{re.escape(MASK)})+")


def masked(text: str, within: LegalCitation | None = None) -> str:
    """A text with every citation replaced by one mark, and without the designators that its lines begin with.

    Args:
        text: Of a provision.
        within: That provision, for "paragraph (b) of this section".
    """
    shown = _DESIGNATORS.sub("", text)
    parts, done = [], 0
    for found in sorted(parse_citations(shown, within), key=lambda citation: citation.start):
        if found.start >= done:
            parts += [shown[done : found.start], MASK]
        done = max(done, found.end)
    return _REPEATED.sub(MASK, "".join([*parts, shown[done:]])).strip()


def is_telling(shown: str) -> bool:
    """Tell whether a masked text says enough to be known by."""
    words = len(shown.replace(MASK, " ").split())
    return words >= _FEWEST_WORDS and words >= _WORDS_A_MASK * shown.count(MASK)


def gives_away(shown: str, citation: str) -> bool:
    """Tell whether a text still holds the number of a citation: ``214.202`` of ``8 CFR 214.202(c)``."""
    return any(re.search(rf"(?<![\w.]){re.escape(number)}(?![\w])", shown) for number in _NUMBER.findall(citation))
