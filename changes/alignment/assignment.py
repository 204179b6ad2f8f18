"""The assignment of two sets to each other with the greatest sum of scores, each member at most once."""

from collections.abc import Mapping

import numpy as np
from scipy.sparse import coo_matrix
from scipy.sparse.csgraph import min_weight_full_bipartite_matching

_TOP = 100.0
"""Above every score; the solver takes costs, and none may be zero."""
_STRONG = 2
"""Power of the scores. Tried on 8 CFR 214.11 and its subpart C: with 1, two weak ones take a strong one apart."""


def assigned(scores: Mapping[tuple[int, int], float], least: float) -> dict[int, int]:
    """Members of the one set with those of the other that they are assigned to; one may stay alone.

    The sum of the squares of the scores is the greatest that there is (Jonker and Volgenant 1987): with the squares one
    strong assignment counts more than two weak ones.

    Args:
        scores: By the numbers of two members, at most 5; what is not there cannot be assigned.
        least: Score below which two are not assigned to each other.
    """
    good = {two: score**_STRONG for two, score in scores.items() if score >= least}
    if not good:
        return {}
    olds, news = sorted({old for old, _ in good}), sorted({new for _, new in good})
    row, column = {old: i for i, old in enumerate(olds)}, {new: j for j, new in enumerate(news)}
    rows = [row[old] for old, _ in good] + list(range(len(olds)))
    columns = [column[new] for _, new in good] + [len(news) + i for i in range(len(olds))]
    costs = [_TOP - score for score in good.values()] + [_TOP] * len(olds)
    matrix = coo_matrix((costs, (rows, columns)), shape=(len(olds), len(news) + len(olds))).tocsr()
    found = min_weight_full_bipartite_matching(matrix)
    return {olds[i]: news[j] for i, j in zip(np.asarray(found[0]), np.asarray(found[1]), strict=True) if j < len(news)}
