"""Segments of a PDF page: runs that stand on one baseline without a wide gap.

All lengths are in points, y grows upwards.
"""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from ingest.cleaning import clean_characters
from ingest.readers.pdf.engine.runs import Run
from ingest.records import Fragment, RawBlock

RAISED_OPEN, RAISED_CLOSE = "\ue000", "\ue001"
"""Enclose raised text in a line until the footnotes are known; no source text has them."""

STRUCK_OPEN, STRUCK_CLOSE = "\ue002", "\ue003"
"""Enclose struck text in a line until its position in the block is known; no source text has them."""

NUMERIC = re.compile(r"[-–—+(]?[$]?[\d.,%()*/XxZz–—-]+[)]?")
"""A cell that holds a number and nothing else."""

# Set by hand while reading the pages of real documents; no value was measured alone.
# A change shows in the golden trees (tests/golden/trees) and in `python -m benchmarks.pdf.columns`.
_SAME_LINE = 0.55  # em; runs whose baselines differ less may share a line
_WORD_GAP = 0.12  # em; a wider gap is a blank
_SEGMENT_GAP = 0.6  # em; a wider gap separates segments; lines are joined again inside a region
_MARKER_GAP = 1.2  # em; after the number of a footnote
_MARKER_SIZE = 0.75  # of the footnote's size; a larger number is text
_BACKSTEP = 0.6  # em; overlap up to this is kerning or a narrow estimate of widths
_RAISED_SIZE = 0.9  # of the line's size; raised text is smaller
_RAISED_BY = 0.12  # em above the baseline of the line, or more
_FRACTION_STEP = 0.5  # em; the two numbers of a fraction stand further from each other
_BELOW = 0.35  # em; the lower number of a fraction begins no further to the left
_EDGE_LINES = 6  # lines that must begin at one x to make it an edge of text
_EDGE_GAP = 0.3  # em; the least gap before such an edge
_DOUBLED = 0.12  # em; text drawn twice so near to each other imitates bold, or a shadow
_SOFT_HYPHEN = "\u00ad"
_MOST_DOUBLED = 200  # runs of one text that are compared with the next; more are marks of a table or a chart
_LEAST_STEP = 0.6  # of its width; a narrow character may follow the same one that near
_RAISED_TEXT = re.compile(r"[0-9]{1,3}(?:[,–-][0-9]{1,3})*|[*†‡§]{1,3}|[a-z]|[ivxl]{2,5}|st|nd|rd|th|[-–−]?\d+")

_STRUCK = re.compile(f"\\s*{STRUCK_OPEN}([^{STRUCK_CLOSE}]*){STRUCK_CLOSE}(\\s*)")
_JOINED = re.compile(f"{STRUCK_CLOSE}(\\s*){STRUCK_OPEN}")
_CLOSING = tuple(".,;:)]")


@dataclass(frozen=True, slots=True)
class Segment:
    """Text on one baseline without a wide gap.

    Attributes:
        text: Its words; raised text stands between the two private marks.
        x0: Left edge.
        x1: Right edge.
        y: Baseline.
        size: Size of most of its characters.
        bold: Share of its characters that are bold, 0 to 1.
        bold_start: Whether its first character is bold.
        mono: Whether most of it has a fixed pitch.
        first_size: Size of its first character.
        last_size: Size of its last character.
    """

    text: str
    x0: float
    x1: float
    y: float
    size: float
    bold: float = 0.0
    bold_start: bool = False
    mono: bool = False
    first_size: float = 0.0
    last_size: float = 0.0


def to_segments(runs: Sequence[Run], repairs: Counter[str]) -> tuple[list[Segment], int]:
    """Join runs that stand on one line without a wide gap.

    Args:
        runs: Runs in drawing order.
        repairs: Repairs of characters by name; this call adds its own.

    Returns:
        Segments from top to bottom, then left to right, and the number of runs that were
        dropped because the same text is drawn twice at one point (imitated bold).
    """
    groups: list[list[Run]] = []
    doubled = 0
    drawn: dict[str, list[Run]] = {}
    for run in runs:
        same = drawn.setdefault(run.text, [])
        if any(_is_doubled(other, run) for other in same[-_MOST_DOUBLED:]):
            doubled += 1
            continue
        same.append(run)
        if groups and _continues(groups[-1], run):
            groups[-1].append(run)
            continue
        groups.append([run])
    merged = _split_at_edges(_merge_neighbours(groups))
    made = (_segment(group, repairs) for group in merged)
    segments = [segment for segment in made if segment.text]
    segments.sort(key=lambda segment: (-segment.y, segment.x0))
    return segments, doubled


def _is_doubled(one: Run, other: Run) -> bool:
    near = min(_DOUBLED * other.size, _LEAST_STEP * (other.x1 - other.x0))
    return abs(one.x0 - other.x0) < near and abs(one.y - other.y) < near


def _continues(group: list[Run], run: Run) -> bool:
    last = group[-1]
    size = max(last.size, run.size)
    gap = run.x0 - last.x1
    widest = _MARKER_GAP if _is_marker(last, run) else _SEGMENT_GAP
    least = max(last.x1 - _BACKSTEP * size, last.x0)
    if last.text.isdigit() and run.text.isdigit() and run.y < last.y:
        least = min(least, last.x0 - _BELOW * size)  # the lower number of a fraction
    if run.x0 < least or gap >= widest * size:
        return False
    if gap > _EDGE_GAP * size and NUMERIC.fullmatch(last.text) and NUMERIC.fullmatch(run.text):
        return False
    return _shares_line(group, run)


def _is_marker(last: Run, run: Run) -> bool:
    """Tell whether a run is the raised number of the footnote that the next run begins."""
    return last.text.isdigit() and last.size < _MARKER_SIZE * run.size and last.y > run.y


def _shares_line(group: list[Run], run: Run) -> bool:
    base = max(group, key=lambda member: member.size)
    step = abs(run.y - base.y)
    small, large = sorted((run.size, base.size))
    if step < 0.2 * large:
        return True
    return step < _SAME_LINE * large and small < _RAISED_SIZE * large


def _merge_neighbours(groups: list[list[Run]]) -> list[list[Run]]:
    """Join groups that were not drawn one after the other but touch on one baseline."""
    ordered = sorted(groups, key=lambda group: (round(-group[0].y), group[0].x0))
    merged: list[list[Run]] = []
    for group in ordered:
        for target in merged[-6:]:
            gap = group[0].x0 - target[-1].x1
            size = max(group[0].size, target[-1].size)
            if -0.3 * size < gap < 0.4 * size and _shares_line(target, group[0]):
                target.extend(group)
                target.sort(key=lambda run: run.x0)
                break
        else:
            merged.append(list(group))
    return merged


def _split_at_edges(groups: list[list[Run]]) -> list[list[Run]]:
    """Divide groups where a run begins at a left edge that many lines share.

    Lines that run out to the gutter come so close to the next column that the gap alone
    does not distinguish them from words.
    """
    starts = Counter(round(group[0].x0) for group in groups)
    edges = {x for x, count in starts.items() if count >= _EDGE_LINES}
    parted: list[list[Run]] = []
    for group in groups:
        parted.append(group[:1])
        for last, run in zip(group, group[1:], strict=False):
            if round(run.x0) in edges and run.x0 - last.x1 > _EDGE_GAP * run.size:
                parted.append([run])
            else:
                parted[-1].append(run)
    return parted


def _segment(group: list[Run], repairs: Counter[str]) -> Segment:
    first = group[0]
    if len(group) == 1:
        return Segment(
            text=_marked(clean_characters(first.text, repairs), first),
            x0=first.x0,
            x1=first.x1,
            y=first.y,
            size=first.size,
            bold=float(first.bold),
            bold_start=first.bold,
            mono=first.mono,
            first_size=first.size,
            last_size=first.size,
        )
    weights: Counter[float] = Counter()
    for run in group:
        weights[run.size] += len(run.text)
    size = weights.most_common(1)[0][0]
    base = next(run for run in group if run.size == size)
    characters = sum(len(run.text) for run in group)
    return Segment(
        text=_joined(group, size, base.y, repairs),
        x0=first.x0,
        x1=max(run.x1 for run in group),
        y=base.y,
        size=size,
        bold=sum(len(run.text) for run in group if run.bold) / characters,
        bold_start=first.bold,
        mono=sum(len(run.text) for run in group if run.mono) > characters / 2,
        first_size=first.size,
        last_size=group[-1].size,
    )


def _joined(group: list[Run], size: float, base: float, repairs: Counter[str]) -> str:
    parts: list[str] = []
    for number, run in enumerate(group):
        if number:
            last = group[number - 1]
            gap = run.x0 - last.x1
            near = min(run.size, last.size)
            if last.space_after or run.space_before or gap > _WORD_GAP * near:
                parts.append(" ")
            if _is_lower_number(last, run):
                parts.append("/")
        raised = run.size < _RAISED_SIZE * size and run.y > base + _RAISED_BY * size
        if raised and _RAISED_TEXT.fullmatch(run.text):
            parts.append(f"{RAISED_OPEN}{run.text}{RAISED_CLOSE}")
        else:
            text = clean_characters(run.text, repairs)
            if text.endswith(_SOFT_HYPHEN) and number < len(group) - 1:
                text = f"{text[:-1]}-"  # drawn inside of a line it is a hyphen like any other
            parts.append(_marked(text, run))
    return "".join(parts)


def _is_lower_number(last: Run, run: Run) -> bool:
    """Tell whether a number stands right below another: the two are a fraction."""
    if not (last.text.isdigit() and run.text.isdigit() and run.x0 < (last.x0 + last.x1) / 2):
        return False
    return _FRACTION_STEP * run.size < last.y - run.y


def _marked(text: str, run: Run) -> str:
    return f"{STRUCK_OPEN}{text}{STRUCK_CLOSE}" if run.struck and text else text


def set_struck_apart(blocks: Sequence[RawBlock]) -> list[RawBlock]:
    """Take the struck words out of the text of blocks.

    Args:
        blocks: Blocks whose struck words stand between the two private marks.

    Returns:
        The blocks without them; a block of struck words only goes, and its words stand at the end of
        the block before it, or at the beginning of the first one.
    """
    done: list[RawBlock] = []
    waiting: list[str] = []
    for block in blocks:
        if STRUCK_OPEN not in block.text and STRUCK_CLOSE not in block.text:
            done.append(block)
            continue
        apart = _apart(block)
        if apart.text.strip():
            done.append(apart)
        elif done:
            end = len(done[-1].text)
            done[-1] = replace(done[-1], struck=(*done[-1].struck, *((end, words) for _, words in apart.struck)))
        else:
            waiting += [words for _, words in apart.struck]
    if waiting and done:
        done[0] = replace(done[0], struck=(*((0, words) for words in waiting), *done[0].struck))
    return done


def _apart(block: RawBlock) -> RawBlock:
    struck: list[tuple[int, str]] = []
    fragments: list[Fragment] = []
    before = 0
    for fragment in block.fragments:
        text = _JOINED.sub(lambda found: " " if found[1] else "", fragment.text)
        plain, position = "", 0
        for found in _STRUCK.finditer(text):
            plain += text[position : found.start()]
            blank = found[0][0].isspace() or bool(found[2])
            inner = bool(plain or before) and found.end() < len(text)
            if blank and not (plain[-1:].isspace() or text[found.end() : found.end() + 1] in _CLOSING) and inner:
                plain += " "
            struck.append((before + len(plain), " ".join(found[1].split())))
            position = found.end()
        plain += text[position:]
        plain = plain.replace(STRUCK_OPEN, "").replace(STRUCK_CLOSE, "")
        fragments.append(replace(fragment, text=plain))
        before += len(plain)
    return replace(block, fragments=tuple(fragments), struck=(*block.struck, *struck))
