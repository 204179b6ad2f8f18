"""An embedder without weights."""

import re
import zlib
from collections.abc import Callable, Sequence

import numpy as np

from index.models.embedding import Vectors

_WORD = re.compile(r"[a-z0-9.-]+")
_DIM = 64


class FakeEmbedder:
    """Unit vectors from hashed word beginnings: equal words, equal direction; no weights, no network.

    Attributes:
        calls: How many texts each call of ``encode`` was given.
    """

    name = "fake"
    choice = "packaged"
    arithmetic = "fp32"

    def __init__(self, digest: str = "fake-1", *, arithmetic: str = "fp32", reason: str = "") -> None:
        self.digest = digest
        self.calls: list[int] = []

    def encode(self, texts: Sequence[str], progress: Callable[[int, int], None] | None = None) -> Vectors:
        self.calls.append(len(texts))
        vectors = np.zeros((len(texts), _DIM), dtype=np.float32)
        for row, text in enumerate(texts):
            for word in _WORD.findall(text.lower()):
                if len(word) > 3:
                    position = zlib.crc32(word[:6].encode())
                    vectors[row, position % _DIM] += 1 if position & 1024 else -1
            if not vectors[row].any():
                vectors[row, 0] = 1
        if progress:
            progress(len(texts), len(texts))
        return np.asarray(vectors / np.linalg.norm(vectors, axis=1, keepdims=True), dtype=np.float32)

    def encode_queries(self, texts: Sequence[str], progress: Callable[[int, int], None] | None = None) -> Vectors:
        return self.encode(texts, progress)
