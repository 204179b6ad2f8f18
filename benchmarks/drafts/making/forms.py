"""The ways in which people write a citation."""

import re
from random import Random

_CODED = re.compile(
    r"(?P<code>\d+ CFR|\d+ U\.S\.C\.|INA) (?P<number>\d+[A-Za-z]?(?:\.\d+[a-z]?)?)(?P<path>(?:\(\w+\))*)"
)
_MANUAL = re.compile(
    r"(?P<volume>\d+) USCIS-PM (?P<part>[A-Z])\.(?P<chapter>\d+)(?:\((?P<section>[A-Z])\)(?:\((?P<number>\d+)\))?)?"
    r"(?: fn (?P<note>\d+))?"
)
_FORM = re.compile(r"Form (?P<form>[IGN]-\d+\w*)(?P<supplement> Supplement [A-Z])? Instructions")
_ACT = re.compile(r"(?P<act>[A-Z][\w\s,]+ Act of \d{4}), sec\. (?P<number>\d+[A-Z]?)(?P<path>(?:\(\w+\))*)")
_REGISTER = re.compile(r"(?P<volume>\d+) FR (?P<page>\d+)")
PARALLEL = {"101": "1101", "214": "1184", "245": "1255", "212": "1182", "274": "1324"}
"""Sections of the INA and where title 8 of the U.S. Code has them; with the same paragraphs."""
TVPA = {"7105": "107", "7103": "105", "7106": "108", "7107": "110", "7108": "111", "7104": "106", "7101": "102"}
"""Sections of title 22 and of the Trafficking Victims Protection Act of 2000, with the same paragraphs."""
DEEPEST = 6
"""Levels of a provision: a regulation has six; what has more was read wrongly from a page and is not the checker's."""
NO_BREAK = "\u00a0"


def is_citable(citation: str) -> bool:
    """Tell whether a cited form is one that people write and every reader of citations should know."""
    known = any(pattern.fullmatch(citation) for pattern in (_CODED, _MANUAL, _FORM, _ACT, _REGISTER))
    return known and citation.count("(") <= DEEPEST


def spellings(citation: str) -> tuple[str, ...]:
    """Every way to write a cited form; () for one that nobody would write."""
    if match := _CODED.fullmatch(citation):
        return tuple(dict.fromkeys(_coded(match["code"], match["number"], match["path"])))
    if match := _MANUAL.fullmatch(citation):
        return _manual(match)
    if match := _FORM.fullmatch(citation):
        name = f"{match['form']}{match['supplement'] or ''}"
        return (f"Form {name} Instructions", f"Instructions for Form {name}", f"Form {name} instructions")
    if match := _ACT.fullmatch(citation):
        section = f"{match['number']}{match['path']}"
        return (citation, f"section {section} of the {match['act']}", f"{match['act']}, \u00a7 {section}")
    if match := _REGISTER.fullmatch(citation):
        volume, page = match["volume"], match["page"]
        return (citation, f"{volume} Fed. Reg. {page}", f"{volume} Fed. Reg. {int(page):,}", f"{volume} F.R. {page}")
    return ()


def spelling(citation: str, chance: Random) -> str:
    """One way to write a cited form, the plain ones as likely as all others together."""
    ways = spellings(citation)
    return chance.choice((ways[0], chance.choice(ways)))


def parallel(citation: str) -> tuple[str, ...]:
    """The same provision under its other number."""
    match = _CODED.fullmatch(citation)
    if match is None:
        return ()
    for ina, usc in PARALLEL.items():
        if match["code"] == "INA" and match["number"] == ina:
            return (f"8 U.S.C. {usc}{match['path']}",)
        if match["code"] == "8 U.S.C." and match["number"] == usc:
            return (f"INA {ina}{match['path']}",)
    return ()


def same_provision(citation: str) -> tuple[str, ...]:
    """Every other number under which a check may name a provision: that of the other code, that of the act."""
    match = _CODED.fullmatch(citation)
    act = TVPA.get(match["number"], "") if match and match["code"] == "22 U.S.C." else ""
    return (*parallel(citation), *((f"TVPA {act}{match['path']}",) if match and act else ()))


def path_of(citation: str) -> tuple[str, ...]:
    """The designators of a cited form of a code or an act, from the outside in."""
    match = _CODED.fullmatch(citation) or _ACT.fullmatch(citation)
    return tuple(re.findall(r"\((\w+)\)", match["path"])) if match else ()


def section_of(citation: str) -> str:
    """The section of a cited form of a code or an act; "" for every other."""
    if match := _ACT.fullmatch(citation):
        return f"{match['act']}, sec. {match['number']}"
    match = _CODED.fullmatch(citation)
    return f"{match['code']} {match['number']}" if match else ""


def _coded(code: str, number: str, path: str) -> list[str]:
    title = code.partition(" ")[0]
    if code.endswith("CFR"):
        return [
            f"{title} CFR {number}{path}",
            f"{title} C.F.R. \u00a7 {number}{path}",
            f"{title} CFR \u00a7 {number}{path}",
            f"{title} C.F.R. {number}{path}",
            f"{title} C.F.R. \u00a7{number}{path}",
            f"{title}{NO_BREAK}C.F.R. \u00a7{NO_BREAK}{number}{path}",
            f"{title} CFR sec. {number}{path}",
            f"{title} C.F.R. \u00a7 {number} {path}" if path else f"{title} CFR {number}",
            f"{title} C. F. R. \u00a7 {number}{path}",
        ]
    if code == "INA":
        return [
            f"INA {number}{path}",
            f"INA \u00a7 {number}{path}",
            f"INA \u00a7{NO_BREAK}{number}{path}",
            f"section {number}{path} of the INA",
            f"INA section {number}{path}",
            f"section {number}{path} of the Immigration and Nationality Act",
            f"I.N.A. \u00a7 {number}{path}",
            f"INA Sec. {number}{path}",
        ]
    ways = [
        f"{title} U.S.C. {number}{path}",
        f"{title} U.S.C. \u00a7 {number}{path}",
        f"{title} USC {number}{path}",
        f"{title} USC \u00a7 {number}{path}",
        f"{title}{NO_BREAK}U.S.C. \u00a7{NO_BREAK}{number}{path}",
        f"{title} U. S. C. \u00a7 {number}{path}",
        f"section {number}{path} of title {title}, United States Code",
    ]
    if title == "22" and number in TVPA and path:
        ways += [f"section {TVPA[number]}{path} of the TVPA", f"TVPA \u00a7 {TVPA[number]}{path}"]
    return ways


def _manual(match: "re.Match[str]") -> tuple[str, ...]:
    volume, part, chapter, section, number, note = (
        match[name] for name in ("volume", "part", "chapter", "section", "number", "note")
    )
    short = f"{volume} USCIS-PM {part}.{chapter}"
    if note:
        return (f"{short} n.{note}", f"{short}, footnote {note}", f"{short} fn. {note}", f"{short}, n. {note}")
    tail = f"({section})" * bool(section) + f"({number})" * bool(number)
    long = f", Section {section}" * bool(section) + f".{number}" * bool(number)
    brief = f" Sec {section}" * bool(section) + f".{number}" * bool(number)
    return (
        f"{short}{tail}",
        f"Volume {volume}, Part {part}, Chapter {chapter}{long}",
        f"Vol {volume} Part {part} Ch {chapter}{brief}",
        f"USCIS Policy Manual, Volume {volume}, Part {part}, Chapter {chapter}{long}",
        f"Vol. {volume}, Pt. {part}, Ch. {chapter}{long.replace('Section', 'Sec.')}",
        f"{volume} USCIS-PM{NO_BREAK}{part}.{chapter}{tail}",
        f"USCIS-PM, Vol. {volume}, Part {part}, Ch. {chapter}{brief}",
    )
