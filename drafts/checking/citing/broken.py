"""Section numbers that the end of a line or of a paragraph divides: "8 CFR 214." and "204(l)(4)" below it."""

import re
from dataclasses import dataclass, replace

from citations.parse import BARE, LegalCitation, parse_citations

_POINT = re.compile(r"\.\s+")
"""What stands in a number behind its part that a line end divides."""
_BARE_NUMBER = re.compile(r"\d+[a-z]?(?:\s?\(\w{1,5}\))*")
_PART = re.compile(r"\bparts?\b", re.IGNORECASE)
"""What says that a part is cited: its number is whole."""
_LIST_NUMBER = re.compile(r"[.)]?\s*$|[.)]\s")
"""What stands behind the number of an item of a list."""
_OPEN = re.compile(r"\s?\(\s*")
_DESIGNATORS = re.compile(r"\w{1,5}\)(?:\s?\(\w{1,5}\))*")

Read = tuple[int, int, tuple[LegalCitation, ...]]
"""Where a citation stands, and what it names."""


@dataclass(frozen=True, slots=True)
class Carried:
    """A number that goes on in the next paragraph.

    Attributes:
        named: What it names as a whole.
        end: Where it ends in that paragraph.
    """

    named: LegalCitation
    end: int


def joined(text: str, one: Read, other: Read) -> LegalCitation | None:
    """What two citations name that are one number; None where they are two.

    Args:
        text: In which they stand.
        one: The first.
        other: The one behind it.
    """
    (_, behind, named), (start, end, more) = one, other
    if len(named) != 1 or len(more) != 1 or more[0].code != BARE or not _POINT.fullmatch(text, behind, start):
        return None
    tail = None if _PART.search(text, one[0], behind) else _BARE_NUMBER.fullmatch(text, start, end)
    return _whole(named[0], f".{tail.group()}", one[0], end) if tail else None


def carried_on(cited: str, rest: str, named: LegalCitation, below: str) -> Carried | None:
    """What the last citation of a paragraph names whose number goes on in the next; None where it does not.

    Args:
        cited: The citation as it stands there.
        rest: Text of the paragraph behind the citation.
        named: What it names so far.
        below: Text of the next paragraph.
    """
    number = _BARE_NUMBER.match(below)
    sure = number and ("(" in number.group() or ("\u00a7" in cited and not _LIST_NUMBER.match(below, number.end())))
    if number and sure and rest.strip() == "." and not _PART.search(cited):
        whole = _whole(named, f".{number.group()}", named.start, named.end)
        return Carried(whole, number.end()) if whole else None
    path = _DESIGNATORS.match(below)
    if path and _OPEN.fullmatch(rest):
        own = "".join(f"({one})" for one in named.path)
        [*read] = parse_citations(f"{named.code} {named.number}{own}({path.group()}")
        return Carried(replace(read[0], start=named.start, end=named.end), path.end()) if len(read) == 1 else None
    return None


def _whole(part: LegalCitation, tail: str, start: int, end: int) -> LegalCitation | None:
    """A part of the CFR with the rest of the number of its section."""
    if not part.code.endswith("CFR") or not part.number.isdigit() or part.path:
        return None
    read = parse_citations(f"{part.code} {part.number}{tail}")
    return replace(read[0], start=start, end=end) if len(read) == 1 else None
