"""The cross-encoder: six layers begun from the packaged embedder, trained to choose the passage of a query.

The loss is the softmax over the positive and its hard negatives (Gao, Dai and Callan 2021, "Rethink training of BERT
rerankers").
"""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, Protocol

import torch

from benchmarks.training.contrast import freeze
from benchmarks.training.pairs.records import WeakPair
from pinpoint.settings import keep_model_libraries_offline


class Scoring(Protocol):
    """A model that reads a query and a text together, with gradients."""

    def score(self, queries: Sequence[str], texts: Sequence[str]) -> Any:  # noqa: ANN401 - a tensor
        """Tensor of shape ``(len(texts),)``, higher for a better match."""


class TrainableCrossEncoder:
    """A BERT with one number on top."""

    def __init__(self, folder: Path, subwords: int, frozen: int = 0) -> None:
        """Load the layers of an embedder, or a cross-encoder that was saved.

        Args:
            folder: Weights and tokenizer of a BERT.
            subwords: Longest pair of query and text; the text is cut.
            frozen: Layers from below that stay as they are; the table of word vectors always does.
        """
        keep_model_libraries_offline()
        from transformers import AutoModelForSequenceClassification, AutoTokenizer  # noqa: PLC0415 - seconds of import

        self._tokenizer = AutoTokenizer.from_pretrained(str(folder), local_files_only=True)
        self.model = AutoModelForSequenceClassification.from_pretrained(
            str(folder), num_labels=1, local_files_only=True
        )
        self._subwords = subwords
        freeze(self.model.bert, frozen)
        self.model.train()

    @property
    def parameters(self) -> list[Any]:
        """All tensors of the model."""
        return list(self.model.parameters())

    def score(self, queries: Sequence[str], texts: Sequence[str]) -> Any:  # noqa: ANN401 - a tensor
        """Tensor of shape ``(len(texts),)``, with gradients."""
        read = self._tokenizer(
            list(queries),
            list(texts),
            truncation="longest_first",
            max_length=self._subwords,
            padding=True,
            return_tensors="pt",
        )
        return self.model(**read).logits[:, 0]

    def save(self, folder: Path) -> None:
        """Write the model as it is now, as ``LocalReranker`` opens it."""
        self.model.save_pretrained(str(folder))
        self._tokenizer.save_pretrained(str(folder))


def choice(model: Scoring) -> Callable[[list[WeakPair]], Any]:
    """The loss of a batch of pairs, each with the same number of negatives, at least one."""

    def loss(batch: list[WeakPair]) -> Any:  # noqa: ANN401 - a tensor
        texts = [text for pair in batch for text in (pair.positive, *pair.negatives)]
        width = len(texts) // len(batch)
        queries = [pair.query for pair in batch for _ in range(width)]
        scores = model.score(queries, texts).float().reshape(len(batch), width)
        return torch.nn.functional.cross_entropy(scores, torch.zeros(len(batch), dtype=torch.long))

    return loss
