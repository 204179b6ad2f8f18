"""Values of form fields, drawn where they stand (ISO 32000-2, 12.7)."""

import re
import textwrap
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import cast

from pypdf.generic import ArrayObject, DictionaryObject, StreamObject

from ingest.readers.pdf.engine.drawing.appearances import Box, Pen, paint_appearance
from ingest.readers.pdf.engine.drawing.canvas import Canvas
from ingest.readers.pdf.engine.drawing.state import Ink
from ingest.readers.pdf.engine.runs import Run

TICKED, UNTICKED = "☒", "☐"
_MULTILINE, _PASSWORD, _COMB = 1 << 12, 1 << 13, 1 << 24  # table 231
_PUSH_BUTTON, _COMBO = 1 << 16, 1 << 17  # tables 229 and 233
_PARENTS = 8  # of a field; a damaged file may have them in a circle
_FONT_SIZE = re.compile(r"([\d.]+)\s+Tf")
_SIZE, _PADDING = 10.0, 2.0  # points, for values without an appearance; set by hand
_CHARACTER = 0.5  # em, of a mean character; set by hand
_TICK_NEAR = 30.0  # points from a box to the text it belongs to; set by hand


def _inherited(note: DictionaryObject, key: str) -> object:
    """Return what a field or one of those above it states; None when none does."""
    owner: object = note
    for _ in range(_PARENTS):
        if not isinstance(owner, DictionaryObject):
            return None
        if key in owner:
            return owner[key]
        owner = owner.get("/Parent")
        owner = owner.get_object() if owner is not None else None
    return None


def value_of(note: DictionaryObject) -> str:
    """Return the value of a field as it is shown; several ones on lines of their own."""
    value = _inherited(note, "/V")
    if isinstance(value, StreamObject):
        return value.get_data().decode("utf-8", "replace")
    values = list(value) if isinstance(value, ArrayObject) else [] if value is None else [value]
    options = _inherited(note, "/Opt")
    shown = {}
    for option in options if isinstance(options, ArrayObject) else ():
        pair = option.get_object()
        if isinstance(pair, ArrayObject):
            shown[str(pair[0])] = str(pair[-1])
    return "\n".join(shown.get(str(one), str(one)) for one in values)


def draw_field(note: DictionaryObject, pen: Pen, box: Box, *, drawn_anew: bool) -> Iterator[tuple[str, Box]]:
    """Draw the value of a field; yield the sign of a box to tick."""
    kind, flags = _inherited(note, "/FT"), int(cast(int, _inherited(note, "/Ff")) or 0)
    if kind == "/Btn":
        if not flags & _PUSH_BUTTON:
            yield (UNTICKED if _state(note) == "/Off" else TICKED), box
        return
    if kind == "/Tx" and flags & _PASSWORD:
        return
    value = value_of(note) if kind in ("/Tx", "/Ch") else ""
    # Characters in boxes of their own, and lists of which one line is chosen, say more by their value.
    by_value = bool(value) and (
        drawn_anew or (kind == "/Tx" and bool(flags & _COMB)) or (kind == "/Ch" and not flags & _COMBO)
    )
    if (by_value or not paint_appearance(note, pen)) and value:
        write_text(pen.canvas, note, value, box, multiline=kind == "/Ch" or bool(flags & _MULTILINE))


def _state(note: DictionaryObject) -> object:
    """Return the state of a box to tick; one that states none has that of its field if it can show it (pdfium)."""
    if "/AS" in note:
        return note["/AS"]
    value = _inherited(note, "/V")
    looks = note.get("/AP", DictionaryObject()).get_object().get("/N", DictionaryObject()).get_object()
    return value if value and (value in looks or not looks) else "/Off"


def write_text(canvas: Canvas, note: DictionaryObject, value: str, box: Box, *, multiline: bool) -> None:
    """Draw a value that has no appearance of its own where its field stands."""
    x0, y0, x1, y1 = box
    stated = _FONT_SIZE.search(str(_inherited(note, "/DA") or ""))
    size = float(stated[1]) if stated else 0.0
    size = min(size or _SIZE, max(y1 - y0, 1.0))
    room = max(int((x1 - x0) / (_CHARACTER * size)), 1)
    lines = [line for given in value.splitlines() for line in (textwrap.wrap(given, room) if multiline else [given])]
    y = y1 - _PADDING - size if multiline else (y0 + y1) / 2 - 0.3 * size
    for number, line in enumerate(line for line in lines if line.strip()):
        left = x0 + _PADDING
        right = max(left + 1, min(x1, left + _CHARACTER * size * len(line)))
        canvas.runs.append(Run(" ".join(line.split()), left, right, y - 1.2 * size * number, size))
        canvas.inks.append(Ink(0, None, None, 1.0, None, off=False))


def draw_ticks(canvas: Canvas, ticks: Sequence[tuple[str, Box]]) -> None:
    """Draw the sign of each box to tick on the line of the text beside it."""
    texts = list(canvas.runs)
    for sign, (x0, y0, x1, y1) in ticks:
        level = [run for run in texts if y0 - 0.4 * run.size < run.y < y1 and y0 < run.y + 0.7 * run.size]
        right = [run for run in level if -1 < run.x0 - x1 < _TICK_NEAR]
        left = [run for run in level if -1 < x0 - run.x1 < _TICK_NEAR]
        tick = Run(sign, x0, x1, y0 + 0.2 * (y1 - y0), min(y1 - y0, _SIZE), space_before=True, space_after=True)
        if right:
            beside = min(right, key=lambda run: run.x0)
            tick = replace(tick, y=beside.y, size=beside.size, x1=max(x0, beside.x0 - 0.3 * beside.size))
        elif left:
            beside = max(left, key=lambda run: run.x1)
            tick = replace(tick, y=beside.y, size=beside.size, x0=beside.x1 + 0.3 * beside.size)
        canvas.runs.append(tick)
        canvas.inks.append(Ink(0, None, None, 1.0, None, off=False))
