"""Lines of a PDF page: what is read in one go inside a region, with the boxes around it.

All lengths are in points, y grows upwards.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from ingest.readers.pdf.engine.matrices import turned
from ingest.readers.pdf.layout import Region
from ingest.readers.pdf.segments import Segment
from ingest.records import Box

# Set by hand while reading the pages of real documents; no value was measured alone.
# A change shows in the golden trees (tests/golden/trees).
_ALL_BOLD = 0.97  # share of characters; a bullet or a stop may be plain
_SAME_ROW = 0.4  # em; segments whose baselines differ less are one line
_ASCENT, _DESCENT = 0.75, 0.25  # em, of characters above and below the baseline


@dataclass(frozen=True, slots=True)
class Turn:
    """A page that is turned clockwise to read what stands sideways on it: by how much, and its size as shown."""

    angle: int
    width: float
    height: float

    def back(self, box: Box) -> Box:
        """Return where a box of the turned page lies on the page as shown."""
        size = (self.height, self.width) if self.angle in (90, 270) else (self.width, self.height)
        a, b, c, d, e, f = turned(360 - self.angle, *size)
        xs = sorted((a * box[0] + c * box[1] + e, a * box[2] + c * box[3] + e))
        ys = sorted((b * box[0] + d * box[1] + f, b * box[2] + d * box[3] + f))
        return xs[0], ys[0], xs[1], ys[1]


@dataclass(frozen=True, slots=True)
class Line:
    """A row of segments in a region.

    Attributes:
        segments: Parts from left to right; more than one where wide gaps part them.
        page: 1-based page.
        region: Number of the region, unique in the file, in reading order.
        left: Left edge of the region.
        right: Right edge of the region.
        text: All segments, one blank between them.
        x0: Left edge of the first segment.
        x1: Right edge of the last segment.
        y: Baseline of the first segment.
        size: Size of the longest segment.
        bold: Whether all characters are bold.
        bold_start: Whether the first character is bold.
        mono: Whether the longest segment has a fixed pitch.
        turn: How its page is turned where the line stands sideways; all lengths are those of the turned page.
    """

    segments: tuple[Segment, ...]
    page: int
    region: int
    left: float
    right: float
    text: str
    x0: float
    x1: float
    y: float
    size: float
    bold: bool
    bold_start: bool
    mono: bool
    turn: Turn | None = None


def to_line(
    segments: Sequence[Segment], page: int, region: int, left: float, right: float, turn: Turn | None = None
) -> Line:
    """Make a line of segments in a row, which must stand from left to right."""
    longest = max(segments, key=lambda segment: len(segment.text)) if segments[1:] else segments[0]
    return Line(
        segments=tuple(segments),
        page=page,
        region=region,
        left=left,
        right=right,
        text=" ".join(segment.text for segment in segments),
        x0=segments[0].x0,
        x1=segments[-1].x1,
        y=segments[0].y,
        size=longest.size,
        bold=all(segment.bold > _ALL_BOLD for segment in segments),
        bold_start=segments[0].bold_start,
        mono=longest.mono,
        turn=turn,
    )


def to_lines(regions: Sequence[Region], page: int, first_region: int, turn: Turn | None = None) -> list[Line]:
    """Make lines of the regions of a page.

    Args:
        regions: Regions in reading order.
        page: 1-based page.
        first_region: Number of the first region.
        turn: How the page is turned where the regions stand sideways.

    Returns:
        Lines in reading order.
    """
    lines: list[Line] = []
    for number, region in enumerate(regions, start=first_region):
        left = min(segment.x0 for segment in region.segments)
        right = max(segment.x1 for segment in region.segments)
        rows: list[list[Segment]] = []
        for segment in sorted(region.segments, key=lambda segment: -segment.y):
            if rows and rows[-1][0].y - segment.y < _SAME_ROW * min(segment.size, rows[-1][0].size):
                rows[-1].append(segment)
            else:
                rows.append([segment])
        for row in rows:
            row.sort(key=lambda segment: segment.x0)
            lines.append(to_line(row, page, number, left, right, turn))
    return lines


def segment_box(segment: Segment) -> Box:
    """Return the box of a segment, with the parts of its characters above and below the baseline."""
    return segment.x0, segment.y - _DESCENT * segment.size, segment.x1, segment.y + _ASCENT * segment.size


def boxes_by_page(lines: Iterable[Line]) -> dict[int, tuple[Box, ...]]:
    """Return for each page a box around the lines of each region, in reading order."""
    found: dict[int, dict[int, Box]] = {}
    for line in lines:
        for segment in line.segments:
            boxes = found.setdefault(line.page, {})
            box = segment_box(segment)
            left, bottom, right, top = line.turn.back(box) if line.turn else box
            other = boxes.get(line.region, (left, bottom, right, top))
            boxes[line.region] = (
                min(left, other[0]),
                min(bottom, other[1]),
                max(right, other[2]),
                max(top, other[3]),
            )
    return {page: tuple(boxes.values()) for page, boxes in found.items()}


def body_size(pages: Iterable[Sequence[Segment]]) -> float:
    """Return the size of most characters of all pages, 0 when they have none."""
    sizes: Counter[float] = Counter()
    for segments in pages:
        for segment in segments:
            sizes[segment.size] += len(segment.text)
    return sizes.most_common(1)[0][0] if sizes else 0.0
