"""What the intake report says of a Word document."""

from collections.abc import Iterator, Mapping

from ingest.readers.docx.markup import Element, is_placeholder, w
from ingest.readers.docx.notes import Notes
from ingest.readers.docx.package import Package
from ingest.readers.docx.story import Findings

_DIAGRAM = "{http://schemas.openxmlformats.org/drawingml/2006/diagram}relIds"
_CHART = "{http://schemas.openxmlformats.org/drawingml/2006/chart}chart"


def warnings_of(package: Package, notes: Mapping[str, Notes], findings: Findings) -> tuple[str, ...]:
    """Sentences for the report."""
    parts = [part for part in (package.body, package.footnotes, package.endnotes) if part is not None]
    return tuple(
        sentence
        for sentence in (
            _changes(parts),
            _placeholders(parts),
            _parts_elsewhere(parts),
            *_symbols(findings),
            _computed(findings),
            *_numbers(package, notes),
        )
        if sentence
    )


def _count(parts: list[Element], *names: str) -> int:
    return sum(1 for part in parts for _ in part.iter(*names))


def _some(count: int, one: str, many: str) -> str:
    return f"{count} {one if count == 1 else many}"


def _changes(parts: list[Element]) -> str:
    inserted = _count(parts, w("ins"), w("cellIns"))
    deleted = _count(parts, w("del"), w("cellDel"))
    moved = _count(parts, w("moveTo"))
    if not inserted + deleted + moved + _count(parts, w("moveFrom")):
        return ""
    counted = ", ".join(
        _some(count, one, many)
        for count, one, many in (
            (inserted, "insertion", "insertions"),
            (deleted, "deletion", "deletions"),
            (moved, "moved text", "moved texts"),
        )
        if count
    )
    return (
        f"It has tracked changes ({counted}): the text is read as if all of them were accepted. "
        "Make sure that this is the version to cite."
    )


def _placeholders(parts: list[Element]) -> str:
    count = sum(is_placeholder(control) for part in parts for control in part.iter(w("sdt")))
    if not count:
        return ""
    fields = _some(count, "field is", "fields are")
    return f"{fields} not filled in; what stands there to be replaced is not in the text."


def _parts_elsewhere(parts: list[Element]) -> str:
    found = [
        _some(count, one, many)
        for count, one, many in (
            (_count(parts, w("altChunk")), "inserted file", "inserted files"),
            (_count(parts, w("subDoc")), "subdocument", "subdocuments"),
            (_count(parts, w("object")), "embedded object", "embedded objects"),
            (_count(parts, _DIAGRAM), "diagram", "diagrams"),
            (_count(parts, _CHART), "chart", "charts"),
        )
        if count
    ]
    if not found:
        return ""
    return f"Text of {' and '.join(found)} is not read. Open it in Word, save it as PDF and ingest that as well."


def _symbols(findings: Findings) -> Iterator[str]:
    for font, count in sorted(findings.unknown.items()):
        if count:
            symbols = _some(count, "character", "characters")
            yield f"{symbols} of the font {font or 'without a name'} could not be read and are missing from the text."


def _computed(findings: Findings) -> str:
    if not findings.computed:
        return ""
    named = ", ".join(f"{name} ({count})" for name, count in sorted(findings.computed.items()))
    return f"Word works out the text of some fields only when it prints: {named}. It is missing here."


def _numbers(package: Package, notes: Mapping[str, Notes]) -> Iterator[str]:
    if any(one.restarts_on_pages for one in notes.values()) and not _count([package.body], w("lastRenderedPageBreak")):
        yield "Its notes begin anew on each page, and it does not say where pages begin: their numbers may be others."
    if notes["footnote"].marks & notes["endnote"].marks:
        yield "Footnotes and endnotes bear the same numbers: check which one a reference leads to."
