"""Vectors of texts, each by itself: a vector depends neither on other texts nor on how many threads there are."""

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np

from index.models.arithmetic import BF16
from index.models.weights import BertWeights, Floats

Progress = Callable[[int, int], None]
Forward = Callable[[Floats], Floats]
"""From the first states of a text, ``(tokens, dim)``, to the mean of its last ones, ``(dim,)``."""
_STEP = 8
"""Texts between two calls of the progress. Set by hand; not measured."""


class Encoder:
    """The packaged model in one arithmetic; safe to share between threads.

    Each thread runs whole texts. Two threads that share the work of one text wait for each other at every operator.
    """

    def __init__(self, weights: BertWeights, forward: Forward, threads: int) -> None:
        """Take a model that is loaded.

        Args:
            weights: What reads texts.
            forward: What runs the layers.
            threads: How many texts are run at once.
        """
        self._weights, self._forward, self._threads = weights, forward, threads

    def encode(self, texts: Sequence[str], progress: Progress | None = None) -> Floats:
        """Embed texts: float32, shape ``(len(texts), dim)``, rows of unit length; cut at the longest input."""
        vectors = np.zeros((len(texts), self._weights.dim), dtype=np.float32)
        fill(vectors, self._encode_one, texts, self._threads, progress)
        return vectors

    def _encode_one(self, text: str) -> Floats:
        mean = self._forward(self._weights.states(self._weights.tokens(text)))
        unit: Floats = mean / np.linalg.norm(mean)
        return unit


def fill(
    vectors: Floats, embed: Callable[[str], Floats], texts: Sequence[str], threads: int, progress: Progress | None
) -> None:
    """Put the vector of each text into its row, whole texts in several threads.

    Args:
        vectors: Shape ``(len(texts), dim)``; what is written.
        embed: Makes one vector; may be called by several threads at once.
        texts: What is embedded.
        threads: How many texts are run at once.
        progress: Called as the work goes on with (done, total).
    """
    if len(texts) == 1 or threads == 1:
        _collect(map(embed, texts), vectors, progress)
        return
    pool = ThreadPoolExecutor(threads)
    try:
        _collect(pool.map(embed, texts), vectors, progress)
    finally:
        pool.shutdown(cancel_futures=True)


def _collect(made: Iterator[Floats], vectors: Floats, progress: Progress | None) -> None:
    for row, vector in enumerate(made):
        vectors[row] = vector
        done = row + 1
        if progress and (done % _STEP == 0 or done == len(vectors)):
            progress(done, len(vectors))


def open_encoder(folder: Path, arithmetic: str, threads: int) -> Encoder:
    """Load the packaged model.

    Args:
        folder: Of the model.
        arithmetic: "fp32" or "int8", which onnxruntime runs, or "bf16", which torch runs.
        threads: How many texts are run at once.

    Raises:
        OSError, ValueError, KeyError: The configuration is not there or not that of such a model.
    """
    weights = BertWeights(folder)
    if arithmetic == BF16:
        from index.models.torch_forward import torch_forward  # noqa: PLC0415 - seconds of import

        return Encoder(weights, torch_forward(weights), threads)
    return Encoder(weights, _onnx_forward(weights, arithmetic), threads)


def _onnx_forward(weights: BertWeights, arithmetic: str) -> Forward:
    from onnxruntime import InferenceSession, SessionOptions  # noqa: PLC0415 - wanted only when something is embedded

    from index.models.onnx_graph import onnx_graph  # noqa: PLC0415

    options = SessionOptions()
    options.intra_op_num_threads = 1  # a text in each thread of ``Encoder.encode``
    session = InferenceSession(onnx_graph(weights, arithmetic), options, providers=["CPUExecutionProvider"])

    def forward(states: Floats) -> Floats:
        mean: Floats = session.run(None, {"states": states[np.newaxis]})[0][0]
        return mean

    return forward
