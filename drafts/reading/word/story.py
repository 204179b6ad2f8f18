"""Parts of a Word file in the order in which they are read: paragraphs, cells, notes, text boxes and comments."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from drafts.reading.word.lines import Lines
from drafts.reading.word.quoting import is_quotation
from drafts.reading.word.records import Line, WordPart
from drafts.records import DraftPart, Story
from ingest.readers.docx.inline.fields import Fields, are_balanced
from ingest.readers.docx.inline.looks import HIDDEN, Looks
from ingest.readers.docx.markup import Element, content, value, w
from ingest.readers.docx.notes import Notes
from ingest.readers.docx.styles import Styles
from ingest.readers.docx.tables import is_hidden, rows

_PARAGRAPH, _TABLE, _BEGIN, _END = w("p"), w("tbl"), w("bookmarkStart"), w("bookmarkEnd")
_RANGE = w("commentRangeStart")
_TITLES = ("title", "subtitle")


@dataclass(slots=True)
class _Around:
    """Where a paragraph stands.

    Attributes:
        name: In words; "" for the body, whose paragraphs are counted.
        anchor: Part at which a remark on it can be made; None where it is its own.
        tables: Tables so far.
    """

    story: Story
    name: str = ""
    anchor: int | None = None
    tables: int = 0


@dataclass(slots=True)
class WordReader:
    """Reads the parts of a Word file.

    Attributes:
        notes: Footnotes and endnotes by kind.
        comments: Number and element of each comment by its id.
        counts: What is not read: hidden and struck words, unknown symbols.
        left_out: Name of the bookmark around what is not part of the draft.
        parts: What was read so far.
    """

    styles: Styles
    looks: Looks
    notes: dict[str, Notes]
    comments: dict[str, tuple[int, Element]]
    counts: Counter[str]
    left_out: str
    parts: list[WordPart] = field(default_factory=list)
    _paragraphs: int = 0
    _boxes: int = 0
    _waiting: Line | None = None
    _skipping: str = ""
    _open_notes: set[Element] = field(default_factory=set)
    _shown: set[str] = field(default_factory=set)

    def read(self, body: Element, headers: tuple[tuple[str, Element], ...]) -> None:
        """Read the body with what hangs on it, then headers and footers, each text once, then comments on nothing."""
        self._story(body, _Around("body"))
        for name, root in headers:
            self._story(root, _Around("header", name, anchor=0))
        for number, comment in self.comments.values():
            self._story(comment, _Around("comment", f"comment {number}", anchor=self._nearest()))
        self.comments = {}
        self.parts = [*self._anchored()]

    def _anchored(self) -> Iterator[WordPart]:
        """The parts, with anchors that bear a remark: those of the body."""
        bearing = [one.part.number for one in self.parts if one.part.story in ("body", "table")]
        known = set(bearing)
        for one in self.parts:
            anchor = one.part.anchor
            if bearing and anchor not in known:
                anchor = next((number for number in bearing if number >= anchor), bearing[-1])
            yield replace(one, part=replace(one.part, anchor=anchor))

    def _nearest(self) -> int:
        """The paragraph of the body that was read last."""
        return next((one.part.number for one in reversed(self.parts) if one.part.story in ("body", "table")), 0)

    def _story(self, container: Element, around: _Around) -> None:
        """Read what has its own fields and its own deleted marks of paragraphs."""
        waiting, self._waiting = self._waiting, None
        fields = Fields(Counter()) if are_balanced(container) else None
        self._blocks(container, around, Lines(self.looks, self.notes, self.counts, fields))
        self._waiting = waiting

    def _blocks(self, container: Element, around: _Around, lines: Lines) -> None:
        commented: list[str] = []
        for child in content(container):
            if self._is_left_out(child):
                continue
            if child.tag == _PARAGRAPH:
                self._paragraph(child, around, lines, commented)
                commented = []
            elif child.tag == _TABLE:
                self._flush(around)
                self._table(child, around, lines)
            elif child.tag == _RANGE:
                commented.append(child.get(w("id"), ""))
        self._flush(around)

    def _is_left_out(self, block: Element) -> bool:
        """Tell whether a block stands between the ends of the bookmark around what is no part of the draft."""
        was_skipping = bool(self._skipping)
        for mark in block.iter(_BEGIN, _END):
            if mark.tag == _BEGIN and mark.get(w("name"), "") == self.left_out:
                self._skipping = mark.get(w("id"), "")
                was_skipping = True
            elif mark.tag == _END and self._skipping and mark.get(w("id")) == self._skipping:
                self._skipping = ""
        return was_skipping

    def _paragraph(self, element: Element, around: _Around, lines: Lines, commented: list[str]) -> None:
        """Read a paragraph; one whose mark was deleted waits for the next one, into which it runs on."""
        line = lines.read(element, self.styles.of(element))
        line.comments[:0] = commented
        if self._waiting is not None:
            self._waiting.add(line)
            line, self._waiting = self._waiting, None
        properties = element.find(w("pPr"))
        if _runs_on(properties):
            self._waiting = line
        else:
            self._write(line, around)
        if properties is not None and properties.find(w("sectPr")) is not None:
            for notes in self.notes.values():
                notes.begin_section()

    def _flush(self, around: _Around) -> None:
        if self._waiting is not None:
            line, self._waiting = self._waiting, None
            self._write(line, around)

    def _write(self, line: Line, around: _Around) -> None:
        """Add a paragraph to the parts, then its notes, its text boxes and its comments."""
        line.trim()
        text = "".join(one.text for one in line.texts)
        where = around.name
        if text and not (around.story == "header" and text in self._shown):
            if not where:
                self._paragraphs += 1
                where = f"paragraph {self._paragraphs}"
            if around.story == "header":
                self._shown.add(text)
            self._add(line, text, where, around)
        anchor = self._nearest() if around.anchor is None else around.anchor
        hung = _Around("body", where, anchor)
        for kind, mark, note in line.notes:
            if note not in self._open_notes:
                self._open_notes.add(note)
                self._story(note, replace(hung, story="note", name=f"{kind} {mark}"))
        for box in line.boxes:
            self._boxes += 1
            self._story(box, replace(hung, story="box", name=f"text box {self._boxes}"))
        for identifier in line.comments:
            if identifier in self.comments:
                number, comment = self.comments.pop(identifier)
                named = f"comment {number} on {where or 'an empty paragraph'}"
                self._story(comment, replace(hung, story="comment", name=named))

    def _add(self, line: Line, text: str, where: str, around: _Around) -> None:
        element = line.paragraphs[-1]
        style, properties = self.styles.of(element), element.find(w("pPr"))
        is_title = any(name.lower() in _TITLES for name in self.styles.names(style))
        number = len(self.parts)
        part = DraftPart(
            number=number,
            text=text,
            where=where,
            story=around.story,
            block_quote=is_quotation(properties, style, self.styles),
            heading=is_title or bool(self.styles.heading_level(properties, style)),
            note_marks=tuple(line.marks),
            anchor=number if around.anchor is None else around.anchor,
        )
        self.parts.append(WordPart(part, tuple(line.texts), tuple(line.paragraphs)))

    def _table(self, table: Element, around: _Around, lines: Lines) -> None:
        around.tables += 1
        name = f"table {around.tables}"
        if around.name:
            name = f"{around.name}, table {around.tables}"
        number = 0
        for element, row in rows(table):
            if is_hidden(element):
                self.counts[HIDDEN] += sum(len((text.text or "").split()) for text in element.iter(w("t")))
                continue
            number += 1
            for position, cell in enumerate((cell for cell in row.cells if not cell.continues), start=1):
                story: Story = "table" if around.story == "body" else around.story
                inner = _Around(story, f"{name}, row {number}, cell {position}", around.anchor)
                self._blocks(cell.element, inner, lines)


def _runs_on(properties: Element | None) -> bool:
    """Tell whether a paragraph is printed with the next one: its mark was deleted, or it is a dropped capital."""
    mark = None if properties is None else properties.find(w("rPr"))
    if mark is not None and (mark.find(w("del")) is not None or mark.find(w("moveFrom")) is not None):
        return True
    return value(properties, "framePr", "dropCap") in ("drop", "margin")
