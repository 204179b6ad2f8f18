"""The span of a text that is most like a quotation: only to show where words differ, never to call one found.

Words that stand in both texts in the same order are counted, single ones only close to others (``difflib``, without its
heuristic for popular words, which misses most of a long text).
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import Match as Block
from difflib import SequenceMatcher

from drafts.checking.comparing.sought import Sought

_RUN, _SURE = 2, 3
"""Words of the shortest run from which a comparison begins, and of one that counts wherever it stands. Set by hand."""
_CLOSE, _APART = 4, 60
"""Words of the text between a single word and a run, more than the quotation has there; and between runs. By hand."""
_BUCKET, _REGIONS = 10, 6
"""Words by which offsets are taken together, and regions that are compared. Set by hand; not measured."""
_COMPARED = 1_500
"""Words of a longer quotation that are compared; the time grows with the square of repeated words. Set by hand."""
_WIDE = 400
"""Words around the best offset in which another part of the quotation is looked for. Set by hand; not measured."""


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
    head, rest = pattern[:_COMPARED], max(len(pattern) - _COMPARED, 0)
    found = [one for region in _regions(head, sought) if (one := _compared(head, sought, *region, rest))]
    return max(found, key=lambda one: (one.score, one.start - one.end), default=None)


def _compared(pattern: Sequence[str], sought: Sought, first: int, last: int, rest: int) -> Nearest | None:
    """The span of a region most like a sequence of words, with as many more as the quotation goes on for."""
    matcher = SequenceMatcher(None, sought.words.texts[first:last], pattern, autojunk=False)
    blocks = _dense([block for block in matcher.get_matching_blocks() if block.size], len(pattern))
    if not blocks:
        return None
    words = sum(_weight(pattern[block.b : block.b + block.size]) for block in blocks)
    total = _weight(pattern)
    begin, end = first + blocks[0].a, first + blocks[-1].a + blocks[-1].size
    # The words that the quotation has before the first and behind the last run stand for as many in the text.
    begin = _sentence_start(sought, max(begin - blocks[0].b, first), begin)
    end = _sentence_end(sought, min(end + len(pattern) - blocks[-1].b - blocks[-1].size, last), end)
    end = min(end + rest, len(sought.words))
    return Nearest(words / total if total else 0.0, sought.words.starts[begin], sought.words.ends[end - 1])


def _weight(words: Sequence[str]) -> int:
    return sum(word[0].isalnum() for word in words)


def _dense(blocks: Sequence[Block], length: int) -> list[Block]:
    """Blocks around the longest one: single words only where they stand close to what stands beside them."""
    if not blocks:
        return []
    best = max(range(len(blocks)), key=lambda number: blocks[number].size)
    if blocks[best].size < min(_RUN, length):
        return []
    found = [blocks[best]]
    for block in reversed(blocks[:best]):
        gap = found[0].a - block.a - block.size
        if gap <= _near(block, found[0].b - block.b - block.size, length):
            found.insert(0, block)
    for block in blocks[best + 1 :]:
        gap = block.a - found[-1].a - found[-1].size
        if gap <= _near(block, block.b - found[-1].b - found[-1].size, length):
            found.append(block)
    return found


def _near(block: Block, between: int, length: int) -> int:
    """Words of the text that may stand between a block and the next, for so many of the quotation."""
    return max(length, _APART) if block.size >= _SURE else between + _CLOSE


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


def _regions(pattern: Sequence[str], sought: Sought) -> list[tuple[int, int]]:
    """Regions of a text around the offsets at which most bigrams of a quotation stand, and one around several."""
    positions, texts = sought.words.positions, sought.words.texts
    votes: Counter[int] = Counter()
    for number in range(len(pattern) - 1):
        second = pattern[number + 1]
        for position in positions.get(pattern[number], ()):
            if position + 1 < len(texts) and texts[position + 1] == second:
                votes[(position - number) // _BUCKET] += 1
    if not votes:
        return []
    together = {bucket: votes[bucket - 1] + votes[bucket] + votes[bucket + 1] for bucket in votes}
    ranked = sorted(together, key=lambda bucket: (-together[bucket], bucket))
    best = together[ranked[0]]
    slack, found = max(2 * _BUCKET, len(pattern) // 3), []
    for bucket in ranked[:_REGIONS]:
        if 2 * together[bucket] >= best:
            found.append((max(bucket * _BUCKET - slack, 0), min(bucket * _BUCKET + len(pattern) + slack, len(texts))))
    near = [one for one in ranked if 4 * together[one] >= best and abs(one - ranked[0]) * _BUCKET <= _WIDE]
    first, last = min(near) * _BUCKET, max(near) * _BUCKET + len(pattern)
    wide = (max(first - slack, 0), min(last + slack, len(texts)))
    return found if wide in found else [*found, wide]
