"""The citations of a draft: in any form of the parser, and those that lean on an earlier one ("Id.")."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from citations.parse import BARE, NOTE, LegalCitation, parse_citations
from drafts.checking.citing.acts import Acts
from drafts.checking.citing.broken import carried_on, joined
from drafts.checking.citing.leaning import FORMS, leaning
from drafts.checking.citing.owners import Owner, owner_of
from drafts.checking.citing.trailing import trailing
from drafts.checking.quoting.asides import numbered
from drafts.checking.quoting.quotations import Quotation
from drafts.records import DraftPart
from pinpoint.stopping import stop_if_asked

DECISION = "A decision in a reporter is not looked up; only what has sections is."
_CASE = re.compile(
    r"(?:(?:Matter|Estate|In\sre)\s(?:of\s)?[A-Z][\w.&'\u2019-]*(?:\s[A-Z&][\w.&'\u2019-]*){0,6},?\s|"
    r"[A-Z][\w.&'\u2019-]*(?:\s(?:[A-Z&][\w.&'\u2019-]*|of|the|and|for)){0,6}\sv\.\s[A-Z][\w.&'\u2019-]*"
    r"(?:\s(?:[A-Z&][\w.&'\u2019-]*|of|the|and|for)){0,6},\s)?"
    r"\b\d{1,4}\s(?:I\.?\s?&\s?N\.?\s?Dec\.?|U\.\s?S\.|S\.\s?Ct\.|L\.\s?Ed\.(?:\s?2d)?|F\.\s?(?:2d|3d|4th)|"
    r"F\.\s?Supp\.(?:\s?[23]d)?|Fed\.\s?Appx\.|F\.\s?App\u2019?'?x)\s\d{1,5}"
    r"(?:,\s\d{1,5}(?:[-\u2013]\d{1,5})?)?(?:\s?\([^()]{2,40}\))?"
)
"""A decision in a reporter."""
_RANGE = re.compile(r"\s*(?:[-\u2010-\u2015]{1,2}|to|through|thru)\s*(?:\u00a7{1,2}\s*)?", re.IGNORECASE)
"""What stands between the two ends of a range."""
_ID_BEFORE = re.compile(r"[*_]{0,2}\b(?:Id|Ibid)\.[*_]{0,2},?\s{0,2}(?:at\s)?$", re.IGNORECASE)
_ID_REACH = 16
"""Characters before a section in which an "Id." is looked for that belongs to it. Set by hand."""
_SIGN = re.compile(r"\u00a7|sections?\s|secs?\.\s", re.IGNORECASE)
"""How a citation begins that does not begin with its code."""
_LISTED = re.compile(r"(?:\s*(?:,|;|&|and|or)\s*)+(?:\u00a7{1,2}\s*)?", re.IGNORECASE)
"""What stands between the numbers of a list."""
_STRING = re.compile(
    r"(?:[\s,;&]|\([^()]*\)|\b(?:see|also|and|or|cf|accord|compare|with|e\.g|generally)\b\.?)*", re.IGNORECASE
)
"""What stands between the citations of a string: "; see also"."""
_BASES = 12
"""Citations of a string for which "Id." may stand. Set by hand; not measured."""
_END = 2**31
"""Behind the end of every part."""


@dataclass(frozen=True, slots=True)
class CitedHere:
    """A citation in a draft.

    Attributes:
        part: Number of the part in which it stands.
        start: Where, half-open.
        end: See ``start``.
        text: As it stands there.
        named: What it names, completed from what was cited before it: one, or all of a range; () for what is not
            looked up.
        reason: Why it is not looked up; "" where it is.
        relative: Whether it was completed from an earlier one.
        quoted: Whether it stands within a quotation.
        year: Of the edition that it names; 0 for none.
        others: What it may name besides, where it leans on several citations of one string or note.
        onward: Whether it says "et seq.": the sections behind it are cited too.
    """

    part: int
    start: int
    end: int
    text: str
    named: tuple[LegalCitation, ...] = ()
    reason: str = ""
    relative: bool = False
    quoted: bool = False
    year: int = 0
    others: tuple[LegalCitation, ...] = ()
    onward: bool = False


def find_citations(
    parts: Sequence[DraftPart], quotations: Sequence[Quotation] = (), acts: Acts | None = None
) -> list[CitedHere]:
    """Every citation of a draft, in order.

    Args:
        parts: The draft.
        quotations: Its quotations: what is cited within one is no citation of the draft that "Id." could stand for.
        acts: Acts that are cited by their titles.
    """
    spans: dict[int, list[tuple[int, int]]] = {}
    for quotation in quotations:
        for number in range(quotation.part, quotation.last_part + 1):
            first = quotation.start if number == quotation.part else 0
            spans.setdefault(number, []).append((first, quotation.last_end if number == quotation.last_part else _END))
    found: list[CitedHere] = []
    last: dict[str, tuple[LegalCitation, ...]] = {}
    before: DraftPart | None = None
    for part in parts:
        # A note leans on the note before it, the text on the text.
        story = "note" if part.story == "note" else "text"
        reader = _Reader(part, spans.get(part.number, ()), acts or Acts(()))
        here = reader.read(last.get(story, ()))
        if before is not None and before.story == part.story:
            here = _carried_on(before, found, part, here)
        before = part
        found += here
        if any(map(_can_be_leaned_on, here)):
            last[story] = _bases(part, here)
    return found


def _carried_on(before: DraftPart, found: list[CitedHere], part: DraftPart, here: list[CitedHere]) -> list[CitedHere]:
    """The citations of a part whose first one may be the end of a number that the part before broke off."""
    last = found[-1] if found and found[-1].part == before.number else None
    if last is None or len(last.named) != 1:
        return here
    end = carried_on(last.text, before.text[last.end :], last.named[0], part.text)
    if end is None:
        return here
    found[-1] = replace(last, named=(end.named,))
    said = "It is the end of the number that the paragraph before begins."
    return [replace(one, named=(), reason=said) if one.start < end.end else one for one in here]


def _bases(part: DraftPart, found: Sequence[CitedHere]) -> tuple[LegalCitation, ...]:
    """What "Id." behind some citations may stand for, the last one first: all of a note, or of one string."""
    whole = sorted((one for one in found if _can_be_leaned_on(one)), key=lambda one: one.start)
    bases: list[LegalCitation] = []
    behind: CitedHere | None = None
    for one in reversed(whole):
        if len(bases) >= _BASES:
            break
        if behind and part.story != "note" and not _STRING.fullmatch(part.text, one.end, behind.start):
            break
        bases += (one.named[-1], *one.others)
        behind = one
    return tuple(dict.fromkeys(bases[:_BASES]))


def _can_be_leaned_on(citation: CitedHere) -> bool:
    return bool(citation.named) and citation.named[-1].code != NOTE and not citation.quoted


class _Reader:
    """Reads the citations of one part."""

    def __init__(self, part: DraftPart, quoted: Sequence[tuple[int, int]], acts: Acts) -> None:
        self._part, self._quoted, self._acts = part, quoted, acts
        self._claimed = bytearray(len(part.text) + 1)
        self._found: list[CitedHere] = []

    def read(self, last: Sequence[LegalCitation]) -> list[CitedHere]:
        """The citations in their order; ``last`` are those before them on which "Id." may lean, the nearest first."""
        text = self._part.text
        for match in _CASE.finditer(text):
            self._add(match.start(), match.end(), (), DECISION)
        for act in self._acts.cited(text):
            self._add(act.start, act.end, (act,))
        owner: Owner | None = None
        behind = 0
        for start, end, named in _ranges(text):
            stop_if_asked()
            if named[0].code == BARE:
                listed = owner if owner and _LISTED.fullmatch(text, behind, start) else None
                owner = owner_of(text, start, end, named[0].number) or listed
            else:
                # The code of another one in a list is not that of a number behind the name of its own act.
                own = owner_of(text, start, end, named[0].number) if _SIGN.match(text, start) else None
                owner = own if own and own.start < start else None
            self._add_read(start, end, named, owner)
            behind = end
        for act in self._acts.named(text):
            self._add(act.start, act.end, (act,))
        for form in FORMS:
            for match in form.finditer(text):
                stop_if_asked()
                self._lean(match, last)
        return sorted(self._found, key=lambda one: one.start)

    def _add_read(self, start: int, end: int, named: tuple[LegalCitation, ...], owner: Owner | None) -> None:
        """Add a citation that the parser read, with what stands beside it."""
        text = self._part.text
        if numbered(text, start, named[0]):
            self._add(start, end, (), "It is a number of something else.")
        elif owner and not owner.name:
            self._add(start, end, (), "It is a section of the draft itself, or of what is attached to it.")
        elif owner:
            first, last = min(start, owner.start), max(end, owner.end)
            if self._claimed.find(1, first, last) >= 0:
                first, last = start, end
            self._add(first, last, tuple(_of_law(one, owner.name) for one in named))
        else:
            before = _ID_BEFORE.search(text, max(start - _ID_REACH, 0), start)
            tail = trailing(text, end, named[-1])
            reason = tail.reason
            if tail.named is not None:
                named = (*named[:-1], tail.named)
            first = before.start() if before else start
            named = () if reason else named
            self._add(first, max(end, tail.end), named, reason, year=tail.year, onward=tail.onward)

    def _add(
        self,
        start: int,
        end: int,
        named: tuple[LegalCitation, ...],
        reason: str = "",
        *,
        relative: bool = False,
        year: int = 0,
        others: tuple[LegalCitation, ...] = (),
        onward: bool = False,
    ) -> None:
        """Add a citation, unless some of it was read as another."""
        if self._claimed.find(1, start, end) < 0:
            self._claimed[start:end] = b"\x01" * (end - start)
            quoted = any(first <= start and end <= behind for first, behind in self._quoted)
            text = self._part.text[start:end]
            self._found.append(
                CitedHere(self._part.number, start, end, text, named, reason, relative, quoted, year, others, onward)
            )

    def _lean(self, match: re.Match[str], last: Sequence[LegalCitation]) -> None:
        """Add a citation that leans on the one before it; one within a quotation leans on what is not quoted."""
        start, end = match.start(), match.start() + len(match.group().rstrip())
        if any(first <= start and end <= behind for first, behind in self._quoted):
            return
        before = [one for one in self._found if one.end <= start and _can_be_leaned_on(one)]
        bases = _bases(self._part, before) if before else last
        if not bases:
            self._add(start, end, (), "Nothing is cited before it that it could lean on.", relative=True)
        else:
            named, *others = (replace(leaning(match, base), start=start, end=end) for base in bases)
            others = others if match.re is FORMS[0] else []
            self._add(start, end, (named,), relative=True, others=tuple(others))


def _of_law(citation: LegalCitation, law: str) -> LegalCitation:
    """A section without a code as one of a law that is cited by its name."""
    return replace(citation, code=f"{law},", number=f"sec. {citation.number}")


def _ranges(text: str) -> list[tuple[int, int, tuple[LegalCitation, ...]]]:
    """What the parser reads, the ends of a range and what stands between them as one."""
    by_span: dict[tuple[int, int], list[LegalCitation]] = {}
    for citation in parse_citations(text):
        by_span.setdefault((citation.start, citation.end), []).append(citation)
    found: list[tuple[int, int, tuple[LegalCitation, ...]]] = []
    for (start, end), named in by_span.items():
        whole = joined(text, found[-1], (start, end, tuple(named))) if found else None
        if whole:
            found[-1] = (found[-1][0], end, (whole,))
        elif found and _RANGE.fullmatch(text, found[-1][1], start):
            first, _, before = found.pop()
            found.append((first, end, (*before, *named)))
        else:
            found.append((start, end, tuple(named)))
    return found
