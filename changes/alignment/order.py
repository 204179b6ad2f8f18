"""What stands in another order than before."""

from bisect import bisect_left
from collections.abc import Mapping


def out_of_order(assigned: Mapping[int, int]) -> set[int]:
    """The fewest old numbers without which the new ones are in the order of the old (Schensted 1961)."""
    ends: list[int] = []
    numbers: list[int] = []
    before: dict[int, int | None] = {}
    olds = sorted(assigned)
    for old in olds:
        position = bisect_left(ends, assigned[old])
        before[old] = numbers[position - 1] if position else None
        ends[position : position + 1] = [assigned[old]]
        numbers[position : position + 1] = [old]
    ordered: set[int] = set()
    last = numbers[-1] if numbers else None
    while last is not None:
        ordered.add(last)
        last = before[last]
    return {old for old in olds if old not in ordered}
