"""A draft that is slides: titles, texts, tables, titles of charts, notes and comments of each slide."""

import io
from collections import Counter
from collections.abc import Iterator

import pptx
from docx.oxml import parse_xml
from pptx.exc import PackageNotFoundError, PythonPptxError
from pptx.opc.package import Part
from pptx.slide import Slide

from drafts.reading.limits import refuse_length
from drafts.reading.office_file import refuse_package
from drafts.reading.slides.shapes import shapes
from drafts.reading.slides.text import Element, a, paragraph_text
from drafts.reading.word.opening import DAMAGE
from drafts.records import Draft, DraftPart, Story
from pinpoint.errors import DamagedDocument, EmptyDocument
from pinpoint.text import plural

_CHART_TITLE = "{http://schemas.openxmlformats.org/drawingml/2006/chart}title"
_COMMENTS = "/comments"
"""End of the types of relations to the comments of a slide, of the older form and of the newer one."""


def read_slides(name: str, content: bytes) -> Draft:
    """Read slides in order; the parts of a slide that is not shown say so.

    Args:
        name: File name, for messages.
        content: Its bytes.

    Raises:
        UnreadableDocument: It is locked, damaged, too large or without text; the message names the remedy.
    """
    refuse_package(name, content, "PowerPoint", ".pptx")
    counts: Counter[str] = Counter()
    parts: list[DraftPart] = []
    try:
        deck = pptx.Presentation(io.BytesIO(content))
        for number, slide in enumerate(deck.slides, start=1):
            hidden = slide.element.get("show", "1") in ("0", "false")
            counts["hidden slide"] += hidden
            for where, story, heading, paragraph in _paragraphs(slide, counts):
                text, marks = paragraph_text(paragraph)
                if text:
                    shown = f"slide {number}{' (hidden slide)' if hidden else ''}{where}"
                    parts.append(_part(len(parts), text, shown, story, heading=heading, marks=marks))
    except (*DAMAGE, PackageNotFoundError, PythonPptxError) as error:
        raise DamagedDocument(
            f"{name} is not a readable file of PowerPoint. Open it in PowerPoint and save it again as .pptx."
        ) from error
    warnings = tuple(_warnings(counts))
    refuse_length(name, sum(len(part.text) for part in parts))
    if not parts:
        raise EmptyDocument(" ".join((f"{name} holds no text: its slides may be pictures.", *warnings)))
    return Draft(name=name, format="pptx", parts=tuple(parts), warnings=warnings)


def _part(  # noqa: PLR0913 - the fields of a part
    number: int, text: str, where: str, story: Story, *, heading: bool, marks: tuple[tuple[int, str], ...]
) -> DraftPart:
    return DraftPart(
        number=number, text=text, where=where, story=story, heading=heading, note_marks=marks, anchor=number
    )


def _paragraphs(slide: Slide, counts: Counter[str]) -> Iterator[tuple[str, Story, bool, Element]]:
    """Where each paragraph stands on its slide, its story, whether it is a title, and its element."""
    for shape in shapes(slide.shapes._spTree):  # noqa: SLF001 - python-pptx passes over what is in groups
        if shape.kind == "table":
            where = f", table{f' {shape.table}' if shape.table > 1 else ''}, row {shape.row}, cell {shape.cell}"
            yield where, "table", False, shape.paragraph
        elif shape.kind == "chart":
            chart = _related(slide.part, shape.link)
            for title in () if chart is None else chart.iter(_CHART_TITLE):
                yield from ((", title of a chart", "box", True, paragraph) for paragraph in title.iter(a("p")))
            counts["chart"] += 1
        elif shape.kind == "diagram":
            counts["diagram"] += 1
        else:
            yield "", "body", shape.kind == "title", shape.paragraph
    if slide.has_notes_slide:
        for shape in shapes(slide.notes_slide.shapes._spTree):  # noqa: SLF001 - see above
            if shape.paragraph is not None:
                yield ", notes", "slide notes", False, shape.paragraph
    for relation in slide.part.rels.values():
        if not relation.is_external and relation.reltype.endswith(_COMMENTS):
            counts["comments"] += 1


def _related(part: Part, link: str) -> Element | None:
    """Root of the part that a relation leads to; None where it leads nowhere."""
    try:
        target = part.related_part(link)
    except KeyError:
        return None
    return parse_xml(target.blob)


def _warnings(counts: Counter[str]) -> Iterator[str]:
    if counts["hidden slide"]:
        yield f"{plural(counts['hidden slide'], 'hidden slide')} checked too; the parts say so."
    if counts["chart"]:
        yield f"Of {plural(counts['chart'], 'chart')} only the title is checked."
    if counts["diagram"]:
        yield f"The text of {plural(counts['diagram'], 'diagram')} is not checked."
    if counts["comments"]:
        yield f"The comments on {plural(counts['comments'], 'slide')} are not checked."
