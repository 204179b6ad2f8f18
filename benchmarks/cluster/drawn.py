"""A generation of any size drawn from a real one: its columns, its vectors and its days, without texts.

Each passage has the terms of a real one, in their order, some exchanged for others that are about as frequent, and its
vector, turned a little. So lengths, common words and neighbourhoods are those of real documents. A block of passages is
drawn anew whenever it is needed: the same each time.
"""

import json
from collections import Counter
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index.carried.term_counts import TermCounts
from index.generations.keys import keys_of
from index.generations.passage_table import FILE, PassageTable, load_passage_table
from index.query.analyzer import terms
from index.ranking.lexical import compile_lexical, save_lexical
from index.ranking.vectors import VectorIndex, Vectors, save_vectors
from index.records import IndexConfig
from index.search import HybridIndex
from pinpoint.stored import StoredDocument

BLOCK = 50_000
"""Passages that are drawn at once."""
_EXCHANGED, _TURNED = 0.3, 0.4
"""As in ``benchmarks.growth.scale``: share of the words that are exchanged, length of what turns a vector."""
_COMMONEST = 100
"""The commonest words stay."""
_OF_DOCUMENT = 330
"""Passages of a document: as many as the 43 real documents have on average."""
_REPEATED = 0.05
"""Share of passages that have the same words as an earlier one."""
Terms = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Block:
    """Some passages.

    Attributes:
        first: Row of the first.
        real: Rows of the real passages that they are made from.
        lengths: Terms of each.
        terms: Of all, one after the other, numbered by how frequent they are, 0 the most.
        vectors: Shape ``(passages, dim)``, unit length.
    """

    first: int
    real: NDArray[np.int64]
    lengths: NDArray[np.int64]
    terms: Terms
    vectors: Vectors


class Drawing:
    """Draws passages from those of an index."""

    def __init__(self, index: HybridIndex, seed: int) -> None:
        """Read the terms and vectors of all its passages."""
        self._seed = seed
        sequences = [terms(passage.indexed_text) for passage in index.store.all_passages()]
        counts = Counter(term for sequence in sequences for term in sequence)
        self.words = [word for word, _ in counts.most_common()]
        numbers = {word: number for number, word in enumerate(self.words)}
        self._lengths = np.array([len(sequence) for sequence in sequences], dtype=np.int64)
        self._starts = np.concatenate([[0], np.cumsum(self._lengths)])
        self._terms = np.array([numbers[term] for sequence in sequences for term in sequence], dtype=np.int64)
        self._vectors = index._ranking._channels.vectors(np.arange(len(sequences)))
        self._table = load_passage_table(index.folder)
        self._documents = list(index.documents.values())

    def blocks(self, size: int) -> list[int]:
        """Row of the first passage of each block of so many passages."""
        return list(range(0, size, BLOCK))

    def block(self, first: int, size: int) -> Block:
        """The block that begins at a row."""
        chance = np.random.default_rng((self._seed, first))
        real = chance.integers(0, len(self._lengths), min(BLOCK, size - first))
        lengths = self._lengths[real]
        begins = np.concatenate([[0], np.cumsum(lengths)])
        drawn = self._terms[np.arange(begins[-1]) + np.repeat(self._starts[real] - begins[:-1], lengths)]
        exchanged = (chance.random(len(drawn)) < _EXCHANGED) & (drawn >= _COMMONEST)
        rank = drawn[exchanged]
        most = np.minimum(rank * 1.25, len(self.words) - 1).astype(np.int64)
        drawn[exchanged] = chance.integers((rank * 0.8).astype(np.int64), most + 1)
        noise = chance.normal(size=(len(real), self._vectors.shape[1])).astype(np.float32)
        vectors = self._vectors[real] + _TURNED * noise / np.linalg.norm(noise, axis=1, keepdims=True)
        unit = (vectors / np.linalg.norm(vectors, axis=1, keepdims=True)).astype(np.float32)
        return Block(first, real, lengths, drawn, unit)

    def documents(self, size: int) -> dict[str, StoredDocument]:
        """The documents of so many passages, in their order: copies of the real ones under other names."""
        count = -(-size // _OF_DOCUMENT)
        real = self._documents
        made = [replace(real[number % len(real)], id=f"drawn-{number}", text="") for number in range(count)]
        return {document.id: document for document in made}

    def table(self, size: int) -> PassageTable:
        """Where so many passages stand, and their days: those of the real ones."""
        real = np.concatenate([self.block(first, size).real for first in self.blocks(size)])
        chance, rows = np.random.default_rng(self._seed), np.arange(size, dtype=np.int32)
        alike = rows.copy()
        again = np.flatnonzero(chance.random(size) < _REPEATED)[1:]
        alike[again] = alike[chance.integers(0, again)]
        while (alike[alike] != alike).any():
            alike = alike[alike]
        begin, end = self._table.valid_from[real], self._table.valid_to[real]
        return PassageTable(rows // _OF_DOCUMENT, rows, rows + 1, begin, end, alike)


def write_drawn(drawing: Drawing, folder: Path, size: int, config: IndexConfig) -> None:
    """Write the columns, the table and the vectors of a drawn generation; nothing where they are there."""
    if (folder / "drawn.json").is_file():
        return
    folder.mkdir(parents=True, exist_ok=True)
    for name in ("lexical", "bigrams"):
        _save_columns(drawing, folder, name, size, config)
    table = drawing.table(size)
    np.save(folder / FILE, np.stack([table.documents, table.starts, table.ends, table.valid_from, table.valid_to,
                                     table.duplicate_of]))  # fmt: skip
    import faiss  # noqa: PLC0415 - a tenth of a second, which other benchmarks do without

    flat: Any = None
    for first in drawing.blocks(size):
        vectors = drawing.block(first, size).vectors
        flat = flat or faiss.IndexFlatIP(vectors.shape[1])
        flat.add(vectors)
    save_vectors(VectorIndex(flat), folder / "vectors.faiss")
    (folder / "drawn.json").write_text(json.dumps({"passages": size}), encoding="utf-8")


Counted = tuple[NDArray[np.int32], Terms, NDArray[np.uint16]]
"""Rows, terms or pairs, and how often each stands there; by row."""


def _counted(block: Block, *, pairs: bool, words: int) -> Counted:
    rows = np.repeat(np.arange(len(block.lengths)), block.lengths)
    if pairs:
        adjacent = np.flatnonzero(rows[:-1] == rows[1:])
        found, most = block.terms[adjacent] * words + block.terms[adjacent + 1], words * words
        rows = rows[adjacent]
    else:
        found, most = block.terms, words
    both, counts = np.unique(rows * most + found, return_counts=True)
    return (both // most + block.first).astype(np.int32), both % most, counts.astype(np.uint16)


def _save_columns(drawing: Drawing, folder: Path, name: str, size: int, config: IndexConfig) -> None:
    """Compile counts by passage into columns in the order of their keys."""
    from scipy.sparse import csr_array  # noqa: PLC0415 - as faiss

    words, is_paired = drawing.words, name == "bigrams"
    by_passage = [
        _counted(drawing.block(first, size), pairs=is_paired, words=len(words)) for first in drawing.blocks(size)
    ]
    distinct = np.unique(np.concatenate([np.unique(found) for _, found, _ in by_passage]))
    keys = np.empty(len(distinct), dtype=np.uint64)
    for start in range(0, len(distinct), 2**18):
        part = distinct[start : start + 2**18].tolist()
        texts = [f"{words[one // len(words)]} {words[one % len(words)]}" if is_paired else words[one] for one in part]
        keys[start : start + 2**18] = keys_of(texts)
    order = np.argsort(keys)
    position = np.empty(len(order), dtype=np.int32)
    position[order] = np.arange(len(order), dtype=np.int32)
    columns = np.concatenate([position[np.searchsorted(distinct, found)] for _, found, _ in by_passage])
    rows = np.concatenate([rows for rows, _, _ in by_passage])
    starts = np.searchsorted(rows, np.arange(size + 1))
    counts = np.concatenate([counts for _, _, counts in by_passage])
    turned = csr_array((counts, columns, starts), shape=(size, len(distinct))).tocsc()
    del columns, rows, counts
    counted = TermCounts(
        size, keys[order], turned.indptr.astype(np.int64), turned.indices.astype(np.int32), turned.data
    )
    save_lexical(compile_lexical(counted, config), folder, name)
