"""The span of a text that is most like a quotation: only to show where words differ, never to call one found.

Words that stand in both texts in the same order in runs of at least two are counted (``difflib``, without its
heuristic for popular words, which misses most of a long text).
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from drafts.checking.sought import Sought

_RUN = 2
"""Words of the shortest run that counts. Set by hand; not measured."""
_BUCKET = 40
"""Words by which offsets are taken together when the region is looked for. Set by hand; not measured."""
_MOST_WORDS = 6_000
"""Words of the widest region that is compared. Set by hand; not measured."""


@dataclass(frozen=True, slots=True)
class Nearest:
    """The span of a text that is most like a quotation.

    Attributes:
        score: Share of the quotation's words that stand in runs there, 0 to 1.
        start: First character in the text, 0-based.
        end: First character behind it.
    """

    score: float
    start: int
    end: int


def nearest(pattern: Sequence[str], sought: Sought) -> Nearest | None:
    """The span of a text most like a sequence of words; None where no two words stand in both side by side."""
    texts = sought.words.texts
    first, last = _region(pattern, sought)
    if last <= first:
        return None
    matcher = SequenceMatcher(None, texts[first:last], pattern, autojunk=False)
    blocks = [block for block in matcher.get_matching_blocks() if block.size >= min(_RUN, len(pattern))]
    if not blocks:
        return None
    blocks = _dense(blocks, len(pattern))
    words = sum(_weight(pattern[block.b : block.b + block.size]) for block in blocks)
    total = _weight(pattern)
    begin, end = first + blocks[0].a, first + blocks[-1].a + blocks[-1].size
    # The words that the quotation has before the first and behind the last run stand for as many in the text.
    begin = _sentence_start(sought, max(begin - blocks[0].b, first), begin)
    end = _sentence_end(sought, min(end + len(pattern) - blocks[-1].b - blocks[-1].size, last), end)
    return Nearest(words / total if total else 0.0, sought.words.starts[begin], sought.words.ends[end - 1])


def _weight(words: Sequence[str]) -> int:
    return sum(word[0].isalnum() for word in words)


def _dense(blocks: list, length: int) -> list:  # type: ignore[type-arg]
    """Blocks without those that stand far from the others."""
    best = max(range(len(blocks)), key=lambda n: blocks[n].size)
    first = last = best
    limit = max(length, 60)
    while first and blocks[first].a - blocks[first - 1].a - blocks[first - 1].size <= limit:
        first -= 1
    while last + 1 < len(blocks) and blocks[last + 1].a - blocks[last].a - blocks[last].size <= limit:
        last += 1
    return blocks[first : last + 1]


def _sentence_start(sought: Sought, wanted: int, begin: int) -> int:
    """Where the text begins for words that it has not: no sentence before is taken along."""
    for position in range(begin - 1, wanted - 1, -1):
        if sought.words.texts[position] in (".", ";", ":"):
            return position + 1
    return wanted


def _sentence_end(sought: Sought, wanted: int, end: int) -> int:
    for position in range(end, wanted):
        if sought.words.texts[position] in (".", ";", ":"):
            return position
    return wanted


def _region(pattern: Sequence[str], sought: Sought) -> tuple[int, int]:
    """The words of the text around the offset at which most bigrams of the quotation stand."""
    positions, texts = sought.words.positions, sought.words.texts
    votes: Counter[int] = Counter()
    for number in range(len(pattern) - 1):
        second = pattern[number + 1]
        for position in positions.get(pattern[number], ()):
            if position + 1 < len(texts) and texts[position + 1] == second:
                votes[(position - number) // _BUCKET] += 1
    if not votes:
        return 0, 0
    together = {bucket: votes[bucket - 1] + 2 * votes[bucket] + votes[bucket + 1] for bucket in votes}
    centre = max(together, key=lambda bucket: (together[bucket], -bucket)) * _BUCKET
    slack = max(3 * _BUCKET, len(pattern) // 2)
    near = [
        bucket * _BUCKET for bucket in votes if votes[bucket] >= 2 and abs(bucket * _BUCKET - centre) <= 10 * _BUCKET
    ]  # noqa: PLR2004
    first = max(min([centre, *near]) - slack, 0)
    last = min(max([centre, *near]) + len(pattern) + slack + _BUCKET, len(texts), first + _MOST_WORDS)
    return first, last
