"""Cited forms of the levels of a USLM document, from their identifiers and numbers."""

import re
from dataclasses import dataclass
from typing import Literal

from lxml import etree

from ingest.readers.official_xml.load import local_name
from ingest.structure.cfr_forms import HYPHENS, appendix_form, division_form, part_form, section_number

PROVISIONS = frozenset(
    {"subsection", "paragraph", "subparagraph", "clause", "subclause", "item", "subitem", "subsubitem"}
)
"""Levels below a section."""
DIVISIONS = frozenset(
    {
        "title", "subtitle", "division", "subdivision", "chapter", "subchapter", "part", "subpart", "article",
        "subarticle", "appendix", "compiledAct", "courtRules", "reorganizationPlans",
    }
)  # fmt: skip
"""Levels above a section."""
SECTIONS = frozenset({"section", "courtRule", "reorganizationPlan"})
LEVELS = PROVISIONS | DIVISIONS | SECTIONS | {"level"}

_QUOTES = re.compile("[\u201c\u201d\u2018\u2019\"'\\s]")
_IDENTIFIED = re.compile(r"^/us/(?:usc|cfr)/t(?P<title>\d{1,2}[aA]?)(?=/|$)(?:/(?:.*?/)?s(?P<section>\d[^/]*))?")
_TOKEN = re.compile(r"^\[?\(?\s*(?P<token>[0-9A-Za-z]+(?:-[0-9A-Za-z]+)?)\s*\)?[.\]]*$")
_SHORT_NAMES = {
    "immigration and nationality act": "INA",
    "trafficking victims protection act of 2000": "TVPA",
}
"""Acts that have a short name of their own in citations; see ``citations.codes``."""

Family = Literal["code", "act", "regulation"]


@dataclass(slots=True)
class Forms:
    """How the sections of one document are cited.

    Attributes:
        family: ``code`` is the U.S. Code ("8 U.S.C. 1101"), ``regulation`` the CFR ("8 CFR 214.2"), ``act`` a law, a
            bill or a compilation ("Pub. L. 114-125, sec. 910").
        name: What comes before a section's number: "8 U.S.C.", "Pub. L. 114-125"; "" when the file does not state it.
    """

    family: Family
    name: str

    def section(self, element: etree._Element, number: str, above: tuple[str, ...]) -> str:
        """Cited form of a section; "" when the file states no number.

        Args:
            element: The section.
            number: Its number as stated, without its sign.
            above: Cited forms of the divisions around it.
        """
        if not number or not self.name:
            return ""
        kind = local_name(element)
        if kind != "section":
            heading = above[-1] if above else self.name
            return f"{heading}, {'Rule' if kind == 'courtRule' else 'Plan'} {number}"
        if self.family == "act":
            if self.name in _SHORT_NAMES.values():
                return f"{self.name} {number}"
            division = _division(element)
            return f"{self.name}{f', div. {division}' if division else ''}, sec. {number}"
        act = next((form for form in reversed(above) if self.name.endswith("App.") and form != self.name), "")
        return f"{act}, sec. {number}" if act else f"{self.name} {number}"

    def division(self, element: etree._Element, heading: str, part: str) -> str:
        """Cited form of a division above the sections; "" for one that is the whole document."""
        kind = local_name(element)
        whole = self.family != "act" and kind == "title"
        if not self.name or not heading or whole or (kind == "appendix" and self.family == "code"):
            return ""
        if self.family == "regulation" and kind == "part" and part:
            return part_form(self.name, part)
        if self.family == "regulation" and kind == "appendix":
            return appendix_form(self.name, part, heading)
        return division_form(self.name, heading)


def act_name(title: str) -> str:
    """The name under which an act is cited: its short name where it has one."""
    return _SHORT_NAMES.get(" ".join(title.split()).casefold(), " ".join(title.split()))


def stated_section(element: etree._Element) -> str:
    """Number of a section: of its identifier, of its ``num``, else as printed; "" when none is stated."""
    identified = _IDENTIFIED.match(element.get("identifier") or "")
    number = _number(element)
    value = number.get("value") if number is not None else None
    printed = "".join(number.itertext()) if number is not None else ""
    if local_name(element) != "section":
        return (value or printed).strip(" .\u2014")
    in_identifier = identified.group("section") if identified else ""
    for stated in ("" if "..." in (in_identifier or "") else in_identifier, value, printed):
        found = section_number(stated or "")
        if found:
            return _with_letter(found, printed)
    return ""


def _with_letter(stated: str, printed: str) -> str:
    """The number with the letter that is printed behind it: GPO's conversions identify "\u00a7 478.25a" as 478.25."""
    written = section_number(printed)
    return written if written.startswith(stated) and written[len(stated) :].isalpha() else stated


def stated_token(element: etree._Element) -> str:
    """``a`` of a level that is numbered "(a)"; "" for one without a number."""
    number = _number(element)
    if number is None:
        return ""
    for stated in (number.get("value") or "", "".join(number.itertext())):
        match = _TOKEN.match(_QUOTES.sub("", HYPHENS.sub("-", stated)))
        if match:
            return match.group("token")
    return ""


def stated_title(root: etree._Element) -> str:
    """``8`` of a title of the U.S. Code or the CFR, ``5a`` of its appendix; "" when none is stated."""
    for element in root.iter(etree.Element):
        match = _IDENTIFIED.match(element.get("identifier") or "")
        if match:
            return match.group("title")
        if local_name(element) == "docNumber":
            number = "".join(element.itertext()).strip()
            if re.fullmatch(r"\d{1,2}[aA]?", number):
                return number
    return ""


def _number(element: etree._Element) -> etree._Element | None:
    return next((child for child in element if local_name(child) == "num"), None)


def _division(element: etree._Element) -> str:
    above = next((one for one in element.iterancestors() if local_name(one) == "division"), None)
    return stated_token(above) if above is not None else ""
