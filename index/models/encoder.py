"""The packaged model for a few texts, in numpy: the vectors of sentence-transformers without its seconds of import.

A question is a handful of subword tokens. What takes time before its vector is not the model but importing torch and
transformers, which an ingest needs and a search does not. Sources of the formulas: Vaswani et al. 2017 (attention),
Devlin et al. 2019 (BERT), Hendrycks and Gimpel 2016 (GELU), Reimers and Gurevych 2019 (mean of the subword tokens).
"""

import json
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from safetensors.numpy import load_file
from scipy.special import erf
from threadpoolctl import threadpool_limits
from tokenizers import Tokenizer

Floats = NDArray[np.float32]

_HALF, _ROOT_HALF = np.float32(0.5), np.float32(0.5**0.5)


class SmallEncoder:
    """A BERT model with mean pooling; each text by itself, so that its vector never depends on the others."""

    def __init__(self, folder: Path, threads: int) -> None:
        """Load weights and vocabulary.

        Args:
            folder: A sentence-transformers model of the modules Transformer (BERT), Pooling (mean), Normalize.
            threads: At most how many threads a product of matrices takes from now on, in the whole process.

        Raises:
            OSError, ValueError, KeyError: The configuration is not there or not that of such a model.
        """
        threadpool_limits(threads, user_api="blas")
        config = json.loads((folder / "config.json").read_text(encoding="utf-8"))
        longest = json.loads((folder / "sentence_bert_config.json").read_text(encoding="utf-8"))["max_seq_length"]
        self._tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        self._tokenizer.enable_truncation(longest)
        self._tokenizer.no_padding()
        self._heads, self._epsilon = config["num_attention_heads"], np.float32(config["layer_norm_eps"])
        weights = load_file(folder / "model.safetensors")
        self._words = weights["embeddings.word_embeddings.weight"]
        self._positions = (
            weights["embeddings.position_embeddings.weight"] + weights["embeddings.token_type_embeddings.weight"][0]
        )
        self._first_norm = _pair(weights, "embeddings.LayerNorm")
        self._layers = [_layer(weights, f"encoder.layer.{row}") for row in range(config["num_hidden_layers"])]

    def encode(self, texts: Sequence[str]) -> Floats:
        """Embed texts: float32, shape ``(len(texts), dim)``, rows of unit length; cut at the longest input."""
        vectors = np.zeros((len(texts), self._words.shape[1]), dtype=np.float32)
        for row, text in enumerate(texts):
            vectors[row] = self._states(self._tokenizer.encode(text).ids).mean(axis=0)
        unit: Floats = vectors / np.linalg.norm(vectors, axis=1, keepdims=True)
        return unit

    def _states(self, ids: list[int]) -> Floats:
        """Last hidden states, shape ``(len(ids), dim)``."""
        states = self._norm(self._words[ids] + self._positions[: len(ids)], self._first_norm)
        for attention, joined, norm, wide, narrow, last_norm in self._layers:
            states = self._norm(_apply(self._attend(_apply(states, attention)), joined) + states, norm)
            states = self._norm(_apply(_gelu(_apply(states, wide)), narrow) + states, last_norm)
        return states

    def _attend(self, projected: Floats) -> Floats:
        """Attention of all heads; ``projected`` holds queries, keys and values side by side, ``(tokens, 3 * dim)``."""
        tokens, dim = len(projected), projected.shape[1] // 3
        queries, keys, values = projected.reshape(tokens, 3, self._heads, -1).transpose(1, 2, 0, 3)
        scores = queries @ keys.transpose(0, 2, 1) / np.float32((dim / self._heads) ** 0.5)
        shares = np.exp(scores - scores.max(axis=-1, keepdims=True))
        shares /= shares.sum(axis=-1, keepdims=True)
        joined: Floats = (shares @ values).transpose(1, 0, 2).reshape(tokens, dim)
        return joined

    def _norm(self, states: Floats, scale: tuple[Floats, Floats]) -> Floats:
        centred = states - states.mean(axis=-1, keepdims=True)
        spread = np.sqrt((centred * centred).mean(axis=-1, keepdims=True) + self._epsilon)
        normed: Floats = centred / spread * scale[0] + scale[1]
        return normed


def _layer(weights: dict[str, Floats], name: str) -> tuple[tuple[Floats, Floats], ...]:
    """What a layer multiplies by: attention, its output, norm, intermediate, output, norm."""
    heads = [_pair(weights, f"{name}.attention.self.{part}") for part in ("query", "key", "value")]
    attention = np.concatenate([weight for weight, _ in heads]), np.concatenate([bias for _, bias in heads])
    names = ("attention.output.dense", "attention.output.LayerNorm", "intermediate.dense", "output.dense")
    return attention, *(_pair(weights, f"{name}.{part}") for part in (*names, "output.LayerNorm"))


def _pair(weights: dict[str, Floats], name: str) -> tuple[Floats, Floats]:
    return weights[f"{name}.weight"], weights[f"{name}.bias"]


def _apply(states: Floats, dense: tuple[Floats, Floats]) -> Floats:
    applied: Floats = states @ dense[0].T + dense[1]
    return applied


def _gelu(states: Floats) -> Floats:
    activated: Floats = states * _HALF * (erf(states * _ROOT_HALF) + np.float32(1))
    return activated
