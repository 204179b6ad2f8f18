"""Makes the drafts of the benchmark: the same for the same index, seed and day."""

import tomllib
from collections import Counter
from datetime import date
from itertools import islice
from pathlib import Path
from random import Random

from benchmarks.drafts.making.citing import right_citations
from benchmarks.drafts.making.miscited import wrong_citations
from benchmarks.drafts.making.misquoting import wrong_quotations
from benchmarks.drafts.making.pool import Pool
from benchmarks.drafts.making.prose import written
from benchmarks.drafts.making.quoting import found_quotations
from benchmarks.drafts.making.rewording import altered_quotations
from benchmarks.drafts.making.truth import Truth
from benchmarks.drafts.records import Item, MadeDraft

_PLAN = Path(__file__).with_name("plan.toml")


def plan(share: float = 1.0) -> dict[str, dict[str, int]]:
    """How many of each kind are made."""
    wanted = tomllib.loads(_PLAN.read_text(encoding="utf-8"))
    return {says: {kind: max(1, round(n * share)) for kind, n in kinds.items()} for says, kinds in wanted.items()}


def made_items(truth: Truth, seed: int, day: date, share: float = 1.0) -> tuple[list[Item], dict[str, int]]:
    """All items, and how many fewer than planned there are of each kind."""
    chance = Random(seed)  # noqa: S311 - a benchmark that anybody can repeat
    pool = Pool(truth, chance, day)
    items: list[Item] = []
    for kind, count in plan(share)["quotations"].items():
        items += islice(found_quotations(kind, pool, chance), count)
        items += islice(altered_quotations(kind, pool, chance), count)
        items += islice(wrong_quotations(kind, pool, chance), count)
    for kind, count in plan(share)["citations"].items():
        items += islice(right_citations(kind, pool, chance), count)
        items += islice(wrong_citations(kind, pool, chance), count)
    made = Counter(item.expected.kind for item in items)
    wanted = Counter[str]()
    for kinds in plan(share).values():
        wanted.update(kinds)
    return items, {kind: count - made[kind] for kind, count in wanted.items() if made[kind] < count}


def made_drafts(truth: Truth, seed: int, day: date, share: float = 1.0) -> tuple[list[MadeDraft], dict[str, int]]:
    """All drafts, and how many items fewer than planned there are of each kind."""
    items, fewer = made_items(truth, seed, day, share)
    return written(items, day, Random(seed + 1)), fewer  # noqa: S311 - as above
