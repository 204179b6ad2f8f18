"""Text that a file declares for its glyphs, in their stead (``ActualText``; ISO 32000-2, 14.9.4)."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from pypdf.generic import create_string_object

from ingest.readers.pdf.engine.drawing.canvas import Canvas
from ingest.readers.pdf.engine.drawing.state import WHITE, Ink
from ingest.readers.pdf.engine.runs import Run

SOFT_HYPHEN = "\u00ad"
_NO_BREAK_HYPHEN = "\u2011"
_LANGUAGE = re.compile("\x1b[^\x1b]*\x1b")  # ISO 32000-2, 14.9.2.2: names the language of what follows
_NEW_LINE = 0.5  # em; replaced text that stands so much lower is on the next line; set by hand
_UNPAINTED = (3, 7)  # text rendering modes (ISO 32000-2, table 104)
_FAINTEST = 0.02  # opacity; what is fainter is not seen
_LIGATURE = 4  # characters that one glyph may print
_LEAST_ROOM = 0.08  # em a character; narrow print takes three times as much, words for signs half; set by hand
_TOUCHES = 0.3  # em; what is drawn so near to a removed hyphen continues its word; set by hand


@dataclass(slots=True)
class _Replaced:
    """Drawn text for which the file declares other text; its own text is of no use but its boxes are."""

    text: str
    runs: list[Run] = field(default_factory=list)
    inks: list[Ink] = field(default_factory=list)


class DeclaredText:
    """Takes the glyphs for which other text is declared, and draws that text where they stand."""

    def __init__(self, canvas: Canvas) -> None:
        """Draw on a canvas."""
        self._canvas = canvas
        self._replaced: _Replaced | None = None
        self._soft: Run | None = None

    @property
    def is_open(self) -> bool:
        """Tell whether other text is declared for what is drawn now."""
        return self._replaced is not None

    def begin(self, value: object) -> None:
        """Begin to take what is drawn, for a declared text in the encoding of the file."""
        self._replaced = _Replaced(_declared(value))

    def takes(self, run: Run, ink: Ink) -> bool:
        """Take a run, blank or not, when other text is declared for it; else tell that it stands as drawn."""
        if self._replaced is None:
            if self._soft is not None:
                self.settle(run)
            return False
        self._replaced.runs.append(run)
        self._replaced.inks.append(ink)
        return True

    def end(self) -> None:
        """Draw the declared text."""
        replaced, self._replaced = self._replaced, None
        if replaced is not None and replaced.runs:
            self._draw(replaced)

    def _draw(self, replaced: _Replaced) -> None:
        text = replaced.text.strip()
        lines = _lines(replaced.runs)
        if text == SOFT_HYPHEN:
            self._soft = lines[0]
            return
        if not text:
            self._bridge(lines[0], blank=bool(replaced.text))
            return
        if self._soft is not None:
            self.settle(lines[0])
        if not _has_room(text, lines) or _differ(replaced):
            drawn = [(run, ink) for run, ink in zip(replaced.runs, replaced.inks, strict=True) if run.text]
            self._canvas.runs += [run for run, _ in drawn]
            self._canvas.inks += [ink for _, ink in drawn]
            return
        for line, words in zip(lines, _shared(text, lines), strict=True):
            if words:
                before, after = replaced.text[:1].isspace(), replaced.text[-1:].isspace()
                self._canvas.runs.append(replace(line, text=words, space_before=before, space_after=after))
                self._canvas.inks.append(replaced.inks[0]._replace(shown=(), font=None))

    def _bridge(self, gap: Run, *, blank: bool) -> None:
        """Let the run before reach over what was declared to be nothing, or a blank."""
        runs = self._canvas.runs
        if not runs or not _touch(runs[-1], gap):
            return
        last = runs[-1]
        runs[-1] = replace(last, space_after=True) if blank else replace(last, x1=max(last.x1, gap.x1))

    def settle(self, following: Run | None) -> None:
        """Drop a declared soft hyphen inside of a line; at the end of one it shows where a word was divided."""
        gap, self._soft = self._soft, None
        if gap is None:
            return
        if following is not None and _touch(gap, following):
            self._bridge(gap, blank=False)
            return
        runs = self._canvas.runs
        if runs and runs[-1].text[-1:].isalnum() and _touch(runs[-1], gap):
            runs[-1] = replace(runs[-1], text=runs[-1].text + SOFT_HYPHEN, x1=max(runs[-1].x1, gap.x1))


def _differ(replaced: _Replaced) -> bool:
    """Tell whether some of the glyphs may be seen and others not: each then stands as it is drawn."""
    inks = [ink for run, ink in zip(replaced.runs, replaced.inks, strict=True) if run.text]
    return len({(ink.off, ink.mode in _UNPAINTED, ink.alpha <= _FAINTEST, ink.fill == WHITE) for ink in inks}) > 1


def _has_room(text: str, lines: Sequence[Run]) -> bool:
    """Tell whether a declared text may be what is printed: a sentence behind a point is hidden, not printed."""
    room = sum(line.x1 - line.x0 for line in lines)
    return len(text) <= _LIGATURE or room >= _LEAST_ROOM * max(line.size for line in lines) * len(text)


def _touch(one: Run, other: Run) -> bool:
    size = max(one.size, other.size)
    return (
        one.angle == other.angle
        and abs(one.y - other.y) < _NEW_LINE * size
        and abs(other.x0 - one.x1) < _TOUCHES * size
    )


def _declared(value: object) -> str:
    text = value if isinstance(value, str) else ""
    if isinstance(value, bytes):
        decoded = create_string_object(bytes(value))
        text = decoded if isinstance(decoded, str) else ""
    return _LANGUAGE.sub("", str(text)).replace("\x00", "").replace(_NO_BREAK_HYPHEN, "-")


def _lines(runs: Sequence[Run]) -> list[Run]:
    """Join boxes on one baseline."""
    lines: list[Run] = []
    for run in runs:
        if lines and abs(lines[-1].y - run.y) < _NEW_LINE * max(lines[-1].size, run.size):
            last = lines[-1]
            lines[-1] = replace(last, text=last.text + run.text, x0=min(last.x0, run.x0), x1=max(last.x1, run.x1))
        else:
            lines.append(run)
    return lines


def _shared(text: str, lines: Sequence[Run]) -> list[str]:
    """Divide declared text among the lines that it replaces, by their widths and between words."""
    words = text.split()
    if len(lines) == 1 or not words[1:]:
        return [" ".join(words), *("" for _ in lines[1:])]
    total = sum(line.x1 - line.x0 for line in lines) or 1.0
    shares: list[list[str]] = [[] for _ in lines]
    ends, reached = [], 0.0
    for line in lines:
        reached += (line.x1 - line.x0) / total
        ends.append(reached * len(text))
    position = 0
    for word in words:
        middle = position + len(word) / 2
        row = next((number for number, end in enumerate(ends) if middle <= end), len(lines) - 1)
        shares[row].append(word)
        position += len(word) + 1
    return [" ".join(share) for share in shares]
