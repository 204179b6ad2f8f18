"""Likeness of the paragraphs of two versions: rare words and pairs of words in common count most (Dice 1945)."""

from collections import Counter
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

from changes.alignment.version import Paragraph, Version
from pinpoint.stopping import stop_if_asked

_PHRASE = 0.5
"""Weight of two words that follow each other beside that of a word. Set by hand; not measured."""
_RARE = 0.1
"""Share of all paragraphs in which a word stands at most by which paragraphs are looked for. Set by hand."""
_LEAST_RARE = 40
"""Paragraphs in which such a word may stand in any case. Set by hand; not measured."""
_BEST = 16
"""Paragraphs of the other version that are compared with each one. Set by hand; not measured."""
_ROWS = 512
"""Paragraphs that are looked for at once; it bounds the memory."""

Numbers = NDArray[np.int64]
Weights = NDArray[np.float64]


class Likeness:
    """Paragraphs of two versions as weighted sets of words, so that any two are compared at once."""

    def __init__(self, olds: Sequence[Paragraph], news: Sequence[Paragraph]) -> None:
        """Count the words of both versions."""
        sets = [_features(paragraph.words) for paragraph in (*olds, *news)]
        spread = Counter(feature for features in sets for feature in features)
        column = {feature: number for number, feature in enumerate(spread)}
        self._count = np.fromiter(spread.values(), dtype=np.float64, count=len(spread))
        factor = np.array([_PHRASE if isinstance(feature, tuple) else 1.0 for feature in column])
        self._weight = factor * np.log1p(len(sets) / np.maximum(self._count, 1))
        matrix = _matrix(sets, column)
        self._old, self._new = matrix[: len(olds)], matrix[len(olds) :]
        self._below: tuple[csr_matrix, csr_matrix] | None = None
        self.old_mass: Weights = self._old @ self._weight
        """Weight of the words of each old paragraph, shape ``(old,)``."""
        self.new_mass: Weights = self._new @ self._weight
        """Weight of the words of each new paragraph, shape ``(new,)``."""

    def shared(self, olds: Numbers, news: Numbers) -> Weights:
        """Weight of the words that old and new paragraphs have in common, one by one, shape ``(n,)``."""
        return np.asarray(self._old[olds].multiply(self._new[news]) @ self._weight).ravel()

    def alike(self, olds: Numbers, news: Numbers) -> Weights:
        """Likeness of old and new paragraphs, one by one, 0 to 1, shape ``(n,)``."""
        mass = self.old_mass[olds] + self.new_mass[news]
        return np.where(mass > 0, 2 * self.shared(olds, news) / np.maximum(mass, 1e-9), 0.0)

    def whole(self, versions: tuple[Version, Version], olds: Numbers, news: Numbers) -> Weights:
        """Likeness of whole sections, with all below them, by their words alone, one by one, shape ``(n,)``."""
        stop_if_asked()
        if self._below is None:
            self._below = (_below(versions[0]) @ self._old).sign(), (_below(versions[1]) @ self._new).sign()
        old, new = self._below
        shared = np.asarray(old[olds].multiply(new[news]) @ self._weight).ravel()
        mass = (old @ self._weight)[olds] + (new @ self._weight)[news]
        return np.asarray(2 * shared / np.maximum(mass, 1e-9))

    def contained(
        self, versions: tuple[Version, Version], threes: Sequence[tuple[int, int, int]], side: int
    ) -> Weights:
        """Share of the words of a section that another has and that one's own counterpart has not, shape ``(n,)``.

        Args:
            versions: The old and the new one.
            threes: Sections: one, that of the other version, and the counterpart of that, -1 for none.
            side: Version of the first ones, 0 for the old one; the counterparts are of the same.
        """
        own = (_own(versions[0]) @ self._old).sign(), (_own(versions[1]) @ self._new).sign()
        mine, theirs = own[side].tocsr(), own[1 - side].tocsr()
        ones, others, counterparts = (np.array(column, dtype=np.int64) for column in zip(*threes, strict=True))
        shared = mine[ones].multiply(theirs[others])
        known = shared.multiply(mine[np.maximum(counterparts, 0)]).multiply((counterparts >= 0)[:, None])
        mass = (mine @ self._weight)[ones]
        return np.asarray(((shared - known.tocsr()) @ self._weight) / np.maximum(mass, 1e-9))

    def candidates(self, olds: Numbers, news: Numbers) -> set[tuple[int, int]]:
        """The most alike of some old and some new paragraphs, by their rarer words, from either side."""
        if not len(olds) or not len(news):
            return set()
        rare = self._count <= max(_LEAST_RARE, _RARE * (len(olds) + len(news)))
        weight = csr_matrix(np.where(rare, self._weight, 0.0))
        found: set[tuple[int, int]] = set()
        left, right = self._old[olds].multiply(weight).tocsr(), self._new[news].tocsr()
        for one, other, masses, swapped in ((left, right, self.new_mass[news], False), (right, left, None, True)):
            scale = masses if masses is not None else self.old_mass[olds]
            for first in range(0, one.shape[0], _ROWS):
                stop_if_asked()
                product = (one[first : first + _ROWS] @ other.T).tocsr()
                for row in range(product.shape[0]):
                    span = slice(product.indptr[row], product.indptr[row + 1])
                    columns, values = product.indices[span], product.data[span]
                    if len(columns) > _BEST:
                        order = np.argpartition(-values / (1 + scale[columns]), _BEST)[:_BEST]
                        order = np.union1d(order, np.argpartition(-values, _BEST)[:_BEST])
                        columns = columns[order]
                    for column in columns:
                        old, new = (column, first + row) if swapped else (first + row, column)
                        found.add((int(olds[old]), int(news[new])))
        return found


def _features(words: Sequence[str]) -> set[object]:
    return {*words, *zip(words, words[1:], strict=False)}


def _matrix(sets: Sequence[set[object]], column: dict[object, int]) -> csr_matrix:
    """Which features each set has, shape ``(sets, features)``."""
    indices = [column[feature] for features in sets for feature in features]
    ends = np.cumsum([0, *(len(features) for features in sets)])
    ones = np.ones(len(indices), dtype=np.float64)
    return csr_matrix((ones, np.array(indices, dtype=np.int64), ends), shape=(len(sets), len(column)))


def _own(version: Version) -> csr_matrix:
    """Which paragraphs each section has itself, shape ``(sections, paragraphs)``."""
    return _incidence(version, [(p.section, number) for number, p in enumerate(version.paragraphs)])


def _below(version: Version) -> csr_matrix:
    """Which paragraphs each section has with all below it, shape ``(sections, paragraphs)``."""
    entries = [
        (section, number)
        for number, paragraph in enumerate(version.paragraphs)
        for section in (paragraph.section, *version.line(paragraph.section)[1:])
    ]
    return _incidence(version, entries)


def _incidence(version: Version, entries: list[tuple[int, int]]) -> csr_matrix:
    rows, columns = (np.array([entry[side] for entry in entries], dtype=np.int64) for side in (0, 1))
    shape = (len(version.sections), len(version.paragraphs))
    return csr_matrix((np.ones(len(entries)), (rows, columns)), shape=shape)
