"""A handout as a Word file: real headings, quotations in a style of their own, real footnotes."""

import io
from collections.abc import Sequence
from datetime import UTC, date, datetime, time

import docx
from docx.document import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Inches, Pt, RGBColor
from docx.styles.style import ParagraphStyle

from collection.changes import NEVER_VERIFIED
from collection.export.footnotes import Footnotes
from collection.export.handout import ABOUT, NOTE, Entry, Handout
from collection.export.tables import table, together
from pinpoint.text import day

LANGUAGE = "en-US"
_NOTE_STYLE, _CHECK_STYLE, _EDITOR_STYLE = "Trainer's note", "Check", "Editor's note"
# As ``--ink``, ``--accent`` and ``--bad`` of ui/theme.css in light.
_INK, _ACCENT, _BAD = RGBColor(0x1A, 0x22, 0x2B), RGBColor(0x1D, 0x3F, 0x66), RGBColor(0x8A, 0x2B, 0x1D)
_SANS, _SERIF = "Calibri", "Cambria"


def word_of(handout: Handout) -> bytes:
    """The handout as a .docx file."""
    document = docx.Document()
    put_styles(document)
    footnotes = Footnotes(document)
    document.add_paragraph(handout.title, style="Title")
    document.add_paragraph(day(handout.made), style="Subtitle")
    for paragraph in handout.preface:
        document.add_paragraph(paragraph)
    for heading, entries in handout.parts:
        if heading:
            document.add_heading(heading, level=1)
        for part in together(entries):
            if part[0].rows:
                _add_table(document, footnotes, part)
            else:
                _add_entry(document, footnotes, part[0])
    for heading, listed in handout.lists:
        document.add_heading(heading, level=1)
        for line in listed:
            document.add_paragraph(line, style="List Bullet")
    document.add_heading(ABOUT, level=1)
    for paragraph in handout.about:
        document.add_paragraph(paragraph)
    add_page_numbers(document)
    describe(document, handout.title, handout.made)
    written = io.BytesIO()
    document.save(written)
    return written.getvalue()


def _add_entry(document: Document, footnotes: Footnotes, entry: Entry) -> None:
    _add_claim(document, entry)
    quoted = document.add_paragraph(entry.quotation, style="Quote")
    if entry.item:
        quoted.paragraph_format.left_indent = Inches(0.7)
    if entry.number:
        footnotes.add(quoted, entry.citation, entry.url)
    quoted.paragraph_format.keep_with_next = bool(entry.note or entry.warning or entry.editor_notes)
    _add_remarks(document, entry)


def _add_table(document: Document, footnotes: Footnotes, entries: Sequence[Entry]) -> None:
    """Entries that are one table; the footnote of each stands in the last cell of its last row."""
    rows, columns = table(entries)
    for entry in entries:
        _add_claim(document, entry)
    grid = document.add_table(rows=0, cols=columns, style="Table Grid")
    for position, (entry, row, head) in enumerate(rows):
        added = grid.add_row()
        for cell, text in zip(added.cells, row, strict=False):
            cell.paragraphs[0].add_run(text).bold = head
        if head:  # repeated on each page, and told to those who have it read aloud
            added._tr.get_or_add_trPr().append(parse_xml(f"<w:tblHeader {nsdecls('w')}/>"))
        if entry.number and (position + 1 == len(rows) or rows[position + 1][0] is not entry):
            footnotes.add(added.cells[-1].paragraphs[0], entry.citation, entry.url)
    document.add_paragraph()
    for entry in entries:
        _add_remarks(document, entry)


def _add_claim(document: Document, entry: Entry) -> None:
    if not entry.verified:
        before = document.add_paragraph(style=_CHECK_STYLE)
        before.add_run(f"{NEVER_VERIFIED}:").bold = True
        before.paragraph_format.keep_with_next = True


def _add_remarks(document: Document, entry: Entry) -> None:
    editor = ((_EDITOR_STYLE, what, text) for what, text in entry.editor_notes)
    for style, name, text in (*editor, (_NOTE_STYLE, NOTE, entry.note), (_CHECK_STYLE, "Check", entry.warning)):
        if text:
            paragraph = document.add_paragraph(style=style)
            paragraph.add_run(f"{name}: ").bold = True
            paragraph.add_run(text)


def put_styles(document: Document) -> None:
    """Ink on paper: sans serif for what Pinpoint and the trainer write, serif with a line beside it for quotations."""
    styles = document.styles
    _font(styles["Normal"], _SANS, 11, _INK)
    _font(styles["Title"], _SANS, 22, _INK)
    _font(styles["Subtitle"], _SANS, 11, _INK)
    _font(styles["Heading 1"], _SANS, 14, _ACCENT)
    styles["Heading 1"].paragraph_format.space_after = Pt(6)
    _font(styles["Quote"], _SERIF, 11, _INK)
    styles["Subtitle"].font.italic = False
    quote = styles["Quote"].paragraph_format
    quote.left_indent, quote.right_indent = Inches(0.3), Inches(0.3)
    quote.space_before, quote.space_after = Pt(10), Pt(4)
    styles["Quote"].font.italic = False
    _bordered(styles["Quote"], ("left",), "single", 18, "1D3F66")
    for border in styles["Title"].element.iter(qn("w:pBdr")):
        border.getparent().remove(border)
    note = styles.add_style(_NOTE_STYLE, WD_STYLE_TYPE.PARAGRAPH)
    note.base_style = styles["Normal"]
    note.paragraph_format.left_indent = note.paragraph_format.right_indent = Inches(0.4)
    _bordered(note, ("top", "left", "bottom", "right"), "dashed", 4, "515C68")
    editor = styles.add_style(_EDITOR_STYLE, WD_STYLE_TYPE.PARAGRAPH)
    editor.base_style = note
    editor.font.size = Pt(10)
    _bordered(editor, ("top", "left", "bottom", "right"), "dotted", 4, "515C68")
    check = styles.add_style(_CHECK_STYLE, WD_STYLE_TYPE.PARAGRAPH)
    check.base_style = styles["Normal"]
    check.paragraph_format.left_indent = Inches(0.4)
    check.font.color.rgb = _BAD
    for section in document.sections:
        section.page_width, section.page_height = Inches(8.5), Inches(11)
        section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = Inches(1)


def _font(style: ParagraphStyle, name: str, size: float, colour: RGBColor) -> None:
    style.font.name, style.font.size, style.font.color.rgb = name, Pt(size), colour
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):  # a theme's font would go before the name
        fonts.attrib.pop(qn(f"w:{theme}"), None)


def _bordered(style: ParagraphStyle, sides: tuple[str, ...], line: str, eighths: int, colour: str) -> None:
    """Lines beside a paragraph, their width in eighths of a point."""
    lines = "".join(f'<w:{side} w:val="{line}" w:sz="{eighths}" w:space="6" w:color="{colour}"/>' for side in sides)
    properties = style.element.get_or_add_pPr()
    border = parse_xml(f"<w:pBdr {nsdecls('w')}>{lines}</w:pBdr>")
    # The schema has borders before spacing and indents.
    properties.insert_element_before(
        border, "w:shd", "w:tabs", "w:suppressAutoHyphens", "w:spacing", "w:ind", "w:jc", "w:outlineLvl"
    )


def add_page_numbers(document: Document) -> None:
    """Number the pages in the footer."""
    paragraph = document.sections[0].footer.paragraphs[0]
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    for words, field in (("Page ", "PAGE"), (" of ", "NUMPAGES")):
        paragraph.add_run(words)
        paragraph._p.append(
            parse_xml(f'<w:fldSimple {nsdecls("w")} w:instr="{field}"><w:r><w:t>1</w:t></w:r></w:fldSimple>')
        )


def describe(document: Document, title: str, day_made: date) -> None:
    """Properties of the file, and its language for those who have it read aloud."""
    properties = document.core_properties
    made = datetime.combine(day_made, time(), UTC)
    properties.title, properties.language = title[:255], LANGUAGE
    properties.author, properties.last_modified_by, properties.comments = "Pinpoint", "Pinpoint", ""
    properties.created = properties.modified = made
    properties.subject = "Unofficial compilation of quotations"
    for language in document.styles.element.iter(qn("w:lang")):
        language.set(qn("w:val"), LANGUAGE)
