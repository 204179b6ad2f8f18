"""What a preferred collection adds to the scores of its passages, and when it adds nothing.

A question within one's work is answered by the preferred documents where these fit nearly as well as any other. One
that is plainly about something else is left alone: passages far below the best are not lifted, and none is where the
question names another collection.
"""

import re
from collections.abc import Collection

import numpy as np
from numpy.typing import NDArray

from index.query.analyzer import terms
from index.ranking.lexical import Scores

_PREFERRED = 1.25
"""Boost, in standard deviations of the fused scores, of a passage of a preferred collection. Before re-ranking, on the
63 answerable questions of tvisa-dev: 34 gold passages first (30 without), 3 superseded documents first (5 without).
With 1 there are 4 of these; 1.5 costs a gold passage in the first five of ``evaluation/data/elsewhere.jsonl``."""
_WITHIN_REACH = 2.0
"""Standard deviations below the best passage within which a passage is lifted. On the 45 questions of ``elsewhere``
with 2 or 2.5: 19 gold passages first and 33 in the first five (20 and 33 without a preference); with no limit 32 in the
first five. tvisa-dev finds the same with 2 as with no limit, and with 1.5 one less in the first five."""
_DOTTED = re.compile(r"\b(?:[A-Za-z]\.)+[A-Za-z]?\b\.?")
"""Abbreviations whose letters are no words: the U of "U.S." does not name the U visa."""
_WORD = re.compile(r"[A-Za-z]+")


def preference(scores: Scores, own: NDArray[np.bool_]) -> Scores:
    """Boosts of the candidates of preferred collections, shape ``(len(scores),)``.

    Args:
        scores: Of the candidates, with all other boosts, shape ``(candidates,)``.
        own: Which of them are of a preferred collection, the same shape.
    """
    if not scores.size:
        return scores
    spread = scores.std()
    lifted = own & (scores >= scores.max() - _WITHIN_REACH * spread)
    boosts: Scores = np.where(lifted, _PREFERRED * spread, 0).astype(np.float32)
    return boosts


def names_another(text: str, prefer: Collection[str], collections: Collection[str]) -> bool:
    """Tell whether a question names a collection that is not preferred, and none that is.

    A collection is named by the words of its name that no preferred one has: the "U" of "U visa" beside "T visa". A
    name of a single word ("Forms", "Statutes") counts only where it is an abbreviation, since questions use such words
    for other things.

    Args:
        text: The question as typed.
        prefer: Names of the preferred collections.
        collections: Names of all.
    """
    said = _words(text)
    preferred = {word for name in prefer for word in _words(name)}
    others = [name for name in collections if name not in prefer]
    shared = {word for name in others for word in _words(name)}
    if any(own and own <= said for own in (_words(name) - shared for name in prefer)):
        return False
    return any(own and own <= said for name in others if (own := _words(name) - preferred) and _is_telling(name))


def _is_telling(name: str) -> bool:
    return name.isupper() or len(_WORD.findall(name)) > 1


def _words(text: str) -> set[str]:
    """The terms of a text, those joined by hyphens apart: "u" of "U-1"."""
    return {term for word in _WORD.findall(_DOTTED.sub(" ", text)) for term in terms(word)}
