"""Which arithmetic is the fastest on this machine: a short measurement, made where there is enough to embed."""

import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median

from index.models.arithmetic import BF16, FP32, GPU, INT7, INT8, has_gpu, missing_for, processor_features, usual
from index.models.encoder import Encoder, open_encoder
from index.models.local_embedder import LocalEmbedder
from pinpoint.errors import MissingModel

ENOUGH = 1000
"""Texts from which a measurement pays: it takes a second or two, they take ten at least. Set by hand; not measured."""
_ROUNDS = 3
"""Turns that each arithmetic has; the median counts."""
_BATCH = 128
"""Texts in a turn of a graphics processor, which is fast with many at once. Set by hand; not measured."""
_SAMPLE = (
    "An applicant must show, by any credible evidence, that the physical presence is on account of trafficking. " * 10
)
"""A text of the length of a passage; rates depend on length alone."""
_RUNNERS = {INT8: "onnxruntime", INT7: "onnxruntime", FP32: "onnxruntime", BF16: "torch", GPU: "sentence-transformers"}


@dataclass(frozen=True, slots=True, kw_only=True)
class ArithmeticChoice:
    """The arithmetic of an index, and why it is that.

    Attributes:
        arithmetic: Its name.
        reason: Why it was not measured, or is not the one that the index had; "" otherwise.
        rates: Passages a second by the name of the arithmetic, where they were measured.
        runner: What computes in it, "" where that is not known; None for what runs the packaged model.
    """

    arithmetic: str
    reason: str = ""
    rates: Mapping[str, float] = field(default_factory=dict)
    runner: str | None = None

    def sentence(self) -> str:
        """Return the choice in words, for the report of an ingest."""
        named = f"Embedding: {self.arithmetic}"
        runner = _RUNNERS.get(self.arithmetic, "") if self.runner is None else self.runner
        if runner:
            named += f" on {runner}"
        if not self.rates:
            return f"{named} ({self.reason})." if self.reason else f"{named}."
        others = [f"{name} {rate:.0f}" for name, rate in self.rates.items() if name != self.arithmetic]
        why = f" ({self.reason})" if self.reason else ""
        return f"{named}, {self.rates[self.arithmetic]:.0f} passages a second; {', '.join(others)}{why}."


def choose_arithmetic(folder: Path, texts: int, threads: int, reason: str = "") -> ArithmeticChoice:
    """Choose the arithmetic of the packaged model for a new index.

    Args:
        folder: Of the model.
        texts: How many texts are to be embedded.
        threads: How many run at once.
        reason: Why there is something to choose, where that is a surprise.
    """
    if texts < ENOUGH:
        return ArithmeticChoice(arithmetic=usual(), reason=reason or "too few texts for a measurement")
    # Importing torch takes seconds and memory, which only AMX and a graphics processor make up for.
    amx = "amx_bf16" in processor_features() and not missing_for(BF16)
    names = [usual(), FP32, *([BF16] if amx else []), *([GPU] if has_gpu() else [])]
    rates = _rates(folder, names, threads)
    return ArithmeticChoice(arithmetic=max(rates, key=rates.__getitem__), rates=rates, reason=reason)


def _rates(folder: Path, names: list[str], threads: int) -> dict[str, float]:
    """Texts a second, taken turn by turn, so that other work on the machine slows all alike.

    A graphics processor that cannot run the model after all is left out.
    """
    encoders: dict[str, Encoder | LocalEmbedder] = {}
    texts = {name: [_SAMPLE] * (_BATCH if name == GPU else 2 * threads) for name in names}
    for name in names:
        encoder = LocalEmbedder(folder, GPU) if name == GPU else open_encoder(folder, name, threads)
        try:
            encoder.encode(texts[name])  # the first turn of each is slower: memory is reserved in it
        except (RuntimeError, MissingModel):
            if name != GPU:
                raise
        else:
            encoders[name] = encoder
    taken: dict[str, list[float]] = {name: [] for name in encoders}
    for _ in range(_ROUNDS):
        for name, encoder in encoders.items():
            begun = time.perf_counter()
            encoder.encode(texts[name])
            taken[name].append(time.perf_counter() - begun)
    return {name: len(texts[name]) / median(seconds) for name, seconds in taken.items()}
