"""Heads of sections: which blocks open a section, which only look like it, and which are a list of contents.

A line that opens with "§" always ends the section before it, whether its number is understood or not: text
without an address misleads less than text with the neighbour's.
"""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from citations import patterns as look
from citations.codes import code_name
from citations.section_numbers import NUMBER, one_number, order_of
from pinpoint.records import Block

_I = re.IGNORECASE | re.ASCII
_SIGN = re.compile(
    rf"\[?\s?(?:(?P<code>\d{{1,2}}\s(?:{look.CFR}|U\.?\s?S\.?\s?C(?:ode\b|\b\.?)|U\.?\s?S\.?\sCode\b))\s)?(?P<sign>§{{1,2}})\s{{0,4}}"
)
_WORD = re.compile(
    r"\[?\s?(?P<word>SEC(?:TIONS?|S)?|Sec(?:tions?|s|t)?)(?P<point>\.?)(?=\s|\d)\s{0,4}(?=[\dlI])", re.ASCII
)
_NUMBER = re.compile(NUMBER, _I)
_THROUGH = re.compile(r"\s{0,2}(?:--|\u2014)\s{0,2}(?:§{1,2}\s{0,2})?(?=\d)")
"""What joins the ends of a range behind "§§"; behind one sign a name may begin so."""
_ALSO = re.compile(
    r"(?:\.?\s{0,2}(?:-|,\s?and|,|&)\s{0,2}|\.?\s{1,2}(?:to|through|thru|and|or)\s{1,2})(?:§{1,2}\s{0,2})?(?=\d)", _I
)
_STOP = re.compile(
    r"\.?(?:\[\d{1,3}\])*(?:\s*[-:\u2014\u2013]{1,2}(?=\s|[A-Z\[])|\s*\u2014|[.:]?(?=\s|$|\[|[A-Z\u201c]))"
)
_NAME = re.compile(r"\s*(?:[A-Z\u201c\u2018\"'\[(\u00bf]|\d{1,4}(?:st|nd|rd|th)?\s[A-Za-z]|e-|i[A-Z])")
_TABLED = re.compile(r"\s*[\d$(|.]")
"""What stands behind a number in a table of sections: a page, an amount, a control number."""
_GOES_ON = re.compile(
    r"\s*(?:[,;)(]|(?:of|and|or|to|through|thru|shall|may|must|is|are|was|were|applies|apply|as|in|for|by|the|this|that"
    r"|which|who|with|under|on|at|if|does|do|has|have|requires?|provides?|above|below|et\sseq)\b)"
)
_ENDED = re.compile(r"[.:;?!\])\u2014\u201d\"]\s*$")
_DANGLES = re.compile(
    r"(?:\b(?:by|in|of|under|with|to|and|or|see|at|from|than|for|per|the|through|in accordance)|[,(§])\s*$"
)
"""The end of a block whose sentence goes on: what follows is the number that it refers to."""
_ACT = re.compile(
    r"^S(?:EC|ec)(?:\.|TION|tion)\s+(?P<number>\d+[A-Z]*)\.?(?:\[\d+\])?\s*[\u00f8\[]\s?\d+\.?\s+U\.\s?S\.\s?C\."
    r"[^\u00bf\]]*[\u00bf\]]\s*"
)
_SENTENCE = re.compile(r"[.?](?:\[\d{1,3}\])*\]?\s+(?=[A-Z(\u201c\[])")
# Words; set by hand, not measured. A change shows in the golden trees (tests/golden/trees).
_LONG_NAME = 60  # a longer text behind "§ 1.2" holds the text of the section as well
_LONG_BARE_NAME = 25  # a longer line that opens with a number alone is a sentence
_MOST_NUMBERS = 12


@dataclass(frozen=True, slots=True)
class Head:
    """A block that opens a section.

    Attributes:
        block: Number of the block.
        numbers: Of the sections that it opens, the first and what a range or a list adds; () when not understood.
        end: Where the heading ends in the block's text; what follows is the section's.
        style: "§", "sec", "bare", "contents"; "unsigned" for a number alone among others that have a sign, "cited"
            for one with its code and no name.
        named: Whether a name stands behind the number.
        printed: The numbers as they stand there: "457.104-457.109", "29 to 38".
    """

    block: int
    numbers: tuple[str, ...]
    end: int
    style: str
    named: bool = True
    printed: str = ""


def find_heads(code: str, blocks: Sequence[Block], text: str) -> dict[int, Head]:
    """Find the heads of the sections of a code, by the numbers of their blocks.

    Args:
        code: ``8 CFR``, ``22 U.S.C.``, ``INA``, ``Pub. L. 114-125``.
        blocks: All blocks of the document, in order.
        text: The document's text.
    """
    found: list[Head] = []
    before = ""
    for number, block in enumerate(blocks):
        content = text[block.start : block.end]
        if block.kind not in ("footnote", "table_row", "table_header"):
            head = _head(code, number, block, content, before)
            if head:
                found.append(head)
        before = content
    signed = {head.style for head in found if head.numbers}
    main = "§" if "§" in signed else "sec" if "sec" in signed else "bare"
    if main == "bare":
        heads = _inorder_of([head for head in found if _counts(head, main, code, blocks)], blocks)
    else:
        heads = [head for head in _with_unsigned(found, blocks, text) if _counts(head, main, code, blocks)]
    heads = _without_running(heads)
    if any(head.named and head.numbers for head in heads):  # "8 CFR § 214.5" alone is a head only where all are so
        heads = [replace(head, numbers=(), style="§") if head.style == "cited" else head for head in heads]
    return {head.block: head for head in _without_contents(heads, blocks, text)}


def _head(code: str, number: int, block: Block, content: str, before: str) -> Head | None:
    if code == "INA":
        act = _ACT.match(content)
        return Head(number, (act.group("number"),), act.end(), "sec") if act else None
    plain = look.plain_text(content[:400])
    is_heading = block.kind == "heading"
    sign = _SIGN.match(plain)
    if sign:
        return _signed(code, number, content, plain, sign, before, is_heading=is_heading)
    word = _WORD.match(plain)
    if word:
        numbers, end = _numbers(code, plain, word.end(), plural=word.group("word").lower().endswith("s"))
        stop = _STOP.match(plain, end) if numbers else None
        sure = is_heading or word.group("word").isupper() or bool(word.group("point")) or plain[end : end + 1] in ".:"
        named = bool(stop and _NAME.match(content, stop.end()))
        if not numbers or not stop or not sure or not (named or is_heading) or _GOES_ON.match(plain, stop.end()):
            return None
        return Head(number, numbers, _name_end(content, stop.end()), "sec", named, _printed(plain, word.end(), end))
    if code.endswith("CFR"):
        return _bare(code, number, content, plain, is_heading=is_heading)
    return None


def _signed(
    code: str, number: int, content: str, plain: str, sign: re.Match[str], before: str, *, is_heading: bool
) -> Head | None:
    """A line that opens with the sign; None when it goes on with the sentence of the line before."""
    numbers, end = _numbers(code, plain, sign.end(), plural=sign.group("sign") == "§§")
    stop = _STOP.match(plain, end) if numbers else None
    cut = plain[end : end + 1] in (",", ";", ")") or (before and not _ENDED.search(before))
    another = bool(sign.group("code")) and code_name(sign.group("code")) != code
    if another or (cut and _GOES_ON.match(plain, end)) or _DANGLES.search(before):
        return None
    if numbers and stop:
        rest, printed = content[stop.end() :], _printed(plain, sign.end(), end)
        if not rest.strip(" .]"):
            return Head(number, numbers, len(content), "cited" if sign.group("code") else "§", False, printed)
        if is_heading or _NAME.match(content, stop.end()):
            name_end = len(content) if is_heading else _name_end(content, stop.end())
            return Head(number, numbers, name_end, "§", True, printed)
        if _TABLED.match(plain, stop.end()) and not sign.group("code"):
            return Head(number, (), len(content), "contents")
    goes_on = numbers and not is_heading and _GOES_ON.match(plain, stop.end() if stop else end)
    return None if goes_on or sign.group("code") else Head(number, (), len(content), "§")


def _bare(code: str, number: int, content: str, plain: str, *, is_heading: bool) -> Head | None:
    """``52.222-50 Combating Trafficking in Persons.``: a number with a point alone, and a name."""
    match = _NUMBER.match(plain)
    if not match or "." not in match.group("number"):
        return None
    numbers, end = _numbers(code, plain, 0, plural=False)
    stop = _STOP.match(plain, end) if numbers else None
    if not stop or stop.end() == end and not plain[end : end + 1].isspace():
        return None
    name = content[stop.end() :].strip()
    short = len(name.split()) <= _LONG_BARE_NAME and not _SENTENCE.search(name) and not name.endswith((";", ":", ","))
    if not name or not _NAME.match(name) or name[0].isdigit() or not (is_heading or short):
        return None
    return Head(number, numbers, len(content), "bare", True, _printed(plain, 0, end))


def _numbers(code: str, plain: str, at: int, *, plural: bool) -> tuple[tuple[str, ...], int]:
    """The numbers at a position, and where they end; () when none is one of the code."""
    found: list[str] = []
    end = at
    while len(found) < _MOST_NUMBERS and (match := _NUMBER.match(plain, at)):
        one = one_number(match.group("number"), code, plural=plural)
        number = look.digits(one)
        if ("." in number) != code.endswith("CFR") or (found and not _later(found[-1], number)):
            break
        found.append(number)
        end = match.start() + len(one)
        also = _ALSO.match(plain, end) or (_THROUGH.match(plain, end) if plural else None)
        if not also:
            break
        at = also.end()
    return tuple(found), end


def _printed(plain: str, start: int, end: int) -> str:
    """Numbers as they stand there, without the sign that is repeated: "457.104-457.109", "29 to 38", "155, 155A"."""
    words = plain[start:end].replace("§", "").replace("--", " to ").replace("\u2014", " to ").split()
    return " ".join(look.digits(word) for word in words)


def _later(first: str, second: str) -> bool:
    """Tell whether a number may be the end of a range: not the year or quantity that a name begins with."""
    return first.partition(".")[0] == second.partition(".")[0] if "." in first else len(second) >= len(first)


def _name_end(content: str, start: int) -> int:
    """Where the name of a section ends in a block that may hold the text of the section too."""
    end = _SENTENCE.search(content, start)
    if end and (len(content.split()) > _LONG_NAME or content[end.end()] == "("):
        return end.end()
    return len(content)


def _counts(head: Head, main: str, code: str, blocks: Sequence[Block]) -> bool:
    """Tell whether a head is written as the sections of this document are."""
    if head.style in (main, "unsigned", "cited") or not head.numbers:
        return True
    # The sections of a regulation are numbered with a point, whatever stands before the number.
    if head.style == "sec":
        return code.endswith("CFR")
    return blocks[head.block].kind == "heading"


def _with_unsigned(found: Sequence[Head], blocks: Sequence[Block], text: str) -> list[Head]:
    """Numbers alone between heads with a sign: one that goes on with the numbering has lost its sign.

    One of the same part that is out of order ends the section before it. What bears the number of a head with a sign
    is the head of a page, or an entry of a list, and stays as it was.
    """
    known = {number for head in found if head.style != "bare" for number in head.numbers}
    following: list[tuple[str, tuple[int, ...]]] = []  # part and order of the head with a sign behind each
    behind: tuple[str, tuple[int, ...]] = ("", ())
    for head in reversed(found):
        following.append(behind)
        if head.style != "bare" and head.numbers:
            behind = _part(head), order_of(head.numbers[0])
    heads: list[Head] = []
    part = ""
    last: tuple[int, ...] = ()
    for head, (next_part, limit) in zip(found, reversed(following), strict=True):
        alone = head.style == "bare" and blocks[head.block].kind != "heading"
        if not alone:
            part, last = (_part(head), order_of(head.numbers[-1])) if head.numbers else (part, last)
        elif _part(head) == part and head.numbers[0] not in known and order_of(head.numbers[0]) > last:
            before = blocks[head.block - 1]
            if _DANGLES.search(text, before.start, before.end):
                continue
            if next_part != part or order_of(head.numbers[-1]) < limit:
                head, last = replace(head, style="unsigned"), order_of(head.numbers[-1])  # noqa: PLW2901
            else:
                head = replace(head, numbers=(), style="§")  # noqa: PLW2901
        heads.append(head)
    return heads


def _part(head: Head) -> str:
    return head.numbers[0].partition(".")[0]


def _inorder_of(heads: Sequence[Head], blocks: Sequence[Block]) -> list[Head]:
    """Numbers alone: a line that is no heading counts where it goes on with the numbering."""
    parts = Counter(head.numbers[0].partition(".")[0] for head in heads if blocks[head.block].kind == "heading")
    before: tuple[int, ...] = ()
    found = []
    for head in heads:
        order = order_of(head.numbers[0])
        known = head.numbers[0].partition(".")[0] in parts
        if blocks[head.block].kind == "heading" or (known or not parts) and (not before or order[0] >= before[0]):
            found.append(head)
            before = order
    return found


def _without_running(heads: Sequence[Head]) -> list[Head]:
    """Take out numbers alone that the head of a section bears as well: they are heads of pages."""
    named = {head.numbers[0] for head in heads if head.numbers and head.named}
    return [head for head in heads if head.named or not head.numbers or head.numbers[0] not in named]


def _without_contents(heads: Sequence[Head], blocks: Sequence[Block], text: str) -> list[Head]:
    """Leave the address of a section that is listed and printed to where it is printed."""
    empty = set()
    for row, head in enumerate(heads):
        following = heads[row + 1].block if row + 1 < len(heads) else len(blocks)
        rest = text[blocks[head.block].start + head.end : blocks[head.block].end]
        between = (blocks[number] for number in range(head.block + 1, following))
        if not rest.strip() and all(block.kind == "heading" for block in between):
            empty.add(row)
    printed = {head.numbers[0] for row, head in enumerate(heads) if row not in empty and head.numbers}
    return [
        replace(head, numbers=(), style="contents")
        if row in empty and head.numbers and head.numbers[0] in printed
        else head
        for row, head in enumerate(heads)
    ]
