"""What is laid over a PDF page (ISO 32000-2, 12.5): values of fields, free text, marks that strike out or redact."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import cast

from pypdf import PageObject, PdfReader
from pypdf.generic import ArrayObject, DictionaryObject

from ingest.readers.pdf.engine.damage import DAMAGE
from ingest.readers.pdf.engine.drawing.appearances import Box, Pen, on_page, paint_appearance
from ingest.readers.pdf.engine.drawing.form_fields import draw_field, draw_ticks, value_of, write_text
from ingest.readers.pdf.engine.drawing.layers import Layers
from ingest.readers.pdf.engine.drawing.state import State
from ingest.readers.pdf.engine.enclosures import file_name
from ingest.readers.pdf.engine.matrices import Matrix

_HIDDEN, _NO_VIEW = 1 << 1, 1 << 5  # table 167
_BLACK = 0.1  # of each colour; a marking pen that dark blacks out
_CYAN_TO_BLACK = 4  # colours; 0 of all of them is white
_TEXTS = ("/Widget", "/FreeText")
_KINDS = (
    "/Widget", "/FreeText", "/StrikeOut", "/Redact", "/Highlight", "/FileAttachment",
    "/Square", "/Circle", "/Polygon", "/Ink", "/Line", "/Stamp",  # may hide what lies below
)  # fmt: skip


@dataclass(slots=True)
class Notes:
    """Boxes in points, from the lower left corner of the page as shown.

    Attributes:
        struck: Around words that are marked as struck out.
        redacted: Around words that are marked to be redacted.
        hidden: Values of form fields that are not shown: how many words, and where.
        stamps: Text of stamps: how many words, and where.
        attached: Names of attached files.
        painted_from: Number of runs that the page itself draws.
    """

    struck: list[Box] = field(default_factory=list)
    redacted: list[Box] = field(default_factory=list)
    hidden: list[tuple[int, Box]] = field(default_factory=list)
    stamps: list[tuple[int, Box]] = field(default_factory=list)
    attached: list[str] = field(default_factory=list)
    painted_from: int = 0


def read_annotations(page: PageObject, reader: PdfReader, pen: Pen, layers: Layers, base: Matrix) -> Notes:
    """Draw what is laid over a page, and note what its marks say of the text below.

    Args:
        page: A page of ``reader``.
        reader: The open file.
        pen: What has drawn the page itself.
        layers: Layers of the file.
        base: From user space to the page as shown.

    Returns:
        Boxes around struck and redacted text, and hidden values; the values shown are runs of the pen's canvas.
    """
    notes = Notes(painted_from=len(pen.canvas.runs))
    found = page.get("/Annots")
    if found is None or not isinstance(found.get_object(), ArrayObject):
        return notes
    ticks: list[tuple[str, Box]] = []
    anew = _needs_appearances(reader)
    for reference in found.get_object():
        pen.canvas.state, pen.canvas.off = State(base), 0
        try:
            note = reference.get_object()
            if isinstance(note, DictionaryObject) and note.get("/Subtype") in _KINDS:
                ticks += _read(note, pen, layers, notes, base, drawn_anew=anew)
        except DAMAGE:
            continue  # a damaged annotation is not drawn
        finally:
            pen.silent = False
    draw_ticks(pen.canvas, ticks)
    return notes


def _read(
    note: DictionaryObject, pen: Pen, layers: Layers, notes: Notes, base: Matrix, *, drawn_anew: bool
) -> Iterable[tuple[str, Box]]:
    """Draw one annotation, or note what it says; return the signs of boxes to tick."""
    kind = str(note["/Subtype"])
    if kind == "/FileAttachment":
        notes.attached.append(file_name(note.get("/FS")) or "a file without name")
        return ()
    boxes = [on_page(box, base) for box in _quads(note)]
    if "/OC" in note and not layers.is_shown(note.raw_get("/OC")):
        return ()
    if int(note.get("/F", 0)) & (_HIDDEN | _NO_VIEW):
        if kind not in _TEXTS:
            return ()
        words = len((value_of(note) if kind == "/Widget" else str(note.get("/Contents", ""))).split())
        notes.hidden += [(words, boxes[0])] if words else []
    elif kind == "/StrikeOut":
        notes.struck += boxes
    elif kind == "/Redact":
        notes.redacted += boxes
    elif kind == "/Highlight":
        notes.redacted += boxes if _is_black(note, "/C") else []
    elif kind == "/Widget":
        return tuple(draw_field(note, pen, boxes[0], drawn_anew=drawn_anew))
    elif kind == "/Square" and "/AP" not in note:
        notes.redacted += boxes if _is_black(note, "/IC") else []
    elif kind == "/Stamp":
        words = _take_stamp(note, pen)
        notes.stamps += [(words, boxes[0])] if words else []
    else:
        pen.silent = kind != "/FreeText"
        if not paint_appearance(note, pen) and kind == "/FreeText":
            write_text(pen.canvas, note, str(note.get("/Contents", "")), boxes[0], multiline=True)
    return ()


def _is_black(note: DictionaryObject, key: str) -> bool:
    """Tell whether an annotation that is drawn in a colour blacks out what lies below."""
    colour = [float(value) for value in cast(ArrayObject, note.get(key, ArrayObject()))]
    is_black = bool(colour) and max(colour) < _BLACK and len(colour) < _CYAN_TO_BLACK
    return is_black and float(note.get("/CA", 1)) == 1


def _take_stamp(note: DictionaryObject, pen: Pen) -> int:
    """Draw a stamp, but for its text; return how many words it has."""
    canvas = pen.canvas
    runs, shapes = len(canvas.runs), len(canvas.shapes)
    paint_appearance(note, pen)
    words = len(" ".join(run.text for run in canvas.runs[runs:]).split())
    del canvas.runs[runs:], canvas.inks[runs:]
    canvas.shapes[shapes:] = [shape._replace(order=runs) for shape in canvas.shapes[shapes:]]
    return words


def _needs_appearances(reader: PdfReader) -> bool:
    form = reader.root_object.get("/AcroForm")
    form = form.get_object() if form is not None else None
    return isinstance(form, DictionaryObject) and bool(form.get("/NeedAppearances", False))


def _quads(note: DictionaryObject) -> list[Box]:
    """Return the boxes of the text that an annotation marks; else its rectangle."""
    numbers = [float(value) for value in note.get("/QuadPoints", ArrayObject()).get_object()]
    quads = [numbers[start : start + 8] for start in range(0, len(numbers) - 7, 8)]
    if quads:
        return [(min(quad[::2]), min(quad[1::2]), max(quad[::2]), max(quad[1::2])) for quad in quads]
    x0, y0, x1, y1 = (float(value) for value in cast(ArrayObject, note["/Rect"]))
    return [(min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1))]
