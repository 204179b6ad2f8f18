"""Cited forms of the divisions of the Code of Federal Regulations, from what a file states of them."""

import re

from citations.records import APPENDIX_KINDS
from citations.section_numbers import PART_NUMBER
from ingest.structure.outline import one_line

HYPHENS = re.compile("[\u2010-\u2013\u2212]")
"""Dashes that stand in numbers for a hyphen; an em dash stands behind a number, never in it."""
_SIGN = re.compile(r"^[\[\s]*(?:§+|Sec(?:tion|s)?\.?)\s*", re.IGNORECASE)
_NUMBER = r"\d[0-9A-Za-z]*(?:\.[0-9A-Za-z]+)*(?:\(\w{1,3}\))*(?:-[0-9A-Za-z]+(?:\.[0-9A-Za-z]+)*(?:\(\w{1,3}\))*)*"
_NUMBERS = re.compile(rf"^{_NUMBER}(?:(?:, and |, | and | to | through |; ){_NUMBER})*")
_APPENDIX = re.compile(
    rf"^\s*(?P<kind>(?i:{APPENDIX_KINDS}|Table(?=\s+[A-Z\d-]+\s+to\b)))(?:\s+(?:No\.\s*)?"
    r"(?P<number>[IVX]{1,5}-[A-Z]|[A-Z]{1,3}(?:-?\d{1,3})?|\d{1,3}[A-Z]?)(?![\w-])(?!\s*(?:and|through|,|to\s[A-Z]\b)))?"
    r"(?=\s*(?:$|\u2014|\[|:|\.)|\s+(?i:to|of)\s)"
)
_OF_SUBPART = re.compile(r"\b(?:to|of)\s+subpart\s+(?P<letter>[A-Z]{1,3})\b", re.IGNORECASE)
_OF_SECTION = re.compile(r"\b(?:to|of)\s+§+\s*(?P<number>\d[\w.-]*\w)", re.IGNORECASE)
_OF_PART = re.compile(rf"\b(?:to|of)\s+part\s+(?P<number>{PART_NUMBER})\b", re.IGNORECASE)
_PART = re.compile(rf"^\s*(?:PART|[Pp]art|Pt\.)\s+(?P<number>{PART_NUMBER})\b")


def section_number(stated: str) -> str:
    """``214.202`` of "§ 214.202", ``457.104-457.109`` of "§§ 457.104–457.109", "29 to 38" of "§§ 29 to 38. Omitted".

    Several sections that a file prints as one are cited together, as they stand there; "" when there is no number.
    """
    text = _SIGN.sub("", HYPHENS.sub("-", " ".join(stated.split())))
    match = _NUMBERS.match(text)
    number = match.group().rstrip(".-") if match else ""
    return number if any(character.isdigit() for character in number) else ""


def part_number(stated: str) -> str:
    """``1005`` of "PART 1005—ELECTRONIC FUND TRANSFERS" or "Pt. 1005"; "" when there is none."""
    match = _PART.match(stated)
    return HYPHENS.sub("-", match.group("number")) if match else ""


def division_form(code: str, heading: str) -> str:
    """``8 CFR, Subpart C—Victims of Trafficking`` for a division that is cited by its heading."""
    return f"{code}, {one_line(heading)}"


def part_form(code: str, number: str) -> str:
    """``12 CFR Part 1005``."""
    return f"{code} Part {number}"


def appendix_form(code: str, part: str, heading: str) -> str:
    """``12 CFR Part 1005, Appendix A`` from "Appendix A to Part 1005—Model Forms".

    An appendix to a subpart or to a section of the part says so, since the part may have another of its letter.
    Several under one heading are cited by it.

    Args:
        code: ``12 CFR``.
        part: Number of the part around it, "" when the file states none.
        heading: Its heading.
    """
    heading = one_line(HYPHENS.sub("-", heading))
    of_part = _OF_PART.search(heading)
    part = part or (of_part.group("number") if of_part else "")
    if not part:
        return division_form(code, heading)
    above = part_form(code, part)
    match = _APPENDIX.match(heading)
    if match is None:
        return f"{above}, {heading}"
    name = f"{match.group('kind').title()} {match.group('number') or ''}".strip()
    subpart, section = _OF_SUBPART.search(heading), _OF_SECTION.search(heading)
    if subpart:
        return f"{above}, Subpart {subpart.group('letter').upper()}, {name}"
    if section:
        return f"{code} {section.group('number')}, {name}"
    return f"{above}, {name}"
