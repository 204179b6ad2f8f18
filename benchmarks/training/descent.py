"""The loop that both models are trained with: AdamW, a warm-up and a straight way down, bfloat16 where it is fast."""

import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import torch

from benchmarks.training.pairs.records import WeakPair

WARM_UP = 0.1
"""Share of the steps in which the learning rate rises: as sentence-transformers has it."""
DECAY = 0.01
"""Weight decay: as sentence-transformers has it."""
_STEEPEST = 1.0
"""Longest gradient: as sentence-transformers has it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Course:
    """How to train.

    Attributes:
        steps: Batches in all.
        rate: Highest learning rate.
        every: Steps between two reports.
        minutes: When to stop before the last step, 0 for never; the rate is not at zero then.
        bf16: Whether products of matrices run in bfloat16; None for where the processor has it.
    """

    steps: int
    rate: float = 2e-5
    every: int = 20
    minutes: float = 0.0
    bf16: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """What is known after some steps.

    Attributes:
        number: Steps taken.
        loss: Mean since the last report.
        pairs: Pairs trained on.
        cpu_seconds: Processor time since the start.
    """

    number: int
    loss: float
    pairs: int
    cpu_seconds: float


def descend(
    parameters: Sequence[Any],
    made: Iterator[list[WeakPair]],
    loss_of: Callable[[list[WeakPair]], Any],
    course: Course,
    report: Callable[[Step], None],
) -> Step:
    """Train in place.

    Args:
        parameters: Tensors to change; frozen ones are left out.
        made: Batches.
        loss_of: The loss of a batch, a tensor of one number.
        course: How.
        report: Called every ``course.every`` steps, and after the last.

    Returns:
        The last step.
    """
    free = [parameter for parameter in parameters if parameter.requires_grad]
    optimizer = torch.optim.AdamW(free, lr=course.rate, weight_decay=DECAY)
    schedule = torch.optim.lr_scheduler.LambdaLR(optimizer, lambda step: rate_at(step, course.steps))
    fast = has_bf16() if course.bf16 is None else course.bf16
    began, began_cpu = time.monotonic(), time.process_time()
    losses: list[float] = []
    pairs = 0
    for number in range(1, course.steps + 1):
        batch = next(made)
        with torch.autocast("cpu", dtype=torch.bfloat16, enabled=fast):
            loss = loss_of(batch)
        optimizer.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(free, _STEEPEST)
        optimizer.step()
        schedule.step()
        losses.append(float(loss.detach()))
        pairs += len(batch)
        late = bool(course.minutes) and time.monotonic() - began > 60 * course.minutes
        last = number == course.steps or late
        if last or number % course.every == 0:
            step = Step(
                number=number,
                loss=sum(losses) / len(losses),
                pairs=pairs,
                cpu_seconds=time.process_time() - began_cpu,
            )
            report(step)
            losses.clear()
        if last:
            break
    return step


def rate_at(step: int, steps: int) -> float:
    """Share of the highest learning rate at a step, 0-based: up in a straight line, then down to 0."""
    rising = max(int(WARM_UP * steps), 1)
    return (step + 1) / rising if step < rising else max(steps - step, 0) / max(steps - rising, 1)


def has_bf16() -> bool:
    """Whether the processor multiplies in bfloat16."""
    able = torch.cpu.get_capabilities()
    return bool(able.get("avx512_bf16") or able.get("amx_bf16"))
