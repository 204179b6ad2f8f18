"""The citations of a draft: in any form of the parser, and those that lean on an earlier one: "Id.", "paragraph (b)"."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from citations.designators import kind_at, kinds_of, placed
from citations.parse import NOTE, LegalCitation, parse_citations
from drafts.checking.acts import Acts
from drafts.checking.asides import numbered
from drafts.checking.quotations import Quotation
from drafts.records import DraftPart

_CASE = re.compile(
    r"(?:(?:Matter|Estate|In\sre)\s(?:of\s)?[A-Z][\w.&'\u2019-]*(?:\s[A-Z&][\w.&'\u2019-]*){0,6},?\s|"
    r"[A-Z][\w.&'\u2019-]*(?:\s(?:[A-Z&][\w.&'\u2019-]*|of|the|and|for)){0,6}\sv\.\s[A-Z][\w.&'\u2019-]*"
    r"(?:\s(?:[A-Z&][\w.&'\u2019-]*|of|the|and|for)){0,6},\s)?"
    r"\b\d{1,4}\s(?:I\.?\s?&\s?N\.?\s?Dec\.?|U\.\s?S\.|S\.\s?Ct\.|L\.\s?Ed\.(?:\s?2d)?|F\.\s?(?:2d|3d|4th)|"
    r"F\.\s?Supp\.(?:\s?[23]d)?|Fed\.\s?Appx\.|F\.\s?App\u2019?'?x)\s\d{1,5}"
    r"(?:,\s\d{1,5}(?:[-\u2013]\d{1,5})?)?(?:\s?\([^()]{2,40}\))?"
)
"""A decision in a reporter."""
_ID = re.compile(
    r"\b(?:Id|Ibid|id|ibid)\.(?:,?\s(?:at\s)?(?P<rest>(?:\u00a7{1,2}\s?)?[\w.-]*(?:\s?\(\w{1,5}\)){1,8}|\u00a7{1,2}\s?\d[\w.-]*))?"
)
_RELATIVE = re.compile(
    r"\b(?:sub)?(?:paragraphs?|sections?|clauses?|items?)\s(?P<path>(?:\(\w{1,5}\)\s?){1,8})"
    r"(?P<of>\s?(?:of\s(?:that|this|the\ssame|such)\s(?:section|rule|regulation|paragraph|statute))?)",
    re.IGNORECASE,
)
_END = 2**31
"""Behind the end of every part."""
_ONE = re.compile(r"\((\w{1,5})\)")


@dataclass(frozen=True, slots=True)
class CitedHere:
    """A citation in a draft.

    Attributes:
        part: Number of the part in which it stands.
        start: Where, half-open.
        end: See ``start``.
        text: As it stands there.
        named: What it names, completed from what was cited before it; () for what is not looked up.
        reason: Why it is not looked up; "" where it is.
        relative: Whether it was completed from an earlier one.
    """

    part: int
    start: int
    end: int
    text: str
    named: tuple[LegalCitation, ...] = ()
    reason: str = ""
    relative: bool = False


def find_citations(
    parts: Sequence[DraftPart], quotations: Sequence[Quotation] = (), acts: Acts | None = None
) -> list[CitedHere]:
    """Every citation of a draft, in order.

    Args:
        parts: The draft.
        quotations: Its quotations: what is cited within one is no citation of the draft that "Id." could stand for.
        acts: Acts that are cited by their titles.
    """
    acts = acts or Acts(())
    spans: dict[int, list[tuple[int, int]]] = {}
    for quotation in quotations:
        for number in range(quotation.part, quotation.last_part + 1):
            first = quotation.start if number == quotation.part else 0
            spans.setdefault(number, []).append((first, quotation.last_end if number == quotation.last_part else _END))
    found: list[CitedHere] = []
    last: dict[str, LegalCitation] = {}
    for part in parts:
        # A note leans on the note before it, the text on the text.
        story = "note" if part.story == "note" else "text"
        here = _in_part(part, last.get(story), spans.get(part.number, ()), acts)
        found += here
        whole = [one.named[-1] for one in here if _can_be_leaned_on(one, spans.get(part.number, ()))]
        if whole:
            last[story] = whole[-1]
    return found


def _can_be_leaned_on(citation: CitedHere, quoted: Sequence[tuple[int, int]]) -> bool:
    inside = any(start <= citation.start and citation.end <= end for start, end in quoted)
    return bool(citation.named) and citation.named[-1].code != NOTE and not inside


def _in_part(
    part: DraftPart, last: LegalCitation | None, quoted: Sequence[tuple[int, int]], acts: Acts
) -> list[CitedHere]:
    text = part.text
    by_span: dict[tuple[int, int], list[LegalCitation]] = {}
    for citation in parse_citations(text):
        by_span.setdefault((citation.start, citation.end), []).append(citation)
    claimed = bytearray(len(text) + 1)
    found = []
    for match in _CASE.finditer(text):
        start, end = match.span()
        claimed[start:end] = b"\x01" * (end - start)
        reason = "A decision in a reporter; only what has sections is looked up."
        found.append(CitedHere(part.number, start, end, match.group(), (), reason))
    for act in acts.cited(text):
        if claimed.find(1, act.start, act.end) < 0:
            claimed[act.start : act.end] = b"\x01" * (act.end - act.start)
            found.append(CitedHere(part.number, act.start, act.end, text[act.start : act.end], (act,)))
    for (start, end), named in by_span.items():
        if claimed.find(1, start, end) < 0:
            claimed[start:end] = b"\x01" * (end - start)
            reason = "It is a number of something else." if numbered(text, start, named[0]) else ""
            found.append(CitedHere(part.number, start, end, text[start:end], () if reason else tuple(named), reason))
    found.sort(key=lambda one: one.start)
    for pattern in (_ID, _RELATIVE):
        for match in pattern.finditer(text):
            start, end = match.span()
            if claimed.find(1, start, end) < 0:
                claimed[start:end] = b"\x01" * (end - start)
                before = [one for one in found if one.end <= start and _can_be_leaned_on(one, quoted)]
                found.append(_leaning(part, match, before[-1].named[-1] if before else last))
                found.sort(key=lambda one: one.start)
    return found


def _leaning(part: DraftPart, match: re.Match[str], before: LegalCitation | None) -> CitedHere:
    """A citation that leans on the one before it."""
    end = match.start() + len(match.group().rstrip())
    text = part.text[match.start() : end]
    if before is None:
        return CitedHere(part.number, match.start(), end, text, (), "Nothing is cited before it that it could lean on.")
    rest = match.group("rest") if "rest" in match.re.groupindex else None
    if "path" in match.re.groupindex:
        path = tuple(_ONE.findall(match.group("path")))
        named = _completed(before, path)
    elif rest and (number := re.match(r"(?:\u00a7{1,2}\s?)?(\d[\w.-]*)", rest)):
        named = replace(before, number=number.group(1).rstrip("."), path=tuple(_ONE.findall(rest)), footnote="")
    elif rest:
        named = _completed(before, tuple(_ONE.findall(rest)))
    else:
        named = before
    named = replace(named, start=match.start(), end=end)
    return CitedHere(part.number, match.start(), end, text, (named,), relative=True)


def _completed(before: LegalCitation, path: tuple[str, ...]) -> LegalCitation:
    """The citation before with a path in its own, at the level at which its first designator stands."""
    found = placed(before.path, path) if before.path else path
    if not found:
        below = (*before.path, *path)
        found = below if kind_at(below, len(before.path)) in kinds_of(path[0]) else path
    return replace(before, path=found, footnote="")
