"""Page numbers as they are printed: which number of a page runs in step with those of its neighbours."""

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from ingest.readers.pdf.segments import Segment

LEAST_PAGES = 3  # in step or alike; two may agree by chance. Set by hand, not measured
ROMAN = r"(?=[ivxlc])(?:xc|xl|l?x{0,3})(?:ix|iv|v?i{0,3})"
_PAGE_NUMBER = re.compile(
    rf"(?:page\s+)?[-–—\[(|\s]*((?:[1-9]\d{{0,5}}|{ROMAN}))[-–—\])|\s]*(?:of\s+\d+)?",
    re.IGNORECASE,
)
_FIRST_NUMBER = re.compile(rf"(?:page\s+)?([1-9]\d{{0,5}}|{ROMAN})(?=\s|$|\s+of\s)", re.IGNORECASE)
_LAST_NUMBER = re.compile(rf"(?:^|\s)[-–—|]?([1-9]\d{{0,5}}|{ROMAN})[-–—]?$", re.IGNORECASE)
_ROMAN_VALUES = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100}


@dataclass(frozen=True, slots=True)
class PageNumber:
    """A page number as printed: the value in its numeral system."""

    printed: str
    value: int
    roman: bool


def page_number_sequence(edges: Sequence[Sequence[Segment]]) -> list[PageNumber | None]:
    """Choose for each page the number that runs in step with its neighbours'.

    A number that stands alone outranks one that stands beside words.
    """
    chosen: list[PageNumber | None] = [None] * len(edges)
    for whole in (True, False):
        offered = [[n for s in page for n in numbers_of(s.text, whole=whole)] for page in edges]
        steps: dict[tuple[int, bool], list[int]] = defaultdict(list)
        for page, numbers in enumerate(offered):
            for key in {(number.value - page, number.roman) for number in numbers}:
                steps[key].append(page)
        least = min(LEAST_PAGES, max(2, len(edges)))
        for page, numbers in enumerate(offered):
            counts = [len(steps[number.value - page, number.roman]) for number in numbers]
            if chosen[page] is None and max(counts, default=0) >= least:
                chosen[page] = numbers[counts.index(max(counts))]
    return chosen


def sequence_labels(page_numbers: Sequence[PageNumber | None]) -> tuple[str, ...]:
    """Fill pages without a number that lie between two numbers of one sequence."""
    labels = [page_number.printed if page_number else "" for page_number in page_numbers]
    known = [page for page, page_number in enumerate(page_numbers) if page_number]
    for before, after in zip(known, known[1:], strict=False):
        first, last = page_numbers[before], page_numbers[after]
        if first is None or last is None or first.roman or last.roman:
            continue
        if last.value - first.value == after - before:
            for page in range(before + 1, after):
                labels[page] = str(first.value + page - before)
    return tuple(labels)


def numbers_of(text: str, *, whole: bool) -> list[PageNumber]:
    """Return the numbers that a text at the edge of a page may give as its page number."""
    found: list[str] = []
    if match := _PAGE_NUMBER.fullmatch(text.strip()):
        found.append(match[1])
    elif not whole:
        found += [match[1] for match in (_FIRST_NUMBER.match(text), _LAST_NUMBER.search(text)) if match is not None]
    return [_page_number(printed) for printed in found]


def _page_number(printed: str) -> PageNumber:
    if printed.isdigit():
        return PageNumber(printed, int(printed), roman=False)
    total, above = 0, 0
    for numeral in reversed(printed.lower()):
        value = _ROMAN_VALUES[numeral]
        total += value if value >= above else -value
        above = max(above, value)
    return PageNumber(printed, total, roman=True)
