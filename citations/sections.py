"""Sections as they are written: behind a code, a sign or the word "section", or as a bare number."""

import re

from citations import patterns as look
from citations.codes import SMALLEST, code_around, code_behind
from citations.numbers import finish, read_run
from citations.records import BARE, Found, LegalCitation, Mention
from citations.section_numbers import leading_number

_YEAR = re.compile(r"(?:19|20)\d\d\([a-z]\)$")
"""A year with a letter behind it, as ``2019(a)``, is no section."""
_QUERY = 25  # characters beside a number in a text that asks for it; set by hand, not measured


def scan_coded(plain: str, within: LegalCitation | None, claimed: bytearray) -> Found:
    """Sections behind their code: ``8 CFR 214.202(c) and (d)``, ``INA 101(a)(15)(T) and 214(o)``."""
    for match in look.CODED.finditer(plain):
        mention = None if claimed[match.start()] else read_coded(plain, match)
        if mention:
            yield match.start(), mention


def read_coded(plain: str, match: re.Match[str]) -> Mention | None:
    """Read the sections behind a match of ``CODED``; None when no section number follows."""
    title = match.group("title")
    if (match.group("ina") or match.group("tvpa") or "").lower().endswith("act") and not match.group("sign"):
        return None  # a number behind the full name alone is that of a page
    code = "INA" if match.group("ina") else "TVPA" if match.group("tvpa") else ""
    code = code or (
        f"{title} CFR" if match.group("cfr") else f"{title} U.S.C." + (" App." if match.group("app") else "")
    )
    return _read(plain, match.start(), match.end(), code, match.group("sign"))


def scan_signed(plain: str, within: LegalCitation | None, claimed: bytearray) -> Found:
    """Sections behind a sign or the word: ``§§ 214.206-214.209``, ``sections 214(o) and 245(l) of the Act``."""
    for match in look.SIGNED.finditer(plain):
        if claimed[match.start()]:
            continue
        mention = read_signed(plain, match.start(), match.end(), match.group("sign"), within)
        if mention:
            yield match.start(), mention


def read_signed(plain: str, start: int, position: int, sign: str, within: LegalCitation | None) -> Mention | None:
    """Read sections whose code stands behind them, is that of the text around, or is not said."""
    run = read_run(plain, start, position, BARE, sign)
    if run is None:
        return None
    code, end = code_behind(plain, run.end, run.members[0].number, within)
    if not code:
        run.members = run.members[: run.firm]
        code, end = code_around(run.members[0], within), run.end
        # "section 5" without a sign or a code is a section of the document itself.
        if code == BARE and "§" not in sign:
            run.members = [one for one in run.members if _is_section(one.number)]
    return finish(plain, run.members, code, end)


def scan_unsigned(plain: str, within: LegalCitation | None, claimed: bytearray) -> Found:
    """Numbers that are sections by their shape: ``214.202(c)``, ``1101(a)(15)(T)``."""
    for match in look.UNSIGNED.finditer(plain):
        element = None if claimed[match.start()] else look.ELEMENT.match(plain, match.start())
        if not element or sum(character.isdigit() for character in element.group("number")) < 2:  # noqa: PLR2004
            continue
        if _decimal(plain, element) if not element.group("path") else _YEAR.match(element.group()):
            continue
        mention = read_signed(plain, match.start(), match.start(), "", within)
        if mention:
            yield match.start(), mention


def scan_parts(plain: str, within: LegalCitation | None, claimed: bytearray) -> Found:
    """Parts of the regulations around the text: ``parts 204 and 245 of this chapter``."""
    if within is None or not within.code.endswith("CFR"):
        return
    for match in look.PARTS.finditer(plain):
        run = None if claimed[match.start()] else read_run(plain, *match.span(), within.code, match.group("sign"))
        behind = look.OF.match(plain, run.end) if run else None
        here = look.OF_THIS.match(plain, behind.end()) if behind else None
        if run and here and here.group("division").lower() in ("chapter", "title"):
            yield match.start(), finish(plain, run.members, within.code, here.end())


def _read(plain: str, start: int, position: int, code: str, sign: str) -> Mention | None:
    """Read sections of a code that stands before them; members that are not firm are other numbers."""
    run = read_run(plain, start, position, code, sign)
    return finish(plain, run.members[: run.firm], code, run.members[run.firm - 1].end) if run else None


def _is_section(number: str) -> bool:
    """True when a number without a sign or a code is rather a section of a code than of the document itself."""
    return "." in number or "-" in number or leading_number(number) >= SMALLEST


def _decimal(plain: str, element: re.Match[str]) -> bool:
    """True when a number with a point and no paragraph is rather a quantity such as 103.2."""
    number = element.group("number")
    if "-" in number:
        return bool(look.QUANTITY.match(plain, element.end()))
    whole, _, rest = number.partition(".")
    if len(whole) < 3:  # noqa: PLR2004 - only a hyphen makes a section of 52.222
        return True
    if len(whole.rstrip("abcdefghijkmnpqrstuvwxyz")) > 3 or look.QUANTITY.match(plain, element.end()):  # noqa: PLR2004
        return True
    return len(rest) == 1 and len(plain) > len(element.group()) + _QUERY
