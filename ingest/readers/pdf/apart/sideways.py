"""Text that stands sideways or upside down: tables and pages that are turned to be read, and print marks.

Text at the side of a page, as a type-setter's or an archive's stamp, is a print mark and left out.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field, replace

from ingest.readers.pdf.apart.parts import Part
from ingest.readers.pdf.apart.print_marks import is_print_mark
from ingest.readers.pdf.engine.matrices import turned
from ingest.readers.pdf.engine.runs import PageRuns, Rule, Run
from ingest.readers.pdf.lines import Turn, segment_box
from ingest.readers.pdf.page_numbers import numbers_of
from ingest.readers.pdf.segments import Segment, to_segments
from ingest.records import Box
from pinpoint.records import LeftOut

# Set by hand; not measured.
_MARK_ROWS = 2  # rows of a print mark at the side of a page; more are text
_LEAST_PAGES = 3  # that bear the same words at one point: a print mark
_ROW = 0.5  # em
_EDGE_ROWS = 2  # rows at head and foot of a turned page that may be running rows


@dataclass(slots=True)
class Sideways:
    """Turned text of a file while it is read.

    Attributes:
        found: Segments that stand turned on a page with upright text, by 0-based page and angle.
        turns: How pages are turned whose text stands sideways as a whole, by 1-based page.
        pages: For each page, its width, its height and its strokes.
    """

    found: dict[tuple[int, int], list[Segment]] = field(default_factory=dict)
    turns: dict[int, Turn] = field(default_factory=dict)
    pages: list[tuple[float, float, tuple[Rule, ...]]] = field(default_factory=list)

    def add(
        self, page: PageRuns, upright: list[Segment], repairs: Counter[str]
    ) -> tuple[list[Segment], tuple[Rule, ...]]:
        """Take the next page; return its segments and strokes as it is read.

        A page on which all text stands turned is read turned as a whole.
        """
        number = len(self.pages)
        self.pages.append((page.width, page.height, page.rules))
        turned_runs: dict[int, list[Run]] = defaultdict(list)
        for run in page.turned:
            turned_runs[run.angle].append(run)
        by_angle = {angle: to_segments(runs, repairs)[0] for angle, runs in turned_runs.items()}
        most = max(by_angle, key=lambda angle: _count(by_angle[angle]), default=0)
        if most and not upright and len(_rows(by_angle[most])) > _MARK_ROWS:
            self.turns[number + 1] = turn = Turn(most, page.width, page.height)
            upright, page_rules = by_angle.pop(most), tuple(_turn_rules(page.rules, turn))
        else:
            page_rules = page.rules
        self.found |= {(number, angle): segments for angle, segments in by_angle.items()}
        return upright, page_rules

    def box(self, page: int, box: Box) -> Box:
        """Return where a box of a page, 1-based, lies on it as shown."""
        return self.turns[page].back(box) if page in self.turns else box

    def forget(self, pages: Iterable[int]) -> None:
        """Read pages, 1-based, upright: their text was recognised from the picture."""
        for page in pages:
            self.turns.pop(page, None)

    def boxes(self, left_out: Sequence[LeftOut]) -> list[LeftOut]:
        """Return what was left out with its boxes as they lie on the pages as shown."""
        return [replace(one, boxes=tuple(self.box(one.page, box) for box in one.boxes)) for one in left_out]

    def characters(self, page: int) -> int:
        """Return how many characters of a page, 0-based, stand turned."""
        return sum(_count(found) for (on, _), found in self.found.items() if on == page)

    def read(
        self, upright: Sequence[Sequence[Segment]], running: Collection[str], numbers: Sequence[str]
    ) -> tuple[list[Part], list[tuple[int, Box]]]:
        """Divide the turned text into parts to be read and print marks.

        Args:
            upright: Upright segments of each page, without running rows.
            running: Words of the running rows of the file, as ``bare_words`` gives them.
            numbers: Printed number of each page, "" where none is known.

        Returns:
            The parts, and page (1-based) and box of each segment that is no part of the text.
        """
        repeated = self._repeated()
        parts: list[Part] = []
        marks: list[tuple[int, Box]] = []
        for (page, angle), segments in self.found.items():
            width, height, rules = self.pages[page]
            turn = Turn(angle, width, height)
            stays = [
                segment
                for segment in segments
                if not is_print_mark(segment.text) and (angle, _position(segment)) not in repeated
            ]
            if page + 1 not in self.turns and _at_the_side(
                [turn.back(segment_box(s)) for s in stays], stays, upright[page]
            ):
                stays = []
            stays = _without_running_rows(stays, running, numbers[page])
            marks += ((page + 1, turn.back(segment_box(segment))) for segment in segments if segment not in stays)
            if stays:
                boxes = [turn.back(segment_box(segment)) for segment in stays]
                top, left = max(box[3] for box in boxes), min(box[0] for box in boxes)
                parts.append(Part(page + 1, top, left, tuple(stays), tuple(_turn_rules(rules, turn)), turn))
        return parts, marks

    def _repeated(self) -> set[tuple[int, tuple[str, int, int]]]:
        pages: dict[tuple[int, tuple[str, int, int]], set[int]] = defaultdict(set)
        for (page, angle), segments in self.found.items():
            for segment in segments:
                pages[angle, _position(segment)].add(page)
        return {position for position, on in pages.items() if len(on) >= _LEAST_PAGES}


def _count(segments: Sequence[Segment]) -> int:
    return sum(len(segment.text) for segment in segments)


def bare_words(text: str) -> str:
    """Return the characters of a running row that do not change from page to page."""
    return re.sub(r"[\W\d_]+", "", text.lower())


def _position(segment: Segment) -> tuple[str, int, int]:
    return segment.text, round(segment.x0 / 3), round(segment.y / 3)


def _at_the_side(boxes: Sequence[Box], segments: Sequence[Segment], upright: Sequence[Segment]) -> bool:
    """Tell whether turned text is a row or two beside the upright text of its page."""
    if not segments or not upright or len(_rows(segments)) > _MARK_ROWS:
        return False
    left, right = min(segment.x0 for segment in upright), max(segment.x1 for segment in upright)
    return all(box[2] <= left or box[0] >= right for box in boxes)


def _rows(segments: Sequence[Segment]) -> list[list[Segment]]:
    rows: list[list[Segment]] = []
    for segment in segments:
        if rows and rows[-1][0].y - segment.y < _ROW * segment.size:
            rows[-1].append(segment)
        else:
            rows.append([segment])
    return rows


def _without_running_rows(segments: list[Segment], running: Collection[str], number: str) -> list[Segment]:
    """Take the running head and the page number from a page that is turned as a whole."""
    rows = _rows(segments)
    edges = [*rows[:_EDGE_ROWS], *rows[_EDGE_ROWS:][-_EDGE_ROWS:]]
    gone = [segment for row in edges if all(_is_running(s, running, number) for s in row) for segment in row]
    return [segment for segment in segments if segment not in gone] if len(gone) < len(segments) else segments


def _is_running(segment: Segment, running: Collection[str], number: str) -> bool:
    if any(found.printed == number for found in numbers_of(segment.text, whole=True)):
        return True
    words = bare_words(segment.text)
    return bool(words) and words in running


def _turn_rules(rules: Sequence[Rule], turn: Turn) -> list[Rule]:
    a, b, c, d, e, f = turned(turn.angle, turn.width, turn.height)
    found = []
    for rule in rules:
        xs = sorted((a * rule.x0 + c * rule.y0 + e, a * rule.x1 + c * rule.y1 + e))
        ys = sorted((b * rule.x0 + d * rule.y0 + f, b * rule.x1 + d * rule.y1 + f))
        found.append(Rule(xs[0], ys[0], xs[1], ys[1]))
    return found
