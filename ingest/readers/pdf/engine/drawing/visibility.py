"""Which text of a page can be seen, which is struck out, and which is left out and why."""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import cast

from ingest.readers.pdf.engine.drawing.annotations import Notes
from ingest.readers.pdf.engine.drawing.appearances import Box, on_page
from ingest.readers.pdf.engine.drawing.canvas import Canvas, Drawn
from ingest.readers.pdf.engine.drawing.glyphs import split
from ingest.readers.pdf.engine.drawing.hidden import Hidden
from ingest.readers.pdf.engine.drawing.state import Clip
from ingest.readers.pdf.engine.matrices import Matrix, turned
from ingest.readers.pdf.engine.runs import Run
from pinpoint.records import LeftOut, LeftOutReason

_SCAN = 0.5  # of the page that pictures cover; invisible text on it is what another program recognised; set by hand


@dataclass(frozen=True, slots=True)
class Sifted:
    """Text of a page that can be seen, and what was left out.

    Attributes:
        runs: What is seen, in drawing order; struck words are among them.
        left_out: What is not, by reason; without pages.
        ocr_layer: Whether the text lies under or over a picture of the page.
    """

    runs: tuple[Run, ...]
    left_out: tuple[LeftOut, ...] = ()
    ocr_layer: bool = False


def sift(canvas: Canvas, notes: Notes, width: float, height: float) -> Sifted:
    """Tell the text that can be seen from what cannot.

    Args:
        canvas: What is drawn on the page.
        notes: What its annotations say of the text.
        width: Of the page, in points.
        height: Of the page, in points.
    """
    angles = {run.angle for run in canvas.runs} or {0}
    if angles == {0}:
        return _sift(Drawn(canvas.runs, canvas.inks, canvas.shapes), notes, width, height)
    parts = []
    for angle in sorted(angles):
        sides = (height, width) if angle in (90, 270) else (width, height)
        matrix, back = turned(angle, width, height), turned(360 - angle, *sides)
        part = _sift(*_turn(canvas, notes, angle, matrix), *sides)
        left_out = (replace(one, boxes=tuple(on_page(box, back) for box in one.boxes)) for one in part.left_out)
        parts.append(replace(part, left_out=tuple(left_out)))
    return Sifted(
        tuple(run for part in parts for run in part.runs),
        (*(one for part in parts for one in part.left_out), *_of_notes(notes)),
        any(part.ocr_layer for part in parts),
    )


def _turn(canvas: Canvas, notes: Notes, angle: int, matrix: Matrix) -> tuple[Drawn, Notes]:
    """Return the text of one angle, with all that may hide it, on the page turned so that it reads along x."""
    numbers = [number for number, run in enumerate(canvas.runs) if run.angle == angle]
    inks = []
    for number in numbers:
        ink = canvas.inks[number]
        clip = ink.clip and Clip(*on_page(ink.clip[:4], matrix), ink.clip.exact)
        inks.append(ink._replace(clip=clip))
    shapes = []
    for shape in canvas.shapes:
        x0, y0, x1, y1 = on_page(shape[:4], matrix)
        shapes.append(shape._replace(x0=x0, y0=y0, x1=x1, y1=y1, order=bisect_left(numbers, shape.order)))
    marks = Notes(
        struck=[on_page(box, matrix) for box in notes.struck],
        redacted=[on_page(box, matrix) for box in notes.redacted],
        painted_from=bisect_left(numbers, notes.painted_from),
    )
    return Drawn([canvas.runs[number] for number in numbers], inks, shapes), marks


def _sift(drawn: Drawn, notes: Notes, width: float, height: float) -> Sifted:
    """Tell what can be seen of text that reads along x."""
    runs, inks = drawn.runs, drawn.inks
    found = Hidden(drawn, notes)
    invisible = found.by_themselves()
    found.cover()
    found.strike()
    behind = [number for number in found.behind_pictures if number not in found.reasons]
    ocr_layer = _is_scan(drawn, {*invisible, *behind}, width, height)
    for number in () if ocr_layer else invisible:
        found.reasons.setdefault(number, "invisible")
    for number in () if ocr_layer else behind:
        found.reasons[number] = "covered"
    if not (found.reasons or found.parts or found.struck or notes.hidden or notes.stamps):
        return Sifted(tuple(runs), ocr_layer=ocr_layer)
    seen: list[Run] = []
    gone: dict[LeftOutReason, list[Run]] = defaultdict(list)
    for number, (run, ink) in enumerate(zip(runs, inks, strict=True)):
        if number in found.reasons:
            gone[found.reasons[number]].append(run)
        elif number in found.parts or number in found.struck:
            strokes = [("struck out", x0, x1) for x0, x1 in found.struck.get(number, ())]
            for what, part in split(run, ink, (*found.parts.get(number, ()), *strokes)):
                if what in ("", "struck out"):
                    seen.append(replace(part, struck=bool(what)))
                else:
                    gone[cast(LeftOutReason, what)].append(part)
        else:
            seen.append(run)
    return Sifted(tuple(seen), (*count_left_out(gone, seen), *_of_notes(notes)), ocr_layer)


def count_left_out(gone: Mapping[LeftOutReason, Sequence[Run]], seen: Sequence[Run]) -> Iterable[LeftOut]:
    """Count what was left out, by reason, save what the page draws there once more in sight."""
    drawn: dict[str, list[Run]] = defaultdict(list)
    for run in seen if gone else ():
        drawn[run.text].append(run)
    for reason, runs in gone.items():
        lost = [run for run in runs if not any(_is_drawn_again(run, other) for other in drawn.get(run.text, ()))]
        if lost:
            words = sum(len(run.text.split()) for run in lost)
            yield LeftOut(reason, words, boxes=tuple(box_of(run) for run in lost))


def _of_notes(notes: Notes) -> Iterable[LeftOut]:
    """Count the values that are not shown, and the words of stamps."""
    kinds: tuple[tuple[LeftOutReason, list[tuple[int, Box]]], ...] = (
        ("hidden", notes.hidden),
        ("watermark", notes.stamps),
    )
    for reason, found in kinds:
        if found:
            yield LeftOut(reason, sum(words for words, _ in found), boxes=tuple(box for _, box in found))


def _is_drawn_again(one: Run, other: Run) -> bool:
    return abs(one.x0 - other.x0) < one.size and abs(one.y - other.y) < one.size


def box_of(run: Run) -> Box:
    """Box of a run, accents and descenders included."""
    return run.x0, run.y - 0.25 * run.size, run.x1, run.y + 0.75 * run.size


def _is_scan(drawn: Drawn, hidden: set[int], width: float, height: float) -> bool:
    """Tell whether hidden text is what another program recognised in a picture of the page."""
    if not hidden:
        return False
    area = sum(
        max(0.0, min(shape.x1, width) - max(shape.x0, 0.0)) * max(0.0, min(shape.y1, height) - max(shape.y0, 0.0))
        for shape in drawn.shapes
        if shape.picture
    )
    unseen = sum(len(drawn.runs[number].text) for number in hidden)
    total = sum(len(run.text) for run in drawn.runs)
    return area >= _SCAN * width * height and unseen >= total / 2
