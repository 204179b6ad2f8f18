"""XML of the eCFR to blocks, as the versioner API and the GPO bulk data give it.

The elements are those of GPO's "eCFR XML User Guide": ``DIV1`` to ``DIV9`` from title to appendix. Their numbers are
stated in ``N``; the title stands in ``N`` of DIV1, else in ``NODE`` or in the metadata of a division.
"""

import re
from collections.abc import Iterator
from dataclasses import replace

from lxml import etree

from citations.section_numbers import PART_NUMBER
from ingest.readers.official_xml.dates import find_day
from ingest.readers.official_xml.gpo import Chain, GpoWalk
from ingest.readers.official_xml.load import local_name
from ingest.records import RawBlock, Reading
from ingest.structure.cfr_forms import appendix_form, division_form, part_form, part_number, section_number

_DIVISION = re.compile(r"^DIV[1-9]$")
_LEVELS = {"TITLE": 1, "SUBTITLE": 2, "CHAPTER": 2, "SUBCHAP": 3, "PART": 3, "SUBPART": 4, "SUBJGRP": 5, "SECTION": 5}
_PART = re.compile(rf"(?:Part )?(?P<number>{PART_NUMBER})")
_SEVERAL = re.compile(r"\s*parts\b", re.IGNORECASE)
_APPENDIX_LEVEL = 4  # an appendix stands where a subpart does
_TITLE_OF = re.compile(r"^(?P<node>\d{1,2}):|\"citation\"\s*:\s*\"(?P<cited>\d{1,2}) CFR\b|/title-(?P<path>\d{1,2})\b")


def is_ecfr(root: etree._Element) -> bool:
    """Tell whether a file has divisions of the eCFR."""
    return any(_DIVISION.match(local_name(element)) and element.get("TYPE") for element in root.iter(etree.Element))


def read_ecfr(root: etree._Element) -> Reading:
    """Read a title, or any division of one."""
    walk = _Walk(root)
    amended = next((element for element in root.iter("AMDDATE")), None)
    return replace(
        walk.reading(root),
        cited_as=walk.code if walk.code != "CFR" else "",
        document_kind="regulation",
        current_to=find_day(walk.inline(amended)),
    )


class _Walk(GpoWalk):
    def __init__(self, root: etree._Element) -> None:
        super().__init__(root)
        title = _title_number(root)
        self.code = f"{title} CFR" if title else "CFR"
        self._part = ""

    def divide(self, element: etree._Element, name: str, chain: Chain) -> Iterator[RawBlock] | None:
        """A division with its heading, what stands in it below its cited form."""
        if name == "AMDDATE":
            return iter(())
        if not _DIVISION.match(name) or not element.get("TYPE"):
            return None
        return self._division(element, (element.get("TYPE") or "").upper(), chain)

    def _division(self, element: etree._Element, kind: str, chain: Chain) -> Iterator[RawBlock]:
        head = next((child for child in element if local_name(child).upper() == "HEAD"), None)
        heading, number = self.inline(head), " ".join((element.get("N") or "").split())
        if kind == "PART":
            single = _PART.fullmatch(number)
            # Only in title 41 may "2-9" be one part: elsewhere the heading is "PARTS 2-9 [RESERVED]".
            known = single and ("-" not in number or (self.code == "41 CFR" and not _SEVERAL.match(heading)))
            self._part = part_number(heading) or (single.group("number") if single and known else "")
        elif kind == "SECTION":
            self.section = heading
        form = self._form(kind, number, heading)
        stated = (*chain, form) if form else chain
        if heading:
            yield self.block("heading", heading, stated, level=_LEVELS.get(kind, _APPENDIX_LEVEL))
        yield from self.children(element, stated, but=head)

    def _form(self, kind: str, number: str, heading: str) -> str:
        """Cited form of a division; "" for the title, which is the document, and for what states no address."""
        if kind == "SECTION":
            stated = section_number(number) or section_number(heading)
            return f"{self.code} {stated}" if stated else ""
        if kind == "PART":
            return part_form(self.code, self._part) if self._part else division_form(self.code, heading)
        if kind == "APPENDIX":
            return appendix_form(self.code, self._part, heading or number) if heading or number else ""
        return "" if kind == "TITLE" or not heading else division_form(self.code, heading)


def _title_number(root: etree._Element) -> str:
    """Number of the title that the file states, "" when it states none."""
    for element in root.iter(etree.Element):
        if element.get("TYPE") == "TITLE" and (element.get("N") or "").strip().isdigit():
            return (element.get("N") or "").strip()
        stated = _TITLE_OF.search(element.get("NODE") or "") or _TITLE_OF.search(
            element.get("hierarchy_metadata") or ""
        )
        if stated:
            return next(number for number in stated.groups() if number)
    return ""
