"""The quotations of a draft: what stands in quotation marks, over line, page and paragraph breaks, and block quotes."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from citations.parse import parse_citations, without_citations
from drafts.records import DraftPart
from pinpoint.stopping import stop_if_asked

_MARKS = re.compile("[\"\u201c\u201d\u201e\u201f\u00ab\u00bb\u2018\u2019\u201a\u2039\u203a']|''|``")
_CLOSES = {
    '"': '"',
    "\u201c": '\u201d"',
    "\u201d": "\u201d",
    "\u201f": "\u201d",
    "\u201e": "\u201c\u201d",
    "\u00ab": "\u00bb",
    "\u00bb": "\u00ab",
    "\u2018": "\u2019",
    "\u201a": "\u2018\u2019",
    "\u2039": "\u203a",
    "'": "'",
}
"""What closes a quotation that a mark opens."""
_MOST_PARTS = 12
"""Parts of the longest quotation in quotation marks. Set by hand; not measured."""
_TRAILING = re.compile(r"[\s\u2014\u2013(\[-]*$")
_SIGNAL = re.compile(r"(?:see(?:\s+also)?|cf\.?|accord|from|source:?|quoting|citing|at|\W)+", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Quotation:
    """A quotation of a draft.

    Attributes:
        text: Without its outer quotation marks; parts are joined by line feeds.
        part: Number of the part in which it begins.
        start: Where it stands in that part, without the marks.
        end: See ``start``; the end of the part where it goes on in the next one.
        last_part: Number of the part in which it ends.
        last_end: Where it ends there, without the mark.
        block: Whether it is set off as a block.
        closed: Whether its closing mark is there.
        longer: The same with the citation at the end of a block, which may be a part of what is quoted; None for none.
    """

    text: str
    part: int
    start: int
    end: int
    last_part: int
    last_end: int
    block: bool = False
    closed: bool = True
    longer: "Quotation | None" = None


def find_quotations(parts: Sequence[DraftPart]) -> list[Quotation]:
    """Every quotation of a draft, in order; one within another is a part of it."""
    found: list[Quotation] = []
    position = 0
    resume = 0
    while position < len(parts):
        stop_if_asked()
        part = parts[position]
        if part.block_quote:
            last = position
            while last + 1 < len(parts) and parts[last + 1].block_quote and parts[last + 1].story == part.story:
                last += 1
            found += _block(parts[position : last + 1])
            position, resume = last + 1, 0
            continue
        if part.heading:
            position, resume = position + 1, 0
            continue
        opened = _next_opening(part.text, resume)
        if opened is None:
            position, resume = position + 1, 0
            continue
        quotation, position, resume = _marked(parts, position, opened)
        if quotation is not None:
            found.append(quotation)
    return found


def _block(parts: Sequence[DraftPart]) -> list[Quotation]:
    """The quotation of a block, without the marks around it and the citation at its end."""
    text = "\n".join(part.text for part in parts)
    first, last = _core(text)
    if last <= first:
        return []
    begin, end = len(text) - len(text.lstrip()), len(text.rstrip())
    found = _of_block(parts, text, first, last)
    longer = _of_block(parts, text, begin, end) if first == begin and last < end else None
    return [replace(found, longer=longer)]


def _of_block(parts: Sequence[DraftPart], text: str, first: int, last: int) -> Quotation:
    """A span of the joined text of a block as a quotation."""
    offsets, at = [], 0
    for part in parts:
        offsets.append(at)
        at += len(part.text) + 1
    begin = max(n for n, offset in enumerate(offsets) if offset <= first)
    end = max(n for n, offset in enumerate(offsets) if offset < last)
    return Quotation(
        text[first:last],
        parts[begin].number,
        first - offsets[begin],
        (last - offsets[begin]) if begin == end else len(parts[begin].text),
        parts[end].number,
        last - offsets[end],
        block=True,
    )


def _core(text: str) -> tuple[int, int]:
    """What of a block is quoted: its marks, and a citation behind it that says where it is from, are not."""
    first, last = 0, len(text)
    for citation in reversed(parse_citations(text)):
        behind = text[citation.end : last]
        if re.sub(r"[\W_]", "", without_citations(behind, parse_citations(behind))):
            break
        before = text[: citation.start]
        cut = _TRAILING.sub("", before)
        signal = re.search(
            r"(?:(?<=[.!?\u201d\"\u2019)\]])|(?<=\n))[\s\u2014\u2013(\[-]*(?:see(?:\s+also)?|from|source:?)?\s*$",
            before,
            re.I,
        )
        # A citation that the sentence needs is quoted; one in parentheses, on a line or behind a full stop is not.
        if signal:
            last = signal.start()
        elif cut != before.rstrip() and cut and before[len(cut) :].strip():
            last = len(cut)
        else:
            break
    while first < last and text[first].isspace():
        first += 1
    while last > first and text[last - 1].isspace():
        last -= 1
    opening = text[first : first + 1]
    if opening in _CLOSES and text[last - 1 : last] in _CLOSES[opening] and last - first > 1:
        return first + 1, last - 1
    closing = re.compile(f"[{re.escape(_CLOSES[opening])}]").search(text, first + 1) if opening in _CLOSES else None
    if closing and not re.sub(
        r"[\W_]", "", without_citations(text[closing.end() :], parse_citations(text[closing.end() :]))
    ):
        return first + 1, closing.start()
    return first, last


def _next_opening(text: str, start: int) -> re.Match[str] | None:
    for match in _MARKS.finditer(text, start):
        if _opens(text, match):
            return match
    return None


def _opens(text: str, match: re.Match[str]) -> bool:
    mark, before, behind = match.group(), text[match.start() - 1 : match.start()], text[match.end() : match.end() + 1]
    if mark not in _CLOSES or not behind.strip():
        return False
    free = not before.strip() or before in "([{\u2014\u2013-/:;,.\u2026" or before in _CLOSES
    if mark in "\u201c\u201e\u201f":
        return True
    if mark == '"':
        return not before.isdigit() or free
    if mark == "\u00ab":
        return True
    if mark in "\u2018\u201a\u2039'":
        return free and before != "\u201d" and _single(text, match) > 0
    return False


def _single(text: str, match: re.Match[str]) -> int:
    """Where a quotation in single marks ends; 0 for an apostrophe: "the '90s", "victims'"."""
    closing = re.compile(f"[{_CLOSES[match.group()]}](?![^\\W_])")
    last = text.find("\u2018", match.end()) if match.group() == "\u2018" else -1
    ends = [end.start() for end in closing.finditer(text, match.end(), last if last > 0 else len(text))]
    for number, end in enumerate(ends):
        inner = text[match.end() : end]
        if any(mark in inner for mark in '\u201c\u201d"'):
            return 0
        if not _possessive(text, end) or not any(not _possessive(text, later) for later in ends[number + 1 :]):
            return end if inner.strip() else 0
    return 0


def _possessive(text: str, mark: int) -> bool:
    """Whether a mark may be that of a plural: "the applicants' rights"."""
    return text[mark - 1] == "s" and text[mark + 1 : mark + 2] == " " and text[mark + 2 : mark + 3].islower()


def _marked(parts: Sequence[DraftPart], position: int, opened: re.Match[str]) -> tuple[Quotation | None, int, int]:
    """The quotation that a mark opens, and the part and position from which to read on."""
    part, mark = parts[position], opened.group()
    if mark in "\u2018\u201a'\u2039":
        end = _single(part.text, opened)
        return _one(part, opened.end(), end), position, end + 1
    lines: list[str] = []
    begin = opened.end()
    for number in range(position, min(position + _MOST_PARTS, len(parts))):
        here = parts[number]
        if number > position and (here.story != part.story or here.heading or here.block_quote):
            break
        start = begin if number == position else _continued(here.text, mark)
        end = _closing(here.text, start, mark)
        if end >= 0:
            lines.append(here.text[start:end])
            text = "\n".join(lines)
            first_end = end if number == position else len(part.text)
            found = Quotation(text, part.number, begin, first_end, here.number, end)
            return (found if text.strip() else None), number, end + 1
        lines.append(here.text[start:])
        if mark == '"' and number == position and not _goes_on(parts, number):
            break
    # Nothing closes it.
    rest = part.text[begin:]
    again = _next_opening(part.text, begin)
    if mark == '"' or again is not None or not rest.strip():
        return None, position, begin
    return (
        Quotation(
            rest.rstrip(), part.number, begin, begin + len(rest.rstrip()), part.number, len(part.text), closed=False
        ),
        position + 1,
        0,
    )


def _goes_on(parts: Sequence[DraftPart], number: int) -> bool:
    """Whether straight marks may close in the next part: it begins with one, or in the midst of a sentence."""
    following = parts[number + 1].text.lstrip() if number + 1 < len(parts) else ""
    return following[:1] == '"' or following[:1].islower() or (following.count('"') % 2 == 1 and following[:1] != '"')


def _one(part: DraftPart, start: int, end: int) -> Quotation:
    return Quotation(part.text[start:end], part.number, start, end, part.number, end)


def _continued(text: str, mark: str) -> int:
    """Where the text of a further paragraph begins, behind the opening mark that it repeats."""
    bare = len(text) - len(text.lstrip())
    return bare + 1 if text[bare : bare + 1] == mark else bare


def _closing(text: str, start: int, mark: str) -> int:
    """Where the closing mark of a quotation stands; -1 for nowhere."""
    depth = 0
    for match in _candidates(text, start, mark):
        sign = match.group()
        if sign == mark and mark not in _CLOSES[mark]:
            depth += 1
        elif depth and sign in _CLOSES[mark]:
            depth -= 1
        elif sign in _CLOSES[mark]:
            return match.start()
    return -1


def _candidates(text: str, start: int, mark: str) -> Iterator[re.Match[str]]:
    signs = re.escape(mark + _CLOSES[mark])
    yield from re.compile(f"[{signs}]").finditer(text, start)
