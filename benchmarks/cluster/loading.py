"""Load a drawn generation into a cluster, as a real one is loaded."""

import json
import time
from collections.abc import Iterator
from typing import cast

import numpy as np
from numpy.typing import NDArray

from benchmarks.cluster.drawn import BLOCK, Block, Drawing
from index.cluster.connection import Connection
from index.cluster.mapping import body, token_lines
from index.cluster.stored.rows.loading import load_rows
from index.cluster.stored.rows.row_lines import RowLines
from index.cluster.stored.rows.settling import settle_rows
from index.generations.keys import keys_of
from index.search import HybridIndex
from pinpoint.errors import GenerationGone

_LINES = 512


class DrawnLines:
    """The rows of a drawn generation as lines for the cluster; see ``RowLines``.

    Attributes:
        count: How many there are.
    """

    def __init__(self, drawing: Drawing, size: int) -> None:
        """Draw so many passages."""
        self.count, self._drawing = size, drawing
        self._keys = keys_of(drawing.words)
        self._table = drawing.table(size)
        self._documents = [
            json.dumps({"document_id": one.id, "kind": one.kind, "collection": one.collection})[1:-1]
            for one in drawing.documents(size).values()
        ]

    def lines(self, rows: NDArray[np.int64]) -> Iterator[tuple[int, str]]:
        """Some rows, ascending, each with its line."""
        for first in self._drawing.blocks(self.count):
            wanted = rows[(rows >= first) & (rows < first + BLOCK)]
            if len(wanted):
                own = set(wanted.tolist())
                yield from (made for made in self._made(self._drawing.block(first, self.count)) if made[0] in own)

    def _made(self, block: Block) -> Iterator[tuple[int, str]]:
        ends = np.cumsum(block.lengths)
        words = len(self._drawing.words)
        inner = np.ones(len(block.terms), dtype=np.bool_)
        inner[ends - 1] = False  # the last term of a passage has none behind it
        adjacent = np.flatnonzero(inner)
        pairs, which = np.unique(block.terms[adjacent] * words + block.terms[adjacent + 1], return_inverse=True)
        named = self._drawing.words
        pair_keys = keys_of([f"{named[one // words]} {named[one % words]}" for one in pairs.tolist()])[
            which.reshape(-1)
        ]
        term_keys, pair_ends = self._keys[block.terms], ends - np.arange(1, len(ends) + 1)
        pattern = ",".join(["%.7g"] * block.vectors.shape[1])
        for start in range(0, len(ends), _LINES):
            some = slice(start, min(start + _LINES, len(ends)))
            terms = _tokens(term_keys, ends, some)
            pairs_of = _tokens(pair_keys, pair_ends, some)
            for number, row in enumerate(range(block.first + start, block.first + some.stop)):
                document = int(self._table.documents[row])
                vector = block.vectors[start + number].tolist()
                yield (
                    row,
                    f'{{"row":{row},{self._documents[document]},"document":{document},'
                    f'"valid_from":{self._table.valid_from[row]},"valid_to":{self._table.valid_to[row]},'
                    f'"terms":"{terms[number]}","pairs":"{pairs_of[number]}","vector":[{pattern % tuple(vector)}]}}',
                )


def _tokens(keys: NDArray[np.uint64], ends: NDArray[np.int64], some: slice) -> list[str]:
    begun = int(ends[some.start - 1]) if some.start else 0
    return token_lines(keys[begun : ends[some.stop - 1]], (ends[some] - begun).tolist())


def load_drawn(
    connection: Connection, index: str, drawing: Drawing, real: HybridIndex, size: int, told: float = 20.0
) -> float:
    """Have a drawn generation in an index; gives the seconds that it took, 0 where it was there."""
    try:
        if connection.count(index) == size:
            return 0.0
        connection.delete(f"/{index}")
    except GenerationGone:
        pass
    begun = last = time.perf_counter()
    facts = {**real.facts, "passages": size, "embedded": size}
    connection.put(f"/{index}", body(facts=facts, digest="", name=index, shards=3, replicas=0))

    def progress(done: int, total: int) -> None:
        nonlocal last
        if time.perf_counter() - last > told:
            last = time.perf_counter()
            print(f"{done:,} of {total:,} loaded, {done / (last - begun):,.0f} a second", flush=True)

    load_rows(connection, index, cast("RowLines", DrawnLines(drawing, size)), progress)
    settle_rows(connection, index, 0)
    return time.perf_counter() - begun
