"""What a USLM file says of itself: what it is, how it is cited, of which day it is."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from lxml import etree

from ingest.readers.official_xml.dates import find_day
from ingest.readers.official_xml.load import DASHES, local_name
from ingest.readers.official_xml.uslm.forms import Forms, act_name, stated_title
from ingest.readers.official_xml.uslm.walk import UslmWalk
from ingest.records import Reading, Repair, raw_block

NAMESPACES = (
    "http://xml.house.gov/schemas/uslm/",
    "http://schemas.gpo.gov/xml/uslm",
    "https://schemas.gpo.gov/xml/uslm",
)
ROOTS = frozenset(
    {"uscDoc", "statuteCompilation", "pLaw", "bill", "resolution", "amendment", "engrossedAmendment", "cfrDoc"}
)
"""Documents of USLM that have sections; the Federal Register's are read in ``uslm_register``."""
_LAW = re.compile(r"\b(?:Public Law|Pub\.? ?L\.?|P\. ?L\.)\s*(?P<number>\d{2,3}[-\u2010-\u2015]\d{1,4})")
_PRIVATE = re.compile(r"\bPrivate Law\s*(?P<number>\d{2,3}[-\u2010-\u2015]\d{1,4})")
_BILLS = {
    "house bill": "H.R.", "senate bill": "S.",
    "house joint resolution": "H.J. Res.", "senate joint resolution": "S.J. Res.",
    "house concurrent resolution": "H. Con. Res.", "senate concurrent resolution": "S. Con. Res.",
    "house resolution": "H. Res.", "senate resolution": "S. Res.", "house simple resolution": "H. Res.",
    "senate simple resolution": "S. Res.",
}  # fmt: skip
_TEENS = (11, 12, 13)
_ENDINGS = {1: "st", 2: "nd", 3: "rd"}


@dataclass(frozen=True, slots=True)
class _Stated:
    """What a file says of itself."""

    forms: Forms
    title: str
    kind: str
    effective_from: date | None = None
    current_to: date | None = None


def is_uslm(root: etree._Element) -> bool:
    """Tell whether a file is USLM of any version."""
    namespace = etree.QName(root).namespace or ""
    return namespace.startswith(NAMESPACES)


def read_uslm(root: etree._Element) -> Reading:
    """Read a title of the U.S. Code, a compilation, a law, a bill or a volume of the CFR."""
    stated = _describe(root)
    walk = UslmWalk(stated.forms)
    edition = _line_of_edition(root) if stated.forms.family == "regulation" else ""
    found = [raw_block("paragraph", edition)] * bool(edition)
    found += [block for block in walk.blocks(root) if block.text]
    repairs = tuple(Repair(name, count) for name, count in sorted(walk.text.repairs.items()))
    warnings = [f"{walk.text.pictures} pictures or formulas are not text and were left out."] * bool(walk.text.pictures)
    if walk.contents:
        warnings.append(f"Lists of contents were left out: {walk.contents} lines, which only name the provisions.")
    reading = Reading(
        tuple(found),
        title=stated.title or next((block.text for block in found if block.kind == "heading"), ""),
        repairs=repairs,
        warnings=tuple(warnings),
    )
    return replace(
        reading,
        cited_as=stated.forms.name,
        document_kind=stated.kind,
        effective_from=stated.effective_from,
        current_to=stated.current_to,
    )


def _line_of_edition(root: etree._Element) -> str:
    """``Revised as of April 1, 2017``, on the cover of a volume of the CFR."""
    cover = next((child for child in root if local_name(child) == "preface"), None)
    line = (
        next((child for child in cover if local_name(child) == "docReleasePoint"), None) if cover is not None else None
    )
    return " ".join(_words(line)) if line is not None else ""


def _describe(root: etree._Element) -> _Stated:
    kind = local_name(root)
    title = _first(root, "meta", "title")
    if kind == "uscDoc" or (_first(root, "meta", "type").startswith("USC")):
        return _code_title(root, title)
    if kind == "cfrDoc":
        number = stated_title(root)
        day = find_day(_first(root, "meta", "docReleasePoint")) or find_day(_first(root, "meta", "created"))
        return _Stated(Forms("regulation", f"{number} CFR" if number else ""), title, "regulation", current_to=day)
    if kind == "statuteCompilation":
        return _compilation(root, title)
    return _law_or_bill(root, title)


def _code_title(root: etree._Element, title: str) -> _Stated:
    """``Title 8—ALIENS AND NATIONALITY`` as of its release point."""
    number = stated_title(root)
    code = f"{number.rstrip('aA')} U.S.C.{' App.' if number[-1:] in ('a', 'A') else ''}" if number else ""
    heading = next((child for child in root.iter(etree.Element) if local_name(child) in ("title", "appendix")
                    and any(local_name(below) == "heading" for below in child)), None)  # fmt: skip
    named = (
        "".join(" ".join(_words(child)) for child in heading if local_name(child) in ("num", "heading"))
        if heading is not None
        else ""
    )
    day = find_day(_first(root, "meta", "created")) or find_day(_first(root, "meta", "createdDate"))
    return _Stated(Forms("code", code), named or title, "statute", current_to=day)


def _compilation(root: etree._Element, title: str) -> _Stated:
    """An act as amended, under its short title; its sections are those of the act."""
    short = _first(root, "meta", "citableAsShortTitle")
    spelled = [name for name in _all(root, "containsShortTitle") if name.casefold() == (short or title).casefold()]
    name = next((one for one in spelled if not one.isupper()), spelled[0] if spelled else short or title)
    amended = next((child for child in root.iter(etree.Element) if local_name(child) == "editionNote"), None)
    dates = [child.get("date") or "" for child in amended.iter(etree.Element)] if amended is not None else []
    day = next((found for found in map(find_day, dates) if found), None)
    return _Stated(Forms("act", act_name(name)), name, "statute", current_to=day)


def _law_or_bill(root: etree._Element, title: str) -> _Stated:
    said = f"{title} {' '.join(_all(root, 'citableAs'))}"
    number, congress = _first(root, "meta", "docNumber"), _first(root, "meta", "congress")
    law, private = _LAW.search(said), _PRIVATE.search(said)
    if local_name(root) == "pLaw":
        found = law or private
        stated = (
            DASHES.sub("-", found.group("number")) if found else f"{congress}-{number}" if congress and number else ""
        )
        name = f"{'Pvt. L.' if private and not law else 'Pub. L.'} {stated}" if stated else ""
        return _Stated(
            Forms("act", name), title, "statute", effective_from=find_day(_first(root, "meta", "approvedDate"))
        )
    abbreviation = _BILLS.get(_first(root, "meta", "type").casefold(), "")
    named = f"{abbreviation} {number} ({_ordinal(congress)})" if abbreviation and number and congress.isdigit() else ""
    return _Stated(Forms("act", named), title, "bill" if local_name(root) == "bill" else "resolution")


def _ordinal(number: str) -> str:
    value = int(number)
    return f"{value}{'th' if value % 100 in _TEENS else _ENDINGS.get(value % 10, 'th')}"


def _first(root: etree._Element, within: str, name: str) -> str:
    """Text of the first element of a name in the document's own ``meta``; "" when there is none."""
    meta = next((child for child in root if local_name(child) == within), None)
    found = next((child for child in meta if local_name(child) == name), None) if meta is not None else None
    return " ".join(_words(found)) if found is not None else ""


def _all(root: etree._Element, name: str) -> Iterator[str]:
    meta = next((child for child in root if local_name(child) == "meta"), None)
    return (" ".join(_words(child)) for child in (meta if meta is not None else ()) if local_name(child) == name)


def _words(element: etree._Element) -> list[str]:
    return "".join(element.itertext()).split()
