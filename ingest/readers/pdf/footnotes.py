"""Footnotes of a PDF page, and the raised numbers that refer to them."""

import re
import unicodedata
from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from ingest.readers.pdf.lines import Line
from ingest.readers.pdf.segments import RAISED_CLOSE, RAISED_OPEN

REFERENCES = "footnote references marked"
EXPONENTS = "raised characters kept"
FRACTIONS = "fractions set as such"

# Set by hand while reading the pages of real documents; no value was measured alone.
# A change shows in the golden trees (tests/golden/trees).
_SMALLER = 0.93  # of the body size; larger text is no footnote
_TINY = 0.6  # of the body size; a number alone on a line is a marker when it is so small
_SAME_SIZE = 0.3  # points; sizes that differ less are one size
_NOTE_GAP = 1.6  # em; more than the distance of two lines of small print
_MOST = 0.8  # of the lines; a region with more of them in the size of a footnote belongs to it
_MARKER = re.compile(rf"{RAISED_OPEN}(\d{{1,3}}|[*†‡§]+|[a-z]|[ivxl]{{1,5}}){RAISED_CLOSE}\s*")
_SIGN = re.compile(r"([*†‡]+)\s*")
_LONE = re.compile(r"(\d{1,3})")
_PLAIN = re.compile(r"(\w{1,5})\s+")
_RAISED = re.compile(rf"(\s*){RAISED_OPEN}([^{RAISED_CLOSE}]*){RAISED_CLOSE}(?=(.?))")
_CONTINUED = re.compile(r"\W*continued\W*", re.IGNORECASE)
_FRACTION = re.compile(
    rf"(?:(?<=\d) )?{RAISED_OPEN}(\d{{1,3}}){RAISED_CLOSE} ?[/⁄∕] ?{RAISED_OPEN}?(\d{{1,3}}){RAISED_CLOSE}?(?!\d)"
)
_VULGAR = {unicodedata.normalize("NFKD", sign).replace("⁄", ""): sign for sign in "½⅓⅔¼¾⅕⅖⅗⅘⅙⅚⅛⅜⅝⅞"}
_SUBSCRIPTS = str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉")
_SUPERSCRIPTS = str.maketrans("0123456789+-−–", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁻")
_WORD_BEFORE = re.compile(r"(?:[^\W\d_]{3,}|[.,;:!?)”’\"\]])$")


@dataclass(frozen=True, slots=True)
class Note:
    """Lines of one footnote on one page; marker "" when it continues from the page before."""

    marker: str
    lines: tuple[Line, ...]


def split_notes(
    lines: Sequence[Line],
    body: float,
    *,
    open_note: bool,
    note_size: float = 0.0,
    referenced: Collection[str] = (),
) -> tuple[int, list[Note]]:
    """Split the footnotes off the foot of a region.

    Args:
        lines: Lines of one region, from top to bottom.
        body: Size of the body text.
        open_note: Whether a footnote of the page before has not ended.
        note_size: Size of its characters; a whole page in that size belongs to it.
        referenced: Markers that the text refers to; such a marker need not be raised to begin the first footnote
            below the text, and those behind it.

    Returns:
        The number of lines that are body text, and the footnotes below them.
    """
    start = len(lines)
    while start and lines[start - 1].size <= _SMALLER * body:
        start -= 1
    first = next((i for i in range(start, len(lines)) if _opens_notes(lines, i, start, body, referenced)), len(lines))
    in_its_size = sum(abs(line.size - note_size) < _SAME_SIZE for line in lines)
    all_of_note = start == 0 and in_its_size > _MOST * len(lines)
    if open_note and (start > 0 or all_of_note) and (first < len(lines) or start < len(lines)):
        first = start
    notes: list[Note] = []
    for line in lines[first:]:
        if _CONTINUED.fullmatch(line.text):
            continue
        marker = _marker(line, body, referenced)
        if marker or not notes:
            notes.append(Note(marker, (line,)))
        else:
            notes[-1] = Note(notes[-1].marker, (*notes[-1].lines, line))
    return first, notes


def _opens_notes(lines: Sequence[Line], number: int, start: int, body: float, referenced: Collection[str] = ()) -> bool:
    """Tell whether the footnotes of a region begin with a line.

    A sign that stands in line with the text also marks entries of lists; before a footnote there
    is a gap, or text of another size.
    """
    line = lines[number]
    if not _marker(line, body, referenced if number == start else ()):
        return False
    if number == start or not _SIGN.match(line.text):
        return True
    above = lines[number - 1]
    return above.y - line.y > _NOTE_GAP * line.size or abs(above.size - line.size) > _SAME_SIZE


def references(text: str) -> list[str]:
    """Return the raised numbers, letters and signs of a text that stand behind a word, as no exponent does."""
    found: list[str] = []
    for match in _RAISED.finditer(text):
        if _WORD_BEFORE.search(text[: match.start()]) and match[3] not in ("/", "⁄"):
            found += re.split(r"[,\s]+", match[2].strip(", "))
    return found


def _marker(line: Line, body: float, referenced: Collection[str]) -> str:
    """Return the marker that a line begins with: raised, a sign, tiny and alone, or set apart and referred to."""
    match = _MARKER.match(line.text) or _SIGN.match(line.text)
    if match:
        return match[1]
    first = line.segments[0].text
    if line.segments[1:] and first in referenced:
        return first
    return line.text if _LONE.fullmatch(line.text) and line.size <= _TINY * body else ""


def strip_marker(text: str, marker: str) -> str:
    """Return the text of a footnote without its printed number."""
    match = _MARKER.match(text) or _SIGN.match(text) or _LONE.fullmatch(text) or _PLAIN.match(text)
    return text[match.end() :] if match and match[1] == marker else text


def mark_references(text: str, markers: Collection[str], repairs: Counter[str]) -> str:
    """Rewrite raised text: references as ``[12]``, exponents as superscript characters.

    Args:
        text: Text with raised text between the private marks.
        markers: Markers of the footnotes of the page.
        repairs: Repairs by name; this call adds its own.

    Returns:
        Text without private marks. A raised number is a reference when a footnote has
        that marker, or when it follows a word or a mark that no exponent follows.
    """
    if RAISED_OPEN not in text:
        return text
    text, fractions = _FRACTION.subn(_fraction, text)
    repairs[FRACTIONS] += fractions

    def replace(match: re.Match[str]) -> str:
        blank, raised, following = match[1], match[2], match[3]
        parts = re.split(r"[,\s]+", raised.strip(", "))
        before = text[: match.start()]
        known = all(part in markers for part in parts)
        likely = raised.isdigit() and bool(_WORD_BEFORE.search(before))
        if known or (likely and before):
            repairs[REFERENCES] += len(parts)
            space = " " if following.isalnum() or (not before and following.strip()) else ""
            return "".join(f"[{part}]" for part in parts) + space
        repairs[EXPONENTS] += 1
        if raised.isalpha() and len(raised) > 1:
            return raised  # "st" of "1st"
        keeps_blank = raised[0] in "*†‡§" or before.endswith("|")
        return (blank if keeps_blank else "") + raised.translate(_SUPERSCRIPTS)

    return _RAISED.sub(replace, text)


def _fraction(match: re.Match[str]) -> str:
    """Return a fraction as it is printed, at once behind its integer and apart from a word: 2½, 5³⁄₁₆."""
    above, below = match[1], match[2]
    fraction = above.translate(_SUPERSCRIPTS) + "⁄" + below.translate(_SUBSCRIPTS)
    if len(above + below) == len("12"):
        fraction = _VULGAR.get(above + below, fraction)
    before = match.string[max(match.start() - 1, 0) : match.start()]
    return f" {fraction}" if before.isalpha() else fraction
