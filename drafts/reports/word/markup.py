"""Paragraphs, links and tables as elements of a Word file; they need no style that a draft may not have."""

from collections.abc import Iterable, Sequence

from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from drafts.reports.wording import printed
from ingest.readers.docx.markup import Element

_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_LINK = "0563C1"
_LINE = {"val": "single", "sz": "4", "space": "0", "color": "8A939C"}


def element(name: str, /, *children: Element, **attributes: str) -> Element:
    """An element of the main namespace."""
    made = OxmlElement(f"w:{name}")
    for key, value in attributes.items():
        made.set(qn(f"w:{key}"), value)
    for child in children:
        made.append(child)
    return made


def text_run(text: str, *, bold: bool = False, change: str = "", linked: bool = False) -> Element:
    """A run; ``change`` is "removed" for struck and "added" for underlined words."""
    properties = element("rPr")
    if bold:
        properties.append(element("b"))
    if change == "removed":
        properties.append(element("strike"))
    if linked:
        properties.append(element("color", val=_LINK))
    if change == "added" or linked:
        properties.append(element("u", val="single"))
    made = element("r", properties)
    for at, line in enumerate(printed(text).split("\n")):
        if at:
            made.append(element("br"))
        written = element("t")
        written.text = line.replace("\t", " ")
        written.set(_SPACE, "preserve")
        made.append(written)
    return made


def link(text: str, bookmark: str) -> Element:
    """A link to a bookmark of the same file."""
    return element("hyperlink", text_run(text, linked=True), anchor=bookmark, history="1")


def paragraph(*runs: Element, level: int = 0, new_page: bool = False) -> Element:
    """A paragraph; one with a level is a heading of the outline."""
    properties = element("pPr")
    if level:
        properties.append(element("keepNext"))
    if new_page:
        properties.append(element("pageBreakBefore"))
    properties.append(element("spacing", before="120" if level else "0", after="80", line="240", lineRule="auto"))
    properties.append(element("ind", left="0", right="0", firstLine="0"))
    properties.append(element("jc", val="left"))
    if level:
        properties.append(element("outlineLvl", val=str(level - 1)))
    return element("p", properties, *runs)


def bookmarked(runs: Iterable[Element], name: str, identifier: int) -> list[Element]:
    """Runs between the ends of a bookmark."""
    return [
        element("bookmarkStart", id=str(identifier), name=name),
        *runs,
        element("bookmarkEnd", id=str(identifier)),
    ]


def table(widths: Sequence[int], head: Sequence[str], rows: Iterable[Sequence[Sequence[Element]]]) -> Element:
    """A table with lines, whose first row is repeated on each page.

    Args:
        widths: Of its columns, in twentieths of a point.
        head: Texts of the first row.
        rows: For each row the paragraphs of each cell.
    """
    borders = element(
        "tblBorders", *(element(side, **_LINE) for side in ("top", "left", "bottom", "right", "insideH", "insideV"))
    )
    properties = element(
        "tblPr", element("tblW", w=str(sum(widths)), type="dxa"), borders, element("tblLayout", type="fixed")
    )
    grid = element("tblGrid", *(element("gridCol", w=str(width)) for width in widths))
    made = element("tbl", properties, grid)
    headed = [[paragraph(text_run(text, bold=True))] for text in head]
    made.append(_row(widths, headed, element("trPr", element("cantSplit"), element("tblHeader"))))
    for cells in rows:
        made.append(_row(widths, cells, None))
    return made


def _row(widths: Sequence[int], cells: Sequence[Sequence[Element]], properties: Element | None) -> Element:
    row = element("tr")
    if properties is not None:
        row.append(properties)
    for width, paragraphs in zip(widths, cells, strict=True):
        cell = element("tc", element("tcPr", element("tcW", w=str(width), type="dxa")))
        for one in paragraphs or [paragraph()]:
            cell.append(one)
        row.append(cell)
    return row
