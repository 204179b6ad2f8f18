"""Where each glyph of a run stands, and what of a run remains when some of them are not seen."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

from ingest.readers.pdf.engine.drawing.state import Ink
from ingest.readers.pdf.engine.runs import Run

_MOST_OF_WORD = 0.5  # of a word; if so much of it is hidden or struck, all of it is; set by hand


class Glyph(NamedTuple):
    """Text that one code of a font shows, and its edges in points."""

    text: str
    x0: float
    x1: float


def glyphs_of(run: Run, ink: Ink) -> list[Glyph]:
    """Return the glyphs of a run from left to right, blanks between them too."""
    drawn = _drawn(ink) if ink.font is not None else []
    first = next((number for number, glyph in enumerate(drawn) if glyph.text.strip()), len(drawn))
    last = next((number for number in range(len(drawn), 0, -1) if drawn[number - 1].text.strip()), 0)
    if found := drawn[first:last]:
        return found
    # What replaces other text has no glyphs of its own: its characters share the box.
    step = (run.x1 - run.x0) / len(run.text)
    return [Glyph(char, run.x0 + n * step, run.x0 + (n + 1) * step) for n, char in enumerate(run.text)]


def _drawn(ink: Ink) -> list[Glyph]:
    size, char_space, word_space, scale = ink.size
    a, _, _, _, e, _ = ink.matrix
    pen = last_end = 0.0
    found: list[Glyph] = []
    for part in ink.shown:
        if isinstance(part, (int, float)):
            pen -= float(part) / 1000 * size * scale
            continue
        for text, width, is_space in ink.font.glyphs(part) if ink.font and isinstance(part, bytes) else ():
            end = pen + (width * size + char_space + (word_space if is_space else 0.0)) * scale
            if ink.start - 1e-6 <= pen and end <= ink.end + 1e-6 * max(1.0, abs(ink.end)):
                if found and pen - last_end > 0.2 * abs(size * scale):
                    found.append(Glyph(" ", last_end * a + e, pen * a + e))
                found.append(Glyph(text, pen * a + e, end * a + e))
                last_end = end
            pen = end
    return found


def split(run: Run, ink: Ink, spans: Sequence[tuple[str, float, float]]) -> list[tuple[str, Run]]:
    """Part a run where something hides it or strikes it out.

    Args:
        run: The run.
        ink: How it was drawn.
        spans: What happens between a left and a right edge in points; of two the first counts.

    Returns:
        Its parts from left to right, each with what happens to it, "" when it stands as drawn.
    """
    glyphs = glyphs_of(run, ink)
    states = [_state((glyph.x0 + glyph.x1) / 2, spans) for glyph in glyphs]
    _whole_words(glyphs, states)
    if len(set(states)) == 1:
        return [(states[0], run)]
    parts: list[tuple[str, Run]] = []
    start = 0
    for number in range(1, len(glyphs) + 1):
        if number < len(glyphs) and states[number] == states[start]:
            continue
        if part := _part(run, glyphs[start:number], first=start == 0, last=number == len(glyphs)):
            parts.append((states[start], part))
        start = number
    return parts


def _state(x: float, spans: Sequence[tuple[str, float, float]]) -> str:
    return next((what for what, x0, x1 in spans if x0 <= x <= x1), "")


def _whole_words(glyphs: Sequence[Glyph], states: list[str]) -> None:
    """Extend what happens to most of a word to all of it: widths are not exact, and edges run through characters."""
    start = 0
    for number in range(len(glyphs) + 1):
        if number < len(glyphs) and glyphs[number].text.isalnum():
            continue
        word = states[start:number]
        if len(set(word)) > 1:
            most, count = Counter(filter(None, word)).most_common(1)[0]
            if count >= _MOST_OF_WORD * len(word):
                states[start:number] = [most] * len(word)
        start = number + 1


def _part(run: Run, glyphs: Sequence[Glyph], *, first: bool, last: bool) -> Run | None:
    drawn = "".join(glyph.text for glyph in glyphs)
    inked = [glyph for glyph in glyphs if glyph.text.strip()]
    before = run.space_before if first else drawn[:1].isspace()
    after = run.space_after if last else drawn[-1:].isspace()
    if not inked:
        return None
    x0, x1 = inked[0].x0, inked[-1].x1
    return replace(run, text=drawn.strip(), x0=x0, x1=x1, space_before=before, space_after=after)
