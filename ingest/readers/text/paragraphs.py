"""Typed lines to blocks: lines joined to paragraphs, headings and list items by their look."""

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence

from ingest.cleaning import QUOTES, join_lines, vocabulary
from ingest.readers.text.looks import BULLET, NOTE, NUMBERED, looks_like_heading, refers_on, typed_blocks
from ingest.readers.text.page_lines import page_lines
from ingest.records import RawBlock

_WRAPPED_WIDTH = 132
"""Only in a file whose full lines stay below this many characters does a capital continue the line before it.

Set by hand, as the constants below; not measured."""
_FULL_LINE = 0.72
"""A line this long, as a share of the file's usual full line, may continue in the next one."""
_BROKEN_LINE = 0.8
"""With the first word of the next one, a line that the width broke comes to this share of the usual full line."""
_WRAPPED_SHARE = 0.6
"""So many of the lines that go on with a small letter are broken by the width in a wrapped file.

On 10 files of the two corpora it is 0.97 or more in those that are wrapped, and 0 in the others."""
_NARROWEST = 40  # characters: shorter lines are a list
_STARTS = re.compile(
    r"^(?:Item Numbers?\s[\d.a-z\s-]+\.\s+[A-Z]|"
    r"\([a-zA-Z0-9]{1,4}\)|\d{1,2}\.(?!\d)|[A-Za-z]\.(?!\s?[A-Za-z]\.)|§|\[\d+\]|\\\d{1,3}\\)\s*\S"
)
_CAPITAL_AFTER = re.compile(r"^(?:\([a-zA-Z0-9]{1,4}\)\s*)+[A-Z\u201c]")
_ABBREVIATION = re.compile(r"^\([A-Z]{2,4}\)")
_LONE_BULLET = re.compile(r"^[\u2022\u25cf\u25aa*\uf0b7o-]$")
_LONG_LINE = 60  # characters: a shorter line is an item or a heading; set by hand, not measured
_HYPHENS = ("-", "\u2010", "\u00ad")
_LAST_PART = re.compile(r"([^\W\d_]+)-$")
_FIRST_PART = re.compile(r"[^\W\d_]+")
_CLOSING = re.compile(r"(?<=[^\s'])(?<!\d' \d)(?<!\d'\d)(?<!\d' \d\d)''(?![\w'])")
"""Not behind feet and inches."""
_RULE = re.compile(r"^(?!(?:\* ){2,}\*$)(?:[-=_*~\u2500\u2550]\s?){4,}$")
_TYPED_MARK = re.compile(r"(?<=\S)\\(\d{1,3})\\")
_LINE_END = re.compile("\r\n|[\r\u2028\u2029]")
_COLUMNS = re.compile(r"\S {3,}\S.*\S {3,}\S")
"""Two wide gaps in a line: three columns of a table."""
_ENDED_WORDS = ("or", "and")
PAGE_LINES = "running heads and page numbers removed"
Clean = Callable[[str, "Counter[str]"], str]


def text_blocks(text: str, repairs: "Counter[str]", clean: Clean) -> Iterator[RawBlock]:
    """Yield the blocks of a text whose lines are those of its file.

    Args:
        text: Any line ends; a form feed ends a page.
        repairs: Repairs by name; this call adds its own.
        clean: Corrects the characters of a line.
    """
    if "``" in text:  # a typewriter's quotation marks; those that close may stand lines further down
        text, closed = _CLOSING.subn("\u201d", text)
        repairs[QUOTES] += closed
    raw, breaks = _lines(text)
    lines = [" ".join(clean(line, repairs).split()) for line in raw]
    removed = page_lines(lines, breaks)
    repairs[PAGE_LINES] += len(removed)
    lines = _marks_of_notes(lines)
    widths = [len(line) + _indent(other) for line, other in zip(lines, raw, strict=True)]
    rows = {line for line, other in zip(lines, raw, strict=True) if line and _COLUMNS.search(other.expandtabs())}
    for paragraph in _paragraphs(lines, widths, removed, rows, repairs):
        yield from typed_blocks(paragraph, repairs, is_row=paragraph in rows)


def is_wrapped(lines: Sequence[str], widths: Sequence[int] | None = None) -> bool:
    """Tell whether a width broke the lines of a text: most that go on with a small letter had no room for its word.

    Args:
        lines: The lines, trimmed; empty ones part paragraphs.
        widths: Characters of each with its indent.
    """
    widths = widths or [len(line) for line in lines]
    usual = _usual(widths)
    if usual < _NARROWEST:
        return False
    broken = going_on = 0
    for line, following, width in zip(lines, lines[1:], widths, strict=False):
        if line and following and following[0].islower() and not _STARTS.match(following) and not line.isdigit():
            going_on += 1
            room = width + 1 + len(following.split(maxsplit=1)[0])
            broken += room > _BROKEN_LINE * usual or line[-1] == "-"
    return going_on > 0 and broken >= _WRAPPED_SHARE * going_on


def _lines(text: str) -> tuple[list[str], frozenset[int]]:
    """Lines of a text, and the numbers of those that begin a page."""
    lines: list[str] = []
    breaks: set[int] = set()
    for number, page in enumerate(_LINE_END.sub("\n", text).split("\f")):
        if number:
            breaks.add(len(lines))
        part = page.split("\n")
        if part[-1] == "" and number < text.count("\f"):
            part.pop()
        lines += part
    return lines, frozenset(breaks)


def _marks_of_notes(lines: Sequence[str]) -> list[str]:
    r"""The lines with ``\1\``, as the Federal Register types the mark of a note, in brackets."""
    notes = {match.group(2) for line in lines if (match := NOTE.match(line)) and match.group(2)}
    if not notes:
        return list(lines)
    return [_TYPED_MARK.sub(lambda m: f"[{m[1]}]" if m[1] in notes else m[0], line) for line in lines]


def _indent(line: str) -> int:
    expanded = line.expandtabs()
    return len(expanded) - len(expanded.lstrip())


def _usual(widths: Sequence[int]) -> int:
    """The length of a full line."""
    filled = sorted(width for width in widths if width)
    return filled[int(len(filled) * 0.9)] if filled else 0


def _paragraphs(
    lines: Sequence[str], widths: Sequence[int], removed: frozenset[int], rows: set[str], repairs: "Counter[str]"
) -> list[str]:
    """Join the lines of each paragraph."""
    usual = _usual(widths)
    wrapped = is_wrapped(lines, widths)
    words = vocabulary(lines) if any(line.endswith(_HYPHENS) for line in lines) else Counter[str]()
    heads = {lines[number] for number in removed if lines[number].startswith("§")}
    paragraphs: list[str] = []
    previous, width, over_page = "", 0, False
    for number, line in enumerate(lines):
        if number in removed:
            over_page = True
            continue
        if not line or _RULE.match(line):
            # A page ends in the middle of a sentence, and blank lines stand around its number.
            is_open = over_page or (number + 1 in removed) or (number + 2 in removed and not lines[number + 1])
            if not (is_open and previous and (previous[-1].isalnum() or previous[-1] in ",-")):
                previous = ""
            continue
        rest = _behind_head(previous, line, heads)
        if rest:
            repairs[PAGE_LINES] += 1
            paragraphs[-1] = join_lines(paragraphs[-1], rest, words, repairs) + rest
            previous, width, over_page = rest, widths[number], False
            continue
        gap = over_page and previous.endswith((".", ":", ";", "?", "!")) and not line[0].islower()
        following = lines[number + 1] if number + 1 < len(lines) else ""
        is_number = wrapped and line.isdigit() and previous[-1:].isalnum() and following[:1].islower()
        is_part = (
            is_number
            or (previous and refers_on(previous, line))
            or (previous[-1:] == "-" and _is_word(previous, line, words))
        )
        gap = gap or (line in rows and previous in rows)
        if previous and not gap and (is_part or _continues(previous, line, width, usual, wrapped=wrapped)):
            paragraphs[-1] = join_lines(paragraphs[-1], line, words, repairs) + line
        else:
            paragraphs.append(line)
        previous, width, over_page = line, widths[number], False
    return paragraphs


def _behind_head(previous: str, line: str, heads: set[str]) -> str:
    """What follows the running head of a page on its line, where the sentence before it goes on; "" where none does."""
    if not heads or not previous or not (previous[-1].isalnum() or previous[-1] == ","):
        return ""
    head = next((head for head in heads if line.startswith(f"{head} ")), "")
    return line.removeprefix(head).lstrip() if head else ""


def _continues(previous: str, line: str, width: int, usual: int, *, wrapped: bool) -> bool:
    """Tell whether a line continues the paragraph of the line before it."""
    ended = previous.endswith((".", ":", ";", "?", "!"))
    is_bullet = BULLET.match(line) and not (line[0] == "o" and previous[-1].isalnum())
    if _STARTS.match(line) or is_bullet or NUMBERED.match(line):
        closed = ended or previous.endswith((",", "-", "\u2013", "\u2014", *_ENDED_WORDS))
        if line[0] != "(" or closed or _CAPITAL_AFTER.match(line):
            return False
        is_broken = wrapped and width + 1 + len(line.split(maxsplit=1)[0]) > _BROKEN_LINE * usual
        return is_broken or bool(_ABBREVIATION.match(line))
    if _LONE_BULLET.match(previous) or not wrapped:
        return bool(_LONE_BULLET.match(previous)) or _is_broken(previous, line, width)
    full = width >= _FULL_LINE * usual
    if line[0].islower() or previous.endswith("-"):
        return full or not (ended or previous.endswith((",", "\u2014")))
    if previous.endswith((",", "]")):
        return previous[-1] == "," or (line[0] != "[" and full)
    is_heading = ended and width < 0.9 * usual and looks_like_heading(line)
    return usual <= _WRAPPED_WIDTH and full and not is_heading


def _is_word(previous: str, line: str, words: "Counter[str]") -> bool:
    """Tell whether a word of the text stands half at the end of a line and half at the beginning of the next one."""
    first, second = _LAST_PART.search(previous), _FIRST_PART.match(line)
    if first is None or second is None:
        return False
    left, right = first.group(1).lower(), second.group().lower()
    return bool(words[left + right] or words[f"{left}-{right}"])


def _is_broken(previous: str, line: str, width: int) -> bool:
    """Tell whether a line of a file that is not wrapped was broken by chance: in a sentence that goes on.

    Behind an item that ends with a comma stands what follows all items, so it is not joined to the last one.
    """
    is_open = previous[-1].isalnum() or previous.endswith((" -", ")", '"', "\u201d"))
    if width < _LONG_LINE or looks_like_heading(previous):
        return False
    return (is_open and line[0].islower()) or (previous[-1] == "," and not _STARTS.match(previous))
