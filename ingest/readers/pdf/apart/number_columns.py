"""Numbers that may count the lines of a page, and those of them that run down it in step."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from ingest.readers.pdf.lines import segment_box
from ingest.readers.pdf.segments import RAISED_CLOSE, RAISED_OPEN, Segment

# Set by hand while reading pages of bills and pleadings; no value was measured alone.
_LEAST = 5  # numbers of a page on which a column of them shows itself
LEAST_STEPPED = 3  # the same where only every fifth line has one
_LEAST_RULED = 20  # numbers; pleading paper has 24 to 32 of them
_EVEN = 1.0  # points; by which the distances of numbers that are printed evenly differ
_STEPS = (5, 10, 2)  # lines from number to number where not all have one
BAND = 1.4  # em; the left edges of 1 and 100, set flush right, lie within
_DIGIT, BLANK = 0.5, 0.25  # em; usual widths
NUMBER = re.compile(rf"{RAISED_OPEN}?([1-9]\d{{0,3}}){RAISED_CLOSE}?(\s+|$)")


@dataclass(frozen=True, slots=True)
class Number:
    """A number that may count a line; ``rest`` is the text that its segment has behind it."""

    value: int
    segment: Segment
    rest: str
    end: float

    @property
    def y(self) -> float:
        """Its baseline."""
        return self.segment.y


@dataclass(frozen=True, slots=True)
class Column:
    """Numbers in step down a page."""

    numbers: tuple[Number, ...]
    step: int
    x0: float

    @property
    def ruled(self) -> bool:
        """Whether it is printed on pleading paper: evenly from the top to the foot, whatever lines stand beside it."""
        heights = [number.y for number in self.numbers]
        steps = [above - below for above, below in zip(heights, heights[1:], strict=False)]
        whole = self.numbers[0].value == 1 and len(heights) == self.last >= _LEAST_RULED
        return whole and max(steps) - min(steps) < _EVEN

    @property
    def last(self) -> int:
        """The lowest number on the page."""
        return self.numbers[-1].value


def candidates(segments: Sequence[Segment]) -> list[Number]:
    """Return the numbers that stand alone or begin a segment, from top to bottom."""
    numbers = []
    for segment in segments:
        match = NUMBER.match(segment.text)
        if match is None:
            continue
        rest = segment.text[match.end() :]
        width = len(match[1]) * _DIGIT * segment.size
        end = min(segment.x0 + width, segment.x1) if rest else segment.x1
        numbers.append(Number(int(match[1]), segment, rest, end))
    return numbers


def columns_in_step(numbers: Sequence[Number]) -> Iterator[Column]:
    """Yield the longest sequence of each column, where it is long enough to count lines."""
    if len(numbers) < LEAST_STEPPED:
        return
    taken: set[int] = set()
    for x0 in sorted({int(number.segment.x0) for number in numbers}):
        band = [n for n in numbers if x0 <= n.segment.x0 <= x0 + BAND * n.segment.size and id(n) not in taken]
        chain = _chain(band, 1)
        step = 1
        if len(chain) < _LEAST:
            alone = [number for number in band if not number.rest]
            chains = [(_chain([n for n in alone if n.value % step == 0], step), step) for step in _STEPS]
            chain, step = max(chains, key=lambda found: len(found[0]))
            if len(chain) < LEAST_STEPPED:
                continue
        taken.update(map(id, chain))
        yield Column(tuple(chain), step, min(number.segment.x0 for number in chain))


def _chain(numbers: Sequence[Number], step: int) -> list[Number]:
    """Return the longest sequence in step from top to bottom; one number may be missing between two."""
    before: dict[int, tuple[int, Number, int]] = {}
    best = 0
    for number in numbers:
        previous = next((v for v in (number.value - step, number.value - 2 * step) if v in before), 0)
        if previous and not before[previous][1].y > number.y:
            continue
        length = before[previous][0] + 1 if previous else 1
        if number.value not in before or before[number.value][0] < length:
            before[number.value] = (length, number, previous)
        if best not in before or length > before[best][0]:
            best = number.value
    chain: list[Number] = []
    while best:
        _, number, best = before[best]
        chain.insert(0, number)
    return chain


def counted_from(numbers: Sequence[Number], first: int) -> list[Number]:
    """Return the numbers that count on by one from the first, from top to bottom."""
    chain: list[Number] = []
    for number in numbers:
        if number.value == first + len(chain):
            chain.append(number)
    return chain


def without_numbers(segments: Sequence[Segment], gone: Sequence[Number]) -> list[Segment]:
    """Return the segments without the numbers; the text behind a number stays."""
    counted = {id(number.segment): number for number in gone}
    left: list[Segment] = []
    for segment in segments:
        number = counted.get(id(segment))
        if number is None:
            left.append(segment)
        elif number.rest:
            blanks = len(segment.text) - len(number.rest) - len(str(number.value))
            left.append(replace(segment, text=number.rest, x0=number.end + blanks * BLANK * segment.size))
    return left


def number_box(number: Number) -> tuple[float, float, float, float]:
    """Return the box of the number alone."""
    left, bottom, _, top = segment_box(number.segment)
    return left, bottom, number.end, top
