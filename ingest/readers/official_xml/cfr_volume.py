"""XML of the annual Code of Federal Regulations: whole volumes (``CFRDOC``) and granules (``CFRGRANULE``) of GovInfo.

The number of a section stands in ``SECTNO``, its heading in ``SUBJECT``; other divisions state theirs in ``HD``.
"""

import re
from collections.abc import Iterator
from dataclasses import replace

from lxml import etree

from ingest.readers.official_xml.dates import find_day
from ingest.readers.official_xml.gpo import Chain, GpoWalk
from ingest.readers.official_xml.load import local_name
from ingest.records import RawBlock, Reading
from ingest.structure.cfr_forms import appendix_form, division_form, part_form, part_number, section_number

_LEVELS = {
    "SUBTITLE": 2, "CHAPTER": 2, "SUBCHAP": 3, "PART": 3, "SUBPART": 4, "SUBJGRP": 5, "SECTION": 5, "APPENDIX": 4,
}  # fmt: skip
_FINDING_AIDS = frozenset(
    {"FDSYS", "BMTR", "TOC", "CONTENTS", "FAIDS", "EXPLA", "THISTITL", "AMDDATE", "CFRTITLE", "TITLEHD"}
)
"""Front and back matter and lists of contents: no text of the regulations."""
_HEADINGS = ("HD", "RESERVED")
_TITLE = re.compile(r"\bTitle\s+(?P<number>\d{1,2})\b", re.IGNORECASE)
_COVER = ("TITLENUM", "SUBJECT", "PARTS")
_REVISED = ("REVISED", "REV")
_DAYS = ("DATE", "ORIGINALDATE")


def is_cfr_volume(root: etree._Element) -> bool:
    """Tell whether a file is one of the annual CFR."""
    return local_name(root) in ("CFRDOC", "CFRGRANULE")


def read_cfr_volume(root: etree._Element) -> Reading:
    """Read a volume, or a granule of one: a part, a subpart, a section."""
    walk = _Walk(root)
    reading = walk.reading(root)
    page = next(root.iter("TITLEPG"), None)
    cover = [_text(page.find(name)) for name in _COVER] if page is not None else []
    return replace(
        reading,
        title=" ".join(cover).strip() or next((b.text for b in reading.blocks if b.kind == "heading"), reading.title),
        cited_as=walk.code if walk.code != "CFR" else "",
        document_kind="regulation",
        current_to=next((day for day in map(find_day, _editions(root)) if day), None),
    )


class _Walk(GpoWalk):
    def __init__(self, root: etree._Element) -> None:
        super().__init__(root)
        title = _title_number(root)
        self.code = f"{title} CFR" if title else "CFR"
        stated = _text(root.find("FDSYS/HEADING"))
        self._part = part_number(stated)

    def divide(self, element: etree._Element, name: str, chain: Chain) -> Iterator[RawBlock] | None:
        """A division with its heading, what stands in it below its cited form."""
        if name == "FMTR":
            revised = next(element.iter(*_REVISED), None)
            return iter((self.block("paragraph", self.inline(revised), chain),))
        if name in _FINDING_AIDS:
            return iter(())
        if name == "SECTION":
            return self._section(element, chain)
        return self._division(element, name, chain) if name in _LEVELS else None

    def _division(self, element: etree._Element, name: str, chain: Chain) -> Iterator[RawBlock]:
        head = next((child for child in element if local_name(child) in _HEADINGS), None)
        if head is None and name != "APPENDIX":
            head = element.find("TOC/TOCHD/HD")  # of a chapter, whose list of contents is left out
        heading = self.inline(head)
        if name == "PART":
            ear = part_number(_text(element.find("EAR")))
            self._part = part_number(heading) or ear if heading else ear or self._part
        form = self._form(name, heading)
        stated = (*chain, form) if form else chain
        if heading:
            yield self.block("heading", heading, stated, level=_LEVELS[name])
        yield from self.children(element, stated, but=head)

    def _form(self, name: str, heading: str) -> str:
        if name == "PART" and self._part:
            return part_form(self.code, self._part)
        if not heading:
            return ""
        return (
            appendix_form(self.code, self._part, heading) if name == "APPENDIX" else division_form(self.code, heading)
        )

    def _section(self, element: etree._Element, chain: Chain) -> Iterator[RawBlock]:
        number, subject = element.find("SECTNO"), element.find("SUBJECT")
        if subject is None:
            subject = element.find("RESERVED")
        heading = f"{self.inline(number)} {self.inline(subject)}".strip()
        stated = section_number(self.inline(number))
        form = f"{self.code} {stated}" if stated else ""
        below = (*chain, form) if form else chain
        self.section = heading
        if heading:
            yield self.block("heading", heading, below, level=_LEVELS["SECTION"])
        for child in element:
            if child is not number and child is not subject:
                yield from self.blocks(child, below)
            if (child.tail or "").strip():
                yield self.block("paragraph", child.tail or "", below)


def _title_number(root: etree._Element) -> str:
    stated = _text(root.find("FDSYS/CFRTITLE"))
    if stated.isdigit():
        return stated
    for name in ("TITLENUM", "TITLEHD", "HD"):
        for element in root.iter(name):
            match = _TITLE.search(_text(element))
            if match:
                return match.group("number")
    return ""


def _editions(root: etree._Element) -> Iterator[str]:
    """What the file says of the day of its edition, the surest first."""
    for name in _REVISED:
        yield from (_text(element) for element in root.iter(name))
    yield from (_text(root.find(f"FDSYS/{name}")) for name in _DAYS)
    yield from (_text(element) for element in root.iter("AMDDATE"))


def _text(element: etree._Element | None) -> str:
    return "" if element is None else " ".join("".join(element.itertext()).split())
