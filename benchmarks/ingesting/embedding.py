"""Rates of embedding: ours, and sentence-transformers' own ``encode`` in float32, turn by turn."""

import random
import statistics
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from index.documents.store import DocumentStore
from index.generations.read import current_generation
from index.models.embedding import PackagedEmbedder, packaged_model

TEXTS, _TURN = 512, 128
_WARM = 64
"""Texts embedded before the clock runs: more than those that need no torch."""


def embedding_rates(index: Path) -> dict[str, Any]:
    """Passages of an index a second, and the median of the ratios of all turns."""
    import torch  # noqa: PLC0415 - seconds of import
    from sentence_transformers import SentenceTransformer  # noqa: PLC0415

    indexed = [passage.indexed_text for passage in DocumentStore(current_generation(index)).all_passages()]
    texts = random.Random(18).sample(indexed, min(TEXTS, len(indexed)))  # noqa: S311 - the same in each run
    threads = torch.get_num_threads()  # ours may set it to 1, one for each text that it runs at once
    ours = PackagedEmbedder()
    chosen = ours.settle(len(indexed))  # as an ingest of this index does
    default = SentenceTransformer(str(packaged_model()), device="cpu", local_files_only=True)

    def encode_default(part: list[str]) -> None:
        own = torch.get_num_threads()
        torch.set_num_threads(threads)
        default.encode(part)
        torch.set_num_threads(own)

    encoders: dict[str, Callable[[list[str]], object]] = {"ours": ours.encode, "default": encode_default}
    for encode in encoders.values():
        encode(texts[:_WARM])
    taken: dict[str, list[float]] = {name: [] for name in encoders}
    for start in range(0, len(texts), _TURN):
        part = texts[start : start + _TURN]
        for name, encode in encoders.items():
            begun = time.perf_counter()
            encode(part)
            taken[name].append(time.perf_counter() - begun)
    ratios = [theirs / own for own, theirs in zip(taken["ours"], taken["default"], strict=True)]
    return {
        **{name: len(texts) / sum(seconds) for name, seconds in taken.items()},
        "ratio": statistics.median(ratios), "texts": len(texts), "arithmetic": ours.arithmetic,
        "choice": chosen.sentence(), "threads": threads,
    }  # fmt: skip
