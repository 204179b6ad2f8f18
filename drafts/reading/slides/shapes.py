"""Shapes of a slide in order, also those in groups and in alternate content, which python-pptx passes over."""

from collections.abc import Iterator
from dataclasses import dataclass

from drafts.reading.slides.text import Element, a

_P = "{http://schemas.openxmlformats.org/presentationml/2006/main}"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_CHART = "{http://schemas.openxmlformats.org/drawingml/2006/chart}chart"
_DIAGRAM = "{http://schemas.openxmlformats.org/drawingml/2006/diagram}relIds"
_TITLES = {"title", "ctrTitle", "subTitle"}
_NUMBERS = {"sldNum", "dt", "sldImg"}
"""Placeholders of what no one writes: the number of the slide, the day, the picture of the slide on its notes."""


@dataclass(frozen=True, slots=True)
class Shape:
    """A paragraph of a shape, or what hangs on a slide.

    Attributes:
        kind: "text", "title", "table", "chart" (its relation is ``link``), "diagram".
        paragraph: The ``a:p``; None for a chart or a diagram.
        row: Of a table, from 1; 0 elsewhere.
        cell: In its row, from 1; 0 elsewhere.
        table: Number of the table on the slide.
    """

    kind: str
    paragraph: Element | None = None
    row: int = 0
    cell: int = 0
    table: int = 0
    link: str = ""


def shapes(tree: Element) -> Iterator[Shape]:
    """Paragraphs of all shapes of a slide, in the order in which they are drawn."""
    tables = 0
    for element in _leaves(tree):
        if element.tag == f"{_P}graphicFrame":
            table = next(element.iter(a("tbl")), None)
            if table is not None:
                tables += 1
                yield from _cells(table, tables)
            for chart in element.iter(_CHART):
                yield Shape("chart", link=chart.get(f"{_R}id", ""))
            if next(element.iter(_DIAGRAM), None) is not None:
                yield Shape("diagram")
        elif element.tag in (f"{_P}sp", f"{_P}cxnSp"):
            placeholder = next(element.iter(f"{_P}ph"), None)
            kind = "" if placeholder is None else placeholder.get("type", "")
            if kind not in _NUMBERS:
                for paragraph in element.iterfind(f"{_P}txBody/{a('p')}"):
                    yield Shape("title" if kind in _TITLES else "text", paragraph)


def _leaves(tree: Element) -> Iterator[Element]:
    """Shapes that are no groups, through groups and through one branch of alternate content."""
    for child in tree:
        if child.tag == f"{_P}grpSp":
            yield from _leaves(child)
        elif child.tag == f"{_MC}AlternateContent":
            branches = [one for one in child if one.tag in (f"{_MC}Choice", f"{_MC}Fallback")]
            with_text = (one for one in branches if next(one.iter(a("t")), None) is not None)
            chosen = next(with_text, branches[0] if branches else None)
            if chosen is not None:
                yield from _leaves(chosen)
        elif isinstance(child.tag, str) and not _is_hidden(child):
            yield child


def _is_hidden(shape: Element) -> bool:
    properties = next(shape.iter(f"{_P}cNvPr"), None)
    return properties is not None and properties.get("hidden", "0") in ("1", "true")


def _cells(table: Element, number: int) -> Iterator[Shape]:
    for row, element in enumerate(table.iterchildren(a("tr")), start=1):
        cells = [cell for cell in element.iterchildren(a("tc")) if not _continues(cell)]
        for position, cell in enumerate(cells, start=1):
            for paragraph in cell.iterfind(f"{a('txBody')}/{a('p')}"):
                yield Shape("table", paragraph, row, position, number)


def _continues(cell: Element) -> bool:
    """Tell whether a cell goes on with the one above or before it."""
    return any(cell.get(name, "0") in ("1", "true") for name in ("hMerge", "vMerge"))
