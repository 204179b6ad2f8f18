"""A draft that is no Word file, laid out as one: a paragraph for each of its parts."""

import docx
from docx.document import Document

from drafts.reading.word.records import RunText, WordPart
from drafts.records import Check, DraftPart
from drafts.reports.word.markup import element, text_run
from drafts.reports.wording import printed
from ingest.readers.docx.markup import Element, w
from pinpoint.text import day

_STYLES = {"heading": "Heading 2", "quote": "Quote"}
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_NAMED = ("note", "table", "comment", "box", "header", "slide notes")
"""Stories whose parts say where they stand before their text."""


def lay_out(check: Check) -> tuple[Document, tuple[WordPart, ...]]:
    """A Word file of the parts of a draft, each with the runs in which its words stand."""
    document = docx.Document()
    document.add_paragraph(printed(f"{check.draft.name}, checked as of {day(check.as_of)}"), style="Title")
    properties = document.core_properties
    properties.title, properties.language = printed(check.draft.name)[:255], "en-US"
    properties.author, properties.comments = "Pinpoint", ""
    parts, before = [], ""
    for part in check.draft.parts:
        group = part.where.partition(",")[0]
        if part.story in _NAMED or (group != before and not group.startswith("paragraph")):
            label = document.add_paragraph()
            label.add_run(printed(part.where if part.story in _NAMED else group.capitalize())).italic = True
            label.paragraph_format.keep_with_next = True
        before = group
        parts.append(_paragraph(document, part))
    return document, tuple(parts)


def _paragraph(document: Document, part: DraftPart) -> WordPart:
    style = "heading" if part.heading else "quote" if part.block_quote else ""
    paragraph = document.add_paragraph(style=_STYLES.get(style))._p  # noqa: SLF001 - runs are made by hand
    texts: list[RunText] = []
    at = 0
    for position, number in (*part.note_marks, (len(part.text), "")):
        texts += _runs(paragraph, printed(part.text[at:position]))
        if number:
            raised = text_run(number)
            raised.find(w("rPr")).append(element("vertAlign", val="superscript"))
            paragraph.append(raised)
        at = max(at, position)
    return WordPart(part, tuple(texts), (paragraph,))


def _runs(paragraph: Element, text: str) -> list[RunText]:
    """One run for a text, with an element for each of its lines and tabs."""
    if not text:
        return []
    run, made = element("r"), []
    line = ""
    for character in (*text, ""):
        if character and character not in "\n\t\r":
            line += character
            continue
        if line:
            node = element("t")
            node.text = line
            node.set(_SPACE, "preserve")
            run.append(node)
            made.append(RunText(line, run, node, 0))
        if character:
            node = element("tab" if character == "\t" else "br")
            run.append(node)
            made.append(RunText(character, run, node))
        line = ""
    paragraph.append(run)
    return made
