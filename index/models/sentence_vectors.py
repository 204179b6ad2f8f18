"""Vectors of sentences, made when a question compares them and remembered in memory, the last used longest.

An ingest makes none: a question reads some forty sentences, a folder of documents has tens of thousands. Nothing of
this is ever written to a disk, because which sentences were compared tells what was asked. docs/tried.md, "Vectors of
sentences", has what the alternatives cost and give.
"""

from collections import OrderedDict
from collections.abc import Sequence
from threading import Lock

import numpy as np

from index.generations.keys import key_of
from index.models.arithmetic import GPU
from index.models.embedding import PACKAGED, Embedder, Vectors
from index.models.local_embedder import LocalEmbedder

MEGABYTES = 16
"""Memory of the vectors that are remembered: 10,900 of 384 numbers, new ones of some 450 questions. Set by hand."""
_TOGETHER = 16
"""Texts that are handed at a time to a model that embeds each by itself, in the arithmetic of the question."""


class SentenceVectors:
    """Remembers vectors by the key of their text, up to a bound; safe to share between threads.

    A vector is the same to the last bit whatever is asked for beside it, in which order, and whether it was remembered.
    """

    def __init__(self, megabytes: float = MEGABYTES) -> None:
        """Remember at most so many megabytes of vectors."""
        self._bound = int(megabytes * 2**20)
        self._vectors: OrderedDict[int, Vectors] = OrderedDict()
        self._bytes = 0
        self._changing = Lock()

    @property
    def size(self) -> int:
        """Bytes of the vectors that are remembered."""
        return self._bytes

    def encode(self, texts: Sequence[str], embedder: Embedder) -> Vectors:
        """Vectors of texts, shape ``(len(texts), dim)``, float32; each text that is not remembered is embedded once.

        Args:
            texts: Sentences, in any order, some of them perhaps alike.
            embedder: The same at every call.

        Raises:
            MissingModel: One has to be embedded and the model cannot be loaded.
        """
        if not texts:
            return embedder.encode(texts)
        keys = [key_of(text) for text in texts]
        found = self._remembered(keys)
        new = {key: text for key, text in zip(keys, texts, strict=True) if key not in found}
        made = dict(zip(new, _embedded(list(new.values()), embedder), strict=True))
        self._remember(made)
        found |= made
        return np.stack([found[key] for key in keys])

    def _remembered(self, keys: Sequence[int]) -> dict[int, Vectors]:
        with self._changing:
            found = {key: self._vectors[key] for key in keys if key in self._vectors}
            for key in found:
                self._vectors.move_to_end(key)
        return found

    def _remember(self, made: dict[int, Vectors]) -> None:
        with self._changing:
            for key, vector in made.items():
                before = self._vectors.pop(key, None)
                self._bytes += vector.nbytes - (0 if before is None else before.nbytes)
                self._vectors[key] = vector
            while self._bytes > self._bound:
                _, oldest = self._vectors.popitem(last=False)
                self._bytes -= oldest.nbytes


def _embedded(texts: Sequence[str], embedder: Embedder) -> list[Vectors]:
    """Vectors of texts, none of which depends on the others.

    The batches of a graphics processor, and of an embedder that is not ours, are padded to their longest text, which
    changes the last digits: those get one at a time.
    """
    ours = embedder.choice == PACKAGED or isinstance(embedder, LocalEmbedder)
    step = _TOGETHER if ours and embedder.arithmetic != GPU else 1
    return [
        vector.copy()  # a row of its own, so that what is forgotten is freed
        for start in range(0, len(texts), step)
        for vector in embedder.encode(texts[start : start + step])
    ]
