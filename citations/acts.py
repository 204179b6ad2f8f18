"""Sections of acts under their own names, and of bills: ``H.R. 644 (114th), sec. 910(a)``."""

import re

from citations import patterns as look
from citations.numbers import designators
from citations.records import Found, LegalCitation, Mention

_SECTION = rf"(?P<section>\d{{1,5}}[A-Z]{{0,2}}(?:-\d{{1,3}})?)(?P<path>{look.PATH})?"
_WORD = r"[A-Z0-9][\w'&/-]*"
_SMALL = r"and|of|for|the|to|in|on|with|or|by|against|from"
_CODED = ("Immigration and Nationality Act", "Trafficking Victims Protection Act", "INA", "TVPA")
_ACT = re.compile(
    rf"(?<![\w-])(?:(?:Under|See|In|Of|The|the|of)\s(?:the\s)?)?"
    rf"(?P<act>(?:[A-Z]{{3,8}}|{_WORD}(?:,?\s(?:{_WORD}|{_SMALL})){{0,16}}?\sAct(?:\sof\s\d{{4}})?)),\ssec\.\s{{1,2}}{_SECTION}",
    re.ASCII,
)
_BILL = re.compile(
    r"(?<![\w.])(?P<kind>H\.\s?R\.|S\.|[HS]\.\s?J\.\s?Res\.|[HS]\.\s?Con\.\s?Res\.|[HS]\.\s?Res\.)\s?(?P<number>\d{1,5})"
    r"\s?\((?P<congress>\d{1,3}(?:st|nd|rd|th))(?:\sCong(?:ress|\.)?)?\)"
    rf"(?:,?\s(?:§\s?|sec(?:tion|\.)\s){_SECTION})?",
    re.ASCII,
)


def scan_acts(plain: str, within: LegalCitation | None, claimed: bytearray) -> Found:
    """Sections of acts, named in full or by an abbreviation; the INA and the TVPA have codes of their own."""
    for match in _ACT.finditer(plain):
        if match.group("act").startswith(_CODED):
            continue
        path = designators(match.group("path"))
        code, number, start = f"{match.group('act')},", f"sec. {match.group('section')}", match.start("act")
        yield start, Mention((LegalCitation(code, number, path, "", start, match.end()),), match.end())


def scan_bills(plain: str, within: LegalCitation | None, claimed: bytearray) -> Found:
    """Bills and resolutions of a Congress, and their sections."""
    for match in _BILL.finditer(plain):
        kind = re.sub(r"\.\s?(?=[A-Z]\.)", ".", match.group("kind")).replace(".Res", ". Res").replace(".Con", ". Con")
        number = f"{match.group('number')} ({match.group('congress')})"
        if match.group("section"):
            number = f"{number}, sec. {match.group('section')}"
        found = LegalCitation(kind, number, designators(match.group("path")), "", match.start(), match.end())
        yield match.start(), Mention((found,), match.end())
