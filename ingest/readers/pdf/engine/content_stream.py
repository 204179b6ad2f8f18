"""Runs of a page from its content stream, through pypdf.

pypdf parses the file and decodes the fonts; this module walks the content stream itself,
because ``extract_text`` joins text of different sizes and so hides footnote references.
Operators and matrices follow ISO 32000-2, 8.3.4 (matrices) and 9.4 (text objects).
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any, cast

from pypdf import PageObject, PdfReader
from pypdf.generic import (
    ArrayObject,
    ContentStream,
    DictionaryObject,
    StreamObject,
)

from ingest.readers.pdf.engine.damage import EndlessPage
from ingest.readers.pdf.engine.fonts import FontCache, FontTable
from ingest.readers.pdf.engine.matrices import IDENTITY, Matrix, angle_of, multiply, shown_matrix, to_matrix, turned
from ingest.readers.pdf.engine.runs import PageRuns, Rule, Run

# Set by hand while reading the pages of real documents; no value was measured alone.
_WORD_GAP = 0.5  # a gap of half a space separates words, as in pypdf
_LEAST_WORD_GAP = 0.1  # em; kerning stays below
_CELL_GAP = 0.45  # em; a wider gap inside one string begins a run, it may separate columns
MAX_FORM_DEPTH = 8  # forms within forms that are read; a damaged file may have them without end
_MOST_FORMS = 20_000  # painted on a page; a few forms that paint each other are painted without end
_THIN = 2.0  # points; a filled rectangle that thin is a rule
_LEAST_RULE = 18.0  # points; shorter strokes are parts of drawings


@dataclass(slots=True)
class _State:
    """Graphics state that ``q`` saves."""

    ctm: Matrix
    font: FontTable | None = None
    size: float = 1.0
    char_space: float = 0.0
    word_space: float = 0.0
    scale: float = 1.0
    leading: float = 0.0
    rise: float = 0.0

    def copy(self) -> "_State":
        return _State(
            ctm=self.ctm,
            font=self.font,
            size=self.size,
            char_space=self.char_space,
            word_space=self.word_space,
            scale=self.scale,
            leading=self.leading,
            rise=self.rise,
        )


class _Walker:
    """Walks the operators of a page and of the forms it paints."""

    def __init__(self, reader: PdfReader, fonts: FontCache, base: Matrix, width: float, height: float) -> None:
        self.runs: list[Run] = []
        self.rules: list[Rule] = []
        self.rotated = self.too_deep = 0
        self._reader = reader
        self._fonts = fonts
        self._state = _State(base)
        self._stack: list[_State] = []
        self._turns = {angle: turned(angle, width, height) for angle in (90, 180, 270)}
        self._line: Matrix = IDENTITY
        self._pen: Matrix = IDENTITY
        self._point = (0.0, 0.0)
        self._resources = DictionaryObject()
        self._depth = self._painted = 0
        self._handlers: dict[bytes, Callable[[Sequence[Any]], None]] = {
            b"q": self._save, b"Q": self._restore, b"cm": self._concat, b"BT": self._begin,
            b"Tf": self._set_font, b"Tm": self._set_matrix, b"Td": self._move,
            b"TD": self._move_leading, b"T*": self._next_line, b"TL": self._set("leading"),
            b"Tc": self._set("char_space"), b"Tw": self._set("word_space"),
            b"Ts": self._set("rise"), b"Tz": self._set_scale, b"Tj": self._show_one,
            b"TJ": self._show_array, b"'": self._show_next, b'"': self._show_spaced,
            b"Do": self._paint, b"re": self._rectangle, b"m": self._start_path,
            b"l": self._line_to,
        }  # fmt: skip

    def walk(self, content: ContentStream, resources: DictionaryObject) -> None:
        """Run all operators of a content stream with its resources."""
        outer, self._resources = self._resources, resources
        handlers = self._handlers
        for operands, operator in content.operations:
            handler = handlers.get(operator)
            if handler is not None:
                try:
                    handler(operands)
                except (IndexError, TypeError, ValueError):
                    continue  # an operator with too few or wrong operands draws nothing
        self._resources = outer

    def _save(self, _: Sequence[Any]) -> None:
        self._stack.append(self._state.copy())

    def _restore(self, _: Sequence[Any]) -> None:
        if self._stack:
            self._state = self._stack.pop()

    def _concat(self, operands: Sequence[Any]) -> None:
        self._state.ctm = multiply(to_matrix(operands), self._state.ctm)

    def _begin(self, _: Sequence[Any]) -> None:
        self._line = self._pen = IDENTITY

    def _set(self, name: str) -> Callable[[Sequence[Any]], None]:
        def handler(operands: Sequence[Any]) -> None:
            setattr(self._state, name, float(operands[0]))

        return handler

    def _set_scale(self, operands: Sequence[Any]) -> None:
        self._state.scale = float(operands[0]) / 100

    def _set_font(self, operands: Sequence[Any]) -> None:
        fonts = self._resources.get("/Font", DictionaryObject()).get_object()
        self._state.font = self._fonts.table(fonts, operands[0])
        self._state.size = float(operands[1])

    def _set_matrix(self, operands: Sequence[Any]) -> None:
        self._line = self._pen = to_matrix(operands)

    def _move(self, operands: Sequence[Any]) -> None:
        shift = (1.0, 0.0, 0.0, 1.0, float(operands[0]), float(operands[1]))
        self._line = self._pen = multiply(shift, self._line)

    def _move_leading(self, operands: Sequence[Any]) -> None:
        self._state.leading = -float(operands[1])
        self._move(operands)

    def _next_line(self, _: Sequence[Any]) -> None:
        self._move((0.0, -self._state.leading))

    def _show_one(self, operands: Sequence[Any]) -> None:
        self._show([operands[0]])

    def _show_array(self, operands: Sequence[Any]) -> None:
        self._show(operands[0])

    def _show_next(self, operands: Sequence[Any]) -> None:
        self._next_line(())
        self._show([operands[0]])

    def _show_spaced(self, operands: Sequence[Any]) -> None:
        self._state.word_space, self._state.char_space = float(operands[0]), float(operands[1])
        self._show_next(operands[2:])

    def _show(self, shown: Sequence[Any]) -> None:
        state, font = self._state, self._state.font
        if font is None:
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
                    self._emit(parts, start, pen, font)
                    parts, start = [], pen + gap
                elif gap > word_gap:
                    parts.append(" ")
                pen += gap
        self._emit(parts, start, pen, font)
        self._pen = multiply((1.0, 0.0, 0.0, 1.0, pen, 0.0), self._pen)

    def _emit(self, parts: list[str], start: float, end: float, font: FontTable) -> None:
        drawn = "".join(parts)
        text = drawn.strip()
        if not text:
            if drawn and self.runs:
                self._mark_space()
            return
        state = self._state
        matrix = multiply(self._pen, state.ctm)
        angle = angle_of(matrix)
        if angle is None:
            self.rotated += 1
            return
        a, b, c, d, e, f = multiply(matrix, self._turns[angle]) if angle else matrix
        blank = (font.space * state.size + state.char_space + state.word_space) * state.scale
        head = len(drawn) - len(drawn.lstrip())
        tail = len(drawn) - len(drawn.rstrip())
        self.runs.append(
            Run(
                text=text,
                x0=(start + head * blank) * a + state.rise * c + e,
                x1=(end - tail * blank) * a + state.rise * c + e,
                y=start * b + state.rise * d + f,
                size=abs(state.size) * (c * c + d * d) ** 0.5,
                bold=font.bold,
                mono=font.mono,
                space_before=head > 0,
                space_after=tail > 0,
                angle=angle,
            )
        )

    def _mark_space(self) -> None:
        """Note on the last run that a string of blanks followed it."""
        run = self.runs[-1]
        if not run.space_after:
            self.runs[-1] = replace(run, space_after=True)

    def _rectangle(self, operands: Sequence[Any]) -> None:
        x, y, width, height = (float(value) for value in operands[:4])
        if min(abs(width), abs(height)) <= _THIN / max(abs(self._state.ctm[0]), 1e-6):
            self._rule((x, y), (x + width, y + height))

    def _start_path(self, operands: Sequence[Any]) -> None:
        self._point = (float(operands[0]), float(operands[1]))

    def _line_to(self, operands: Sequence[Any]) -> None:
        end = (float(operands[0]), float(operands[1]))
        self._rule(self._point, end)
        self._point = end

    def _rule(self, start: tuple[float, float], end: tuple[float, float]) -> None:
        a, b, c, d, e, f = self._state.ctm
        xs = sorted((a * x + c * y + e) for x, y in (start, end))
        ys = sorted((b * x + d * y + f) for x, y in (start, end))
        long, thin = max(xs[1] - xs[0], ys[1] - ys[0]), min(xs[1] - xs[0], ys[1] - ys[0])
        if long >= _LEAST_RULE and thin <= _THIN:
            self.rules.append(Rule(xs[0], ys[0], xs[1], ys[1]))

    def _paint(self, operands: Sequence[Any]) -> None:
        forms = self._resources.get("/XObject", DictionaryObject()).get_object()
        form = forms[operands[0]].get_object() if operands[0] in forms else None
        if not isinstance(form, StreamObject) or form.get("/Subtype") != "/Form":
            return
        if self._depth >= MAX_FORM_DEPTH:
            self.too_deep += 1
            return
        self._painted += 1
        if self._painted > _MOST_FORMS:
            raise EndlessPage
        saved, line, pen = self._state.copy(), self._line, self._pen
        depth, self._depth = self._depth, self._depth + 1
        if "/Matrix" in form:
            self._state.ctm = multiply(to_matrix(cast(ArrayObject, form["/Matrix"])), self._state.ctm)
        resources = form.get("/Resources", self._resources).get_object()
        self.walk(ContentStream(form, self._reader, "bytes"), resources)
        self._state, self._line, self._pen, self._depth = saved, line, pen, depth


def read_runs(page: PageObject, reader: PdfReader, fonts: FontCache) -> PageRuns:
    """Read the drawn text of a page, in drawing order, and its rules.

    Args:
        page: A page of ``reader``.
        reader: The open file.
        fonts: Fonts of that file met so far.

    Raises:
        EndlessPage: The page paints forms within forms without end.
        pypdf.errors.PyPdfError: The page is damaged in another way.
        Exception: Whatever else pypdf raises on damaged objects; ``damage.DAMAGE`` lists it.
    """
    box = page.cropbox
    edges = (float(box.left), float(box.bottom), float(box.right), float(box.top))
    base, width, height = shown_matrix(edges, int(page.rotation))
    walker = _Walker(reader, fonts, base, width, height)
    contents = page.get("/Contents")
    if contents is not None:
        resources = page.get("/Resources", DictionaryObject()).get_object()
        walker.walk(ContentStream(contents.get_object(), reader, "bytes"), resources)
    inside = [run for run in walker.runs if _is_inside(run, width, height)]
    outside = len(walker.runs) - len(inside)
    return PageRuns(
        runs=tuple(run for run in inside if not run.angle),
        turned=tuple(run for run in inside if run.angle),
        rules=tuple(walker.rules),
        width=width,
        height=height,
        rotated=walker.rotated,
        outside=outside,
        too_deep=walker.too_deep,
    )


def _is_inside(run: Run, width: float, height: float) -> bool:
    if run.angle in (90, 270):
        width, height = height, width
    return run.x1 > 0 and run.x0 < width and -run.size / 2 < run.y < height
