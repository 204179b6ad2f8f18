"""Citations of documents, not of codes: laws, bills, the Policy Manual, forms, directives, the Federal Register."""

import re
import tomllib
from dataclasses import replace
from functools import cache
from pathlib import Path

from citations import patterns as look
from citations.numbers import designators, footnoted, spread
from citations.records import MANUAL, NOTE, Found, LegalCitation, Mention

TABLES = Path(__file__).with_name("parallel_sections.toml")
_I = re.IGNORECASE | re.ASCII
_NUMERALS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine")

_REGISTER = re.compile(
    r"(?<![\w.$-])(?P<volume>\d{1,3})\s{0,2}(?:FR\b|F\.\s?R\.|Fed\.?\s?Reg\b\.?|Federal\sRegister\b)\s{0,2}"
    r"(?:at\s|p\.\s)?(?P<page>\d{1,3},\d{3}|\d{2,6})\b(?!,\d{3})(?:(?:,\s{0,2}(?:at\s)?|\s{0,2}-\s{0,2}|\sat\s)"
    r"(?P<second>\d{1,3},\d{3}|\d{2,6})\b)?",
    _I,
)
_LAW = re.compile(
    r"\b(?:Pub\.?\s?L\.?|Public\sLaw|P\.\s?L\.)\s{0,2}(?:No\.?\s)?(?P<number>\d{2,3}-\d{1,4})\b"
    r"(?:\s\(PDF\))?(?:,\s(?:div(?:ision|\.)?|title|subtitle|ch(?:apter|\.))\s[\dA-Z]{1,5}){0,3}"
    rf"(?P<within>,?\s(?P<sign>§{{1,2}}|sec(?:tions?|s?\.))\s{{0,2}}(?P<section>\d{{1,4}}[A-Z]?)(?P<path>{look.PATH})?)?",
    _I,
)
_DIVISION = re.compile(r",\sdiv(?:ision|\.)?\s([A-Z]{1,2})\b", _I)
_ACT_SECTION = rf"(?P<section>\d{{1,5}}[A-Z]{{0,2}}(?:-\d{{1,3}})?)(?P<path>{look.PATH})?"
_NAME = r"[A-Z0-9][\w'&/-]*"
_SMALL = r"and|of|for|the|to|in|on|with|or|by|against|from"
_OWN_CODES = ("Immigration and Nationality Act", "Trafficking Victims Protection Act", "INA", "TVPA")
_ACT = re.compile(
    rf"(?<![\w-])(?:(?:Under|See|In|Of|The|the|of)\s(?:the\s)?)?"
    rf"(?P<act>(?:[A-Z]{{3,8}}|{_NAME}(?:,?\s(?:{_NAME}|{_SMALL})){{0,16}}?\sAct(?:\sof\s\d{{4}})?)),\ssec\.\s{{1,2}}{_ACT_SECTION}",
    re.ASCII,
)
_BILL = re.compile(
    r"(?<![\w.])(?P<kind>H\.\s?R\.|S\.|[HS]\.\s?J\.\s?Res\.|[HS]\.\s?Con\.\s?Res\.|[HS]\.\s?Res\.)\s?(?P<number>\d{1,5})"
    r"\s?\((?P<congress>\d{1,3}(?:st|nd|rd|th))(?:\sCong(?:ress|\.)?)?\)"
    rf"(?:,?\s(?:§\s?|sec(?:tion|\.)\s){_ACT_SECTION})?",
    re.ASCII,
)
_ORDER = re.compile(r"\b(?:Executive\sOrder|E\.\s?O\.)\s(?:No\.\s)?(?P<number>\d{4,5})\b", _I)
_FORM_NUMBER = r"(?P<form>[A-Z]{1,4}\s?-?\s?\d{1,4}[A-Z]{0,2})(?![\w]|-\d|\.\d)"
_SUPPLEMENT = r"(?:,?\s{0,2}Supp(?:lement|l?\b\.?)\s{0,2}(?P<letter>[A-Z])\b)"
_INSTRUCTIONS = r"(?P<instructions>,?\s{1,2}Instructions\b)"
_FORM = re.compile(rf"\bForms?\s{{1,2}}{_FORM_NUMBER}{_SUPPLEMENT}?{_INSTRUCTIONS}?", _I)
_FORM_ALONE = re.compile(rf"\b(?P<form>[A-Z]-?\d{{2,4}}){_SUPPLEMENT}{_INSTRUCTIONS}?", _I)
_FORM_GLUED = re.compile(r"(?<![\w-])(?P<form>[A-Z]-?\d{2,4}[A-Z])\b", re.ASCII)
_FORM_BEHIND = re.compile(
    rf"\b(?:Supp(?:lement|l?\.?)\s{{0,2}}(?P<letter>[A-Z])\s(?:of|to)|(?P<instructions>Instructions\s(?:for|to)))"
    rf"\s(?:the\s)?(?:USCIS\s)?Form\s{{1,2}}{_FORM_NUMBER}(?:,?\s{{0,2}}Supp(?:lement|l?\.?)\s(?P<second>[A-Z])\b)?",
    _I,
)
_AND_FORM = re.compile(
    r"(?:,\s(?:and\s|or\s)?|\s(?:and|or|&)\s)(?P<form>[A-Z]{1,3}-\d{1,4}[A-Z]{0,2})(?![\w]|-\d)", re.ASCII
)
_DIRECTIVE = re.compile(
    r"\b(?=[DMI])(?<!ICE )(?<!CBP )(?<!FEMA )(?<!DoD )(?:DHS\s|Department\sof\sHomeland\sSecurity\s(?:\(DHS\)\s)?)?"
    r"(?P<kind>(?:Management\s)?Directive|Instruction)\s{0,2}(?:\(MD\)\s?|System\s)?(?:Number|No\.?)?:?\s{0,2}"
    r"(?P<number>\d{3}-\d{2}(?:-\d{3})?)(?![\d-]*\d)"
    rf"(?:(?P<path>{look.PATH})|,?\s{{0,2}}(?:§|\b(?:Section|Sec\.|Part|paragraph|para\.?))\s{{0,2}}"
    r"(?P<roman>[IVX]{1,5})(?:\.?\s?\(?(?P<letter>(?-i:[A-Z]))\)?(?![A-Za-z])(?:\.?\s?\(?(?P<item>\d{1,2})\b\)?)?)?)?",
    _I,
)
_REVIEW = r"(?:QHSR|Quadrennial\sHomeland\sSecurity\sReview(?:\s\(QHSR\))?)"
_LEVEL = rf"(?P<level>Mission|Goal|Objective)\s{{1,2}}(?P<number>\d(?:\.\d){{0,2}}(?![\d.]*\d)|{'|'.join(_NUMERALS)})\b"
_MISSION = re.compile(
    rf"(?<!\w)(?:(?P<year>20\d\d)\s)?\b{_REVIEW}(?:\s\(?(?P<after>20\d\d)\)?)?[,:]?\s{{1,2}}{_LEVEL}", _I
)
_MISSION_OF = re.compile(
    rf"\b{_LEVEL}\s(?:of|in)\s(?:the\s)?(?:DHS\s)?(?:(?P<year>20\d\d)\s)?{_REVIEW}(?:\s\(?(?P<after>20\d\d)\)?)?", _I
)
_NOTE = r"\b(?:fn\b\.?|footnote|note|n\.)\s{0,2}(?P<note>\d{1,3})(?![\w-]|\.\d)"
_NOTE_OF = re.compile(rf"{_NOTE},?\s(?:of|in|to)\s(?:the\s)?", _I)
_NOTE_ALONE = re.compile(
    r"\s*(?:(?:please|show|me|see|read|find|open|go|to|what|does|is|the|text|of|in)\s+){0,6}"
    rf"(?P<whole>{_NOTE}(?:\s(?:of|in)\s(?:chapter|ch\.)\s\d{{1,2}})?)(?:\s+says?)?\s*[.?!]?\s*",
    _I,
)
_NOTE_OF_CHAPTER = re.compile(
    r"\b(?:footnote|fn\.?)\s{0,2}(?P<note>\d{1,3})\s(?:of|in)\s(?:chapter|ch\.)\s\d{1,2}\b(?!\s(?:of|in)\s)", _I
)
_NOTE_HERE = re.compile(r"\bfootnotes?\s{1,2}(?P<note>\d{1,3})(?![\w-]|\.\d)(?!\s(?:of|in)\s)", _I)


def scan_register(plain: str, within: LegalCitation | None, claimed: bytearray) -> Found:
    """Pages of the Federal Register: ``89 FR 34864, 34900`` names two."""
    for match in _REGISTER.finditer(plain):
        code, first = f"{match.group('volume')} FR", match.group("page").replace(",", "")
        found = [LegalCitation(code, first, (), "", match.start(), match.end("page"))]
        second = (match.group("second") or "").replace(",", "")
        if second and int(second) >= int(first):
            found.append(LegalCitation(code, second, (), "", match.start("second"), match.end("second")))
        yield match.start(), Mention(tuple(found), found[-1].end)


def scan_laws(plain: str, within: LegalCitation | None, claimed: bytearray) -> Found:
    """Public laws and executive orders; a section of a public law is no section of a code."""
    for match in _LAW.finditer(plain):
        law = LegalCitation("Pub. L.", match.group("number"), (), "", match.start(), match.end("number"))
        if (match.group("sign") or "").lower() == "sec.":
            division = _DIVISION.search(match.group())
            within_law = f", div. {division.group(1).upper()}" if division else ""
            number = f"{law.number}{within_law}, sec. {match.group('section')}"
            law = LegalCitation("Pub. L.", number, designators(match.group("path")), "", match.start(), match.end())
        yield match.start(), Mention((law,), match.end())
    for match in _ORDER.finditer(plain):
        order = LegalCitation("Executive Order", match.group("number"), (), "", match.start(), match.end())
        yield match.start(), Mention((order,), match.end())


def scan_acts(plain: str, within: LegalCitation | None, claimed: bytearray) -> Found:
    """Sections of acts, named in full or by an abbreviation; the INA and the TVPA have codes of their own."""
    for match in _ACT.finditer(plain):
        if match.group("act").startswith(_OWN_CODES):
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


def scan_forms(plain: str, within: LegalCitation | None, claimed: bytearray) -> Found:
    """Forms, their supplements and instructions: ``Form I-914, Supp. B``, ``Instructions for Form I-485``."""
    for pattern in (_FORM_BEHIND, _FORM, _FORM_ALONE):
        for match in pattern.finditer(plain):
            groups = match.groupdict()
            number = _form(match.group("form"), groups["letter"] or groups.get("second"), bool(groups["instructions"]))
            found = [LegalCitation("Form", number, (), "", match.start(), match.end())]
            while pattern is _FORM and (also := _AND_FORM.match(plain, found[-1].end)):
                found.append(LegalCitation("Form", _form(also.group("form")), (), "", also.start("form"), also.end()))
            yield match.start(), Mention(tuple(found), found[-1].end)
    for match in _FORM_GLUED.finditer(plain):
        number = _form(match.group("form"))
        if " " in number:
            yield match.start(), Mention((LegalCitation("Form", number, (), "", *match.span()),), match.end())


def scan_directives(plain: str, within: LegalCitation | None, claimed: bytearray) -> Found:
    """Directives and instructions of DHS: ``Directive Number: 112-01``, ``DHS Directive 002-02, Section V.A``."""
    for match in _DIRECTIVE.finditer(plain):
        instruction = match.group("kind").lower() == "instruction"
        if instruction != (match.group("number").count("-") > 1):
            continue
        code = "DHS Instruction" if instruction else "DHS Directive"
        parts = (match.group("roman"), match.group("letter"), match.group("item"))
        path = designators(match.group("path")) or tuple(part.upper() for part in parts if part)
        found = LegalCitation(code, match.group("number"), path, "", match.start(), match.end())
        yield match.start(), Mention((found,), found.end)


def scan_reviews(plain: str, within: LegalCitation | None, claimed: bytearray) -> Found:
    """Missions, goals and objectives of the Quadrennial Homeland Security Review, with its year if named."""
    for pattern in (_MISSION, _MISSION_OF):
        for match in pattern.finditer(plain):
            year = match.group("year") or match.group("after")
            named = match.group("number").lower()
            number = str(_NUMERALS.index(named) + 1) if named in _NUMERALS else named
            code = f"{year} QHSR" if year else "QHSR"
            found = LegalCitation(code, f"{match.group('level').title()} {number}", (), "", match.start(), match.end())
            yield match.start(), Mention((found,), found.end)


def scan_manual(plain: str, within: LegalCitation | None, claimed: bytearray) -> Found:
    """The Policy Manual by its abbreviation and in words."""
    for match in look.MANUAL_SHORT.finditer(plain):
        path = _manual_path(designators(match.group("path")))
        number = match.group("number").upper().partition(".")
        chapter = number[1] + number[2].translate(str.maketrans("LIO", "110"))
        first = LegalCitation(f"{match.group('title')} {MANUAL}", number[0] + chapter, path, "", *match.span())
        found = spread(plain, first)
        found[-1] = footnoted(plain, found[-1])
        yield match.start(), Mention(tuple(found), found[-1].end)
    for pattern in (look.MANUAL_REVERSED, look.MANUAL_WORDS):
        for match in pattern.finditer(plain):
            if look.BRACKETED.match(plain, match.end()):
                continue  # the bracket behind the words says the same
            one = footnoted(plain, _in_words(match))
            yield match.start(), Mention((one,), one.end)


def scan_footnotes(plain: str, within: LegalCitation | None, claimed: bytearray) -> Found:
    """Footnotes named before their chapter, or without one: ``footnote 12 of Volume 3, Part B, Chapter 2``."""
    for match in _NOTE_OF.finditer(plain):
        named = look.MANUAL_SHORT.match(plain, match.end()) or look.MANUAL_WORDS.match(plain, match.end())
        named = named or look.MANUAL_REVERSED.match(plain, match.end())
        if named:
            one = _in_words(named) if named.re is not look.MANUAL_SHORT else None
            one = one or next(mention for _, mention in scan_manual(named.group(), None, claimed)).citations[0]
            found = replace(one, footnote=match.group("note"), start=match.start(), end=named.end())
            yield match.start(), Mention((found,), found.end)
    chapter = within is not None and within.code.endswith(MANUAL) and "." in within.number
    if chapter and within is not None:
        for match in _NOTE_HERE.finditer(plain):
            found = replace(within, path=(), footnote=match.group("note"), start=match.start(), end=match.end())
            yield match.start(), Mention((found,), found.end)
        return
    whole = _NOTE_ALONE.fullmatch(plain) if len(plain) < 100 else None  # noqa: PLR2004 - a query
    for match in [whole] if whole else _NOTE_OF_CHAPTER.finditer(plain):
        start, end = match.span("whole") if whole else match.span()
        yield start, Mention((LegalCitation(NOTE, match.group("note"), (), "", start, end),), end)


def _in_words(match: re.Match[str]) -> LegalCitation:
    part, chapter = match.group("part").upper(), match.group("chapter")
    number = f"{part}.{chapter}" if chapter else part
    path = tuple(one.upper() for one in (match.group("letter"), match.group("item")) if one)
    return LegalCitation(f"{match.group('title')} {MANUAL}", number, path, "", match.start(), match.end())


def _manual_path(path: tuple[str, ...]) -> tuple[str, ...]:
    """Letters in capitals, and a digit where the number of a section's part must be."""
    return tuple("1" if level == 1 and one in ("l", "I") else one.upper() for level, one in enumerate(path))


def _form(typed: str, supplement: str | None = None, instructions: bool = False) -> str:
    """A form's number with its hyphen, and its supplement and instructions in full."""
    prefix, number = re.match(r"([A-Za-z]+)\W*(\d.*)", typed).groups()  # type: ignore[union-attr]
    form = f"{prefix}-{number}".upper()
    if not supplement:
        form = _supplements().get(form, form)
    tail = f" Supplement {supplement.upper()}" if supplement else ""
    return f"{form}{tail}" + (" Instructions" if instructions else "")


@cache
def _supplements() -> dict[str, str]:
    tables: dict[str, dict[str, str]] = tomllib.loads(TABLES.read_text(encoding="utf-8"))
    return tables["supplements"]
