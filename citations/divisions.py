"""Citations of what belongs to a part of the regulations but to none of its sections: appendices and comments.

``12 CFR Part 1005, Appendix A (a)``, ``12 CFR Part 1005, Appendix A, A-7(b)``, ``29 CFR 1910.1001, Appendix A``,
``12 CFR Part 1026, Supplement I, comment 36(b)-1``, and ``comment 36(b)-1`` where the part is not said.
"""

import re

from citations import patterns as look
from citations.numbers import designators
from citations.records import APPENDIX_KINDS, BARE, COMMENT, Found, LegalCitation, Mention
from citations.section_numbers import PART_NUMBER, POINTED

_I = re.IGNORECASE | re.ASCII
_OF = r"(?:,?\s(?:to|of|in|for)\s(?:the\s)?|,\s)"
_PART = r"(?:parts\s(?!\d{1,4}[a-z]?-\d)|part\s|pt\.?\s)"  # "parts 2-9" are several
_TITLE = rf"(?:title\s)?(?P<title>\d{{1,2}})\s{{0,2}}{look.CFR}"
_KIND = (
    r"(?:(?P<appendix>App(?:endix|x\.?|\.)?)|(?P<supplement>Supp(?:lement|l?\.?))|(?P<annex>Annex)|(?P<schedule>Sched(?:ule|\.))"
    r"|(?P<exhibit>Exh(?:ibit|\.))|(?P<attachment>Attachment)|(?P<addendum>Addendum)|(?P<table>Table))\s{1,2}"
    r"(?P<mark>(?-i:[IVX]{1,5}-[A-Z]|[A-Z]{1,2}(?:-\d{1,3})?|[IVX]{1,5})|\d{1,3}(?-i:[A-Z])?)(?![\w-])"
)
_KINDS = ("appendix", "supplement", "annex", "schedule", "exhibit", "attachment", "addendum", "table")
_UNMARKED = rf"(?P<unmarked>{APPENDIX_KINDS})"
"""The only one of a part: "Appendix to Part 102"."""
_BEHIND_SECTION = r"(?:Alt(?:ernate|\.)\s(?P<alternate>(?-i:[IVX]{1,5}))(?![\w-])|(?P<note>Effective\sDate\sNote)s?\b)"
_FORM = (
    r"(?:(?:,\s?|\s)(?:model\s)?(?:form\s|clauses?\s|sample\s)?(?P<form>(?-i:[A-Z]{1,2})-\d{1,3}(?-i:[A-Z])?)(?![\w-]))?"
    r"(?:,?\s{1,2}(?:section\s|item\s|paragraph\s|§\s?)?(?P<item>(?-i:[IVXL]{1,6}|[A-Z]|\d{1,2})(?:\.(?-i:[IVXL]{1,6}|[ivxl]{1,6}|[A-Za-z]|\d{1,3}))"
    r"{0,6})(?=[\s(,.;)]|$)(?!,?\s(?:to|of|CFR|U\.?S)))?"
)
_PATH = rf"(?:,?\s{{0,2}}(?:paragraphs?\s|para\.\s|§\s?)?(?P<path>{look.PATH}))?"
_KEY = r"(?:(?:app(?:endix|\.)?\s(?-i:[A-Z]{1,2}))|\d{1,4}[a-z]?(?:\([A-Za-z\d]{1,5}\)){0,7})"
_COMMENT = (
    rf"(?:official\s|staff\s)?(?:comments?|cmts?\.?|interpretations?)\s(?:(?P<part_first>\d{{3,4}})\.)?(?P<key>{_KEY})"
    r"(?P<number>-\d{1,3}(?:\.(?:[ivxl]{1,6}|(?-i:[A-Z])|\d{1,2})(?![A-Za-z\d])){0,5})?(?![\w-])"
)
_SUBPART = r"(?:,?\s(?:subpart|subpt\.?)\s(?P<subpart>[A-Z]{1,3}))?"
_WHERE = rf"(?:{_PART}?(?P<part>{PART_NUMBER})(?!\w|-\d|\.\d)|(?:§{{1,2}}\s?|sec(?:tion|\.)\s)?(?P<section>{POINTED}))"
_BEFORE = re.compile(
    rf"(?<![\w.])(?:{_TITLE},?\s{{0,2}}{_WHERE}|{_PART}(?P<bare>{PART_NUMBER})(?!\w|-\d|\.\d)){_SUBPART}"
    rf"(?:(?:,\s?|\s)\(?{_KIND}\)?|,\s{_UNMARKED}(?=\s?\(|[.;,]?\s{{0,2}}$)|,?\s{_BEHIND_SECTION})?"
    rf"(?:(?:,\s?|\s|-){_COMMENT}|{_FORM}{_PATH})", _I
)  # fmt: skip
_BEHIND = re.compile(
    rf"\b(?:{_KIND}|{_UNMARKED}(?=\sto\s)){_FORM}{_PATH}{_OF}(?:subpart\s(?P<subpart>[A-Z]{{1,3}})(?:\s(?:to|of)\s|,\s))?"
    rf"(?:{_TITLE},?\s{{0,2}}{_WHERE}|(?:{_PART}(?P<bare>{PART_NUMBER})(?!\w|-\d|\.\d)|§\s?(?P<signed>{POINTED}))"
    rf"(?:(?:\sof\s|,\s)(?:title\s)?(?P<title_behind>\d{{1,2}})(?:\sof\sthe)?\s{{0,2}}{look.CFR})?)"
    rf"(?:(?:,\s?|\s){_COMMENT}|(?:,\s?|\s)(?:form\s)?(?P<form_behind>(?-i:[A-Z]{{1,2}})-\d{{1,3}}(?-i:[A-Z])?)(?![\w-]))?"
    rf"(?:(?:,?\s(?:paragraphs?\s)?)?(?P<path_behind>{look.PATH}))?", _I
)  # fmt: skip
_ALONE = re.compile(
    rf"\b{_COMMENT}(?:{_OF}(?:{_KIND}{_OF})?(?:{_TITLE},?\s{{0,2}})?{_PART}?(?P<part>\d{{3,4}})(?![\w.-])"
    rf"(?:(?:\sof\s|,\s)(?P<title_behind>\d{{1,2}})\s{{0,2}}{look.CFR})?)?", _I
)  # fmt: skip


def scan_divisions(plain: str, within: LegalCitation | None, claimed: bytearray) -> Found:
    """Appendices, supplements, annexes, schedules and exhibits of a part, and the comments on its paragraphs."""
    matches = [match for pattern in (_BEFORE, _BEHIND, _ALONE) for match in pattern.finditer(plain)]
    # "Supplement I to part 1005, comment 36(b)-2" is one, not "part 1005, comment 36(b)-2" behind words.
    for match in sorted(matches, key=lambda match: (match.start(), -match.end())):
        found = None if claimed[match.start()] else _read(match, within)
        if found:
            yield match.start(), Mention((found,), match.end())


def _read(match: re.Match[str], within: LegalCitation | None) -> LegalCitation | None:
    groups = match.groupdict()
    kind = next((name for name in _KINDS if groups.get(name)), (groups.get("unmarked") or "").lower())
    title = groups.get("title") or groups.get("title_behind")
    part = groups.get("part") or groups.get("bare") or groups.get("part_first") or ""
    section = groups.get("section") or groups.get("signed") or ""
    code = f"{title} CFR" if title else within.code if within and within.code.endswith("CFR") else BARE
    if section and kind == "table":
        return None  # it is read where the section is
    if section and (
        behind := f"Alternate {groups.get('alternate')}" if groups.get("alternate") else groups.get("note")
    ):
        return LegalCitation(
            code, f"{section}, {behind.title() if groups.get('note') else behind}", (), "", *match.span()
        )
    comment = _comment(groups, named=bool(kind))
    if groups.get("key") and not comment:
        return None
    if comment and not (part or section):
        return LegalCitation(COMMENT, comment, (), "", match.start(), match.end())
    if not kind and not comment:
        return None
    above = section or f"Part {part}" + (f", Subpart {groups['subpart'].upper()}" if groups.get("subpart") else "")
    name = f"{kind.title()} {groups['mark'] or ''}".strip() if kind else "Supplement I"
    form = groups.get("form") or groups.get("form_behind")
    number = f"{above}, {name}" + (f", comment {comment}" if comment else f", {form}" if form else "")
    if item := groups.get("item"):
        number += f".{item}" if form else f", {item}"
    path = () if comment else designators(groups.get("path") or groups.get("path_behind"))
    return LegalCitation(code, number, path, "", match.start(), match.end())


def _comment(groups: dict[str, str | None], *, named: bool) -> str:
    """``36(b)-1.i`` of what a comment is cited by; "" for a number alone, unless its supplement is named."""
    key, number = groups.get("key") or "", groups.get("number") or ""
    if not number and key.isalnum() and not named:
        return ""
    appendix = re.match(r"app(?:endix|\.)?\s([A-Z]{1,2})$", key, re.IGNORECASE)
    return (f"app. {appendix.group(1)}" if appendix else key) + number
