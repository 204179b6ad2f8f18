"""Kinds of drafts: headings with their levels, list items with their depth, paragraphs."""

from bisect import bisect
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence

from ingest.readers.pdf.blocks import BULLET, DESIGNATOR, Draft, Style, half
from ingest.readers.pdf.engine.catalog import outline_key

# Set by hand while reading the pages of real documents; no value was measured alone.
# A change shows in the golden trees (tests/golden/trees).
_SHORT_LINES = 4  # of a heading that the bookmarks name; longer text only begins like one
_LEAST_CAPS = 4  # capitals in a row; "INA" alone is no heading
_HEADING_SIZE = 1.12  # of the body size; larger text is a heading
_SMALLER = 0.93  # of the body size; smaller bold text is a part of a table or figure
_HEADING_CHARS = 250  # longer text is a paragraph, however large or bold
_HEADING_LINES = 5  # the same, in lines
_LEAST_CHARACTERS = 2  # alphabetic; "1." is no heading
_BOLD_WORDS = 28  # a longer bold text of body size is emphasis, not a heading
_MAX_LEVEL = 6  # as in HTML
_RARE_LOOK = 0.01  # of the headings; rarer looks, as on a title page, open no level of their own


def set_kinds(drafts: Iterable[Draft], style: Style) -> None:
    """Set kind and level of drafts of running text.

    Args:
        drafts: Drafts in order; those whose kind is already set stay as they are.
        style: What is usual in the file.
    """
    headings: list[Draft] = []
    indents: list[float] = []
    for draft in drafts:
        if draft.kind != "paragraph":
            indents = []
            continue
        if _is_heading(draft, style):
            draft.kind = "heading"
            headings.append(draft)
        elif BULLET.match(draft.lines[0].text) or DESIGNATOR.match(draft.lines[0].text):
            draft.kind = "list_item"
            x0 = draft.lines[0].x0 - draft.lines[0].left
            while indents and x0 < indents[-1] - 3:
                indents.pop()
            if not indents or x0 > indents[-1] + 3:
                indents.append(x0)
            draft.level = len(indents)
            continue
        indents = [] if draft.kind == "heading" else indents
    _set_levels(headings, style)


def _is_heading(draft: Draft, style: Style) -> bool:
    if len(draft.lines) > _HEADING_LINES:
        return False
    text, first = draft.text, draft.lines[0]
    characters = [char for char in text if char.isalpha()]
    if len(characters) < _LEAST_CHARACTERS or len(text) > _HEADING_CHARS or BULLET.match(text):
        return False
    if outline_key(text) in style.outline and len(draft.lines) <= _SHORT_LINES:
        return True
    body = style.body_on(first.page)
    if first.size >= _HEADING_SIZE * body:
        return not text.endswith((",", ";"))
    if text.endswith((",", ";")) or text.count(" ") >= _BOLD_WORDS:
        return False
    caps = len(characters) >= _LEAST_CAPS and all(char.isupper() for char in characters)
    bold = all(line.bold for line in draft.lines) and first.size >= _SMALLER * body
    return bold or (caps and first.x0 > first.left + first.size and not text.startswith("("))


def _set_levels(headings: Sequence[Draft], style: Style) -> None:
    """Rank headings: by the outline where their look occurs in it, else by their look."""
    looks = {id(draft): _look(draft, style) for draft in headings}
    counts = Counter(looks.values())
    usual = sorted(look for look in counts if counts[look] >= max(2, _RARE_LOOK * len(headings)))
    votes: dict[tuple[float, bool, bool], Counter[int]] = defaultdict(Counter)
    for draft in headings:
        if level := style.outline.get(outline_key(draft.text)):
            votes[looks[id(draft)]][level] += 1
    for draft in headings:
        look = looks[id(draft)]
        level = style.outline.get(outline_key(draft.text), 0)
        if not level and look in votes:
            level = votes[look].most_common(1)[0][0]
        larger = len(usual) - bisect(usual, look)
        draft.level = level or min(larger + 1, _MAX_LEVEL)


def _look(draft: Draft, style: Style) -> tuple[float, bool, bool]:
    characters = [char for char in draft.text if char.isalpha()]
    size = Counter(half(line.size / style.body_on(line.page) * style.body) for line in draft.lines).most_common(1)[0][0]
    return size, all(line.bold for line in draft.lines), all(char.isupper() for char in characters)
