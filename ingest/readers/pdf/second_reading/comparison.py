"""Words that a second text of a page does not have where ours has them.

Ours, squashed, must stand in theirs at a stroke: in the text of the page, or else in the rectangles of its block, since
engines read columns, cells and notes in different orders. Where it does not, each word must stand there between the
same neighbours.
"""

import re
from collections.abc import Callable

from ingest.readers.pdf.second_reading.neighbours import Gap, Lines, doubted_words
from ingest.readers.pdf.second_reading.squash import APART, LINE_END, contains, mark_line_ends, squash

_MARK = re.compile(r"\[(\d{1,3}|[a-z]|[*\u2020\u2021\u00a7]+)\]")  # of a footnote; pdfium may see it on its own line

_FRACTION = re.compile("[\u00bc-\u00be\u2150-\u215e\u2044]")


class PageText:
    """The second text of a page, prepared so that ours can be looked for in it."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._squashed = _both(text)
        self._lines: Lines | None = None

    def contains(self, squashed: str) -> bool:
        """Tell whether a squashed text stands on the page at a stroke."""
        return contains(self._squashed, squashed)

    @property
    def lines(self) -> Lines:
        """Its lines, made when they are asked for."""
        if self._lines is None:
            self._lines = Lines(self._text)
        return self._lines


def unseen_words(
    text: str, squashed: str, page: PageText, inside: Callable[[], str], stated: frozenset[str] = frozenset()
) -> tuple[Gap, ...]:
    """Find the words of a fragment that the second text does not hold.

    Args:
        text: Our text; cells of a table are parted by `` | ``.
        squashed: The same, squashed.
        page: The second text of the page on which it stands.
        inside: Gives the second text of the rectangles in which it stands.
        stated: Squashed words, or parts of words, that the file itself states to stand there.

    Returns:
        Spans of whole words, in order, neighbours joined.
    """
    if page.contains(squashed):
        return ()
    near = inside()
    squashed_near = _both(near)
    if contains(squashed_near, squashed):
        return ()
    stated |= {squash(word) for word in text.split() if _FRACTION.search(word) and _is_set_apart(word, squashed_near)}
    lines = Lines(near)
    doubted = doubted_words(text, lines, stated)
    if doubted and _MARK.search(text):
        for change in (" {} ", ""):
            doubted = _common(doubted, doubted_words(_with_marks(text, change, squashed_near), lines, stated))
    if doubted:
        doubted = _common(doubted, doubted_words(text, page.lines, stated))
    joined: list[Gap] = []
    for start, end in doubted:
        if joined and not text[joined[-1][1] : start].strip(" |"):
            joined[-1] = (joined[-1][0], end)
        else:
            joined.append((start, end))
    return tuple(joined)


def _common(some: list[Gap], others: list[Gap]) -> list[Gap]:
    """Words of the first list that are in the second too; a mark that is blanked out shortens its word."""
    starts = {start for start, _ in others}
    return [span for span in some if span[0] in starts]


def _with_marks(text: str, form: str, theirs: str) -> str:
    """A text with another form of the footnote marks that stand anywhere in the second text; as long as before."""
    return _MARK.sub(lambda mark: form.format(mark[1]).ljust(len(mark[0])) if mark[1] in theirs else mark[0], text)


def _is_set_apart(word: str, near: str) -> bool:
    """Tell whether the digits of a fraction stand on lines of their own, as those of a stacked one."""
    digits = "".join(filter(str.isdigit, squash(word)))
    return contains(near.replace(APART, "").replace("/", ""), digits)


def _both(text: str) -> str:
    """A squashed text, with hyphens at line ends and without them."""
    marked = squash(mark_line_ends(text))
    joined = marked.replace(LINE_END, "")
    return f"{joined}\n{marked.replace(LINE_END, '-')}" if LINE_END in marked else joined
