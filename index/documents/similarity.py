"""Likeness of two paragraphs: the share of terms in common (Dice 1945), and equal captions."""

import re
from collections import Counter
from functools import lru_cache

from index.query.analyzer import fold, terms

_CAPTION = 0.25
"""Added to the similarity for an equal caption. Set by hand; not measured."""
_CAPTION_WORDS = 8
"""Words of the longest caption. Set by hand; not measured."""
_DESIGNATOR = re.compile(r"^(?:\([A-Za-z0-9]{1,5}\)\s*)+")


def shared_terms(old: str, new: str) -> float:
    """Twice the shared terms over all terms of both texts, with their counts; 0 to 1."""
    a, b = _counted(old), _counted(new)
    total = a.total() + b.total()
    return 2 * (a & b).total() / total if total else 0.0


def similarity(old: str, new: str) -> float:
    """Likeness of two paragraphs, designators left out: shared terms, and a little more for the same caption."""
    caption = _caption(old)
    return shared_terms(old, new) + (_CAPTION if caption and caption == _caption(new) else 0.0)


@lru_cache(maxsize=20_000)
def _counted(text: str) -> Counter[str]:
    return Counter(terms(_DESIGNATOR.sub("", text)))


def _caption(text: str) -> str:
    """The words before the first full stop of a paragraph that begins with a short caption, folded."""
    head = _DESIGNATOR.sub("", text).partition(".")[0]
    return fold(head).lower() if 0 < len(head.split()) <= _CAPTION_WORDS else ""
