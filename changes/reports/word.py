"""A report of changes as a Word file: real headings and tables, and words that say what was removed and added."""

import io

import docx
from docx.document import Document
from docx.oxml.ns import qn
from docx.shared import Inches, Pt, RGBColor
from docx.table import Table
from docx.text.paragraph import Paragraph

from changes.records import Changes, DocumentChange, ParagraphChange, SectionChange, Watched
from changes.reports.wording import (
    ADDED,
    NO_CHANGE,
    REMOVED,
    about,
    counts_of,
    detail_of,
    fact_line,
    kinds_of,
    said_of,
    summary_of,
    title_of,
    watched_line,
)
from changes.shown import shows_text
from collection.export.handout import writable

_BAD, _GOOD = RGBColor(0x8A, 0x2B, 0x1D), RGBColor(0x1F, 0x5C, 0x33)
_LEGEND = (
    "Words that were removed are struck out and stand in [removed: \u2026]; words that were added are underlined and "
    "stand in [added: \u2026]."
)
_LANGUAGE = "en-US"


def word_of(changes: Changes) -> bytes:
    """A report as a .docx file."""
    document = docx.Document()
    _style(document, title_of(changes))
    document.add_paragraph(writable(title_of(changes)), style="Title")
    for line in about(changes):
        document.add_paragraph(writable(line))
    document.add_heading("Summary", level=1)
    counts = _table(document, ("What", "How many"))
    for name, count in counts_of(changes):
        _row(counts, (name, f"{count:,}"))
    document.add_paragraph(_LEGEND)
    if changes.watched:
        document.add_heading("Watched files", level=1)
        for file in changes.watched:
            _add_watched(document, file)
    if not changes.documents:
        document.add_paragraph(NO_CHANGE)
    for one in changes.documents:
        _add_document(document, one)
    written = io.BytesIO()
    document.save(written)
    return written.getvalue()


def _add_document(document: Document, change: DocumentChange) -> None:
    document.add_heading(writable(change.known.title), level=1)
    document.add_paragraph(summary_of(change))
    for fact in change.facts:
        document.add_paragraph(writable(fact_line(fact.name, fact.old, fact.new)), style="List Bullet")
    moved = [section for section in change.sections if "moved" in section.kinds]
    if moved:
        document.add_heading("Sections that moved", level=2)
        table = _table(document, ("Old address", "New address", "The same words"))
        for section in moved:
            old = section.old.section if section.old else " and ".join(section.parts)
            new = section.new.section if section.new else " and ".join(section.parts)
            same = f"{section.likeness:.0%}" if section.old and section.new else "part of it"
            _row(table, (old, new, same))
    if change.sections:
        document.add_heading("Sections that changed", level=2)
    for section in change.sections:
        _add_section(document, section)


def _add_section(document: Document, section: SectionChange) -> None:
    document.add_heading(writable(section.name), level=3)
    said = document.add_paragraph()
    said.add_run(f"{kinds_of(section)}. ").bold = True
    said.add_run(writable(detail_of(section)))
    if shows_text(section):
        for paragraph in section.paragraphs:
            _add_paragraph(document, paragraph)


def _add_paragraph(document: Document, change: ParagraphChange) -> None:
    if change.where:
        before = document.add_paragraph()
        before.add_run(f"{change.where[0].upper()}{change.where[1:]}:").italic = True
        before.paragraph_format.keep_with_next = True
    paragraph = document.add_paragraph()
    paragraph.paragraph_format.left_indent = Inches(0.3)
    _add_words(paragraph, change)


def _add_words(paragraph: Paragraph, change: ParagraphChange) -> None:
    for kind, words in change.words:
        text = writable(words)
        if kind == "same" or not text.strip():
            paragraph.add_run(text)
            continue
        removed = kind == "removed"
        paragraph.add_run(f"[{REMOVED if removed else ADDED}: ").font.size = Pt(9)
        run = paragraph.add_run(text)
        run.font.strike, run.font.underline = removed, not removed
        run.font.color.rgb = _BAD if removed else _GOOD
        paragraph.add_run("]").font.size = Pt(9)


def _add_watched(document: Document, file: Watched) -> None:
    document.add_heading(writable(watched_line(file)), level=2)
    for note in file.notes:
        document.add_paragraph(writable(note))
    for one in file.touched:
        paragraph = document.add_paragraph()
        paragraph.add_run(writable(f"{one.number}. {one.citation}: ")).bold = True
        paragraph.add_run(writable(said_of(one)))
        document.add_paragraph(writable(one.text), style="Quote")
        if one.words:
            _add_paragraph(document, ParagraphChange(words=one.words))


def _table(document: Document, head: tuple[str, ...]) -> Table:
    table: Table = document.add_table(rows=1, cols=len(head), style="Table Grid")
    for cell, name in zip(table.rows[0].cells, head, strict=True):
        cell.paragraphs[0].add_run(name).bold = True
    properties = table.rows[0]._tr.get_or_add_trPr()
    properties.append(properties.makeelement(qn("w:tblHeader"), {}))  # repeated on each page, and told aloud
    return table


def _row(table: Table, texts: tuple[str, ...]) -> None:
    # Cells of the new row alone: ``add_row().cells`` walks the whole table each time.
    added = table.add_row()  # type: ignore[no-untyped-call]
    for cell, text in zip(added._tr.tc_lst, texts, strict=True):
        cell.p_lst[0].add_r().text = writable(text)


def _style(document: Document, title: str) -> None:
    document.styles["Normal"].font.name, document.styles["Normal"].font.size = "Calibri", Pt(11)
    properties = document.core_properties
    properties.title, properties.language = title[:255], _LANGUAGE
    properties.author, properties.last_modified_by, properties.comments = "Pinpoint", "Pinpoint", ""
    for language in document.styles.element.iter(qn("w:lang")):
        language.set(qn("w:val"), _LANGUAGE)
