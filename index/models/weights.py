"""The packaged model as it lies on disk: its settings, its weights, and the states that its first layer is given.

The weights stay in their file. Those of a layer are read when they are converted, those of words when a text has them,
so that several processes share one copy in memory.
"""

import json
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer

Floats = NDArray[np.float32]
_HEADER = 8  # bytes that say how long the description is


class BertWeights:
    """A BERT model of the modules Transformer, Pooling (mean) and Normalize."""

    def __init__(self, folder: Path) -> None:
        """Open a model.

        Args:
            folder: What sentence-transformers stores.

        Raises:
            OSError, ValueError, KeyError: The configuration is not there or not that of such a model.
        """
        config = json.loads((folder / "config.json").read_text(encoding="utf-8"))
        longest = json.loads((folder / "sentence_bert_config.json").read_text(encoding="utf-8"))["max_seq_length"]
        self.layers, self.heads = int(config["num_hidden_layers"]), int(config["num_attention_heads"])
        self._tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        self._tokenizer.enable_truncation(longest)
        self._tokenizer.no_padding()
        self._file = folder / "model.safetensors"
        with self._file.open("rb") as file:
            self._start = _HEADER + int.from_bytes(file.read(_HEADER), "little")
            self._tensors = json.loads(file.read(self._start - _HEADER))
        self._words = self._stored("embeddings.word_embeddings.weight")
        # All tokens of a text are of the first type.
        self._positions = (
            self.tensor("embeddings.position_embeddings.weight")
            + self.tensor("embeddings.token_type_embeddings.weight")[0]
        )
        self._norm = self.tensor("embeddings.LayerNorm.weight"), self.tensor("embeddings.LayerNorm.bias")
        self.epsilon = np.float32(config["layer_norm_eps"])

    @property
    def dim(self) -> int:
        """How long a vector is."""
        return int(self._words.shape[1])

    def tensor(self, name: str) -> Floats:
        """Weights by the name that they have in the file; those of a dense layer are of shape ``(out, in)``."""
        return np.array(self._stored(name))

    def tokens(self, text: str) -> list[int]:
        """Numbers of the subword tokens of a text, cut at the longest input."""
        ids: list[int] = self._tokenizer.encode(text).ids
        return ids

    def states(self, tokens: list[int]) -> Floats:
        """What the first layer is given: shape ``(len(tokens), dim)``."""
        states: Floats = self._words[tokens] + self._positions[: len(tokens)]
        states -= states.mean(axis=-1, keepdims=True)
        states /= np.sqrt((states * states).mean(axis=-1, keepdims=True) + self.epsilon)
        states *= self._norm[0]
        states += self._norm[1]
        return states

    def _stored(self, name: str) -> Floats:
        found = self._tensors[name]
        if found["dtype"] != "F32":
            raise ValueError(f"{name} in {self._file} is {found['dtype']}, not F32")
        start, _ = found["data_offsets"]
        return np.memmap(
            self._file, dtype="<f4", mode="r", offset=self._start + start, shape=tuple(found["shape"])
        ).view(np.ndarray)
