"""Set a digest as a paginated PDF: outline, page labels, running heads, notes, tables.

Platypus has no footnotes, so pages are composed here: each column takes blocks from the
top and the notes of those blocks from the bottom. Lengths are in points, and the origin
is the lower left corner of the page. The same digest always gives the same bytes.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from xml.sax.saxutils import escape

from digest_text import Digest, Heading, ListItem, Table, markers, replace_markers
from digest_text import Paragraph as PlainParagraph
from reportlab.lib import colors
from reportlab.lib.enums import TA_JUSTIFY
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Flowable, Paragraph
from reportlab.platypus import Table as RuledTable

# Allowed line-end breaks of the two-column setting; a word breaks only where a line needs it.
_HAND_BREAKS = (
    "De-part-ment exploi-ta-tion traf-fick-ing inves-ti-ga-tion pro-tec-tion pros-e-cu-tion "
    "part-ner-ship pre-ven-tion en-force-ment ob-jec-tives im-por-ta-tion in-for-ma-tion or-ga-ni-za-tion "
    "com-po-nents ap-pli-ca-tion stat-ute strat-e-gy home-land se-cu-ri-ty vic-tims crim-i-nal au-thor-ity"
)
_SOFT_BREAKS = {word.replace("-", "").lower(): word.replace("-", "\u00ad") for word in _HAND_BREAKS.split()}
_MARKUP = '<super rise="3.2" size="6.2">{}</super>'
_MINIMUM_SPLIT = 30.0  # never leave less than two lines of a paragraph at a column foot


@dataclass(frozen=True, slots=True)
class Sheet:
    """A page format; ``columns`` equal columns stand between the margins."""

    width: float
    height: float
    margin: float
    columns: int
    gap: float = 20.0

    @property
    def column_width(self) -> float:
        """Width of one column."""
        return (self.width - 2 * self.margin - self.gap * (self.columns - 1)) / self.columns


BOOK = Sheet(width=432, height=648, margin=54, columns=1)
TWO_COLUMN = Sheet(width=468, height=648, margin=42, columns=2, gap=18)


@dataclass(slots=True)
class Column:
    """A column being filled: blocks hang from ``top`` down, notes stand on ``bottom``."""

    x: float
    top: float
    bottom: float
    placed: list[tuple[Flowable, float, Heading | None]] = field(default_factory=list)
    notes: list[tuple[Flowable, float]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Piece:
    """A block ready to set, the notes it carries and whether it must stay with the next."""

    flowable: Flowable
    notes: tuple[Flowable, ...] = ()
    heading: Heading | None = None
    keep_with_next: bool = False


def _style(name: str, size: float, leading: float, **options: object) -> ParagraphStyle:
    return ParagraphStyle(name, fontName=options.pop("font", "Times-Roman"), fontSize=size, leading=leading, **options)


_BODY = _style("body", 10, 12.6, spaceBefore=5, alignment=TA_JUSTIFY)
_BULLET = _style("bullet", 10, 12.6, spaceBefore=3, leftIndent=16, bulletIndent=4, bulletFontName="Times-Roman")
_NOTE = _style("note", 7.4, 9)
_CELL = _style("cell", 8.2, 10)
_HEADER_CELL = _style("header cell", 8.2, 10, font="Helvetica-Bold")
_CAPTION = _style("caption", 8.6, 11, font="Helvetica-Bold", spaceBefore=8)
_HEADINGS = {
    1: _style("heading 1", 14, 17, font="Helvetica-Bold", spaceBefore=14),
    2: _style("heading 2", 11, 14, font="Helvetica-Bold", spaceBefore=9),
}
_TITLE = _style("title", 22, 26, font="Helvetica-Bold")
_FRONT = _style("front", 10, 14, spaceBefore=8)
_GRID = [
    ("GRID", (0, 0), (-1, -1), 0.5, colors.black),
    ("BACKGROUND", (0, 0), (-1, 0), colors.HexColor("#e6e6e6")),
    ("VALIGN", (0, 0), (-1, -1), "TOP"),
]


def write_pdf(digest: Digest, path: Path, *, sheet: Sheet = BOOK) -> None:
    """Write ``digest`` to ``path``: title page i, contents page ii, then pages from 1."""
    pages = compose(digest, sheet)
    canvas = Canvas(str(path), pagesize=(sheet.width, sheet.height), invariant=1, lang="en-US")
    canvas.setTitle(digest.fields["title"])
    canvas.setAuthor("Pinpoint project (unofficial digest)")
    canvas.setSubject("Unofficial digest; see the official source")
    canvas.addPageLabel(0, style="ROMAN_LOWER", start=1)
    canvas.addPageLabel(2, style="ARABIC", start=1)
    canvas.showOutline()
    _draw_front(canvas, digest, pages, sheet)
    for number, columns in enumerate(pages, start=1):
        _draw_chrome(canvas, digest, sheet, folio=str(number))
        for column in columns:
            _draw_column(canvas, column, sheet)
        canvas.showPage()
    canvas.save()


def compose(digest: Digest, sheet: Sheet) -> list[list[Column]]:
    """Place every block and note; return the columns of each page in reading order."""
    columns = [_new_column(sheet, 0)]
    pieces = list(_pieces(digest, sheet))
    while pieces:
        piece = pieces.pop(0)
        column = columns[-1]
        following = pieces[0].flowable if piece.keep_with_next and pieces else None
        rest = _place(piece, column, sheet.column_width, following)
        if rest is not None:
            if rest is piece and not column.placed:
                raise ValueError(f"block does not fit an empty column: {piece.flowable!r}")
            pieces.insert(0, rest)
            columns.append(_new_column(sheet, len(columns)))
    return [columns[i : i + sheet.columns] for i in range(0, len(columns), sheet.columns)]


def _new_column(sheet: Sheet, count: int) -> Column:
    x = sheet.margin + (count % sheet.columns) * (sheet.column_width + sheet.gap)
    return Column(x, sheet.height - sheet.margin - 14, sheet.margin)


def _place(piece: Piece, column: Column, width: float, following: Flowable | None) -> Piece | None:
    """Put ``piece`` into ``column``; return what did not fit, or None."""
    flowable = piece.flowable
    before = flowable.getSpaceBefore() if column.placed else 0.0
    room = column.top - column.bottom - before - _notes_height(piece, column, width)
    follows = min(_height(following, width), 3 * _MINIMUM_SPLIT) if following else 0.0
    if _height(flowable, width) + follows <= room:
        _hang(piece, column, width, before)
        return None
    if piece.notes or piece.keep_with_next or room < _MINIMUM_SPLIT:
        return piece
    if isinstance(flowable, RuledTable) and column.placed and room < 4 * _MINIMUM_SPLIT:
        return piece
    parts = flowable.split(width, room)
    if len(parts) < 2:
        return piece
    _hang(Piece(parts[0]), column, width, before)
    return Piece(parts[1])


def _height(flowable: Flowable, width: float) -> float:
    return float(flowable.wrap(width, 10_000)[1])


def _notes_height(piece: Piece, column: Column, width: float) -> float:
    rule = 8.0 if piece.notes and not column.notes else 0.0
    return rule + sum(_height(note, width) + 2 for note in piece.notes)


def _hang(piece: Piece, column: Column, width: float, before: float) -> None:
    column.top -= before + _height(piece.flowable, width)
    column.placed.append((piece.flowable, column.top, piece.heading))
    column.bottom += _notes_height(piece, column, width)
    column.notes += [(note, _height(note, width)) for note in piece.notes]


def _pieces(digest: Digest, sheet: Sheet) -> Iterator[Piece]:
    mark_up = _soft if sheet.columns > 1 else _plain
    for block in digest.blocks:
        if isinstance(block, Table):
            yield Piece(Paragraph(_plain(block.caption), _CAPTION), keep_with_next=True)
            yield Piece(_ruled_table(block, sheet.column_width))
        else:
            notes = tuple(
                Paragraph(f'<super rise="2.4" size="5.4">{n}</super> {_plain(digest.notes[n])}', _NOTE)
                for n in markers(block.text)
            )
            heading = block if isinstance(block, Heading) else None
            yield Piece(_paragraph(block, mark_up), notes, heading, keep_with_next=heading is not None)


def _paragraph(block: Heading | PlainParagraph | ListItem, mark_up: Callable[[str], str]) -> Paragraph:
    text = replace_markers(mark_up(block.text), _MARKUP)
    if isinstance(block, Heading):
        return Paragraph(_plain(block.text), _HEADINGS[block.level])
    if isinstance(block, ListItem):
        return Paragraph(text, _BULLET, bulletText=f"{block.number}." if block.number else "\u2022")
    return Paragraph(text, _BODY)


def _ruled_table(table: Table, width: float) -> RuledTable:
    weights = [max(len(row[i]) ** 0.5 for row in table.rows) for i in range(len(table.rows[0]))]
    styles = [_HEADER_CELL] + [_CELL] * (len(table.rows) - 1)
    cells = [[Paragraph(_plain(c), s) for c in row] for row, s in zip(table.rows, styles, strict=True)]
    widths = [width * weight / sum(weights) for weight in weights]
    return RuledTable(cells, colWidths=widths, repeatRows=1, style=_GRID, spaceBefore=4)


def _plain(text: str) -> str:
    return escape(text)


def _soft(text: str) -> str:
    def soften(match: re.Match[str]) -> str:
        word = match.group()
        soft = _SOFT_BREAKS.get(word.lower(), word)
        return word[0] + soft[1:]

    return re.sub(r"[A-Za-z]+", soften, escape(text))


def _draw_front(canvas: Canvas, digest: Digest, pages: list[list[Column]], sheet: Sheet) -> None:
    fields, width = digest.fields, sheet.width - 2 * sheet.margin
    lines = [
        (fields["title"], _TITLE),
        ("Unofficial digest; see the official source", _FRONT),
        (fields["source"], _FRONT),
        (fields["status"], _FRONT),
    ]
    canvas.bookmarkPage("title")
    canvas.addOutlineEntry(fields["title"], "title", level=0)
    y = sheet.height - 150
    for text, style in lines:
        paragraph = Paragraph(_plain(text), style)
        y -= _height(paragraph, width) + style.spaceBefore
        paragraph.drawOn(canvas, sheet.margin, y)
    _draw_chrome(canvas, digest, sheet, folio="i")
    canvas.showPage()
    _draw_chrome(canvas, digest, sheet, folio="ii")
    y = sheet.height - sheet.margin - 40
    canvas.setFont("Helvetica-Bold", 14)
    canvas.drawString(sheet.margin, y, "Contents")
    for page, heading in _headings(pages):
        y -= 16
        canvas.setFont("Times-Roman", 10)
        canvas.drawString(sheet.margin + 14 * (heading.level - 1), y, heading.text)
        canvas.drawRightString(sheet.width - sheet.margin, y, str(page))
    canvas.showPage()


def _headings(pages: list[list[Column]]) -> Iterator[tuple[int, Heading]]:
    for number, columns in enumerate(pages, start=1):
        for column in columns:
            yield from ((number, heading) for _, _, heading in column.placed if heading)


def _draw_chrome(canvas: Canvas, digest: Digest, sheet: Sheet, *, folio: str) -> None:
    top = sheet.height - sheet.margin + 8
    canvas.setFont("Helvetica", 7.5)
    canvas.drawString(sheet.margin, top, digest.fields["running"])
    canvas.drawRightString(sheet.width - sheet.margin, top, "Unofficial digest")
    canvas.setLineWidth(0.4)
    canvas.line(sheet.margin, top - 4, sheet.width - sheet.margin, top - 4)
    canvas.drawCentredString(sheet.width / 2, sheet.margin - 24, folio)


def _draw_column(canvas: Canvas, column: Column, sheet: Sheet) -> None:
    for flowable, y, heading in column.placed:
        if heading:
            key = f"p{canvas.getPageNumber()}-{column.x:.0f}-{y:.0f}"
            canvas.bookmarkHorizontal(key, 0, y + 16)
            canvas.addOutlineEntry(heading.text, key, level=heading.level)
        flowable.drawOn(canvas, column.x, y)
    if column.notes:
        y = column.bottom - 5
        canvas.setLineWidth(0.4)
        canvas.line(column.x, y, column.x + sheet.column_width / 3, y)
        for note, height in column.notes:
            y -= height + 2
            note.drawOn(canvas, column.x, y)
