"""Before and after, with the same code and the same queries: means, paired differences, and whether to adopt."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from benchmarks.training.systems import Values
from evaluation.intervals import Difference, compare

DECIDING = {"nDCG@10", "MRR@10"}
"""Measures of which every set has one, and which decide."""
JOINED = {"hybrid", "reranked"}
"""Channels that people search with; the dense one alone decides nothing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One measure of one set before and after.

    Attributes:
        difference: After minus before, paired.
    """

    set: str
    channel: str
    measure: str
    queries: int
    before: float
    after: float
    difference: Difference

    @property
    def deciding(self) -> bool:
        """Whether adopting depends on it."""
        return self.measure in DECIDING and self.channel in JOINED

    def line(self) -> str:
        """The row as a line of a table in Markdown."""
        found = self.difference.estimate
        interval = f"{found.mean:+.3f} [{found.low:+.3f}, {found.high:+.3f}]"
        return (
            f"| {self.set}, {self.queries} | {self.channel} | {self.measure} | {self.before:.3f} | {self.after:.3f} "
            f"| {interval} |"
        )


HEAD = "| set, queries | channel | measure | before | after | difference, 95 % interval |\n|---|---|---|---|---|---|"


def rows_of(name: str, before: Values, after: Values) -> list[Row]:
    """The rows of one set.

    Raises:
        ValueError: The two are not of the same queries.
    """
    return [
        Row(
            set=name,
            channel=channel,
            measure=measure,
            queries=len(values),
            before=float(np.mean(values)),
            after=float(np.mean(after[channel, measure])),
            difference=compare(after[channel, measure], values),
        )
        for (channel, measure), values in before.items()
    ]


def verdict(rows: Sequence[Row]) -> str:
    """Whether to adopt: only what is better on every set, each with an interval above zero."""
    deciding = [row for row in rows if row.deciding]
    worse = [row for row in deciding if row.difference.estimate.low <= 0]
    if not deciding:
        return "Nothing was measured."
    if not worse:
        return "Better on every set: adopt."
    return "Not better on " + ", ".join(f"{row.set} ({row.channel})" for row in worse) + ": do not adopt."


def counted_kinds(kinds: Mapping[str, int]) -> str:
    """Counts by name as words."""
    return ", ".join(f"{count:,} {name}" for name, count in sorted(kinds.items()))
