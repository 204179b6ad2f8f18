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
"""Boost, in standard deviations of the fused scores, of a passage of a preferred collection. Of 0.5, 0.75, 1, 1.25 and
1.5 on tvisa-dev, 1 and more put as many gold passages first (.54 of 63, .48 without), 1.25 and more the fewest
superseded ones (3 of 50)."""
_WITHIN_REACH = 2.0
"""Standard deviations below the best passage within which a passage is lifted. On ``evaluation/data/elsewhere.jsonl``
no gold passage leaves the first five with 2 or 2.5, one does without this limit; tvisa-dev finds the same with 2."""
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
