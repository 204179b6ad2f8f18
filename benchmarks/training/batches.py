"""Batches in which no pair's positive answers another pair's query as far as is known."""

import random
from collections.abc import Iterator, Sequence

from benchmarks.training.pairs.records import WeakPair

_BUCKET = 8
"""Batches that are sorted by length together, so that little is padded. Set by hand; not measured."""


def batches(pairs: Sequence[WeakPair], size: int, seed: int) -> Iterator[list[WeakPair]]:
    """Batches without end: each round has every pair once, in another order; a rest smaller than a batch is left out.

    Args:
        pairs: What to train on.
        size: Pairs of a batch.
        seed: Of all orders.

    Raises:
        ValueError: There are fewer pairs than one batch has.
    """
    if len(pairs) < size:
        raise ValueError(f"{len(pairs)} pairs make no batch of {size}: give more pairs or a smaller --batch.")
    draw = random.Random(seed)
    while True:
        yield from _round(pairs, size, draw)


def _round(pairs: Sequence[WeakPair], size: int, draw: random.Random) -> Iterator[list[WeakPair]]:
    order = draw.sample(list(pairs), len(pairs))
    width = size * _BUCKET
    made = []
    for start in range(0, len(order), width):
        waiting = sorted(order[start : start + width], key=lambda pair: len(pair.positive))
        while len(waiting) >= size:
            batch, waiting = _disjoint(waiting, size)
            if len(batch) < size:
                break
            made.append(batch)
    draw.shuffle(made)
    yield from made


def _disjoint(waiting: Sequence[WeakPair], size: int) -> tuple[list[WeakPair], list[WeakPair]]:
    """The first pairs of which no two share query or passage, and the others."""
    batch: list[WeakPair] = []
    rest: list[WeakPair] = []
    taken: set[str | int] = set()
    for pair in waiting:
        names: set[str | int] = {pair.query, pair.row}
        if len(batch) < size and not names & taken:
            batch.append(pair)
            taken |= names
        else:
            rest.append(pair)
    return batch, rest
