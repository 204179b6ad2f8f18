"""Which weak pairs are worth training on: each once, none near-empty, none too often, and some set apart."""

import hashlib
import random
from collections import Counter
from collections.abc import Iterable, Sequence

from benchmarks.training.pairs.records import Kind, WeakPair
from index.query.analyzer import terms

FEWEST_TERMS = 8
"""Terms of a positive; a shorter one is a heading or a rest. Set by hand; not measured."""
MOST_OF_ONE = 4
"""Queries of one positive and kind, so that no provision rules the rest. Set by hand; not measured."""
_SET_APART = 20
"""One positive of so many is never trained on and shows when to stop. Set by hand; not measured."""


def select(pairs: Iterable[WeakPair], *, most: int, seed: int) -> list[WeakPair]:
    """A sample of pairs in the order of the seed.

    Args:
        pairs: As they were read.
        most: Pairs of each kind at most.
        seed: Of the sample.
    """
    known: set[tuple[str, str]] = set()
    good = []
    for pair in pairs:
        name = _folded(pair.query), _folded(pair.positive)
        copied = pair.kind != "term" and name[0] in name[1]
        if name not in known and len(terms(pair.positive)) >= FEWEST_TERMS and not copied:
            known.add(name)
            good.append(pair)
    random.Random(seed).shuffle(good)
    of_one: Counter[tuple[Kind, str]] = Counter()
    of_kind: Counter[Kind] = Counter()
    chosen = []
    for pair in good:
        name_of_one = pair.kind, _folded(pair.positive)
        if of_one[name_of_one] < MOST_OF_ONE and of_kind[pair.kind] < most:
            of_one[name_of_one] += 1
            of_kind[pair.kind] += 1
            chosen.append(pair)
    return chosen


def divide(pairs: Sequence[WeakPair]) -> tuple[list[WeakPair], list[WeakPair]]:
    """Pairs to train on and pairs set apart; all pairs of one positive are on one side, whatever else there is."""
    apart = [int(hashlib.sha256(_folded(pair.positive).encode()).hexdigest(), 16) % _SET_APART == 0 for pair in pairs]
    train = [pair for pair, out in zip(pairs, apart, strict=True) if not out]
    return train, [pair for pair, out in zip(pairs, apart, strict=True) if out]


def _folded(text: str) -> str:
    return " ".join(text.casefold().split())
