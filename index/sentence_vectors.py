"""Vectors of all that can be quoted, so that sentences are compared with a question without being embedded for it.

They are kept in half precision, by the key of their text (``index.keys``).
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from index.durable import reserve
from index.embedding import Embedder, Vectors
from index.keys import Keys, key_of, keys_of, places_of
from index.quotable import quotable_spans
from index.records import ParsedDocument

_KEYS, _VECTORS = "sentences.keys.npy", "sentences.vectors.npy"
_SLICE = 512
"""Texts that are embedded before their vectors are written."""


@dataclass(frozen=True, slots=True)
class SentenceVectors:
    """Vectors by the key of their text.

    Attributes:
        keys: Shape ``(texts,)``, uint64, ascending.
        vectors: Shape ``(texts, dim)``, float16, unit length up to rounding.
    """

    keys: Keys
    vectors: NDArray[np.float16]

    def encode(self, texts: Sequence[str], embedder: Embedder) -> Vectors:
        """Vectors of texts, shape ``(len(texts), dim)``, float32; only those that are not kept are embedded.

        Raises:
            MissingModel: One has to be embedded and the model cannot be loaded.
        """
        if not len(self.keys):
            return embedder.encode(texts)
        found = places_of(keys_of(texts), self.keys)
        vectors = self.vectors[np.maximum(found, 0)].astype(np.float32)
        new = np.flatnonzero(found < 0).tolist()
        if new:
            vectors[new] = embedder.encode([texts[place] for place in new])
        return vectors


def write_sentence_vectors(
    corpus: Sequence[ParsedDocument],
    known: SentenceVectors,
    embedder: Embedder,
    folder: Path,
    dim: int,
    progress: Callable[[int, int], None],
) -> tuple[int, int]:
    """Embed what can be quoted of all passages; the vectors of texts in ``known`` are carried over.

    Returns:
        How many texts have a vector, and how many of them were embedded anew.
    """
    texts = {key_of(text): text for text in _quotable(corpus)}
    keys = np.array(sorted(texts), dtype=np.uint64)
    kept = places_of(keys, known.keys)
    # Longest first, so that a batch holds texts of like length.
    new = sorted(np.flatnonzero(kept < 0).tolist(), key=lambda place: -len(texts[int(keys[place])]))
    progress(0, len(new))
    np.save(folder / _KEYS, keys)
    if not len(keys):  # an empty file cannot be mapped
        np.save(folder / _VECTORS, np.zeros((0, dim), dtype=np.float16))
        return 0, 0
    vectors = np.lib.format.open_memmap(folder / _VECTORS, mode="w+", dtype=np.float16, shape=(len(keys), dim))
    reserve(folder / _VECTORS)
    if len(known.keys):
        old = np.flatnonzero(kept >= 0)
        vectors[old] = known.vectors[kept[old]]
    for start in range(0, len(new), _SLICE):
        places = new[start : start + _SLICE]
        vectors[places] = embedder.encode([texts[int(keys[place])] for place in places])
        progress(start + len(places), len(new))
    vectors.flush()
    return len(keys), len(new)


def load_sentence_vectors(folder: Path) -> SentenceVectors:
    """Open what ``write_sentence_vectors`` wrote, memory-mapped; empty where a generation has none."""
    if not (folder / _KEYS).is_file() or not (folder / _VECTORS).is_file():
        return no_sentence_vectors()
    keys, vectors = (np.load(folder / name, mmap_mode="r").view(np.ndarray) for name in (_KEYS, _VECTORS))
    return SentenceVectors(keys, vectors)


def no_sentence_vectors() -> SentenceVectors:
    """Vectors of nothing."""
    return SentenceVectors(np.zeros(0, dtype=np.uint64), np.zeros((0, 0), dtype=np.float16))


def _quotable(corpus: Sequence[ParsedDocument]) -> list[str]:
    headings = {(s.document_id, s.number): s.path for parsed in corpus for s in parsed.sections}
    return [
        passage.text[start:end]
        for parsed in corpus
        for passage in parsed.passages
        for start, end in quotable_spans(passage.text, headings[passage.document_id, passage.section])
    ]
