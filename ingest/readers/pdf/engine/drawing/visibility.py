"""Which text of a page can be seen, which is struck out, and which is left out and why."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import cast

from ingest.readers.pdf.engine.drawing.annotations import Notes
from ingest.readers.pdf.engine.drawing.appearances import Box
from ingest.readers.pdf.engine.drawing.canvas import Canvas
from ingest.readers.pdf.engine.drawing.glyphs import split
from ingest.readers.pdf.engine.drawing.hidden import Hidden
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
    runs, inks = canvas.runs, canvas.inks
    found = Hidden(canvas, notes)
    invisible = found.by_themselves()
    found.cover()
    found.strike()
    behind = [number for number in found.behind_pictures if number not in found.reasons]
    ocr_layer = _is_scan(canvas, {*invisible, *behind}, width, height)
    for number in () if ocr_layer else invisible:
        found.reasons.setdefault(number, "invisible")
    for number in () if ocr_layer else behind:
        found.reasons[number] = "covered"
    if not (found.reasons or found.parts or found.struck or notes.hidden):
        return Sifted(tuple(runs), ocr_layer=ocr_layer)
    seen: list[Run] = []
    gone: dict[str, list[Run]] = defaultdict(list)
    for number, (run, ink) in enumerate(zip(runs, inks, strict=True)):
        if number in found.reasons:
            gone[found.reasons[number]].append(run)
        elif number in found.parts or number in found.struck:
            strokes = [("struck out", x0, x1) for x0, x1 in found.struck.get(number, ())]
            for what, part in split(run, ink, (*found.parts.get(number, ()), *strokes)):
                if what in ("", "struck out"):
                    seen.append(replace(part, struck=bool(what)))
                else:
                    gone[what].append(part)
        else:
            seen.append(run)
    return Sifted(tuple(seen), (*_left_out(gone, seen), *_hidden_values(notes)), ocr_layer)


def _left_out(gone: Mapping[str, Sequence[Run]], seen: Sequence[Run]) -> Iterable[LeftOut]:
    """Count what was left out, save what the page draws there once more in sight."""
    drawn: dict[str, list[Run]] = defaultdict(list)
    for run in seen if gone else ():
        drawn[run.text].append(run)
    for reason, runs in gone.items():
        lost = [run for run in runs if not any(_is_drawn_again(run, other) for other in drawn.get(run.text, ()))]
        if lost:
            words = sum(len(run.text.split()) for run in lost)
            yield LeftOut(cast(LeftOutReason, reason), words, boxes=tuple(_box(run) for run in lost))


def _hidden_values(notes: Notes) -> Iterable[LeftOut]:
    if notes.hidden:
        yield LeftOut("hidden", sum(words for words, _ in notes.hidden), boxes=tuple(box for _, box in notes.hidden))


def _is_drawn_again(one: Run, other: Run) -> bool:
    return abs(one.x0 - other.x0) < one.size and abs(one.y - other.y) < one.size


def _box(run: Run) -> Box:
    return run.x0, run.y - 0.25 * run.size, run.x1, run.y + 0.75 * run.size


def _is_scan(canvas: Canvas, hidden: set[int], width: float, height: float) -> bool:
    """Tell whether hidden text is what another program recognised in a picture of the page."""
    if not hidden:
        return False
    area = sum(
        max(0.0, min(shape.x1, width) - max(shape.x0, 0.0)) * max(0.0, min(shape.y1, height) - max(shape.y0, 0.0))
        for shape in canvas.shapes
        if shape.picture
    )
    unseen = sum(len(canvas.runs[number].text) for number in hidden)
    total = sum(len(run.text) for run in canvas.runs)
    return area >= _SCAN * width * height and unseen >= total / 2
