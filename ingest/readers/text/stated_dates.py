"""Dates that a text states of itself: since when it is in force, and until when.

Only dates of effect, issue and revision say since when. Days of expiry say until when; days of review, comment,
signature or birth, and dates of other documents, say neither.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from ingest.readers.text.dates import DATE, parse_date

_BEGINS = r"(?:^|(?<=[\n(|\u2022])\s*|(?<=[.;:] ))"
_DOCUMENTS = (
    "rule|regulations?|policy|directive|order|guidance|notice|instructions?|memorandum|manual|ordinance|form|amendments?|document"
    "|circular|bulletin|act|law|statute|proclamation|standard|procedure|interim final rule|final rule|temporary rule"
)
_SUBJECT = rf"(?:this(?:\s+[\w-]+){{0,4}}?|the(?:\s+present)?\s+(?:{_DOCUMENTS}))\s+"
_LINK = r"\s*:?\s*(?:on|as of|from|beginning(?: on)?|starting(?: on)?)?\s*:?\s*(?:and after\s+)?"
_BE = r"(?:(?:is|are|was|becomes?|became|(?:shall|will) (?:be(?:come)?))\s+)"
_LABELS = {
    "effect": r"(?:effective\s+date(?:\s+of\s+(?:this|the)\s+\w+)?|date\s+effective|effective"
    r"|in\s+(?:force|effect)\s+(?:since|from))",
    "revision": r"(?:(?:last\s+|date\s+)?revised(?:\s+as\s+of)?|(?:last\s+)?revision(?:\s+date)?|(?:last\s+)?amended"
    r"|reissued)",
    "issue": r"(?:issue(?:d|\s+date)?|issuance(?:\s+date)?|date\s+(?:issued|of\s+issue|of\s+issuance)"
    r"|(?:form|edition)\s+date|edition)",
    "expiry": r"(?:expir(?:y|ation)(?:\s+date)?|expires|expired|date\s+of\s+expir(?:y|ation)|sunset(?:\s+date)?"
    r"|valid\s+(?:until|to|through|thru)|in\s+(?:force|effect)\s+(?:until|through))",
}
_SENTENCES = {
    "effect": rf"{_SUBJECT}(?:{_BE}effective|(?:(?:shall|will)\s+)?(?:takes?|took)\s+effect"
    rf"|(?:(?:shall|will)\s+)?(?:comes?|came|enters?|entered)\s+into\s+(?:effect|force)|(?:has|have)\s+been\s+in\s+(?:effect|force)(?:\s+since)?)",
    "issue": rf"{_SUBJECT}{_BE}issued",
    "revision": rf"{_SUBJECT}{_BE}(?:last\s+)?revised",
    "expiry": rf"{_SUBJECT}(?:(?:shall|will)\s+)?(?:expires?|ends?|terminates?|sunsets?"
    r"|ceases?(?:\s+to\s+(?:have|be\s+in)\s+(?:effect|force))?|(?:remains?|is|are|be|stays?|continues?)\s+(?:valid|in\s+(?:effect|force)|effective)(?=\s+(?:until|through)))"
    r"(?:\s+(?:at\s+the\s+end\s+of|until|through|thru))?",
}
_LOOKS = tuple(
    (kind, re.compile(pattern, re.IGNORECASE | re.MULTILINE))
    for kind, label in _LABELS.items()
    for pattern in (
        rf"\b{label}\s*[:\u2013\u2014|]\s*(?P<date>{DATE})",  # a label with a colon is one wherever it stands
        rf"{_BEGINS}{label}{_LINK}(?P<date>{DATE})",
        rf"\b{_SENTENCES[kind]}{_LINK}(?P<date>{DATE})",
    )
)
_RANGE = re.compile(
    rf"\b(?:effective|valid|in\s+(?:effect|force)){_LINK}(?P<date>{DATE})\s*(?:,\s*)?(?:through|thru|until|to|-|\u2013|\u2014)\s*(?P<end>{DATE})",
    re.IGNORECASE,
)
_PLAIN = re.compile(rf"^\s*date\s*:\s*(?P<date>{DATE})\s*$", re.IGNORECASE | re.MULTILINE)
_NOT_BEFORE = re.compile(
    r"\b(?:next|comments?|not|never|until|unless|birth|born|closing|cut-?off|due|review|reviewed|signed|and)\s*$"
    r"|\b(?:supersed|replac|cancel|rescind|revok|repeal)\w*\b[^.;\n]{0,80}$"
    # A part of a document may come into force on another day than the rest.
    r"|\bamendments?\s+made\s+by\s*$"
    r"|\b(?:sections?|paragraphs?|sub(?:section|paragraph|title|part)s?|clauses?|titles?|parts?|divisions?)\s+[\w().-]+"
    r"(?:\s*(?:,|and|or|through)\s*[\w().-]+){0,4}\s+of\s*$",
    re.IGNORECASE,
)
_NOT_EXPIRY = re.compile(
    r"\bOMB\b[^\n]{0,60}\n?[^\n]{0,60}$|\b"
    r"(?:card|visa|passport|permit|licen[cs]e|registration|certificate|approval|contract|control number)\s*$",
    re.IGNORECASE,
)
_OTHER = re.compile(
    r"\b(?:replac|supersed|cancel|rescind|revok|former|prior|previous|comment|period|card|visa|permit|licen[cs]e|review|meeting|registration"
    r"|certificate)",
    re.IGNORECASE,
)
_OPENING = 20_000  # characters; a document says what it is before them. Set by hand, not measured
_THROUGH = re.compile(r"\b(?:through|thru)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class StatedDates:
    """Dates of a document.

    Attributes:
        effective_from: First day of force, None when it states none.
        effective_to: First day on which it is no longer in force, None when it states none.
    """

    effective_from: date | None = None
    effective_to: date | None = None


def find_dates(text: str) -> StatedDates:
    """The dates that a document states of itself.

    Args:
        text: Its opening, each block on a line of its own.
    """
    found: dict[str, list[date]] = {}
    for kind, day in _found(text[:_OPENING]):
        found.setdefault(kind, []).append(day)
    starts = [found[kind][0] for kind in ("effect", "revision") if kind in found]
    start = max(starts) if starts else next((found[kind][0] for kind in ("issue", "date") if kind in found), None)
    end = found["expiry"][0] if "expiry" in found else None
    # A day of expiry before the first day of force belongs to something else.
    return StatedDates(start, end if end is None or start is None or end > start else None)


def _found(text: str) -> Iterator[tuple[str, date]]:
    taken: set[int] = set()
    for match in _RANGE.finditer(text):
        if not _NOT_BEFORE.search(text[: match.start()]):
            taken.update((match.start("date"), match.start("end")))
            yield from _dated("effect", match["date"], match)
            yield from _dated("expiry", match["end"], match)
    for kind, look in _LOOKS:
        for match in look.finditer(text):
            before = text[max(match.start() - 200, 0) : match.start()]
            is_other = _NOT_BEFORE.search(before) or (kind == "expiry" and _NOT_EXPIRY.search(before))
            if match.start("date") in taken or is_other or _OTHER.search(match.group()):
                continue
            taken.add(match.start("date"))
            yield from _dated(kind, match["date"], match)
    for match in _PLAIN.finditer(text):
        if match.start("date") not in taken:
            yield from _dated("date", match["date"], match)


def _dated(kind: str, text: str, match: re.Match[str]) -> Iterator[tuple[str, date]]:
    day = parse_date(text)
    if day is None:
        return
    if kind == "expiry" and _THROUGH.search(match.group()):
        day += timedelta(days=1)  # in force on that day still
    yield kind, day
