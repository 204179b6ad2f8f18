"""Lines of a PDF into drafts of blocks: where a paragraph begins and what a block is."""

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

from ingest.readers.pdf.lines import Line
from pinpoint.records import BlockKind

# Set by hand while reading the pages of real documents; no value was measured alone.
# A change shows in the golden trees (tests/golden/trees).
_NARROW = 0.6  # of a region; if all lines near are narrower, each ends where it should
_NEAR = 0.6  # em; smaller differences of x are no indent
_LARGER_GAP = 1.25  # of the usual distance of lines; more begins a block
_SLIGHT_GAP = 1.12  # enough after the end of a sentence
_SAME_SIZE = 0.08  # of the larger size; sizes that differ less are one size
_WIDEST_LEADING = 3.0  # em; lines of a pleading may stand so far apart
_LEAST_GAPS = 5  # that show the usual distance of lines
_CAPTION_LINES = 3  # a bold caption may run into the text on so many lines
_WINDOW = 4  # lines on either side that show how far text runs to the right
_CAPITAL = 0.5  # by how much capitals are wider than the mean character

BULLET = re.compile(r"[•●○◦▪■□▫◆◇►▶➢➤✓✔‣⁃∙·](?=\s|\w)\s*|[–—*-]\s+(?=\S)|o\s+(?=[A-Z])")
DESIGNATOR = re.compile(
    r"\((?:\d{1,3}|[a-zA-Z]{1,2}|[ivxlcIVXLC]{1,6})\)(?:\s|\(|$)"
    r"|(?:\d{1,2}(?:\.\d{1,2}){0,4}|[a-z])[.)]\s|\d{1,2}(?:\.\d{1,2}){1,4}:?\s+[A-Z]"
)
SECTION = re.compile(
    r"§{1,2}\s*\d|(?:SEC(?:TION)?|Sec(?:tion)?|PART|Part|CHAPTER|Chapter|TITLE|Title|Subpart|SUBPART|"
    r"Appendix|APPENDIX)\.?\s+[\dA-ZIVXLC]+[.:—–-]?\s"
)
_SIGN = re.compile(r"§{1,2}\s*\d")
_ITEM = re.compile(r"([A-Za-z]|\d{1,2})\.\s+(?=\S)")
_BEFORE_SIGN = re.compile(
    r"(?:\b(?:and|at|by|for|from|in|of|or|per|see|than|that|the|this|through|to|under|with)|U\.\s?S\.\s?C\.|"
    r"C\.\s?F\.\s?R\.|CFR|,|\()$"
)
"""What only a reference to a section can follow: a line that begins with "§" behind it opens none."""
_BEFORE_NUMBER = re.compile(r"\b(?:sub)?(?:paragraph|section|clause)s?$")
"""The same for a line that begins with the number of a paragraph."""
_TERMINAL = re.compile(r"(?:[.!?:;—]|[.,;:]\s*(?:and|or))[\"'”’)\]\ue001]*(?:\ue000[^\ue001]*\ue001)?$")
_LOWER = re.compile(r"[\"“‘(\[]?[a-z]")
_BROKEN = ("-", "–", "\u2010", "\u00ad")  # a word continues on the next line
_LEADER_END = re.compile(r"(?:[.·]\s*){3,}\s*(?:[\divxlc]+)$|…\s*\d+$")
_CONJUNCTION = re.compile(r"(?:and|or)$")


@dataclass(slots=True)
class Draft:
    """A block in the making: its lines, and what it is once that is known."""

    lines: list[Line]
    kind: BlockKind = "paragraph"
    level: int = 0
    marker: str = ""
    cells: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        """Its lines, one blank between them."""
        return " ".join(line.text for line in self.lines)


@dataclass(frozen=True, slots=True)
class Style:
    """Size and distances that are usual in a file.

    Attributes:
        body: Size of most characters.
        leading: Usual distance of baselines, by size rounded to a half point.
        outline: Levels of the bookmarks (1 is the top), by text without blanks and case.
        page_bodies: Body size of pages that are scaled unlike the rest, by 1-based page.
    """

    body: float
    leading: Mapping[float, float] = field(default_factory=dict)
    outline: Mapping[str, int] = field(default_factory=dict)
    page_bodies: Mapping[int, float] = field(default_factory=dict)

    def body_on(self, page: int) -> float:
        """Return the size of most characters of a page's kind; 1 where a damaged file draws them without a size."""
        return self.page_bodies.get(page, self.body) or 1.0


def find_style(lines: Sequence[Line], outline: Mapping[str, int], scaled: Collection[int] = ()) -> Style:
    """Measure body size and line distances of a file.

    Args:
        lines: Lines in reading order.
        outline: As in ``Style``.
        scaled: 1-based pages whose size has nothing to do with that of the others: pictures.
    """
    sizes: Counter[float] = Counter()
    gaps: dict[float, Counter[float]] = defaultdict(Counter)
    for number, line in enumerate(lines):
        size = half(line.size)
        sizes[size] += len(line.text)
        if number and (last := lines[number - 1]).region == line.region:
            gap = last.y - line.y
            if half(last.size) == size and 0.8 * size < gap < _WIDEST_LEADING * size:
                gaps[size][half(gap)] += 1
    leading = {
        size: counted.most_common(1)[0][0] for size, counted in gaps.items() if sum(counted.values()) >= _LEAST_GAPS
    }
    body = sizes.most_common(1)[0][0] if sizes else 10.0
    of_page: dict[int, Counter[float]] = defaultdict(Counter)
    for line in lines:
        if line.page in scaled:
            of_page[line.page][half(line.size)] += len(line.text)
    bodies = {page: counted.most_common(1)[0][0] for page, counted in of_page.items()}
    return Style(body=body, leading=leading, outline=outline, page_bodies=bodies)


def half(value: float) -> float:
    """Round to half a point."""
    return round(value * 2) / 2


def to_drafts(lines: Sequence[Line], style: Style) -> list[Draft]:
    """Join lines of running text to drafts.

    Args:
        lines: Lines in reading order, without tables and footnotes.
        style: What is usual in the file.

    Returns:
        Drafts in order, kinds not yet set.
    """
    rights = _rights(lines)
    drafts: list[Draft] = []
    for number, line in enumerate(lines):
        if drafts and not _begins(drafts[-1], line, rights, number, style):
            drafts[-1].lines.append(line)
        else:
            drafts.append(Draft([line]))
    return drafts


def _rights(lines: Sequence[Line]) -> list[float]:
    """Return for each line the right edge that its neighbours in the region reach."""
    rights: list[float] = []
    for number, line in enumerate(lines):
        region, low, high = line.region, line.size - 1, line.size + 1
        right = line.x1
        for other in lines[max(0, number - _WINDOW) : number + _WINDOW + 1]:
            if other.x1 > right and other.region == region and low < other.size < high:
                right = other.x1
        narrow = right - line.left < _NARROW * (line.right - line.left)
        rights.append(line.right if narrow else right)
    return rights


def _begins(draft: Draft, line: Line, rights: list[float], number: int, style: Style) -> bool:
    """Tell whether a line begins a block."""
    last = draft.lines[-1]
    after_entry = bool(_LEADER_END.search(last.text[-24:]))  # behind leaders and a page number stands another entry
    if after_entry or BULLET.match(line.text) or _size_changes(last, line) or _weight_changes(draft, line):
        return True
    if _is_reference(last.text, line.text):
        return False
    ended = _has_ended(draft)
    continues = not ended and bool(_LOWER.match(line.text)) and not DESIGNATOR.match(line.text)
    early = _ends_early(last, line, rights[number - 1])
    if last.region != line.region:
        return _begins_elsewhere(draft, line, ended=ended, continues=continues, early=early)
    leading = style.leading.get(half(line.size), 1.2 * line.size)
    slight = _SLIGHT_GAP if ended and not _LOWER.match(line.text) else _LARGER_GAP
    if not 0 < last.y - line.y <= min(slight * leading, _LARGER_GAP * max(leading, line.size)):
        return True
    if last.text.endswith(_BROKEN) or (_is_centred(last, line) and not ended):
        return False
    is_item = ended and _is_next_item(draft.lines[0].text, line.text)
    return is_item or _begins_here(draft, line, ended=ended, continues=continues, early=early)


def _is_next_item(first: str, text: str) -> bool:
    """Tell whether a line begins with the letter or number that follows that of the block: "A." and "B."."""
    one, other = _ITEM.match(first), _ITEM.match(text)
    if one is None or other is None:
        return False
    before, behind = one[1], other[1]
    if before.isdigit() and behind.isdigit():
        return int(behind) == int(before) + 1
    return len(before) == len(behind) == 1 and ord(behind) == ord(before) + 1


def _is_reference(before: str, text: str) -> bool:
    """Tell whether a line begins with a number only because the line before it was full."""
    is_section = _SIGN.match(text) and _BEFORE_SIGN.search(before)
    return bool(is_section or (DESIGNATOR.match(text) and _BEFORE_NUMBER.search(before)))


def _weight_changes(draft: Draft, line: Line) -> bool:
    """Tell whether bold begins or ends; a caption may run on into the text of its line."""
    last = draft.lines[-1]
    runs_in = last.bold and line.bold_start and len(draft.lines) <= _CAPTION_LINES
    return last.bold != line.bold and not runs_in


def _size_changes(last: Line, line: Line) -> bool:
    """Tell whether size changes at the line end, and not inside one of the lines."""
    end, start = last.segments[-1].last_size, line.segments[0].first_size
    if last.text.endswith(_BROKEN):
        return False
    return all(abs(one - other) > _SAME_SIZE * max(one, other) for one, other in ((last.size, line.size), (end, start)))


def _has_ended(draft: Draft) -> bool:
    """Tell whether the text so far ends like a sentence or like an item of a list."""
    last = draft.lines[-1].text
    if _CONJUNCTION.fullmatch(last) and draft.lines[:-1]:
        last = f"{draft.lines[-2].text} {last}"
    return bool(_TERMINAL.search(last[-24:]) or _LEADER_END.search(last[-24:]))


def _begins_here(draft: Draft, line: Line, *, ended: bool, continues: bool, early: bool) -> bool:
    """Tell by indents whether a line begins a block in the region of the line before."""
    last, near = draft.lines[-1], _NEAR * line.size
    shift = line.x0 - last.x0
    opening = draft.lines[0].text
    hanging = bool(BULLET.match(opening) or DESIGNATOR.match(opening))
    hanging = hanging or bool(SECTION.match(opening)) or last.bold
    is_first = len(draft.lines) == 1 or draft.lines[-2].region != line.region
    if (DESIGNATOR.match(line.text) or SECTION.match(line.text)) and (
        ended or (abs(shift) > near and not continues and (early or not is_first))
    ):
        return True
    if continues:
        return False
    if abs(shift) <= near:
        return early and (ended or not _LOWER.match(line.text))
    if is_first:
        if shift < 0:
            return early and ended
        return not hanging and (ended or early)
    return shift > near or ended or early


def _begins_elsewhere(draft: Draft, line: Line, *, ended: bool, continues: bool, early: bool) -> bool:
    """Tell whether a line at the top of a region begins a block."""
    last = draft.lines[-1]
    if last.bold or line.bold:
        return True
    if continues or last.text.endswith(_BROKEN):
        return False
    if early or SECTION.match(line.text):
        return True
    if not ended:
        return bool(DESIGNATOR.match(line.text))
    same = [other for other in draft.lines if other.region == last.region]
    first, near = draft.lines[0], _NEAR * line.size
    indented = first.region == last.region and len(same) > 1 and first.x0 > last.x0 + near
    offset = (line.x0 - line.left) - (last.x0 - last.left)
    return not (indented and abs(offset) <= near and not DESIGNATOR.match(line.text))


def _ends_early(last: Line, line: Line, right: float) -> bool:
    """Tell whether the first word of a line would have fitted on the line before."""
    word = line.text.split(" ", 1)[0]
    characters = len(word) + 1 + _CAPITAL * sum(map(str.isupper, word))
    total = len(line.text) + _CAPITAL * sum(map(str.isupper, line.text))
    width = (line.x1 - line.x0) / max(total, 1) * characters
    return last.x1 + width < right - 0.3 * last.size


def _is_centred(last: Line, line: Line) -> bool:
    middle = (line.left + line.right) / 2
    shifted = abs(last.x0 - line.x0) > _NEAR * line.size / 2
    return shifted and all(
        abs((one.x0 + one.x1) / 2 - middle) < 0.5 * one.size and one.x0 > one.left + 2 * one.size
        for one in (last, line)
    )
