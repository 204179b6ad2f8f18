"""Keys of terms and sentences: how they are known on disk, so that no list of them has to be read to find one."""

from collections.abc import Sequence
from hashlib import blake2b

import numpy as np
from numpy.typing import NDArray

Keys = NDArray[np.uint64]


def key_of(text: str) -> int:
    """The 64-bit key of a text, the same on every machine.

    Among a million texts the chance that any two share a key is 3e-8, among four million 4e-7.
    """
    return int.from_bytes(blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).digest(), "little")


def keys_of(texts: Sequence[str]) -> Keys:
    """The keys of texts, shape ``(len(texts),)``."""
    return np.array([key_of(text) for text in texts], dtype=np.uint64)


def rows_of(asked: Keys, keys: Keys) -> NDArray[np.int64]:
    """Positions of the keys asked for among ascending ones, -1 for each that is not among them; shape of ``asked``."""
    if not len(keys):
        return np.full(len(asked), -1, dtype=np.int64)
    positions = np.minimum(np.searchsorted(keys, asked), len(keys) - 1)
    return np.where(keys[positions] == asked, positions, -1).astype(np.int64)
