"""Citations relative to the text around them: ``paragraph (d)(3) of this section``, ``clause (ii)``.

What is not certain is left out: a missing link misleads less than a wrong one.
"""

import re
from dataclasses import replace

from citations import patterns as look
from citations.designators import kind_at, kinds_of
from citations.numbers import designators, ended, spread
from citations.records import BARE, MANUAL, Found, LegalCitation, Mention
from citations.sections import read_coded, read_signed

# The Code's hierarchy and its designators: subsection (a), paragraph (1), subparagraph (A), clause (i), subclause
# (I), item (aa) (House Legislative Counsel's Manual on Drafting Style). The CFR calls every level "paragraph".
_LEVELS = ("subsection", "paragraph", "subparagraph", "clause", "subclause", "item")
_KINDS = ("a", "1", "A", "i", "I", "aa")
_STATUTES = ("U.S.C.", "INA", "TVPA")
_AMBIGUOUS = re.compile(r"[ivxl]+")


def scan_levels(plain: str, within: LegalCitation | None, claimed: bytearray) -> Found:
    """Paragraphs named by their level, in this section or in another that is named behind them."""
    for match in look.LEVELLED.finditer(plain):
        mention = None if claimed[match.start()] else _levelled(plain, match, within)
        if mention:
            yield match.start(), mention


def scan_this_section(plain: str, within: LegalCitation | None, claimed: bytearray) -> Found:
    """``this section``, in the text of a section."""
    if within is None or not within.is_section or not within.code.endswith(("CFR", *_STATUTES)):
        return
    for match in look.THIS_SECTION.finditer(plain):
        whole = replace(_section(within), start=match.start(), end=match.end())
        yield match.start(), Mention((whole,), match.end())


def scan_relative_manual(plain: str, within: LegalCitation | None, claimed: bytearray) -> Found:
    """``Chapter 2, Eligibility Requirements, Section C`` in the text of the Policy Manual."""
    if within is None or not within.code.endswith(MANUAL):
        return
    for match in look.MANUAL_RELATIVE.finditer(plain):
        if look.BRACKETED.match(plain, match.end()):
            continue  # the bracket behind the words says the same, and exactly
        part = match.group("part") or within.number[0]
        path = [one for one in (match.group("letter"), match.group("item")) if one]
        number = f"{part}.{match.group('chapter')}"
        if match.group("alone"):
            number = within.number
            path = [one for one in (match.group("alone"), match.group("part_of")) if one]
        if "." in number:
            found = LegalCitation(within.code, number, tuple(path), "", match.start(), match.end())
            yield match.start(), Mention((found,), match.end())


def _levelled(plain: str, match: re.Match[str], within: LegalCitation | None) -> Mention | None:
    level = match.group("level").lower().removesuffix("s")
    head = look.PATH_ONLY.match(plain, match.end())
    if not head:
        return None
    kind = _KINDS[_LEVELS.index(level)] if level != "paragraph" else ""
    first = LegalCitation(BARE, "", designators(head.group("path")), "", match.start(), head.end())
    members = spread(plain, first, kind=kind)
    base, end = _holder(plain, members[-1].end, within)
    if base is None and end == members[-1].end:
        base = _this(level, first.path, within) if match.group("this") else _implied(level, first.path, within)
    also = look.ALSO.match(plain, end) or look.RANGE.match(plain, end)
    if base is None or (also and look.PATH_ONLY.match(plain, also.end())):
        return None  # a list that is not read to its end may go on to say of what it speaks
    found = [replace(base, path=base.path + one.path, footnote="", start=one.start, end=one.end) for one in members]
    return Mention(tuple(ended(found, end)), end)


def _holder(plain: str, end: int, within: LegalCitation | None, depth: int = 0) -> tuple[LegalCitation | None, int]:
    """The provision that "of …" behind paragraphs names, and where that ends; one step for each level at most.

    Returns:
        (None, end) when nothing follows; (None, further on) when what follows cannot be resolved.
    """
    behind = look.OF.match(plain, end)
    if not behind:
        return None, end
    at = behind.end()
    if this := look.THIS_LEVEL.match(plain, at):
        return _prefix(this.group("level").lower(), within), this.end()
    if coded := look.CODED.match(plain, at):
        mention = read_coded(plain, coded)
        return _only(mention), mention.end if mention else at
    if signed := look.SIGNED.match(plain, at):
        mention = read_signed(plain, at, signed.end(), signed.group("sign"), within)
        return _only(mention), mention.end if mention else at
    level = look.LEVEL_OF.match(plain, at) if depth < len(_LEVELS) else None
    if level:
        inner, further = _holder(plain, level.end(), within, depth + 1)
        path = designators(level.group("path"))
        if inner is None and further == level.end():
            inner = _implied(level.group("level").lower(), path, within)
        return (replace(inner, path=inner.path + path) if inner else None), further
    return (None, at) if look.SUCH_LEVEL.match(plain, at) else (None, end)


def _only(mention: Mention | None) -> LegalCitation | None:
    return mention.citations[0] if mention and len(mention.citations) == 1 else None


def _section(within: LegalCitation) -> LegalCitation:
    return replace(within, path=(), footnote="")


def _prefix(level: str, within: LegalCitation | None) -> LegalCitation | None:
    """This section, or the part of it at a level that the text around stands in."""
    if within is None or not within.is_section or not within.code.endswith(("CFR", *_STATUTES)):
        return None
    if level == "section":
        return _section(within)
    depth = _depth(level, within)
    known = depth is not None and len(within.path) > depth
    return replace(_section(within), path=within.path[: depth + 1]) if known and depth is not None else None


def _this(level: str, path: tuple[str, ...], within: LegalCitation | None) -> LegalCitation | None:
    """The provision around "this paragraph (c)": the text around stands in it, which tells where it is."""
    if within is None or not within.is_section or not within.code.endswith(("CFR", *_STATUTES)):
        return None
    positions = [n for n in range(len(within.path)) if within.path[n] == path[0]]
    if len(positions) != 1:
        return None
    return replace(_section(within), path=within.path[: positions[0]])


def _implied(level: str, path: tuple[str, ...], within: LegalCitation | None) -> LegalCitation | None:
    """The provision around paragraphs that stand alone; None when that is not certain."""
    if within is None or not within.is_section:
        return None
    if within.code.endswith("CFR"):
        # The CFR writes the whole path behind the word; a lone numeral may stand at two levels.
        lone = len(path) == 1 and bool(_AMBIGUOUS.fullmatch(path[0]))
        return _section(within) if level == "paragraph" and "a" in kinds_of(path[0]) and not lone else None
    if not within.code.endswith(_STATUTES):
        return None
    if level == "subsection":
        return _section(within) if "a" in kinds_of(path[0]) else None
    depth = _depth(level, within)
    if depth is None or depth > len(within.path) or _KINDS[_LEVELS.index(level)] not in kinds_of(path[0]):
        return None
    return replace(_section(within), path=within.path[:depth])


def _depth(level: str, within: LegalCitation) -> int | None:
    """Index of a level in the path of the text around, 0-based; None when its path is of another shape.

    Sections without subsections begin with paragraphs.
    """
    if not within.path or within.code.endswith("CFR"):
        return None
    begin = 0 if kind_at(within.path, 0) == "a" else 1 if kind_at(within.path, 0) == "1" else None
    if begin is None:
        return None
    shape = tuple(kind_at(within.path, n) for n in range(len(within.path)))
    if shape != _KINDS[begin : begin + len(shape)]:
        return None
    depth = _LEVELS.index(level) - begin
    return depth if depth >= 0 else None
