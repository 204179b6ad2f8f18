"""Legal citations: parse the ways people write them, format them one way, key them for look-up.

The canonical form is ``8 CFR 214.202(c)(1)``, ``8 U.S.C. 1101(a)(15)(T)(i)``,
``INA 101(a)(15)(T)(i)``, ``TVPA 107(e)``, ``3 USCIS-PM B.2(C)(1)``, with `` fn 12`` behind a
footnote. A citation without its code ("214.202(c)") has the code ``§``. Designators keep
their case, since (i) and (I) are different paragraphs.
"""

import re
import tomllib
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

BARE = "§"
_PARALLEL = Path(__file__).with_name("parallel_sections.toml")

_DESIGNATED = r"(?:\s?\(\s?(?:\d{1,3}|[ivxl]{1,5}|[IVXL]{1,5}|[A-Za-z]{1,2})\s?\))"
_PARAGRAPHS = rf"(?P<path>{_DESIGNATED}*)"
_SIGN = r"(?:(?:§+|[Ss]ec(?:tion|\.)?s?|[Pp]arts?)\s*)?"
_FOOTNOTE = r"(?:,?\s*(?:fn\.?|footnote|note)\s*(?P<note>\d{1,3}))?"
_PATTERNS: tuple[tuple[str, re.Pattern[str]], ...] = (
    (
        "CFR",
        re.compile(
            rf"(?P<title>\d{{1,2}})\s*C\.?\s?F\.?\s?R\.?\s*{_SIGN}{_SIGN}"
            rf"(?P<number>\d{{1,4}}[a-z]?(?:\.\d{{1,4}}[a-z]?)?)(?!\w|\.\w){_PARAGRAPHS}",
            re.IGNORECASE,
        ),
    ),
    (
        "U.S.C.",
        re.compile(
            rf"(?P<title>\d{{1,2}})\s*U\.?\s?S\.?\s?C(?:ode\b|\.?\s?A?\.?)\s*{_SIGN}"
            rf"(?P<number>\d{{1,5}}[A-Za-z]{{0,2}}(?:-\d{{1,2}}(?!\d))?(?![A-Za-z])){_PARAGRAPHS}",
            re.IGNORECASE,
        ),
    ),
    (
        "INA",
        re.compile(
            rf"\b(?:I\.?N\.?A\.?|Immigration and Nationality Act)[,\s]*{_SIGN}"
            rf"(?P<number>\d{{3}}[A-Z]?){_PARAGRAPHS}"
        ),
    ),
    (
        "INA",
        re.compile(
            rf"(?:§+|\b[Ss]ec(?:tion|\.)?s?)\s*(?P<number>\d{{3}}[A-Z]?){_PARAGRAPHS}"
            r"\s+of\s+the\s+(?:INA|Act|Immigration and Nationality Act)\b"
        ),
    ),
    (
        "TVPA",
        re.compile(
            rf"(?:§+|\b[Ss]ec(?:tion|\.)?s?)\s*(?P<number>\d{{3}}[A-Z]?){_PARAGRAPHS}"
            r"\s+of\s+the\s+(?:TVPA|Trafficking Victims Protection Act)\b"
        ),
    ),
    ("TVPA", re.compile(rf"\bTVPA\s*{_SIGN}(?P<number>\d{{3}}[A-Z]?){_PARAGRAPHS}")),
    (
        "USCIS-PM",
        re.compile(
            r"(?P<title>\d{1,2})\s*USCIS[-\s]?PM\s*(?P<number>[A-Z](?:\.\d{1,2})?)(?![A-Za-z])"
            rf"{_PARAGRAPHS}{_FOOTNOTE}",
            re.IGNORECASE,
        ),
    ),
    (
        "USCIS-PM",
        re.compile(
            r"\bvol(?:ume|\.)?\s*(?P<title>\d{1,2})\b.{0,60}?\bpart\s*(?P<part>[A-Z])\b"
            r"(?:[^.;]{0,60}?\bch(?:apter|ap)?\.?\s*(?P<chapter>\d{1,2})\b)?"
            r"(?:[^.;]{0,60}?\bsec(?:tion|t)?\.?\s*(?P<letter>[A-Z])\b(?:[.\s(]{1,2}(?P<item>\d)\)?)?)?"
            rf"{_FOOTNOTE}",
            re.IGNORECASE,
        ),
    ),
    (
        BARE,
        re.compile(
            rf"(?:§+|\bsec(?:tion|\.)?s?)\s*(?P<number>\d{{1,4}}[A-Za-z]?(?:\.\d{{1,4}}[a-z]?)?)"
            rf"(?![\d.]*\d){_PARAGRAPHS}",
            re.IGNORECASE,
        ),
    ),
    (BARE, re.compile(rf"(?<![\w.$/-])(?P<number>\d{{3}}[a-z]?\.\d{{1,4}}[a-z]?)(?![\d.]*\d|[A-Za-z]){_PARAGRAPHS}")),
    (
        BARE,
        re.compile(
            r"(?<![\w.$/-])(?P<number>\d{3,4}[A-Za-z]?)"
            rf"(?P<path>{_DESIGNATED}+)"
        ),
    ),
)
_RANGE_END = re.compile(r"\s*(?:-|through|to)\s*(?:§+\s*)?(?P<number>\d{1,4}\.\d{1,4}[a-z]?)(?!\d)")
_ALSO = re.compile(r"\s*(?:,|and|or|&|,\s*and|,\s*or)\s*(?P<path>(?:\([A-Za-z0-9]{1,5}\))+)")
_DESIGNATOR = re.compile(r"[A-Za-z0-9]+")
_FILLER = re.compile(
    r"\b(?:what|does|do|did|is|in|the|text|of|show|me|say|says|read|see|under|at|find|go|to|open|please"
    r"|section|paragraph|rule|look|up|cite|citation|and|or|through)\b|[\s\W_]",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class LegalCitation:
    """One citation.

    Attributes:
        code: ``8 CFR``, ``22 U.S.C.``, ``INA``, ``TVPA``, ``3 USCIS-PM`` or ``§`` when not said.
        number: ``214.202``, ``1101``, ``B.2``.
        path: Paragraph designators from the outside in, without parentheses.
        footnote: Footnote number, "" when none is cited.
        start: Span in the text it was read from, half-open.
        end: See ``start``.
    """

    code: str
    number: str
    path: tuple[str, ...] = ()
    footnote: str = ""
    start: int = 0
    end: int = 0

    def __str__(self) -> str:
        """The canonical form."""
        paragraphs = "".join(f"({designator})" for designator in self.path)
        note = f" fn {self.footnote}" if self.footnote else ""
        return f"{self.code} {self.number}{paragraphs}{note}"


def parse_citations(text: str) -> tuple[LegalCitation, ...]:
    """Every legal citation in a text, in order, without overlap; spans count in ``text``."""
    plain = _plain(text)
    found: list[LegalCitation] = []
    taken = [False] * (len(plain) + 1)
    for code, pattern in _PATTERNS:
        for match in pattern.finditer(plain):
            if any(taken[match.start() : match.end()]):
                continue
            first = _from_match(code, match)
            group = (first, *_continued(plain, first))
            found += group
            for position in range(match.start(), group[-1].end):
                taken[position] = True
    return tuple(sorted(found, key=lambda citation: (citation.start, citation.end)))


def whole_citation(query: str) -> tuple[LegalCitation, ...]:
    """The citations of a query that is nothing else, such as "show me 8 CFR 214.202(c)".

    Returns:
        The citations, empty when the query asks for more than the text they name.
    """
    citations = parse_citations(query)
    if not citations:
        return ()
    rest = list(query)
    for citation in citations:
        rest[citation.start : citation.end] = " " * (citation.end - citation.start)
    return () if _FILLER.sub("", "".join(rest)) else citations


def citation_keys(citation: LegalCitation) -> tuple[str, ...]:
    """Look-up keys of a citation, its own first, then the parallel ones.

    ``INA 214(o)`` and ``8 U.S.C. 1184(o)`` name one text; a section is also found without its code.
    """
    parallel = _parallel(citation)
    own = (citation, *parallel)
    bare = tuple(replace(c, code=BARE) for c in own if not c.code.endswith("USCIS-PM"))
    return tuple(dict.fromkeys(str(c) for c in (*own, *bare)))


def ancestors(citation: LegalCitation) -> tuple[LegalCitation, ...]:
    """The citation and its ancestors, nearest first: ``214.202(c)(1)``, ``214.202(c)``, ``214.202``."""
    whole = replace(citation, footnote="")
    line = tuple(replace(whole, path=whole.path[:n]) for n in range(len(whole.path), -1, -1))
    return (citation, *line) if citation.footnote else line


def _plain(text: str) -> str:
    """The text with look-alike characters made one; every character keeps its place."""
    return text.translate(
        {
            0xA0: " ",
            0x202F: " ",
            0x2009: " ",
            0x2013: "-",
            0x2011: "-",
            0x2010: "-",
            0x2012: "-",
            0x0A: " ",
            0x0D: " ",
            0x09: " ",
        }
    )


def _from_match(code: str, match: re.Match[str]) -> LegalCitation:
    groups = match.groupdict()
    end = len(match.group().rstrip()) + match.start()
    if code == "USCIS-PM":
        number = groups.get("number") or groups["part"] + (f".{groups['chapter']}" if groups["chapter"] else "")
        path = tuple(_DESIGNATOR.findall(groups.get("path") or "")) or tuple(
            part for part in (groups.get("letter"), groups.get("item")) if part
        )
        path = tuple(part.upper() for part in path)
        return LegalCitation(
            f"{groups['title']} USCIS-PM", number.upper(), path, groups["note"] or "", match.start(), end
        )
    title = f"{groups['title']} " if groups.get("title") else ""
    path = tuple(_DESIGNATOR.findall(groups["path"] or ""))
    return LegalCitation(title + code, groups["number"], path, "", match.start(), end)


def _continued(plain: str, first: LegalCitation) -> tuple[LegalCitation, ...]:
    """What stands behind a citation and belongs to it: ``-214.209``, ``and (c)``."""
    span = _RANGE_END.match(plain, first.end)
    if span and "." in first.number:
        return tuple(_range(first, span.group("number"), span.end()))
    more: list[LegalCitation] = []
    end = first.end
    while first.path and (also := _ALSO.match(plain, end)):
        path = tuple(_DESIGNATOR.findall(also.group("path")))
        stem = first.path[: max(len(first.path) - len(path), 0)]
        more.append(replace(first, path=(*stem, *path), start=also.start("path"), end=also.end()))
        end = also.end()
    return tuple(more)


def _range(first: LegalCitation, last: str, end: int) -> list[LegalCitation]:
    """The sections after the first of a range such as ``214.206-214.209``, at most fifty."""
    part, _, low = first.number.partition(".")
    last_part, _, high = last.partition(".")
    if part != last_part or not (low.isdigit() and high.isdigit()):
        return []
    numbers = range(int(low) + 1, min(int(high), int(low) + 50) + 1)
    return [replace(first, number=f"{part}.{n}", path=(), start=first.end, end=end) for n in numbers]


@cache
def _tables() -> dict[str, dict[str, str]]:
    return tomllib.loads(_PARALLEL.read_text(encoding="utf-8"))


def _parallel(citation: LegalCitation) -> tuple[LegalCitation, ...]:
    tables = _tables()
    if citation.code == "INA" and citation.number in tables["INA"]:
        return (replace(citation, code="8 U.S.C.", number=tables["INA"][citation.number]),)
    if citation.code == "8 U.S.C.":
        for ina, usc in tables["INA"].items():
            if usc == citation.number:
                return (replace(citation, code="INA", number=ina),)
    if citation.code == "TVPA" and citation.number in tables["TVPA"]:
        number = tables["TVPA"][citation.number]
        # The definitions of section 103 were renumbered in the Code; only the section is parallel.
        path = () if number == "7102" else citation.path
        return (replace(citation, code="22 U.S.C.", number=number, path=path),)
    return ()
