"""The Bluebook's form of a provision: ``8 C.F.R. § 214.202(c)(1)`` of ``8 CFR 214.202(c)(1)``.

In the form of its 21st edition (rules 12, 14 and 20), written by ourselves and certified by nobody. What a copy alone
knows, its year and its pages, is put behind it by ``collection.export.citation_lists.bluebook``.
"""

import re
from collections.abc import Callable
from dataclasses import replace

from citations.keys import citation_keys
from citations.parse import parse_citations
from citations.records import MANUAL, LegalCitation

_ACTS = {
    "INA": "Immigration and Nationality Act",
    "TVPA": "Trafficking Victims Protection Act of 2000",
}
_SECTION = re.compile(r"\bsec\. (?=\d)")
_PART = re.compile(r"^Part (?=\d)")
_STATUTES_AT_LARGE = re.compile(r"(?P<volume>\d{1,3}) Stat\. (?P<page>\d{1,3}(?:,\d{3})*|\d+)")
_CONGRESS = re.compile(r"\s*\((\d+(?:st|nd|rd|th))\)")
_FOUR_DIGITS = 9999
_SHORTER = (
    ("Appendix", "app."),
    ("Supplement", "supp."),
    ("comment", "cmt."),
    ("Table", "tbl."),
    ("Schedule", "sched."),
)


def provision_form(cited: str, in_code: Callable[[str], bool] = lambda _: False) -> str:
    """The form of a provision by its cited form; "" for what is no provision: a document, a form, a heading.

    A definition (``8 CFR 214.11(a) “Victim”``) is cited by the paragraph in which it stands.

    Args:
        cited: As documents and people cite it.
        in_code: Whether a copy of the U.S. Code has a paragraph, by its cited form. Behind a section of an act its
            section of the Code stands to the depth that this confirms: paragraphs of the two are not always the same.
    """
    if at_large := _STATUTES_AT_LARGE.fullmatch(cited):
        return f"{at_large['volume']} Stat. {page_number(at_large['page'])}"
    found = parse_citations(cited)
    if not found or found[0].start or not _is_all(cited, found[0]):
        return ""
    return _form(found[0], in_code)


def of_manual(cited: str) -> str:
    """Volume, part, chapter and section of a cited form of the Policy Manual, ""  for any other."""
    found = parse_citations(cited)
    if not found or found[0].start or not found[0].code.endswith(MANUAL):
        return ""
    citation = found[0]
    part, _, chapter = citation.number.partition(".")
    section = f"\u00a7 {'.'.join(citation.path)}" if citation.path else ""
    parts = (f"vol. {citation.code.split()[0]}", f"pt. {part}", f"ch. {chapter}" if chapter else "", section)
    return ", ".join(filter(None, parts)) + _note(citation)


def page_number(page: str) -> str:
    """A number as the Bluebook writes it: with a comma from five digits on (rule 6.2)."""
    plain = page.replace(",", "")
    return f"{int(plain):,}" if plain.isdecimal() and int(plain) > _FOUR_DIGITS else plain


def _is_all(cited: str, citation: LegalCitation) -> bool:
    """Whether a cited form is a citation, but for the word that is defined there."""
    rest = cited[citation.end :].strip()
    return not rest or rest.startswith("\u201c")


def _form(citation: LegalCitation, in_code: Callable[[str], bool]) -> str:
    code, number = citation.code, citation.number
    path = "".join(f"({one})" for one in citation.path)
    within = _SECTION.sub("\u00a7 ", number) + path
    if code.endswith(" CFR"):
        form = _regulation(code.partition(" ")[0], number, path)
    elif code.endswith("U.S.C."):
        form = f"{code} \u00a7 {number}{path}"
    elif code in _ACTS:
        form = f"{_ACTS[code]} \u00a7 {number}{path}"
    elif code.endswith(" FR"):
        form = f"{code.partition(' ')[0]} Fed. Reg. {page_number(number)}"
    elif code == "Executive Order":
        form = f"Exec. Order No. {page_number(number)}"
    elif code == "Pub. L.":
        form = f"Pub. L. No. {within}"
    elif number.startswith("sec. "):  # of an act by its name, with the comma that stands behind it
        form = f"{code.rstrip(',')} {within}"
    elif _CONGRESS.search(number):
        within = _CONGRESS.sub(r", \1 Cong.", within)
        form = f"{code} {within}"
    else:
        return ""
    return f"{form}{_note(citation)}{_codified(citation, in_code)}"


def _codified(citation: LegalCitation, in_code: Callable[[str], bool]) -> str:
    """Where the code has a section of an act, which is cited with it (rule 12.3.1); "" where no table says so."""
    if citation.code not in _ACTS or citation.footnote:
        return ""
    found = [key for key in citation_keys(citation)[1:] if " U.S.C. " in key]
    if not found:
        return ""
    (code,) = parse_citations(found[0])
    depths = (replace(code, path=code.path[:depth]) for depth in range(len(code.path), 0, -1))
    deepest = next((one for one in depths if in_code(str(one))), replace(code, path=()))
    return f", {provision_form(str(deepest))}"


def _regulation(title: str, number: str, path: str) -> str:
    """A section, or a part with what belongs to it."""
    if "." in number and "," not in number and not number.startswith("Part "):
        return f"{title} C.F.R. \u00a7 {number}{path}"
    first, *others = _PART.sub("", number).split(", ")
    for name, short in _SHORTER:
        others = [re.sub(rf"^{name}\b", short, one) for one in others]
    sign = "\u00a7" if "." in first else "pt."
    return f"{title} C.F.R. {sign} {', '.join([first, *others])}{f' {path}' if path and others else path}"


def _note(citation: LegalCitation) -> str:
    return f" n.{citation.footnote}" if citation.footnote else ""
