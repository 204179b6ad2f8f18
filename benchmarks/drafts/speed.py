"""Seconds and memory that a check takes, by the pages of the draft, each in a process of its own."""

import multiprocessing
import os
import resource
import time
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from random import Random

import psutil

from benchmarks.drafts.making.made import made_items
from benchmarks.drafts.making.prose import one_draft
from benchmarks.drafts.making.truth import Truth
from benchmarks.drafts.records import Item, MadeDraft
from benchmarks.measuring import MB, table
from drafts.checking.check import check_draft
from index.search import load_index

PAGES = (10, 30, 100, 300)
"""Pages of the drafts that are timed."""
WORDS = 450
"""Words of a page of a memo. Set by hand; not measured."""
_SEEDS = range(1001, 1040)
"""Seeds of the items of long drafts, none of them used for scoring."""


def long_draft(truth: Truth, day: date, pages: int) -> MadeDraft:
    """A draft of some pages, made of the same kinds of items as those that are scored."""
    chance = Random(pages)  # noqa: S311 - a benchmark that anybody can repeat
    chosen: list[Item] = []
    items = _items(truth, day)
    words, made = 0, one_draft([], day, chance, "empty")
    while words < pages * WORDS:
        # So many that the draft is as long as it should be; counted on the draft itself.
        missing = max(1, (pages * WORDS - words) // 60)
        chosen += [item for item, _ in zip(items, range(missing), strict=False)]
        made = one_draft(chosen, day, Random(pages), f"{pages} pages")  # noqa: S311 - as above
        words = sum(len(part.text.split()) for part in made.draft.parts)
    return made


def timed_checks(index_dir: Path, day: date, sizes: Sequence[int] = PAGES) -> list[dict[str, float]]:
    """Check a draft of each size in a new process."""
    context = multiprocessing.get_context("spawn")
    rows = []
    for pages in sizes:
        ours, theirs = context.Pipe(duplex=False)
        process = context.Process(target=_timed, args=(index_dir, day, pages, theirs))
        process.start()
        theirs.close()
        try:
            rows.append(ours.recv())
        finally:
            process.join()
    return rows


def speed_table(rows: Sequence[dict[str, float]]) -> str:
    """The rows as Markdown."""
    heads = ("pages", "words", "findings", "seconds", "seconds of processor", "MB before", "MB at most", "growth MB")
    names = ("pages", "words", "findings", "seconds", "cpu", "before_mb", "peak_mb", "growth_mb")
    return table(heads, [[f"{row[name]:,.1f}".removesuffix(".0") for name in names] for row in rows])


def _items(truth: Truth, day: date) -> Iterator[Item]:
    for seed in _SEEDS:
        items, _ = made_items(truth, seed, day)
        Random(seed).shuffle(items)  # noqa: S311 - as above
        yield from (item for item in items if item.day is None and not item.alone)


def _timed(index_dir: Path, day: date, pages: int, pipe: "multiprocessing.connection.Connection") -> None:
    index = load_index(index_dir, reranker=None)
    made = long_draft(Truth(index.store), day, pages)
    # The truth is gone by now, so that its memory is used again; what was the most so far does not count.
    check_draft(index, one_draft([], day, Random(1), "empty").draft, day)  # noqa: S311 - as above
    Path("/proc/self/clear_refs").write_text("5", encoding="ascii")
    before = psutil.Process().memory_info().rss
    begun, cpu = time.perf_counter(), time.process_time()
    checked = check_draft(index, made.draft, day)
    seconds, cpu = time.perf_counter() - begun, time.process_time() - cpu
    peak = _peak()
    pipe.send(
        {
            "pages": pages,
            "words": sum(len(part.text.split()) for part in made.draft.parts),
            "findings": len(checked.findings),
            "seconds": seconds,
            "cpu": cpu,
            "before_mb": before / MB,
            "peak_mb": peak / MB,
            "growth_mb": (peak - before) / MB,
            "load": os.getloadavg()[0],
        }
    )


def _peak() -> int:
    """Largest resident size since it was last reset, in bytes."""
    for line in Path("/proc/self/status").read_text(encoding="ascii").splitlines():
        if line.startswith("VmHWM:"):
            return int(line.split()[1]) * 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
