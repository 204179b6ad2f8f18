"""Federal Register XML of the GPO: an issue (``FEDREG``), or one document of it as federalregister.gov gives it.

Each document of an issue is a division of its own, cited by the page on which it begins: ``PRTPAGE`` marks the first
word of each printed page.
"""

import re
from collections.abc import Iterator
from dataclasses import replace

from lxml import etree

from ingest.readers.official_xml.dates import effective_day
from ingest.readers.official_xml.gpo import INSET, LOWEST_LEVEL, Chain, GpoWalk
from ingest.readers.official_xml.load import local_name
from ingest.readers.official_xml.register_choice import choose_document
from ingest.records import RawBlock, Reading
from ingest.structure.outline import one_line

KINDS = {"RULE": "final-rule", "PRORULE": "proposed-rule", "NOTICE": "notice", "PRESDOCU": "presidential-document"}
"""Documents of an issue, with their kinds as the manifest names kinds."""
_OTHERS = ("CORRECT", "SUNSHINE", "UNKNOWN")
_LEFT_OUT = frozenset({"VOL", "NO", "UNITNAME", "CNTNTS", "FRDOCBP", "PGS", "VOLID", "GPOTABLEINFO"})
_TITLES = frozenset({"AGENCY", "SUBAGY", "SUBJECT", "PROC"})
_BETWEEN = frozenset({"PTITLE", "PARTNO", "DATE"})
"""What stands between the documents of an issue."""
_PRESIDENTIAL = frozenset({"PROCLA", "EXECORD", "DETERM", "PRNOTICE", "PRMEMO", "PRORDER", "OTHERPRES"})
_LEVELS = {"HED": 1, "HD1": 2, "HD2": 3, "HD3": 4, "HD4": 5, "HD5": 6, "HD6": 6}
_QUOTED = frozenset({"EXTRACT", "NOTE", "AUTH", "SOURCE"})
_NUMBER = re.compile(r"FR Doc\.\s*(?P<number>[A-Z]?\d[\w]*[-\u2013]\d+)")


def is_register(root: etree._Element) -> bool:
    """Tell whether a file is an issue of the Federal Register, or a document of one."""
    return local_name(root) in ("FEDREG", *KINDS)


def read_register(root: etree._Element, *, name: str, part: str = "") -> Reading:
    """Read an issue, or one document.

    Args:
        root: ``FEDREG``, or the element of one document.
        name: Name of the file, for messages.
        part: Number of a document ("2024-02787"), or words of its agency or subject that no other document of the
            issue bears; "" for all of it.

    Raises:
        UnreadableDocument: No document of the issue fits ``part``, or several do.
    """
    walk = _Walk(root)
    found = list(_documents(root))
    named = [(element, (" ".join(document_numbers(element)), _headed(element))) for element in found]
    chosen = choose_document(named, part, name) if part else found[0] if len(found) == 1 else None
    if chosen is None:
        return replace(walk.reading(root), title=walk.issue_title(root), document_kind="")
    reading = walk.reading_of(chosen)
    dates = [walk.inline(text) for text in chosen.iter("DATES", "EFFDATE")]
    return replace(
        reading,
        title=walk.inline(next(chosen.iter("SUBJECT", "PROC", "HD"), None)) or reading.title,
        document_kind=KINDS.get(local_name(chosen), ""),
        effective_from=effective_day(" ".join(dates)) if local_name(chosen) == "RULE" else None,
    )


def document_numbers(element: etree._Element) -> list[str]:
    """Numbers that a document bears at its end: "2024-02787"."""
    texts = ("".join(number.itertext()) for number in element.iter("FRDOC"))
    return [match.group("number") for match in map(_NUMBER.search, texts) if match]


def _documents(root: etree._Element) -> Iterator[etree._Element]:
    return (element for element in root.iter(*KINDS, *_OTHERS) if not _inside_document(element))


def _inside_document(element: etree._Element) -> bool:
    return any(local_name(above) in KINDS for above in element.iterancestors())


def _headed(element: etree._Element) -> str:
    return " ".join("".join(head.itertext()) for head in element.iter("AGENCY", "SUBAGY", "SUBJECT", "PROC"))


class _Walk(GpoWalk):
    indented = True

    def __init__(self, root: etree._Element) -> None:
        super().__init__(root)
        volume = "".join(next((element.itertext() for element in root.iter("VOL")), iter(()))).strip()
        self._volume = volume if volume.isdigit() else ""
        self._begins = _first_pages(root)
        self._document: Chain = ()
        self._heads: list[tuple[int, str]] = []
        self._inside = False

    def issue_title(self, root: etree._Element) -> str:
        """``Federal Register, Vol. 89, No. 29, Monday, February 12, 2024``."""
        number, day = (self.inline(root.find(name)) for name in ("NO", "DATE"))
        return f"Federal Register, Vol. {self._volume}, No. {number}, {day}"

    def reading_of(self, document: etree._Element) -> Reading:
        """One document alone: its page is what it is cited by."""
        reading = super().reading(document)
        cited = self._cited(document)
        return replace(reading, cited_as=cited) if cited else reading

    def divide(self, element: etree._Element, name: str, chain: Chain) -> Iterator[RawBlock] | None:
        """A document, its headings by their levels, and the amended sections in it."""
        if name in _LEFT_OUT or (not self._inside and name in _BETWEEN):
            return iter(())
        if (name in KINDS or name in _OTHERS) and not _inside_document(element):
            return self._one(element)
        if not self._inside:
            return None
        title = name in _TITLES and local_name(element.getparent()) in ("PREAMB", *_PRESIDENTIAL)
        if title or name in ("HD", "SECTION"):
            return self._headed(element, "TITLE" if title else name)
        # A heading before this element may have opened a division since its parent was entered.
        own = (*self._chain(), INSET) if INSET in chain else self._chain()
        return None if chain == own else self.blocks(element, own)

    def _headed(self, element: etree._Element, name: str) -> Iterator[RawBlock]:
        if name == "TITLE":
            yield self._title(self.inline(element))
        else:
            yield from self._heading(element) if name == "HD" else self._amended(element)

    def _one(self, element: etree._Element) -> Iterator[RawBlock]:
        cited = self._cited(element)
        self._document, self._heads, self._inside = ((cited,) if cited else ()), [], True
        first = True
        for child in element:
            for block in self.blocks(child, self._chain()):
                yield replace(block, kind="heading", level=1) if first else block
                first = first and not block.text
        self._document, self._heads, self._inside = (), [], False

    def _title(self, text: str) -> RawBlock:
        """One of the headings at the top of a document; the first of all opens it."""
        return self.block("heading", text, self._document, level=LOWEST_LEVEL if self._document else 2)

    def _cited(self, element: etree._Element) -> str:
        page = self._begins.get(element, "")
        return f"{self._volume} FR {page}" if self._volume and page else ""

    def _chain(self) -> Chain:
        return (*self._document, *(form for _, form in self._heads))

    def _heading(self, element: etree._Element) -> Iterator[RawBlock]:
        text, level = self.inline(element), _LEVELS.get(element.get("SOURCE") or "", LOWEST_LEVEL)
        above = element.getparent()
        if above is not None and local_name(above) in _QUOTED:
            yield self.block("paragraph", text, self._chain())
            return
        if above is not None and local_name(above) in _PRESIDENTIAL and level == 1:
            yield self._title(text)
            return
        self._open(level, text.rstrip(":"))
        yield self.block("heading", text, self._chain(), level=level + 1)

    def _open(self, level: int, text: str) -> None:
        while self._heads and self._heads[-1][0] >= level:
            self._heads.pop()
        if self._document and text:
            self._heads.append((level, f"{self._document[0]}, {one_line(text)}"))

    def _amended(self, element: etree._Element) -> Iterator[RawBlock]:
        """A section as it is amended: what it says is text of the document, not yet of the Code."""
        number, subject = element.find("SECTNO"), element.find("SUBJECT")
        heading = f"{self.inline(number)} {self.inline(subject)}".strip()
        if heading:
            self._open(LOWEST_LEVEL + 1, heading)
            yield self.block("heading", heading, self._chain(), level=LOWEST_LEVEL)
        for child in element:
            if child is not number and child is not subject:
                yield from self.blocks(child, self._chain())
        while self._heads and self._heads[-1][0] > LOWEST_LEVEL:
            self._heads.pop()


def _first_pages(root: etree._Element) -> dict[etree._Element, str]:
    """The printed page on which each document begins."""
    begins: dict[etree._Element, str] = {}
    page = ""
    waiting: etree._Element | None = None
    for element in root.iter(etree.Element):
        name = local_name(element)
        if name == "PRTPAGE":
            page = (element.get("P") or page).strip()
            if waiting is not None:
                begins[waiting] = page
        elif (name in KINDS or name in _OTHERS) and not _inside_document(element):
            begins[element], waiting = page, element
        elif waiting is not None and name not in ("TITLE3", "PRES") and (element.text or "").strip():
            waiting = None
    return {element: page for element, page in begins.items() if page.isdigit()}
