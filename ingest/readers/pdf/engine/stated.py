"""Text that a file states for what is drawn: declared, by the name of a glyph, or as the value of a field."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from ingest.readers.pdf.engine.drawing.appearances import on_page
from ingest.readers.pdf.engine.drawing.canvas import Canvas
from ingest.readers.pdf.engine.drawing.state import Ink
from ingest.readers.pdf.engine.fonts import FontTable
from ingest.readers.pdf.engine.matrices import turned
from ingest.readers.pdf.engine.runs import Run, Stated

_LEAST_ROOM = 0.15  # em a character; what has less may not be printed there, so that it is doubted; set by hand


def stated_text(canvas: Canvas, size: tuple[float, float]) -> tuple[Stated, ...]:
    """Return boxes of a page with the text that stands there.

    Args:
        canvas: What is drawn on the page.
        size: Width and height of the page, in points.
    """
    found = [part for run, ink in zip(canvas.runs, canvas.inks, strict=True) for part in _stated(run, ink)]
    return tuple((_box(run, size), run.text) for run in found)


def _stated(run: Run, ink: Ink) -> Iterator[Run]:
    if ink.font is None:
        if run.x1 - run.x0 >= _LEAST_ROOM * run.size * len(run.text):
            yield run
    elif ink.font.by_name and any(
        isinstance(part, bytes) and not ink.font.by_name.isdisjoint(part) for part in ink.shown
    ):
        yield replace(run, text=_named(ink.font, ink.shown))


def _named(font: FontTable, shown: Sequence[object]) -> str:
    """Return what only the names of glyphs tell, other glyphs as blanks."""
    codes = b"".join(part for part in shown if isinstance(part, bytes))
    glyphs = zip(codes, font.glyphs(codes), strict=True)
    return "".join(text if code in font.by_name else " " for code, (text, _, _) in glyphs)


def _box(run: Run, size: tuple[float, float]) -> tuple[float, float, float, float]:
    box = (run.x0, run.y - 0.25 * run.size, run.x1, run.y + 0.75 * run.size)
    if not run.angle:
        return box
    sides = size[::-1] if run.angle in (90, 270) else size
    return on_page(box, turned(360 - run.angle, *sides))
