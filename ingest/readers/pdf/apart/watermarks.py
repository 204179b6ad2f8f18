"""Straight watermarks and stamps: words that are printed over the text of a page, not into it.

Slanted ones never come so far: the engine drops text that slants.
"""

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from ingest.readers.pdf.lines import body_size, segment_box
from ingest.readers.pdf.segments import Segment
from pinpoint.records import LeftOut

# Set by hand while looking at stamped pages; no value was measured alone.
_LARGE = 1.5  # of the body size; words over the text are larger
_LEAST_CHARACTERS = 3  # alphabetic; a large first letter of a chapter stands beside its lines too
_MOST_WORDS = 8
_HEIGHT = 0.65  # em; of capitals above the baseline
_BENEATH_WIDTH = 2.0  # em of the text beneath; less may be a wrong estimate of widths
_BENEATH_CHARACTERS = 8  # of a line that is printed over
_CERTAIN = 2.5  # times both, and of the body size, where the words are not those of a stamp
_GRID = 3.0  # points; words of two pages that differ less stand at one point
_AMID = 2  # lines above and below, at least; fewer are a title or a foot line
_BODY = 0.15  # of the body size; text that differs less is the text of the page
_STAMP_SIZE = 1.2  # of the body size; what stands amid the text in its size may be a part of it
_STAMP_PAGES = 2  # that have the same stamp at one point amid the text
_STAMP = re.compile(
    r"(?:(?:WORKING|DISCUSSION|STAFF|INTERNAL|PRELIMINARY|COMMITTEE|REVIEW|FINAL) )?DRAFT(?: COPY| ONLY| VERSION)?"
    r"|(?:CERTIFIED |UNOFFICIAL |OFFICIAL |FILE |OFFICE |REVIEW |ADVANCE |REFERENCE )?COPY(?: ONLY)?"
    r"|NOT (?:FINAL|FOR (?:RELEASE|DISTRIBUTION|PUBLICATION|CITATION|QUOTATION|FILING|OFFICIAL USE)|OFFICIAL|VALID)"
    r"|DO NOT (?:COPY|CITE|QUOTE|DISTRIBUTE|FILE|RELEASE|DUPLICATE|SUBMIT)(?:,? (?:OR )?[A-Z]+){0,3}"
    r"|(?:FOR )?OFFICIAL USE ONLY|(?:FOR )?(?:INTERNAL|AGENCY|INTERIM|GOVERNMENT) USE ONLY"
    r"|FOR (?:COMMENT|REVIEW|DISCUSSION|REFERENCE|INFORMATION)(?: (?:PURPOSES )?ONLY)?"
    r"|(?:STRICTLY |HIGHLY )?CONFIDENTIAL|PRIVILEGED(?: (?:AND|&) CONFIDENTIAL)?|(?:PRE-?DECISIONAL|DELIBERATIVE)"
    r"|LAW ENFORCEMENT SENSITIVE|SENSITIVE BUT UNCLASSIFIED|EMBARGOED|UNCLASSIFIED|RESTRICTED|SECRET|NOFORN"
    r"|FOUO|LES|CUI|SBU|CONTROLLED UNCLASSIFIED INFORMATION"
    r"|SAMPLE(?: ONLY)?|SPECIMEN|EXAMPLE|VOID|CANCELL?ED|SUPERSEDED|RESCINDED|REVOKED|OBSOLETE|EXPIRED|ARCHIVED?"
    r"|HISTORICAL|WITHDRAWN|UNOFFICIAL|PROPOSED|TENTATIVE|DUPLICATE|ORIGINAL|APPROVED|RECEIVED|FILED|REDACTED"
)
"""What such words say; at that, they need not touch the text where pages repeat them amid it."""


@dataclass(frozen=True, slots=True)
class _Mark:
    """Segments of one size on one baseline, read as one."""

    segments: tuple[Segment, ...]
    text: str

    @property
    def size(self) -> float:
        return self.segments[0].size

    @property
    def position(self) -> tuple[str, int, int]:
        """Its words, and the grid cell in which it begins."""
        first = self.segments[0]
        return self.text, round(first.x0 / _GRID), round(first.y / _GRID)


def without_watermarks(pages: Sequence[Sequence[Segment]]) -> tuple[list[list[Segment]], tuple[LeftOut, ...]]:
    """Take words that are printed over the text from the pages of a file.

    Large words over lines of text are a watermark, and so are the same words at the same point of
    other pages. Known words of stamps need not lie over a line where several pages repeat them amid
    the text. Words at the edges of pages are running heads and not looked at here.

    Args:
        pages: Segments of each page, from top to bottom.

    Returns:
        The segments without them, and one ``LeftOut`` for each watermark.
    """
    body = body_size(pages)
    marks = [_marks(segments, body) for segments in pages]
    if not any(marks):
        return [list(segments) for segments in pages], ()
    over: set[tuple[str, int, int]] = set()
    repeated: dict[tuple[str, int, int], int] = defaultdict(int)
    for segments, on_page in zip(pages, marks, strict=True):
        for mark in on_page:
            if _lies_over(mark, segments, body):
                over.add(mark.position)
            elif is_stamp(mark.text) and mark.size >= _STAMP_SIZE * body and _is_amid(mark, segments):
                repeated[mark.position] += 1
    over |= {position for position, count in repeated.items() if count >= _STAMP_PAGES}
    left_out: list[LeftOut] = []
    done: list[list[Segment]] = []
    for page, (segments, on_page) in enumerate(zip(pages, marks, strict=True), start=1):
        found = [mark for mark in on_page if mark.position in over]
        gone = {id(segment) for mark in found for segment in mark.segments}
        done.append([segment for segment in segments if id(segment) not in gone])
        left_out += (
            LeftOut("watermark", len(mark.text.split()), page, tuple(map(segment_box, mark.segments))) for mark in found
        )
    return done, tuple(left_out)


def is_stamp(text: str) -> bool:
    """Tell whether words are those of a stamp or of a marking: DRAFT COPY, UNCLASSIFIED//FOUO."""
    return text.isupper() and all(
        _STAMP.fullmatch(part.strip()) for part in re.split(r"//|[-–—/]", text) if part.strip()
    )


def _marks(segments: Sequence[Segment], body: float) -> list[_Mark]:
    """Return the words of a page that may be printed over its text: large ones, and those of stamps."""
    rows: dict[tuple[int, float], list[Segment]] = defaultdict(list)
    for segment in segments:
        if segment.size >= _LARGE * body or is_stamp(segment.text):
            rows[round(segment.y), segment.size].append(segment)
    marks = []
    for row in rows.values():
        words = [word for segment in sorted(row, key=lambda segment: segment.x0) for word in segment.text.split()]
        text = ("" if all(len(word) == 1 for word in words) else " ").join(words)
        if sum(map(str.isalpha, text)) >= _LEAST_CHARACTERS and text.count(" ") < _MOST_WORDS:
            marks.append(_Mark(tuple(row), text))
    return marks


def _lies_over(mark: _Mark, segments: Sequence[Segment], body: float) -> bool:
    """Tell whether a line of the text runs beneath the words; a small running head beneath a title is none."""
    size, y = mark.size, mark.segments[0].y
    certain = 1.0 if is_stamp(mark.text) else _CERTAIN
    if certain > 1 and size < _CERTAIN * body:
        return False
    for other in segments:
        if other in mark.segments or len(other.text) < _BENEATH_CHARACTERS * certain or other.size > size:
            continue
        if abs(other.size - body) > _BODY * body:
            continue
        if not y - _HEIGHT * other.size < other.y < y + _HEIGHT * size:
            continue
        beneath = max(min(part.x1, other.x1) - max(part.x0, other.x0) for part in mark.segments)
        if beneath > _BENEATH_WIDTH * certain * other.size:
            return True
    return False


def _is_amid(mark: _Mark, segments: Sequence[Segment]) -> bool:
    y = mark.segments[0].y
    above = {round(segment.y) for segment in segments if segment.y > y + 1}
    below = {round(segment.y) for segment in segments if segment.y < y - 1}
    return len(above) >= _AMID and len(below) >= _AMID
