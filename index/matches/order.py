"""Rows in the order of their scores."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from index.backend import Mask, Rows, Scores, TermScores
from index.models.embedding import Vectors
from pinpoint.records import Filters

__all__ = ["Ranked", "Rows", "ordered", "top"]


@dataclass(frozen=True, slots=True)
class Ranked:
    """Passages by falling score, ties by row; ``scores[i]`` and ``boosts[i]`` belong to ``rows[i]``.

    Attributes:
        boosts: What each score owes to references and dates, not to what the passage says.
        channels: Scores in the two channels, terms first, and 1 for one of a preferred collection, ``(3, rows)``;
            zeros where a channel was not asked.
        notes: Plain sentences on how the query was read.
        embedding_text: The query as it was embedded, "" where terms alone decided.
        vector: Its embedding, shape ``(dim,)``.
        lexical: What scores passages in the channel of terms.
        matched: Which of them match, shape ``(passages,)``: all that a list of what was found goes on with.
        filters: What was asked for, which all that match pass.
        held: Whether these are passages that have the quoted phrases.
    """

    rows: Rows
    scores: Scores
    boosts: Scores
    channels: Scores
    notes: tuple[str, ...] = ()
    embedding_text: str = ""
    vector: Vectors | None = None
    lexical: TermScores | None = None
    matched: Mask | None = None
    filters: Filters | None = None
    held: bool = False


def top(scores: Scores, count: int, allowed: Mask) -> Rows:
    """Allowed rows of the highest scores, the first of equal ones, in no order."""
    rows = np.flatnonzero(allowed)
    if not 0 < count < len(rows):
        return rows[:count]
    least = np.partition(scores[rows], -count)[-count]
    above = rows[scores[rows] > least]
    return np.concatenate([above, rows[scores[rows] == least][: count - len(above)]])


def ordered(
    rows: Rows,
    scores: Scores,
    boosts: Scores | None = None,
    notes: Sequence[str] = (),
    channels: Scores | None = None,
) -> Ranked:
    """Rows by falling score, ties by row; what belongs to each goes with it."""
    order = np.lexsort((rows, -scores))
    boosts = np.zeros_like(scores) if boosts is None else boosts
    channels = np.zeros((3, len(rows)), dtype=np.float32) if channels is None else channels
    return Ranked(rows[order], scores[order], boosts[order], channels[:, order], tuple(notes))
