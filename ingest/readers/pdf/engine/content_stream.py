"""Runs of a page from its content stream, through pypdf.

pypdf parses the file and decodes the fonts; this module walks the content stream itself,
because ``extract_text`` joins text of different sizes and so hides footnote references.
Operators and matrices follow ISO 32000-2, 8.3.4 (matrices) and 9.4 (text objects).
"""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any, cast

from pypdf import PdfReader
from pypdf.generic import (
    ArrayObject,
    ContentStream,
    DictionaryObject,
    StreamObject,
)

from ingest.readers.pdf.engine.damage import EndlessPage
from ingest.readers.pdf.engine.drawing.canvas import Canvas
from ingest.readers.pdf.engine.drawing.colours import ColourOperators
from ingest.readers.pdf.engine.drawing.layers import Layers
from ingest.readers.pdf.engine.drawing.marked_content import MarkedContent
from ingest.readers.pdf.engine.drawing.paths import PathOperators
from ingest.readers.pdf.engine.drawing.state import Handler, Ink
from ingest.readers.pdf.engine.fonts import FontCache, FontTable
from ingest.readers.pdf.engine.matrices import IDENTITY, Matrix, angle_of, multiply, to_matrix, turned
from ingest.readers.pdf.engine.operators import operations
from ingest.readers.pdf.engine.runs import Run

# Set by hand while reading the pages of real documents; no value was measured alone.
_WORD_GAP = 0.5  # a gap of half a space separates words, as in pypdf
_LEAST_WORD_GAP = 0.1  # em; kerning stays below
_CELL_GAP = 0.45  # em; a wider gap inside one string begins a run, it may separate columns
_BLANK_NEAR = 1.0  # em; a blank drawn further away belongs to other text
_FIRST_CLIP = 4  # text rendering mode from which text is a clip (ISO 32000-2, table 104)
_EVERYWHERE = (-1e6, -1e6, 1e6, 1e6)  # points
MAX_FORM_DEPTH = 8  # forms within forms that are read; a damaged file may have them without end
_MOST_FORMS = 20_000  # painted on a page; a few forms that paint each other are painted without end


class Walker:
    """Walks the operators of a page and of the forms it paints.

    Attributes:
        canvas: What is drawn so far.
        paths: The operators of paths; they hold the rules.
        marks: The operators of marked content.
        rotated: Number of strings dropped because they slant.
        too_deep: Number of forms left out because they lie too deep within others.
        silent: Whether text is not read, only what may hide other text.
    """

    def __init__(
        self, reader: PdfReader, fonts: FontCache, base: Matrix, layers: Layers, size: tuple[float, float]
    ) -> None:
        """Begin with an empty page of the file, of that width and height as shown."""
        self.canvas = Canvas(base)
        self.paths = PathOperators(self.canvas)
        self.marks = MarkedContent(self.canvas, layers)
        self.rotated = self.too_deep = 0
        self.silent = False
        self._reader = reader
        self._fonts = fonts
        self._turns = {angle: turned(angle, *size) for angle in (90, 180, 270)}
        self._line: Matrix = IDENTITY
        self._pen: Matrix = IDENTITY
        self._depth = self._painted = 0
        self._handlers: dict[bytes, Handler] = {
            b"BT": self._begin, b"Tf": self._set_font, b"Tm": self._set_matrix, b"Td": self._move,
            b"TD": self._move_leading, b"T*": self._next_line, b"TL": self._set("leading"),
            b"Tc": self._set("char_space"), b"Tw": self._set("word_space"), b"Tr": self._set_mode,
            b"Ts": self._set("rise"), b"Tz": self._set_scale, b"Tj": self._show_one,
            b"TJ": self._show_array, b"'": self._show_next, b'"': self._show_spaced, b"Do": self._paint,
            **self.canvas.handlers, **ColourOperators(self.canvas).handlers, **self.paths.handlers,
            **self.marks.handlers,
        }  # fmt: skip

    def walk(self, content: ContentStream, resources: DictionaryObject) -> None:
        """Run all operators of a content stream with its resources."""
        canvas = self.canvas
        outer, canvas.resources = canvas.resources, resources
        handlers, depth = self._handlers, self.marks.depth
        for operands, operator in operations(content):
            handler = handlers.get(operator)
            if handler is not None:
                try:
                    handler(operands)
                except (IndexError, TypeError, ValueError):
                    continue  # an operator with too few or wrong operands draws nothing
        self.marks.close_to(depth)
        canvas.resources = outer

    def _begin(self, _: Sequence[Any]) -> None:
        self._line = self._pen = IDENTITY

    def _set(self, name: str) -> Handler:
        def handler(operands: Sequence[Any]) -> None:
            setattr(self.canvas.state, name, float(operands[0]))

        return handler

    def _set_mode(self, operands: Sequence[Any]) -> None:
        self.canvas.state.mode = int(operands[0])

    def _set_scale(self, operands: Sequence[Any]) -> None:
        self.canvas.state.scale = float(operands[0]) / 100

    def _set_font(self, operands: Sequence[Any]) -> None:
        fonts = self.canvas.resources.get("/Font", DictionaryObject()).get_object()
        self.canvas.state.font = self._fonts.table(fonts, operands[0])
        self.canvas.state.size = float(operands[1])

    def _set_matrix(self, operands: Sequence[Any]) -> None:
        self._line = self._pen = to_matrix(operands)

    def _move(self, operands: Sequence[Any]) -> None:
        shift = (1.0, 0.0, 0.0, 1.0, float(operands[0]), float(operands[1]))
        self._line = self._pen = multiply(shift, self._line)

    def _move_leading(self, operands: Sequence[Any]) -> None:
        self.canvas.state.leading = -float(operands[1])
        self._move(operands)

    def _next_line(self, _: Sequence[Any]) -> None:
        self._move((0.0, -self.canvas.state.leading))

    def _show_one(self, operands: Sequence[Any]) -> None:
        self._show([operands[0]])

    def _show_array(self, operands: Sequence[Any]) -> None:
        self._show(operands[0])

    def _show_next(self, operands: Sequence[Any]) -> None:
        self._next_line(())
        self._show([operands[0]])

    def _show_spaced(self, operands: Sequence[Any]) -> None:
        state = self.canvas.state
        state.word_space, state.char_space = float(operands[0]), float(operands[1])
        self._show_next(operands[2:])

    def _show(self, shown: Sequence[Any]) -> None:
        state = self.canvas.state
        font = state.font
        if font is None or self.silent:
            return
        em = abs(state.size * state.scale) or 1.0
        word_gap = max(_WORD_GAP * font.space, _LEAST_WORD_GAP) * em
        pen = start = 0.0
        parts: list[str] = []
        for part in shown:
            if isinstance(part, bytes):
                text, width, glyphs, spaces = font.decode(part)
                parts.append(text)
                pen += (width * state.size + glyphs * state.char_space + spaces * state.word_space) * state.scale
            elif isinstance(part, (int, float)):
                gap = -float(part) / 1000 * state.size * state.scale
                if gap > _CELL_GAP * em:
                    self._emit(parts, start, pen, font, shown)
                    parts, start = [], pen + gap
                elif gap > word_gap:
                    parts.append(" ")
                pen += gap
        self._emit(parts, start, pen, font, shown)
        self._pen = multiply((1.0, 0.0, 0.0, 1.0, pen, 0.0), self._pen)

    def _emit(self, parts: list[str], start: float, end: float, font: FontTable, shown: Sequence[Any]) -> None:
        drawn = "".join(parts)
        if "\u00ad" in drawn:  # what is drawn inside of a string is a hyphen; at its end it may divide a word
            drawn = drawn[:-1].replace("\u00ad", "-") + drawn[-1]
        text = drawn.strip()
        canvas, state = self.canvas, self.canvas.state
        if not drawn or (
            not text and not self.marks.declared.is_open and (not canvas.runs or canvas.runs[-1].space_after)
        ):
            return
        matrix = multiply(self._pen, state.ctm)
        angle = angle_of(matrix)
        if angle is None:
            self.rotated += bool(text)
            return
        a, b, c, d, e, f = multiply(matrix, self._turns[angle]) if angle else matrix
        blank = (font.space * state.size + state.char_space + state.word_space) * state.scale
        head = tail = 0
        if len(text) != len(drawn) and text:
            head = len(drawn) - len(drawn.lstrip())
            tail = len(drawn) - len(drawn.rstrip())
        e += state.rise * c
        run = Run(
            text=text,
            x0=(start + head * blank) * a + e,
            x1=(end - tail * blank) * a + e,
            y=start * b + state.rise * d + f,
            size=abs(state.size) * (c * c + d * d) ** 0.5,
            bold=font.bold,
            mono=font.mono,
            space_before=head > 0,
            space_after=tail > 0,
            angle=angle,
        )
        ink = Ink(
            state.mode, state.fill, state.stroke, state.alpha * state.group_alpha, state.clip, canvas.off > 0,
            shown, font, (state.size, state.char_space, state.word_space, state.scale), (a, b, c, d, e, f), start, end,
        )  # fmt: skip
        if state.mode >= _FIRST_CLIP:
            canvas.narrow(_EVERYWHERE, exact=False)  # what is painted next fills the glyphs only
        if self.marks.declared.takes(run, ink):
            return
        if text:
            canvas.runs.append(run)
            canvas.inks.append(ink)
        elif canvas.runs:
            self._mark_space(run)

    def _mark_space(self, blank: Run) -> None:
        """Note on the last run that a string of blanks followed it, if it was drawn there."""
        last = self.canvas.runs[-1]
        near = _BLANK_NEAR * max(last.size, blank.size)
        if (
            not last.space_after
            and blank.angle == last.angle
            and abs(blank.y - last.y) < near
            and abs(blank.x0 - last.x1) < near
        ):
            self.canvas.runs[-1] = replace(last, space_after=True)

    def _paint(self, operands: Sequence[Any]) -> None:
        form = self.canvas.resource("/XObject", operands[0])
        if not isinstance(form, StreamObject):
            return
        off = "/OC" in form and not self.marks.layers.is_shown(form.raw_get("/OC"))
        self.canvas.off += off
        try:
            if form.get("/Subtype") == "/Form":
                self.paint_form(form)
            elif form.get("/Subtype") == "/Image":
                masked = "/SMask" in form or "/Mask" in form or bool(form.get("/ImageMask"))
                self.paths.picture(stencil=masked)
        finally:
            self.canvas.off -= off

    def paint_form(self, form: StreamObject, placed: Matrix = IDENTITY) -> None:
        """Draw a form.

        Args:
            form: Its content stream.
            placed: Where an appearance stands, applied after the form's own matrix.
        """
        if self._depth >= MAX_FORM_DEPTH:
            self.too_deep += 1
            return
        self._painted += 1
        if self._painted > _MOST_FORMS:
            raise EndlessPage
        canvas = self.canvas
        saved, line, pen = canvas.state.copy(), self._line, self._pen
        depth, self._depth = self._depth, self._depth + 1
        own = to_matrix(cast(ArrayObject, form["/Matrix"])) if "/Matrix" in form else IDENTITY
        canvas.state.ctm = multiply(multiply(own, placed), canvas.state.ctm)
        if "/BBox" in form:
            x0, y0, x1, y1 = (float(value) for value in cast(ArrayObject, form["/BBox"]))
            corners = ((x0, y0), (x1, y0), (x0, y1), (x1, y1))
            canvas.narrow(canvas.box(corners), exact=canvas.is_upright())
        if "/Group" in form:
            canvas.enter_group()
        resources = form.get("/Resources", canvas.resources).get_object()
        self.walk(ContentStream(form, self._reader, "bytes"), resources)
        canvas.state, self._line, self._pen, self._depth = saved, line, pen, depth
