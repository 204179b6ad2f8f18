"""Citations that lean on the one before them: "Id.", "id. at (c)(2)", "paragraph (b) of that section"."""

import re
from dataclasses import replace

from citations.designators import kind_at, kinds_of, placed
from citations.parse import LegalCitation

_ID = re.compile(
    r"[*_]{0,2}\b(?:Id|Ibid|id|ibid)\.[*_]{0,2}"
    r"(?:,?\s(?:at\s)?(?P<rest>(?:\u00a7{1,2}\s?)?[\w.-]*(?:\s?\(\w{1,5}\)){1,8}|\u00a7{1,2}\s?\d[\w.-]*))?"
)
_RELATIVE = re.compile(
    r"\b(?:sub)?(?:paragraphs?|sections?|clauses?|items?)\s(?P<path>(?:\(\w{1,5}\)\s?){1,8})"
    r"(?P<of>\s?(?:of\s(?:that|this|the\ssame|such)\s(?:section|rule|regulation|paragraph|statute))?)",
    re.IGNORECASE,
)
FORMS = (_ID, _RELATIVE)
_ONE = re.compile(r"\((\w{1,5})\)")
_SECTION = re.compile(r"(?:\u00a7{1,2}\s?)?(\d[\w.-]*)")


def leaning(match: re.Match[str], before: LegalCitation) -> LegalCitation:
    """What a citation names that leans on another.

    Args:
        match: Of one of ``FORMS``.
        before: What was cited before it.
    """
    named = match.groupdict()
    if path := named.get("path"):
        return _completed(before, tuple(_ONE.findall(path)))
    rest = named.get("rest") or ""
    section = _SECTION.match(rest)
    if section:
        number = section.group(1).rstrip(".")
        return replace(before, number=number, path=tuple(_ONE.findall(rest)), footnote="")
    return _completed(before, tuple(_ONE.findall(rest))) if rest else before


def _completed(before: LegalCitation, path: tuple[str, ...]) -> LegalCitation:
    """The citation before with a path in its own, at the level at which its first designator stands."""
    found = placed(before.path, path) if before.path else path
    if not found:
        below = (*before.path, *path)
        found = below if kind_at(below, len(before.path)) in kinds_of(path[0]) else path
    return replace(before, path=found, footnote="")
