"""Side notes: small print beside the text, as in statutes, that is no part of the sentence beside it."""

from collections import Counter
from collections.abc import Mapping, Sequence

from ingest.readers.pdf.apart.parts import Part
from ingest.readers.pdf.lines import Turn
from ingest.readers.pdf.segments import NUMERIC, Segment

# Set by hand while looking at pages of statutes; no value was measured alone.
_SMALLER = 0.88  # of the size of the text
_BESIDE = 0.5  # em; between the text and its notes, at least
_WIDEST = 14.0  # em of its own size; wider is a column
_LINE = 30  # characters; a segment that long shows how far the text runs
_LEAST_LINES = 3  # of the text, so long
_SHARE = 0.35  # of the characters of a page that its notes have at most
_NEXT = 1.7  # em; the next line of a note stands no further down
_ALPHABETIC = 3  # characters of a note, at least
_ROW = 0.7  # em of the text; a note that begins beside a line of it is no further up or down


def without_side_notes(
    pages: Sequence[Sequence[Segment]], turns: Mapping[int, Turn]
) -> tuple[list[list[Segment]], list[Part]]:
    """Take the side notes from the pages of a file.

    Args:
        pages: Segments of each page, from top to bottom, without running rows.
        turns: How pages are turned that stand sideways, by 1-based page.

    Returns:
        The segments without them, and the notes.
    """
    done: list[list[Segment]] = []
    notes: list[Part] = []
    for page, segments in enumerate(pages, start=1):
        found = _notes(segments)
        characters = sum(len(_text(note)) for note in found)
        if not found or characters > _SHARE * sum(len(segment.text) for segment in segments):
            done.append(list(segments))
            continue
        gone = {id(segment) for note in found for segment in note}
        done.append([segment for segment in segments if id(segment) not in gone])
        notes += (Part(page, note[0].y, note[0].x0, tuple(note), turn=turns.get(page)) for note in found)
    return done, notes


def _notes(segments: Sequence[Segment]) -> list[list[Segment]]:
    """Return the groups of small lines that stand beside the text of a page, each from top to bottom."""
    sizes: Counter[float] = Counter()
    for segment in segments:
        sizes[segment.size] += len(segment.text)
    if not sizes:
        return []
    size = sizes.most_common(1)[0][0]
    text = [segment for segment in segments if segment.size > _SMALLER * size and len(segment.text) >= _LINE]
    if len(text) < _LEAST_LINES:
        return []
    left, right = min(segment.x0 for segment in text), max(segment.x1 for segment in text)
    top, bottom = text[0].y + size, text[-1].y - size
    notes: list[list[Segment]] = []
    for segment in segments:
        gap = _BESIDE * segment.size
        is_small = segment.size <= _SMALLER * size and segment.x1 - segment.x0 <= _WIDEST * segment.size
        outside = segment.x0 >= right + gap or segment.x1 <= left - gap
        if not (is_small and outside and bottom < segment.y < top) or NUMERIC.fullmatch(segment.text):
            continue
        for note in notes:
            last = note[-1]
            near = last.y - segment.y < _NEXT * segment.size
            if near and segment.x0 < max(last.x1, note[0].x1) and segment.x1 > min(last.x0, note[0].x0):
                note.append(segment)
                break
        else:
            notes.append([segment])
    if any(one[0].y >= other[-1].y and one[-1].y <= other[0].y for one in notes for other in notes if one is not other):
        return []  # several beside each other are the cells of a table
    return [
        note
        for note in notes
        if sum(map(str.isalpha, _text(note))) >= _ALPHABETIC
        and any(abs(line.y - note[0].y) < _ROW * line.size for line in text)
    ]


def _text(note: Sequence[Segment]) -> str:
    return " ".join(segment.text for segment in note)
