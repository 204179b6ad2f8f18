"""Lines of a text file that belong to its printed pages and not to its text: page numbers, running heads, rules.

A lone number is a page number only in a sequence of them at the ends of pages, which form feeds or equal distances
show; a lone section number is a running head only where it is said again.
"""

import re
from collections import Counter
from collections.abc import Sequence

_EXPLICIT = re.compile(r"^(?:Page \d+(?: of \d+)?|\[\[Page [A-Z]?\d+\]\])$", re.IGNORECASE)
_FORM = re.compile(r"^Form \S+ Instructions\b.*", re.IGNORECASE)
_NUMBER = re.compile(r"^(?:[-\u2013\u2014]\s?)?(\d{1,4})(?:\s?[-\u2013\u2014])?$")
_DASHED = re.compile(r"^[-\u2013\u2014]\s?\d{1,4}\s?[-\u2013\u2014]$")
_SECTION = re.compile(r"^§+\s*[\d.]+[a-z]?(?:\s*[\u2013-]\s*[\d.]+[a-z]?)?$")
_HEAD_WORDS = 12  # of a running head; a longer line is text. Set by hand, not measured
_OFTEN = 3  # times that a line of a form's instructions stands on its pages; set by hand, not measured
_BREAKS = 2  # so many ends of pages show what stands on each page; set by hand, not measured
_OPENS = re.compile(r"^(?:\(|§|\d|\w{1,4}[.)]\s|\[)")
"""A line that may be a provision of its own, however often it is repeated ("[Reserved]", "(a) None.")."""
_PAGES = 3  # so many page numbers make a sequence where no form feed parts the pages; set by hand, not measured
_SHORTEST_PAGE = 10  # lines; set by hand, not measured
_UNEVEN = 1.5  # the longest page by the shortest; set by hand, not measured


def page_lines(lines: Sequence[str], breaks: frozenset[int]) -> frozenset[int]:
    """Numbers of the lines that only number or head a page.

    Args:
        lines: Lines of the file, trimmed.
        breaks: Numbers of the lines with which a page begins, as form feeds show.
    """
    counts = Counter(line for line in lines if line)
    often = {line for line, count in counts.items() if count >= _OFTEN and _FORM.match(line)}
    found = {at for at, line in enumerate(lines) if line in often or _EXPLICIT.match(line)}
    found |= _numbers_at_breaks(lines, breaks) if breaks else _numbers_at_distance(lines)
    found |= _sequences(lines, [at for at, line in enumerate(lines) if _DASHED.match(line)], 2, even=False)
    found |= _heads_at_breaks(lines, breaks, found)
    return frozenset(found | _repeated_sections(lines, counts, breaks, found))


def _numbers_at_breaks(lines: Sequence[str], breaks: frozenset[int]) -> set[int]:
    """Lone numbers at the beginning or the end of pages, each larger by one than the one before."""
    edges: list[int] = []
    for at in sorted(breaks | {len(lines)}):
        before = next((row for row in range(at - 1, -1, -1) if lines[row]), None)
        after = next((row for row in range(at, len(lines)) if lines[row]), None)
        edges += [row for row in (before, after) if row is not None and _NUMBER.match(lines[row])]
    return _sequences(lines, list(dict.fromkeys(edges)), 2, even=False)


def _heads_at_breaks(lines: Sequence[str], breaks: frozenset[int], found: set[int]) -> set[int]:
    """Lines with which most pages begin, or end: the title of the whole on each of them."""
    if len(breaks) < _BREAKS:
        return set()
    starts = sorted({0, *breaks})
    pages = [range(start, end) for start, end in zip(starts, [*starts[1:], len(lines)], strict=True)]
    heads: set[int] = set()
    for step in (1, -1):
        edges = [next((row for row in page[::step] if lines[row] and row not in found), None) for page in pages]
        rows = [row for row in edges if row is not None and len(lines[row].split()) <= _HEAD_WORDS]
        counts = Counter(lines[row] for row in rows)
        heads.update(row for row in rows if counts[lines[row]] >= max(2, len(breaks)) and not _OPENS.match(lines[row]))
    return heads


def _numbers_at_distance(lines: Sequence[str]) -> set[int]:
    return _sequences(lines, [at for at, line in enumerate(lines) if _NUMBER.match(line)], _PAGES, even=True)


def _sequences(lines: Sequence[str], rows: Sequence[int], fewest: int, *, even: bool) -> set[int]:
    """Rows whose numbers follow each other."""
    chains: dict[int, list[int]] = {}  # by the number that continues it
    found: set[int] = set()
    for row in rows:
        match = _NUMBER.match(lines[row])
        number = int(match.group(1)) if match else 0
        chain = [*chains.pop(number, []), row]
        chains[number + 1] = chain
        if len(chain) >= fewest and (not even or _is_even(chain)):
            found.update(chain)
    return found


def _is_even(chain: Sequence[int]) -> bool:
    distances = [second - first for first, second in zip(chain, chain[1:], strict=False)]
    return min(distances) >= _SHORTEST_PAGE and max(distances) <= _UNEVEN * min(distances)


def _repeated_sections(lines: Sequence[str], counts: Counter[str], breaks: frozenset[int], found: set[int]) -> set[int]:
    """Lone section numbers that head a page: said again and again, or behind the heading of the section itself."""
    rows = [at for at, line in enumerate(lines) if _SECTION.match(line)]
    if not rows:
        return set()
    headed: set[str] = set()
    repeated: set[int] = set()
    wanted = {lines[at] for at in rows}
    edges = _edges(lines, breaks, found)
    for at, line in enumerate(lines):
        if line in wanted:
            if line in headed or (counts[line] > 1 and at in edges):
                repeated.add(at)
            continue
        if line.startswith("§"):
            headed.update(number for number in wanted if line.startswith((f"{number} ", f"{number}.")))
    return repeated


def _edges(lines: Sequence[str], breaks: frozenset[int], found: set[int]) -> set[int]:
    """Lines next to a page break or to a page number."""
    filled = [at for at, line in enumerate(lines) if line]
    return {
        near
        for row, at in enumerate(filled)
        if at in found or at in breaks
        for near in filled[max(row - 1, 0) : row + 2]
    }
