"""What is done twice when an ingest is killed and started again.

Each ingest begins from nothing in a process group of its own, is killed with SIGKILL at a moment of the time that an
undisturbed one takes, and started again. Its index is then held against one that was made in one go. That an index
survives kills at all, and at every change of the disk, is what ``tests.hostile.kills`` looks at.
"""

import contextlib
import os
import random
import shutil
import signal
import statistics
import subprocess
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from threading import Thread

from benchmarks.ingesting.running import HERE, Run, around, collect, ingest_command, watch
from benchmarks.ingesting.sameness import differences
from benchmarks.ingesting.steps import Line, done_in, read_lines
from benchmarks.measuring import table
from index.generations.read import current_generation

_EMBEDS = ("embed", "sentences")
"""Steps whose units are embedded texts."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Kill:
    """One ingest that was killed, and the one that came after.

    Attributes:
        moment: Second at which it was killed.
        step: What it was doing, as it said last.
        texts: Texts that it had embedded, and that the next one embedded.
        documents: Documents that it had read, and that the next one read.
        seconds: How long the next one took.
        more: Seconds that both took together beyond an undisturbed one: a second start, and what was in hand.
        twice_texts: Texts that were embedded in both.
        twice_documents: Documents that were read in both.
        in_hand: Seconds since it had said last that texts were embedded, if some were left: what was lost at most.
        differ: Files in which the index differs from one made in one go.
    """

    moment: float
    step: str
    texts: tuple[int, int]
    documents: tuple[int, int]
    seconds: float
    more: float
    twice_texts: int
    twice_documents: int
    in_hand: float
    differ: tuple[str, ...]

    @property
    def row(self) -> tuple[str, ...]:
        """Cells of a table under ``HEADS``."""
        pairs = [f"{before:,} + {after:,}" for before, after in (self.texts, self.documents)]
        same = "equal" if not self.differ else ", ".join(self.differ)
        texts, documents = pairs
        return (f"{self.moment:.1f}", self.step, texts, str(self.twice_texts), documents, str(self.twice_documents),
                f"{self.in_hand:.1f}", f"{self.seconds:.1f}", f"{self.more:.1f}", same)  # fmt: skip


HEADS = (
    "killed at s", "while", "texts embedded", "twice", "documents read", "twice", "in hand s", "next run s", "s more",
    "index",
)  # fmt: skip


def run_kills(corpus: Path, folder: Path, times: int, seed: int) -> Iterator[Run | Kill]:
    """Yield an undisturbed ingest, then a kill for each of ``times`` moments; ``folder`` is for the indexes."""
    chance = random.Random(seed)  # noqa: S311 - reproducible moments
    whole = folder / "whole"
    usual = watch(ingest_command(corpus, whole))
    yield usual
    for number in range(times):
        index, moment = folder / "killed", (number + chance.random()) / times * _working(usual)
        killed = _killed(ingest_command(corpus, index), moment)
        following = watch(ingest_command(corpus, index))
        differ = differences(current_generation(whole), current_generation(index))
        yield compare(moment, killed, following, usual, differ)
        shutil.rmtree(index)


def _working(usual: Run) -> float:
    """Seconds until an ingest says for the last time what it does: the process then only ends."""
    return usual.lines[-1].at if usual.lines else usual.seconds


def compare(moment: float, killed: Sequence[Line], following: Run, usual: Run, differ: tuple[str, ...]) -> Kill:
    """What the killed ingest and the following one did together beyond what one does that is not killed."""
    texts = done_in(killed, *_EMBEDS), done_in(following.lines, *_EMBEDS)
    documents = done_in(killed, "read"), done_in(following.lines, "read")
    embedding = [line.at for line in killed if line.step in _EMBEDS]
    in_hand = moment - embedding[-1] if embedding and texts[0] < done_in(usual.lines, *_EMBEDS) else 0.0
    return Kill(
        moment=moment, step=killed[-1].step if killed else "starting", texts=texts, documents=documents,
        seconds=following.seconds, more=moment + following.seconds - usual.seconds, differ=differ,
        twice_texts=max(0, sum(texts) - done_in(usual.lines, *_EMBEDS)),
        twice_documents=max(0, sum(documents) - done_in(usual.lines, "read")), in_hand=in_hand,
    )  # fmt: skip


def summary(kills: Sequence[Kill], usual: Run) -> tuple[str, float]:
    """The log as a table, what it comes to, and the mean share of the texts that were embedded twice."""
    texts, documents = done_in(usual.lines, *_EMBEDS), done_in(usual.lines, "read")
    share = sum(kill.twice_texts for kill in kills) / (max(1, texts) * len(kills))
    said = (
        f"{len(kills)} ingests of {documents} documents with {texts:,} texts, killed (SIGKILL, the whole group) "
        f"at moments spread over the {usual.seconds:.1f} s of an undisturbed one, and started again. Embedded twice: "
        f"{share:.2%} of the texts, {max(kill.twice_texts for kill in kills):,} of them at most; read twice: "
        f"{max(kill.twice_documents for kill in kills)} documents at most; what was being "
        f"embedded at that moment is lost: {max(kill.in_hand for kill in kills):.1f} s at most. Both together took "
        f"{statistics.median(kill.more for kill in kills):.1f} s longer than the undisturbed one (median), which says "
        f"its first line {usual.lines[0].at if usual.lines else 0:.1f} s after it starts; "
        f"{sum(not kill.differ for kill in kills)} of {len(kills)} indexes are equal to the undisturbed one's.\n\n"
    )
    return said + table(HEADS, [kill.row for kill in kills]), share


def _killed(command: list[str], moment: float) -> list[Line]:
    """Run a command, kill its process group after some seconds, and return what it said of its progress."""
    lines: list[tuple[float, str]] = []
    begun = time.perf_counter()
    process = subprocess.Popen(  # noqa: S603 - our own command
        command, cwd=HERE, env=around(HERE), stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True,
        start_new_session=True,
    )  # fmt: skip
    with process:
        assert process.stderr is not None  # noqa: S101 - it is a pipe
        reader = Thread(target=collect, args=(process.stderr, lines, begun), daemon=True)
        reader.start()
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(timeout=moment)
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        reader.join()
    return read_lines(lines)
