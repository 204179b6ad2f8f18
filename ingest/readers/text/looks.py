"""What a paragraph of a text file is, by its look: a heading, a list item, a footnote."""

import re
from collections import Counter
from collections.abc import Iterator

from ingest.records import RawBlock, raw_block

_MANY_CAPITALS = 0.6  # share of the words of a line that makes it a heading
_HEADING_WORDS = 14  # a longer line is a sentence
NUMBERED = re.compile(
    r"^(?:Chapter|Part|Volume|Title|Subpart)\s+[\dA-Z]+\b|^§+\s*\d|^(?:[A-Z]|[IVX]+)\.\s+\S|^\d{1,2}\.\s+[A-Z]"
)
BULLET = re.compile(r"^[\u2022\u25cf\u25aa*\uf0b7o-]\s+(?=\S)(?!\d{1,4} -$|(?:\* )*\*$)")
_REFERS = re.compile(
    r"(?:\b(?:in|under|of|by|to|with|from|than|and|or|per|through|for|at|on|Under|[Ss]ee) |[,;(] ?|C\.?F\.?R\.? |C\. )"
    r"(?:[Ss]ections?|[Pp]aragraphs?|sub(?:section|paragraph|clause|part)s?|clauses?|§{1,2})$"
    r"|\b(?:in|under|of|by|to|see|See|Under|C\.?F\.?R\.?) (?:chapter|part|title|article)$"
    r"|\b(?:C\.?F\.?R\.?|U\.\s?S\.\s?C\.?(?: App\.)?)$"
)
"""What a number or a letter behind it is: that of a section, a paragraph, which a sentence refers to."""
_SIGN = re.compile(r"§|Secs?\. \d")
_SERIES = re.compile(r"(?:U\.\s?S\.(?:\s?C\.|\s\d)|C\.?F\.?R\.?\s|Stat\.\s|Fed\. Reg\.\s|F\.R\.\s)")
_TO_A_SECTION = re.compile(
    r"\b(?:in|under|[Uu]nder|of|by|to|with|from|than|see|[Ss]ee|the|at|as|for|per|within|and|or)$"
)
_SMALL = frozenset(
    [
        "a",
        "an",
        "and",
        "as",
        "at",
        "by",
        "for",
        "from",
        "if",
        "in",
        "is",
        "it",
        "may",
        "of",
        "on",
        "or",
        "the",
        "this",
        "to",
        "with",
        "your",
        "you",
        "who",
        "what",
    ]
)
NOTE = re.compile(r"^(?:\[\^?\s?(\d{1,3})\]|\\(\d{1,3})\\)\s*(?:\[\^\s?\d*\])?\s*(?=\S)")
_GLUED = re.compile(
    r"^(?P<head>(?:(?:[A-Z][\w\u2019'-]*|\d+|and|or|of|the|in|for|to|a|an|with|on|by) ){1,9}"
    r"(?:[A-Z][a-z]+|\d+|(?:and|or) [A-Z][a-z]+))"
    r"(?P<tail>(?:The|This|An|If|In|When|Either|Each|Any|All|No|For|Applicants?|Officers?|USCIS|You)\b .{20,})$"
)
GLUED = "headings parted from their text"


def typed_blocks(text: str, repairs: "Counter[str]", *, is_row: bool) -> Iterator[RawBlock]:
    """Yield the blocks of a paragraph: itself, or a heading that lost its line break and what follows it.

    Args:
        text: Its lines, joined.
        repairs: Repairs by name; this call adds its own.
        is_row: Whether it is set in columns, which makes it no heading.
    """
    if is_row:
        yield raw_block("table_row", text)
        return
    glued = _GLUED.match(text)
    if glued is None:
        yield _block(text)
        return
    repairs[GLUED] += 1
    yield raw_block("heading", glued["head"], level=6)
    yield _block(glued["tail"])


def _block(text: str) -> RawBlock:
    note = NOTE.match(text)
    if note:
        return raw_block("footnote", text[note.end() :], marker=note.group(1) or note.group(2))
    if BULLET.match(text):
        return raw_block("list_item", BULLET.sub("", text), level=1)
    if looks_like_heading(text):
        return raw_block("heading", text, level=_heading_level(text))
    return raw_block("paragraph", text)


def refers_on(previous: str, line: str) -> bool:
    """Tell whether a line begins with the number of what the sentence before it refers to, not with its own.

    Args:
        previous: The line before it.
        line: The line.
    """
    if _SERIES.match(line) and previous[-1:].isdigit():
        return True
    return bool(_REFERS.search(previous) or (_SIGN.match(line) and _TO_A_SECTION.search(previous)))


def looks_like_heading(text: str) -> bool:
    """Tell headings: a short line without a sentence's end, numbered like a heading or in title case."""
    words = text.split()
    if len(words) > _HEADING_WORDS or text.endswith((".", ";", ",", ":")) and not text.startswith("§"):
        return False
    if words[-1] in ("and", "or"):
        return False
    if NUMBERED.match(text):
        return True
    if len(words) < 2 or not text[0].isupper() or re.search(r"\d{4}|@|www\.|\]$", text):  # noqa: PLR2004
        return False
    content = [word for word in words if word.lower() not in _SMALL and word[0].isalpha()]
    capital = sum(word[0].isupper() for word in content)
    return len(content) > 0 and capital / len(content) > _MANY_CAPITALS


def _heading_level(text: str) -> int:
    ranks = (r"^Volume|^Title", r"^Part\b|^Subpart", r"^Chapter|^§", r"^(?:[A-Z]|[IVX]+)\.\s", r"^\d{1,2}\.\s")
    return next((rank for rank, look in enumerate(ranks, start=1) if re.match(look, text)), 6)
