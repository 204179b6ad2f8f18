"""The two term matrices of a new generation: only text that is new to it is analysed."""

from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np

from index.carried.documents import CorpusRows
from index.carried.term_counts import Rows, TermCounts, carry_counts, count_both, load_counts, save_counts
from index.generations.rows import indexed_hashes
from index.query.analyzer import terms
from index.ranking.lexical import compile_lexical, save_lexical
from index.records import IndexConfig

_SHOWN = 200
"""Passages between two calls of ``progress``. Set by hand; not measured."""


def write_terms(
    corpus: CorpusRows, before: Path | None, config: IndexConfig, folder: Path, progress: Callable[[int, int], None]
) -> None:
    """Write the matrices of single terms and of adjacent ones.

    Args:
        corpus: The passages.
        before: An intact generation of the same analyzer; None for none.
        config: Gives ``k1`` and ``b``.
        folder: Where the matrices are written.
        progress: Called with (done, total) of the passages whose text is new.
    """
    names = ("lexical", "bigrams")
    known = [load_counts(before, name) if before else None for name in names]
    source = _source(corpus, before) if all(known) else np.full(corpus.count, -1)
    new = np.flatnonzero(source < 0).tolist()
    for name, old, added in zip(names, known, count_both(_analysed(corpus, new, progress)), strict=True):
        counts: TermCounts = carry_counts(old, added, source) if old else added
        save_lexical(compile_lexical(counts, config), folder, name)
        save_counts(counts, folder, name)


def _source(corpus: CorpusRows, before: Path | None) -> Rows:
    """Row of each text in an older generation, -1 for one that it does not have; shape ``(passages,)``."""
    there = {digest: row for row, digest in enumerate(indexed_hashes(before))} if before else {}
    return np.array([there.get(digest, -1) for digest in corpus.hashes], dtype=np.int64)


def _analysed(corpus: CorpusRows, rows: list[int], progress: Callable[[int, int], None]) -> Iterator[list[str]]:
    """Terms of the indexed text of some rows."""
    for done, text in enumerate(corpus.texts(rows)):
        if done % _SHOWN == 0:
            progress(done, len(rows))
        yield terms(text)
    progress(len(rows), len(rows))
