"""Blocks of a document in the order in which they are printed: paragraphs, tables, notes and text boxes."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from ingest.readers.docx.inline.fields import Fields, are_balanced
from ingest.readers.docx.inline.lines import Line, block, finish, join
from ingest.readers.docx.inline.looks import HIDDEN, SEEN, STRUCK, Looks
from ingest.readers.docx.inline.runs import Content, Runs
from ingest.readers.docx.markup import Element, content, is_on, value, w
from ingest.readers.docx.notes import Notes
from ingest.readers.docx.numbering import Numbering
from ingest.readers.docx.styles import Styles
from ingest.readers.docx.tables import Row, is_hidden, is_layout, row_line, rows
from ingest.records import RawBlock
from pinpoint.records import BlockKind

_PARAGRAPH, _TABLE = w("p"), w("tbl")
_DEEPEST_LIST = 9
_HEADING_WORDS = 30  # of the longest heading that ends like a sentence; set by hand, not measured
_SENTENCE_ENDS = (".", ";", ":", "; and", "; or")
_LISTED = re.compile(r"(?:toc|index) [1-9]|table of (?:figures|authorities)")
"""Styles in which Word sets lists of contents: entries with page numbers, which open no section."""


@dataclass(slots=True)
class Findings:
    """What the report says of the reading: counts by name."""

    repairs: Counter[str] = field(default_factory=Counter)
    unseen: Counter[str] = field(default_factory=Counter)
    unknown: Counter[str] = field(default_factory=Counter)
    computed: Counter[str] = field(default_factory=Counter)


@dataclass(frozen=True, slots=True)
class _Paragraph:
    kind: BlockKind
    level: int
    line: Line
    content: Content
    is_title: bool = False


def _is_text(text: str) -> bool:
    """Tell whether what is styled as a heading is a clause: contracts number whole paragraphs by heading styles."""
    return text.endswith(_SENTENCE_ENDS) and len(text.split()) > _HEADING_WORDS


def _runs_on(properties: Element | None, mark: Element | None) -> bool:
    """Tell whether a paragraph is printed with the next one: its mark was deleted, or it is a dropped capital."""
    if mark is not None and (mark.find(w("del")) is not None or mark.find(w("moveFrom")) is not None):
        return True
    return value(properties, "framePr", "dropCap") in ("drop", "margin")


class Story:
    """Reads the body of a document, or what hangs on it: a text box or a note."""

    def __init__(
        self, styles: Styles, looks: Looks, notes: dict[str, Notes], numbering: Numbering, findings: Findings
    ) -> None:
        self._styles, self._looks, self._notes, self._findings = styles, looks, notes, findings
        self._numbers = numbering
        self._numbers_of = {name: numbering.another_story() for name in ("box", "note")}
        self._open_notes: set[Element] = set()
        self._waiting: tuple[Element, Content] | None = None
        self.title = ""

    def blocks(self, container: Element) -> Iterator[RawBlock]:
        """Blocks of the body, of a cell, of a text box or of a note."""
        runs = self._runs(container)
        yield from self._of(container, runs)

    def _runs(self, container: Element) -> Runs:
        fields = Fields(self._findings.computed) if are_balanced(container) else None
        return Runs(self._looks, self._notes, self._findings.unknown, fields)

    def _of(self, container: Element, runs: Runs) -> Iterator[RawBlock]:
        for child in content(container):
            if child.tag == _PARAGRAPH:
                yield from self._written(self._paragraph(child, runs))
            elif child.tag == _TABLE:
                yield from self._written(self._flushed())
                yield from self._table(child, runs)
        yield from self._written(self._flushed())

    def _written(self, paragraph: _Paragraph | None) -> Iterator[RawBlock]:
        if paragraph is None:
            return
        if paragraph.is_title and not self.title:
            self.title = paragraph.line.text
        if paragraph.line.text or paragraph.line.struck:
            yield block(paragraph.kind, paragraph.line, paragraph.level)
        yield from self._hung_on(paragraph.content)

    def _hung_on(self, held: Content) -> Iterator[RawBlock]:
        """Notes and text boxes, behind the paragraph or the row that holds them."""
        for mark, note in held.notes:
            yield from self._note(mark, note)
        for box in held.boxes:
            yield from self._apart(box, "box")

    def _apart(self, container: Element, story: str) -> Iterator[RawBlock]:
        """Blocks of another story, which has its own numbers, fields and deleted paragraph marks."""
        numbers, waiting = self._numbers, self._waiting
        self._numbers, self._waiting = self._numbers_of[story], None
        yield from self.blocks(container)
        self._numbers, self._waiting = numbers, waiting

    def _note(self, mark: str, note: Element) -> Iterator[RawBlock]:
        if note in self._open_notes:
            return
        self._open_notes.add(note)
        held = [*self._apart(note, "note")]
        self._open_notes.remove(note)
        line = join([Line(one.text, one.struck) for one in held if one.kind != "footnote"], "\n")
        if line.text.startswith(mark) and not mark.isalnum() and not line.struck:
            line = Line(line.text.removeprefix(mark).lstrip())  # a mark of its own stands before the note as well
        if line.text:
            yield block("footnote", line, marker=mark)
        yield from (one for one in held if one.kind == "footnote")

    def _flushed(self) -> _Paragraph | None:
        """The paragraph whose mark was deleted, where no other follows it."""
        if self._waiting is None:
            return None
        (element, held), self._waiting = self._waiting, None
        return self._shaped(element, held)

    def _paragraph(self, element: Element, runs: Runs) -> _Paragraph | None:
        """Read a paragraph; None when it runs on into the next one, since its mark was deleted."""
        held = runs.read(element, self._styles.of(element))
        if self._waiting is not None:
            before = self._waiting[1]
            before.add(held)
            held, self._waiting = before, None
        properties = element.find(w("pPr"))
        mark = None if properties is None else properties.find(w("rPr"))
        shaped = None
        if _runs_on(properties, mark):
            self._waiting = (element, held)
        else:
            shaped = self._shaped(element, held)
        if properties is not None and properties.find(w("sectPr")) is not None:
            for notes in self._notes.values():
                notes.begin_section()
        return shaped

    def _shaped(self, element: Element, held: Content) -> _Paragraph:
        style, properties = self._styles.of(element), element.find(w("pPr"))
        mark = None if properties is None else properties.find(w("rPr"))
        states = {state for state, text in held.parts if text.strip()}
        look = self._looks.of(mark, style, element)
        is_absent = look.state == HIDDEN and not is_on(mark, "specVanish") and not states & {SEEN, STRUCK}
        number = None if is_absent else self._numbers.next(properties, style)
        parts = held.parts
        if number is not None and states & {SEEN, STRUCK}:
            state = STRUCK if look.state == STRUCK and SEEN not in states else SEEN
            parts = [(state, number.text), *parts]
        line = finish(parts, self._findings.repairs, self._findings.unseen)
        rank = 0 if _is_text(line.text) else self._styles.heading_level(properties, style)
        names = {part.lower() for part in self._styles.names(style)}
        if rank or "title" in names:
            return _Paragraph("heading", rank or 1, line, held, is_title="title" in names)
        own = self._styles.name(style)
        if _LISTED.match(own):
            return _Paragraph("table_row", 0, line, held)
        depth = int("".join(filter(str.isdecimal, own))[:1] or 1) if own.startswith("list") else 0
        if number is not None or depth:
            depth = max(depth, 0 if number is None else number.level)
            return _Paragraph("list_item", min(depth, _DEEPEST_LIST), line, held)
        return _Paragraph("paragraph", 0, line, held)

    def _table(self, table: Element, runs: Runs) -> Iterator[RawBlock]:
        found: list[Row] = []
        for element, row in rows(table):
            if is_hidden(element):
                self._findings.unseen[HIDDEN] += len(" ".join(text.text or "" for text in element.iter(w("t"))).split())
            elif row.cells:
                found.append(row)
        if is_layout(found, self._styles):
            for row in found:
                for cell in row.cells:
                    yield from self._of(cell.element, runs)
            return
        above: dict[int, Line] = {}
        has_header = is_body = False
        for row in found:
            hung: list[Content] = []
            inner: list[Element] = []
            lines = []
            for cell in row.cells:
                line = Line("")
                if not cell.continues:
                    line = self._cell(cell.element, runs, hung, inner)
                    above[cell.column] = Line(line.text)
                lines.append(above.get(cell.column, line) if cell.continues else line)
            joined = row_line(row, lines)
            is_body = is_body or (has_header and not row.is_header)
            if joined.text or joined.struck:
                yield block("table_row" if is_body else "table_header", joined)
                has_header = has_header or bool(joined.text)
            for held in hung:
                yield from self._hung_on(held)
            for nested in inner:
                yield from self._table(nested, runs)

    def _cell(self, cell: Element, runs: Runs, hung: list[Content], inner: list[Element]) -> Line:
        """Text of a cell on one line; what hangs on it and the tables in it are put into the two lists."""
        lines = []
        for child in content(cell):
            if child.tag == _TABLE:
                inner.append(child)
            elif child.tag == _PARAGRAPH:
                lines.append(self._paragraph(child, runs))
        lines.append(self._flushed())
        read = [one for one in lines if one is not None]
        hung += [one.content for one in read]
        return join([one.line for one in read if one.line.text or one.line.struck], " ")
