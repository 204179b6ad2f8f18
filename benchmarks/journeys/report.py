"""What the journeys took, as a page of Markdown."""

import statistics
from collections.abc import Sequence
from dataclasses import dataclass, field

from benchmarks.journeys.hand import Step
from benchmarks.measuring import table

KEYSTROKE = 0.2
"""Seconds of a key of an average typist; Card, Moran and Newell, "The Keystroke-Level Model", CACM 23(7), 1980."""
_ABOUT = """Wall clock, from the opening of the app in a fresh tab until what the user came for stands in the window of
1366 by 768, or is downloaded. The keys are sent as fast as the app takes them, so that the times are those of the
app: nobody reads or thinks in them. *With typing* adds 0.2 seconds a key, as an average typist needs (Card, Moran
and Newell, 1980). All is done by keyboard; a pasted memo counts as one key. Each Tab counts: who jumps by headings,
as a reader of screens does, needs fewer. One question is asked before the first journey, so that the models are
loaded. What stands on the screen and in the files is looked at each time; a journey that does not find it fails. The
load above says how many processes wanted the cores at once: where it is more than the cores, the times are longer
than on a quiet machine.
"""
_FIFTH = """The fifth user, who runs it all, is timed by `python -m benchmarks ingest`:
[an ingest](speed-ingest.md).
"""


@dataclass(slots=True)
class Journey:
    """A journey and its rounds.

    Attributes:
        name: Who does what.
        rounds: The steps of each round that came to its end.
        clicks: Clicks of a round.
        seen: What stood there at the end.
        failures: Where and why a round failed.
    """

    name: str
    rounds: list[Sequence[Step]] = field(default_factory=list)
    clicks: int = 0
    seen: str = ""
    failures: list[str] = field(default_factory=list)

    @property
    def keys(self) -> int:
        """Keys of the round with most."""
        return max((sum(step.keys for step in steps) for steps in self.rounds), default=0)

    @property
    def seconds(self) -> list[float]:
        """Seconds of each round."""
        return [sum(step.seconds for step in steps) for steps in self.rounds]


def markdown(journeys: Sequence[Journey]) -> str:
    """Tables of the journeys and of their steps, and what failed."""
    heads = ("journey", "rounds", "seconds, median", "range", "with typing", "keys", "clicks")
    steps = [row for one in journeys for row in _steps(one)]
    seen = "".join(f"- {one.name}: {one.seen}\n" for one in journeys if one.seen)
    failures = [f"- {one.name}: {reason}\n" for one in journeys for reason in one.failures]
    failed = f"\n## What failed\n\n{''.join(failures)}" if failures else "\nNo journey failed.\n"
    return (
        f"{_ABOUT}\n{table(heads, [_row(one) for one in journeys])}\n{_FIFTH}{failed}"
        f"\n## Steps\n\n{table(('journey', 'step', 'seconds, median', 'keys'), steps)}"
        f"\n## What stood there\n\n{seen}"
    )


def _row(journey: Journey) -> tuple[str, ...]:
    times = journey.seconds
    if not times:
        return (journey.name, "0", "failed", "", "", "", "")
    middle = statistics.median(times)
    return (
        journey.name,
        str(len(times)),
        f"{middle:.1f}",
        f"{min(times):.1f} to {max(times):.1f}",
        f"{middle + KEYSTROKE * journey.keys:.0f}",
        str(journey.keys),
        str(journey.clicks),
    )


def _steps(journey: Journey) -> list[tuple[str, ...]]:
    """The median of each step; all rounds have the same steps."""
    return [
        (
            journey.name if not number else "",
            same[0].name,
            f"{statistics.median(step.seconds for step in same):.1f}",
            str(max(step.keys for step in same)),
        )
        for number, same in enumerate(zip(*journey.rounds, strict=True))
    ]
