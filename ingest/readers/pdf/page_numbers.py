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
_IN_CHAPTER = re.compile(
    r"(?:(?:.*\b)?(?:page|p\.)\s+)?[-–—\[(|]?\s*"
    r"(?P<printed>(?P<chapter>(?:(?:app(?:endix|\.)?|annex|att(?:achment|\.)?|exhibit|ex\.|tab|part|ch(?:apter|\.)?)\s*)?"
    r"(?:[A-Z]{1,2}|\d{1,2}|[IVX]{1,5}))\s?[-–—]\s?(?P<number>[1-9]\d{0,2}))"
    r"\s*[-–—\])|]?",
    re.IGNORECASE,
)
_DASH = re.compile(r"\w\s?[-–—]\s?\d{1,3}\W*$")
_APART = 2  # pages; a blank page may stand between two numbers of a chapter
_ROMAN_VALUES = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100}


@dataclass(frozen=True, slots=True)
class PageNumber:
    """A page number as printed: the value in its numeral system, and the chapter where each counts its own pages."""

    printed: str
    value: int
    roman: bool
    chapter: str = ""


def page_number_sequence(edges: Sequence[Sequence[Segment]]) -> list[PageNumber | None]:
    """Choose for each page the number that runs in step with its neighbours'.

    A number that stands alone outranks one that stands beside words.
    """
    chosen: list[PageNumber | None] = [None] * len(edges)
    for whole in (True, False):
        offered = [[n for s in page for n in numbers_of(s.text, whole=whole) if not n.chapter] for page in edges]
        steps: dict[tuple[int, bool], list[int]] = defaultdict(list)
        for page, numbers in enumerate(offered):
            for key in {(number.value - page, number.roman) for number in numbers}:
                steps[key].append(page)
        for page, numbers in enumerate(offered):
            least = min(LEAST_PAGES, max(2, len(edges)))
            counts = [len(steps[number.value - page, number.roman]) for number in numbers]
            if whole and any(number.roman or number.value == page + 1 for number in numbers):
                least = 2  # the pages before the first chapter may be two; so may those of a letter behind its first
            if chosen[page] is None and max(counts, default=0) >= least:
                chosen[page] = numbers[counts.index(max(counts))]
    in_chapters = _numbers_in_chapters(edges)
    if sum(map(bool, in_chapters)) > sum(map(bool, chosen)):
        return [number or other for number, other in zip(in_chapters, chosen, strict=True)]
    return [number or other for number, other in zip(chosen, in_chapters, strict=True)]


def _numbers_in_chapters(edges: Sequence[Sequence[Segment]]) -> list[PageNumber | None]:
    """Choose for each page a number as "2-3" or "A-1" that goes on from a page before, or on a page after.

    A chapter begins at 1, so that a first page is enough beside another chapter's.
    """
    offered = [[n for s in page for n in _in_chapter(s.text)] for page in edges]
    if sum(map(bool, offered)) < LEAST_PAGES:
        return [None] * len(edges)
    chosen: list[PageNumber | None] = []
    for page, numbers in enumerate(offered):
        around = range(max(page - _APART, 0), min(page + _APART + 1, len(edges)))
        others = [(at - page, other) for at in around if at != page for other in offered[at]]
        chosen.append(next((number for number in numbers if _goes_on(number, others)), None))
    return chosen if sum(map(bool, chosen)) >= LEAST_PAGES else [None] * len(edges)


def _goes_on(number: PageNumber, others: Sequence[tuple[int, PageNumber]]) -> bool:
    """Tell whether a number fits one of the pages around, given with their distance."""
    for distance, other in others:
        if other.chapter == number.chapter and other.value - number.value == distance:
            return True
        if other.chapter != number.chapter and (number if distance < 0 else other).value == 1:
            return True
    return False


def sequence_labels(page_numbers: Sequence[PageNumber | None]) -> tuple[str, ...]:
    """Fill pages without a number that lie between two numbers of one sequence."""
    labels = [page_number.printed if page_number else "" for page_number in page_numbers]
    known = [page for page, page_number in enumerate(page_numbers) if page_number]
    for before, after in zip(known, known[1:], strict=False):
        first, last = page_numbers[before], page_numbers[after]
        if first is None or last is None or first.roman or last.roman or first.chapter or last.chapter:
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
    return [*map(_page_number, found), *(_in_chapter(text) if whole else ())]


def _in_chapter(text: str) -> list[PageNumber]:
    match = _IN_CHAPTER.fullmatch(text.strip()) if _DASH.search(text) else None
    if match is None:
        return []
    return [PageNumber(match["printed"], int(match["number"]), roman=False, chapter=match["chapter"].lower())]


def _page_number(printed: str) -> PageNumber:
    if printed.isdigit():
        return PageNumber(printed, int(printed), roman=False)
    total, above = 0, 0
    for numeral in reversed(printed.lower()):
        value = _ROMAN_VALUES[numeral]
        total += value if value >= above else -value
        above = max(above, value)
    return PageNumber(printed, total, roman=True)
