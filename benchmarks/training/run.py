"""One training from pairs to a folder, with the loss on pairs that are set apart before and after."""

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, Protocol

import torch

from benchmarks.training.batches import batches
from benchmarks.training.descent import Course, Step, descend
from benchmarks.training.pairs.records import WeakPair
from benchmarks.training.pairs.selection import divide

_SHOWN = 3
"""Batches of pairs set apart whose loss is shown. Set by hand; not measured."""
_SAVED = 20
"""Steps after which the model is written, so that little is lost. Set by hand; not measured."""

Loss = Callable[[list[WeakPair]], Any]


class Savable(Protocol):
    """A model that is trained."""

    model: Any

    @property
    def parameters(self) -> list[Any]:
        """All its tensors."""

    def save(self, folder: Path) -> None:
        """Write it as it is now."""


def train(
    model: Savable, loss: Loss, pairs: Sequence[WeakPair], out: Path, given: Mapping[str, Any], seed: int
) -> Step:
    """Train on one thread and write the model into a folder, every so often and at the end.

    Args:
        model: Changed in place.
        loss: Of a batch.
        pairs: All of them; some are set apart.
        out: Folder of the model.
        given: ``steps``, ``minutes``, ``rate``, ``batch`` and ``negatives``, as the command has them.
        seed: Of dropout and of the order of the pairs.

    Returns:
        The last step.
    """
    torch.manual_seed(seed)
    torch.set_num_threads(1)
    size = given["batch"]
    known, apart = divide([replace(pair, negatives=pair.negatives[: given["negatives"]]) for pair in pairs])
    print(f"{len(known):,} pairs to train on, {len(apart):,} set apart", flush=True)
    print(f"loss on pairs set apart: {_loss(model, loss, apart, size):.3f}", flush=True)
    began = time.monotonic()

    def report(step: Step) -> None:
        wall, rate = (time.monotonic() - began) / 60, step.pairs / step.cpu_seconds
        print(f"step {step.number}: loss {step.loss:.3f}, {rate:.1f} pairs a CPU second, {wall:.1f} min", flush=True)
        if step.number % _SAVED == 0:
            model.save(out)

    model.model.train()
    course = Course(steps=given["steps"], rate=given["rate"], minutes=given["minutes"])
    last = descend(model.parameters, batches(known, size, seed), loss, course, report)
    model.save(out)
    print(f"loss on pairs set apart: {_loss(model, loss, apart, size):.3f}", flush=True)
    return last


def _loss(model: Savable, loss: Loss, apart: Sequence[WeakPair], size: int) -> float:
    """Mean loss of the first batches of pairs set apart, without dropout."""
    count = min(_SHOWN, len(apart) // size)
    if not count:
        return float("nan")
    model.model.eval()
    made = batches(apart[: count * size], size, 0)
    with torch.no_grad():
        return sum(float(loss(next(made))) for _ in range(count)) / count
