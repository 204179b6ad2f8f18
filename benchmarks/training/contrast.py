"""The bi-encoder: the packaged model, fine-tuned so that a query lies nearer to its passage than to all others.

The loss is multiple negatives ranking (Henderson et al. 2017, with the cosine of Reimers and Gurevych 2019): of all
positives and negatives of the batch the own positive is to be chosen.
"""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, Protocol

import torch

from benchmarks.training.pairs.records import WeakPair
from pinpoint.settings import keep_model_libraries_offline

SCALE = 20.0
"""What cosines are multiplied by before the softmax: as sentence-transformers has it."""


class Trainable(Protocol):
    """A model that embeds texts, with gradients."""

    def embed(self, texts: Sequence[str]) -> Any:  # noqa: ANN401 - a tensor
        """Tensor of shape ``(len(texts), dim)``, rows of unit length."""


class TrainableEncoder:
    """A sentence-transformers model with gradients."""

    def __init__(self, folder: Path, subwords: int, frozen: int = 0) -> None:
        """Load a model in float32.

        Args:
            folder: As ``LocalEmbedder`` takes it.
            subwords: Longest text in training; what is saved reads as much as the model did.
            frozen: Layers from below that stay as they are; the table of word vectors always does.
        """
        keep_model_libraries_offline()
        from sentence_transformers import SentenceTransformer  # noqa: PLC0415 - seconds of import

        self.model = SentenceTransformer(str(folder), device="cpu", local_files_only=True)
        self._longest = self.model.max_seq_length
        self._subwords = subwords
        freeze(self.model[0].auto_model, frozen)

    @property
    def parameters(self) -> list[Any]:
        """All tensors of the model."""
        return list(self.model.parameters())

    def embed(self, texts: Sequence[str]) -> Any:  # noqa: ANN401 - a tensor
        """Tensor of shape ``(len(texts), dim)``, rows of unit length, with gradients."""
        self.model.max_seq_length = self._subwords
        return self.model(self.model.preprocess(list(texts)))["sentence_embedding"]

    def save(self, folder: Path) -> None:
        """Write the model as it is now, as ``LocalEmbedder`` opens it."""
        self.model.max_seq_length = self._longest
        self.model.save_pretrained(str(folder), create_model_card=False)


def freeze(bert: Any, layers: int) -> None:  # noqa: ANN401 - a BertModel
    """Leave word vectors and the first layers of a BERT as they are."""
    for part in (bert.embeddings, *bert.encoder.layer[:layers]):
        for parameter in part.parameters():
            parameter.requires_grad_(False)


def contrast(model: Trainable) -> Callable[[list[WeakPair]], Any]:
    """The loss of a batch of pairs, each with the same number of negatives or none."""

    def loss(batch: list[WeakPair]) -> Any:  # noqa: ANN401 - a tensor
        queries = model.embed([pair.query for pair in batch])
        texts = [pair.positive for pair in batch]
        texts += [text for pair in batch for text in pair.negatives]
        scores = (queries @ model.embed(texts).T).float() * SCALE
        return torch.nn.functional.cross_entropy(scores.masked_fill(_hidden(batch, texts), -torch.inf), _own(batch))

    return loss


def _own(batch: list[WeakPair]) -> Any:  # noqa: ANN401 - a tensor
    return torch.arange(len(batch))


def _hidden(batch: list[WeakPair], texts: list[str]) -> Any:  # noqa: ANN401 - a tensor
    """Which texts are no negatives of a query because they are its positive once more, shape ``(pairs, texts)``."""
    again = [[text == pair.positive and at != own for at, text in enumerate(texts)] for own, pair in enumerate(batch)]
    return torch.tensor(again, dtype=torch.bool)


def mix(first: Path, second: Path, share: float, folder: Path) -> None:
    """Write the model whose weights are ``1 - share`` of the first and ``share`` of the second.

    Between a model and what was fine-tuned from it such a mean is often better on other texts than either
    (Wortsman et al. 2022, "Robust fine-tuning of zero-shot models").
    """
    one, other = (TrainableEncoder(each, 1) for each in (first, second))
    with torch.no_grad():
        for own, new in zip(one.parameters, other.parameters, strict=True):
            own.lerp_(new, share)
    one.save(folder)
