"""Vectors of all that can be quoted, so that sentences are compared with a question without being embedded for it.

They are stored in half precision, by the key of their text (``index.generations.keys``). Beside them stands for each
passage which keys it has, so that an ingest looks for sentences only in text that is new to it.
"""

import gzip
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from index.documents.citable import CITABLE_VERSION, citable_spans
from index.generations.keys import Keys, key_of, keys_of, rows_of
from index.generations.rows import text_hash
from index.models.embedding import Embedder, Vectors
from pinpoint.files import reserve
from pinpoint.stored import ParsedDocument

_KEYS, _VECTORS, _PASSAGES = "sentences.keys.npy", "sentences.vectors.npy", "sentences.passages.json.gz"
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
        """Vectors of texts, shape ``(len(texts), dim)``, float32; only those that are not stored are embedded.

        Raises:
            MissingModel: One has to be embedded and the model cannot be loaded.
        """
        if not len(self.keys):
            return embedder.encode(texts)
        found = rows_of(keys_of(texts), self.keys)
        vectors = self.vectors[np.maximum(found, 0)].astype(np.float32)
        new = np.flatnonzero(found < 0).tolist()
        if new:
            vectors[new] = embedder.encode([texts[position] for position in new])
        return vectors


def write_sentence_vectors(
    corpus: Sequence[ParsedDocument],
    before: Path | None,
    embedder: Embedder,
    folder: Path,
    dim: int,
    progress: Callable[[int, int], None],
) -> tuple[int, int]:
    """Embed what can be quoted of all passages; what the generation in ``before`` has is carried over.

    Args:
        corpus: The documents.
        before: A generation that the same embedder made; None for none.
        embedder: Embeds what is new.
        folder: Where the vectors are written.
        dim: How long a vector is.
        progress: Called with (done, total) of the new texts.

    Returns:
        How many texts have a vector, and how many of them were embedded anew.
    """
    known = load_sentence_vectors(before) if before else no_sentence_vectors()
    of_passages, texts = _citable(corpus, _load_passages(before) if before else {})
    _save_passages(of_passages, folder)
    keys = np.array(sorted({key for every in of_passages.values() for key in every}), dtype=np.uint64)
    known_rows = rows_of(keys, known.keys)
    # Longest first, so that a batch holds texts of like length.
    new = sorted(np.flatnonzero(known_rows < 0).tolist(), key=lambda position: -len(texts[int(keys[position])]))
    progress(0, len(new))
    np.save(folder / _KEYS, keys)
    if not len(keys):  # an empty file cannot be mapped
        np.save(folder / _VECTORS, np.zeros((0, dim), dtype=np.float16))
        return 0, 0
    vectors = np.lib.format.open_memmap(folder / _VECTORS, mode="w+", dtype=np.float16, shape=(len(keys), dim))
    reserve(folder / _VECTORS)
    if len(known.keys):
        old = np.flatnonzero(known_rows >= 0)
        vectors[old] = known.vectors[known_rows[old]]
    for start in range(0, len(new), _SLICE):
        positions = new[start : start + _SLICE]
        vectors[positions] = embedder.encode([texts[int(keys[position])] for position in positions])
        progress(start + len(positions), len(new))
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


def _citable(
    corpus: Sequence[ParsedDocument], known: Mapping[str, list[int]]
) -> tuple[dict[str, list[int]], dict[int, str]]:
    """Keys of what can be quoted by the digest of the passage; and by key the texts of passages that are new."""
    of_passages: dict[str, list[int]] = {}
    texts: dict[int, str] = {}
    for parsed in corpus:
        headings = {section.number: section.path for section in parsed.sections}
        for passage in parsed.passages:
            path = headings[passage.section]
            digest = text_hash("\n".join((*path, "", passage.text))).hex()
            if digest not in known:
                found = {key_of(text): text for text in _texts(passage.text, path)}
                texts |= found
                of_passages[digest] = list(found)
            else:
                of_passages[digest] = known[digest]
    return of_passages, texts


def _texts(text: str, headings: Sequence[str]) -> list[str]:
    return [text[start:end] for start, end in citable_spans(text, headings)]


def _made_by() -> str:
    """What the spans that can be quoted depend on beside the text."""
    return f"{CITABLE_VERSION} (nupunkt {version('nupunkt')})"


def _save_passages(of_passages: Mapping[str, list[int]], folder: Path) -> None:
    stored = json.dumps({"made by": _made_by(), "passages": of_passages}).encode()
    (folder / _PASSAGES).write_bytes(gzip.compress(stored, 1, mtime=0))


def _load_passages(folder: Path) -> dict[str, list[int]]:
    """Keys of what can be quoted by the digest of the passage; empty where a generation has none that hold today."""
    if not (folder / _PASSAGES).is_file():
        return {}
    stored = json.loads(gzip.decompress((folder / _PASSAGES).read_bytes()))
    passages: dict[str, list[int]] = stored["passages"] if stored["made by"] == _made_by() else {}
    return passages
