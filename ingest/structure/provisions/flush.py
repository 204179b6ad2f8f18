"""Flush text: the level to which a block without a designator belongs, behind a list or amid one."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from ingest.structure.designators import Level
from ingest.structure.marks import is_line
from pinpoint.records import BlockKind

_MONTH = r"(?:Jan|Feb|Mar|Apr|May|June|July|Aug|Sept|Oct|Nov|Dec)[a-z]{0,6}\.?"
_CREDIT = re.compile(
    r"^(?:\[(?=.*\b\d{4}\b)(?=.*(?:\bFR\b|T\.D\.|Stat\.|Order|Amdt|\bas amended\b|\d{4}\.?\]))"
    rf"|\((?:(?:As )?[Aa]dded\s)?(?:and amended\s)?(?:Pub\. L\. \d|R\.S\. §|[Aa]cts?\s{_MONTH}"
    rf"|{_MONTH}\s\d{{1,2}}, \d{{4}}|Ex\. Ord\.)"
    r".*\b\d{4}\b)(?=.*[)\]]\.?\s*$)",
    re.DOTALL,
)
_END_OF_CLAUSE = re.compile(r"^\(End of (?:clause|provision)\)", re.IGNORECASE)
_LEVEL = re.compile(
    r"^(?:[Ff]or (?:the )?purposes? of|As used in|In|except that .{0,40}under)"
    r" this (?P<level>subsection|paragraph|subparagraph|clause|subclause)\b(?! \()"
    r"|\bboth (?P<levels>subsection|paragraph|subparagraph|clause|subclause)s \(",
)
# The Code's hierarchy (House Legislative Counsel's Manual on Drafting Style).
_KINDS = {"subsection": "a", "paragraph": "1", "subparagraph": "A", "clause": "i", "subclause": "I"}
_OPEN = (":", "\u2014", "--", "\u2013", "-")
_NEEDS_MORE = (",", ";", " and", " or", " but")


@dataclass(frozen=True, slots=True)
class Unmarked:
    """A block without an address of its own.

    Attributes:
        level: Nesting depth of a list item, 0 for everything else.
        inset: Whether it is an example, a note, or a list that begins anew.
        indent: Its left edge in em, None where the file does not tell.
    """

    text: str
    kind: BlockKind
    level: int
    inset: bool = False
    indent: float | None = None


def is_credit(text: str) -> bool:
    """Tell whether a line says where a section comes from: "[37 FR 23603, Nov. 4, 1972]", "(Pub. L. 106-386, …)"."""
    return bool(_CREDIT.match(text))


def depth_of(
    unmarked: Unmarked,
    current: Sequence[Level],
    following: Sequence[Level],
    own: Mapping[int, str],
    before: str,
    edges: Mapping[int, float] = MappingProxyType({}),
) -> int:
    """How many levels of the path before it a block belongs to.

    Args:
        unmarked: The block.
        current: Path of the paragraph before it.
        following: Path of the next paragraph of the section; () when there is none.
        own: Last text of each open level, by its depth; 0 is the section.
        before: The block before.
        edges: Left edge in em of the paragraph that opened each level, by its depth, as far as known.

    Returns:
        ``len(current)`` when it goes on with that paragraph, less when it ends it. Where nothing tells, the level that
        holds the list, never its item.
    """
    deepest = len(current)
    least = _common(current, following[:-1])
    if least == deepest or not deepest:
        return deepest
    if is_credit(unmarked.text) or _END_OF_CLAUSE.match(unmarked.text) or unmarked.inset:
        return least
    leads_in = _is_caption(before) or before.rstrip().endswith(_OPEN)
    amid = len(following) == deepest and least == deepest - 1 and following[-1].kind == current[-1].kind
    first, last = _within(unmarked.indent, edges, deepest)
    goes_on = unmarked.text[:1].islower()
    # Words that go on with a sentence and stand further left than an item with a dash at its end go on with the list's.
    if leads_in and not (last < deepest and goes_on):
        return deepest
    if goes_on:  # beside an item they may be its own or, where a page moves list and all, those of the list
        first = min(first, deepest - 1)
    if unmarked.kind in ("table_row", "table_header"):
        return deepest
    if amid:
        list_of = deepest
    elif (named := _named_level(unmarked.text, current)) is not None:
        list_of = min(named, deepest - 1)
    else:
        list_of = _unfinished(own, deepest - 1) if goes_on else deepest - 1
    return max(least, first, min(list_of, last))


def _within(indent: float | None, edges: Mapping[int, float], deepest: int) -> tuple[int, int]:
    """The first and the last level to which a block may belong by its left edge; all where that tells nothing.

    It is one level where each stands further right than the one that holds it. Among levels at one edge the text
    decides; the section may be one of them beside its outermost paragraphs, as its own text is not always there.
    """
    known = [(depth, edges[depth]) for depth in range(deepest + 1) if depth in edges]
    levels = [edge for depth, edge in known if depth]
    grows = all(one <= other for (_, one), (_, other) in zip(known, known[1:], strict=False))
    is_flat = deepest > 1 and len(set(levels)) == 1
    if indent is None or len(levels) < deepest or not grows or is_flat:
        return 0, deepest
    at = max((edge for _, edge in known if edge <= indent), default=None)
    if at is None:
        return 0, 0
    level = [depth for depth, edge in known if edge == at]
    return 0 if level[0] == known[0][0] else level[0], level[-1]


def _named_level(text: str, current: Sequence[Level]) -> int | None:
    """The level that a text says it is in: "under this subparagraph", "both subparagraphs (A) and (B)"."""
    kinds = [level.kind for level in current]
    match = _LEVEL.search(text)
    kind = _KINDS[match.group("level") or match.group("levels")] if match else ""
    if not match or kind not in kinds:
        return None
    return kinds.index(kind) + (1 if match.group("level") else 0)


def _unfinished(own: Mapping[int, str], deepest: int) -> int:
    """The innermost level whose list was led in by a sentence that is not at its end."""
    for depth in range(deepest, -1, -1):
        if own.get(depth, "").endswith(_OPEN):
            return depth
    return deepest


def _is_caption(text: str) -> bool:
    """Tell whether a block is but a designator with its caption."""
    return is_line(text) and text.lstrip("[").startswith("(")


def _common(one: Sequence[Level], other: Sequence[Level]) -> int:
    """Number of levels from the outside in that two paths share."""
    count = 0
    for mine, yours in zip(one, other, strict=False):
        if (mine.kind, mine.token, mine.ordinal) != (yours.kind, yours.token, yours.ordinal):
            break
        count += 1
    return count
