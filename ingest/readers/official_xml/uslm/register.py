"""The Federal Register in USLM (``frDoc``): each document of an issue is cited by the page that it states."""

import re
from collections.abc import Iterator
from dataclasses import replace

from lxml import etree

from ingest.readers.official_xml.dates import effective_day
from ingest.readers.official_xml.gpo import LOWEST_LEVEL, Chain
from ingest.readers.official_xml.load import local_name
from ingest.readers.official_xml.register_choice import choose_document
from ingest.readers.official_xml.uslm.forms import Forms
from ingest.readers.official_xml.uslm.text import TextRun
from ingest.readers.official_xml.uslm.walk import UslmWalk
from ingest.records import RawBlock, Reading, Repair
from ingest.structure.outline import one_line

KINDS = {
    "rule": "final-rule", "proposedRule": "proposed-rule",
    "notice": "notice", "presidentialDoc": "presidential-document",
}  # fmt: skip
_TITLES = ("organization", "subject")
_LEVELS = {"HED": 1, "HD1": 2, "HD2": 3, "HD3": 4, "HD4": 5}
_STYLES = re.compile(r"-uslm-sgm:(H[A-Z0-9]+)")


def is_uslm_register(root: etree._Element) -> bool:
    """Tell whether a USLM file is an issue of the Federal Register, or a document of one."""
    return local_name(root) in ("frDoc", "federalRegister", *KINDS)


def read_uslm_register(root: etree._Element, *, name: str, part: str = "") -> Reading:
    """Read an issue, or one document.

    Args:
        root: ``frDoc``, or the element of one document.
        name: Name of the file, for messages.
        part: Number of a document, or words of its agency or subject; "" for all of it.

    Raises:
        UnreadableDocument: No document of the issue fits ``part``, or several do.
    """
    found = [element for element in root.iter(etree.Element) if local_name(element) in KINDS]
    chosen = choose_document([(element, _named(element)) for element in found], part, name) if part else None
    if chosen is None and len(found) == 1:
        chosen = found[0]
    walk = _Walk(root)
    blocks = tuple(block for block in walk.blocks(root if chosen is None else chosen) if block.text)
    reading = Reading(
        blocks,
        title=_meta(root, "title") or next((block.text for block in blocks if block.kind == "heading"), ""),
        repairs=tuple(Repair(repair, count) for repair, count in sorted(walk.text.repairs.items())),
    )
    if chosen is None:
        return reading
    dates = " ".join(" ".join(each.itertext()) for each in chosen.iter(etree.Element) if each.get("role") == "dates")
    rule = local_name(chosen) == "rule"
    return replace(
        reading,
        title=_words(chosen, "subject") or _meta(chosen, "title") or reading.title,
        cited_as=walk.cited(chosen),
        document_kind=KINDS[local_name(chosen)],
        effective_from=effective_day(" ".join(dates.split())) if rule else None,
    )


class _Walk(UslmWalk):
    def __init__(self, root: etree._Element) -> None:
        super().__init__(Forms("act", ""))
        self._volume = _meta(root, "volume")
        self._document: Chain = ()
        self._heads: list[tuple[int, str]] = []
        self._inside = False

    def cited(self, element: etree._Element) -> str:
        """``83 FR 21704``; "" where the file does not state volume and page."""
        volume, page = _meta(element, "volume") or self._volume, _meta(element, "startingPage")
        return f"{volume} FR {page}" if volume.isdigit() and page.isdigit() else ""

    def blocks(self, element: etree._Element, chain: Chain = ()) -> Iterator[RawBlock]:
        """Blocks of an element, at the division that the last heading opened."""
        name = local_name(element)
        if name in KINDS:
            yield from self._one(element)
        elif not self._inside and name in ("preface", "toc", "meta", "notes", "backMatter"):
            return
        elif self._inside and name in _TITLES and local_name(element.getparent()) == "preface":
            yield from self._title(element)
        elif self._inside and name == "heading":
            yield from self._heading(element)
        else:
            yield from super().blocks(element, self._chain())

    def _end_line(self, chain: Chain, *, heading: bool = False, level: int = LOWEST_LEVEL) -> Iterator[RawBlock]:
        yield from super()._end_line(self._chain(), heading=heading, level=level)

    def _chain(self) -> Chain:
        return (*self._document, *(form for _, form in self._heads))

    def _one(self, element: etree._Element) -> Iterator[RawBlock]:
        yield from self._end_line(())
        cited = self.cited(element)
        self._document, self._heads, self._inside = ((cited,) if cited else ()), [], True
        self._quoting += 1
        first = True
        for child in (*element, None):
            for block in self._end_line(()) if child is None else self.blocks(child):
                yield replace(block, kind="heading", level=1) if first else block
                first = first and not block.text
        self._quoting -= 1
        self._document, self._heads, self._inside = (), [], False

    def _title(self, element: etree._Element) -> Iterator[RawBlock]:
        yield from self._end_line(())
        captioned = any(local_name(child) == "headingText" for child in element)
        self.text.gather(element)
        yield from self._end_line((), heading=not captioned, level=LOWEST_LEVEL if self._document else 2)

    def _heading(self, element: etree._Element) -> Iterator[RawBlock]:
        yield from self._end_line(())
        style = next((name for name in _STYLES.findall(element.get("style") or "")), "")
        text, level = self.text.text_of(element), _LEVELS.get(style, LOWEST_LEVEL)
        above = element.getparent()
        quoted = any(
            local_name(one) in ("quotedContent", "note", "authority", "table") for one in element.iterancestors()
        )
        if above is None or quoted:
            self.text.say(text)
            yield from self._end_line(())
            return
        while self._heads and self._heads[-1][0] >= level:
            self._heads.pop()
        if self._document and text:
            self._heads.append((level, f"{self._document[0]}, {one_line(text.rstrip(':'))}"))
        self.text.say(text)
        yield from self._end_line((), heading=True, level=level + 1)


def _named(element: etree._Element) -> tuple[str, str]:
    """Number of a document, and the words of its agency and subject."""
    words = [" ".join(each.itertext()) for each in element.iter(etree.Element) if local_name(each) in _TITLES]
    return _meta(element, "docNumber"), " ".join(words)


def _meta(element: etree._Element, name: str) -> str:
    meta = next((child for child in element if local_name(child) == "meta"), None)
    return _words(meta, name) if meta is not None else ""


def _words(element: etree._Element, name: str) -> str:
    found = next((child for child in element.iter(etree.Element) if local_name(child) == name), None)
    return TextRun().text_of(found)
