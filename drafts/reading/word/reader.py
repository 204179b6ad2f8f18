"""A draft that is a Word file: what a reader sees of it, with the runs in which the words stand."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace

from drafts.reading.limits import refuse_length
from drafts.reading.office_file import refuse_package
from drafts.reading.ordering import reading_order, renumbered
from drafts.reading.word.opening import DAMAGE, Opened, open_word
from drafts.reading.word.records import WordDraft
from drafts.reading.word.story import WordReader
from drafts.records import Draft
from ingest.readers.docx.inline.looks import HIDDEN, INVISIBLE, STRUCK, Looks
from ingest.readers.docx.markup import Element, w
from ingest.readers.docx.notes import Notes
from ingest.readers.docx.styles import Styles
from pinpoint.errors import DamagedDocument, EmptyDocument
from pinpoint.text import plural

AUTHOR = "Pinpoint"
"""Author of the comments of a report, which are no part of a draft that is checked again."""
BOOKMARK = "Pinpoint_findings"
"""Bookmark around the table of a report, which is none either."""
_CHART = "{http://schemas.openxmlformats.org/drawingml/2006/chart}chart"
_DIAGRAM = "{http://schemas.openxmlformats.org/drawingml/2006/diagram}relIds"
_UNREAD = (
    (w("altChunk"), "inserted file"),
    (w("subDoc"), "subdocument"),
    (w("object"), "embedded object"),
    (_DIAGRAM, "diagram"),
    (_CHART, "chart"),
)


def read_word(name: str, content: bytes) -> WordDraft:
    """Read a Word file: insertions are in the text, deletions and hidden text are not.

    Args:
        name: File name, for messages.
        content: Its bytes.

    Raises:
        UnreadableDocument: It is locked, damaged, too large or without text; the message names the remedy.
    """
    refuse_package(name, content, "Word", ".docx")
    try:
        opened = open_word(content)
        reader = _reader(opened)
        reader.read(opened.body, opened.headers)
        warnings = tuple(_warnings(opened, reader.counts))
    except DAMAGE as error:
        raise DamagedDocument(
            f"{name} is not a readable Word document. Open it in Word and save it again as .docx."
        ) from error
    refuse_length(name, sum(len(one.part.text) for one in reader.parts))
    if not reader.parts:
        raise EmptyDocument(" ".join((f"{name} holds no text.", *warnings)))
    found = [one.part for one in reader.parts]
    order = reading_order(found)
    numbered = renumbered(found, order)
    parts = tuple(replace(reader.parts[position], part=part) for position, part in zip(order, numbered, strict=True))
    return WordDraft(Draft(name=name, format="docx", parts=tuple(numbered), warnings=warnings), parts, opened.document)


def _reader(opened: Opened) -> WordReader:
    styles = Styles(opened.styles)
    sections = [*opened.body.iter(w("sectPr"))]
    notes = {
        "footnote": Notes("footnote", opened.footnotes, opened.settings, sections),
        "endnote": Notes("endnote", opened.endnotes, opened.settings, sections),
    }
    comments = {}
    for comment in () if opened.comments is None else opened.comments.iterchildren(w("comment")):
        if comment.get(w("author")) != AUTHOR:
            comments[comment.get(w("id"), "")] = (len(comments) + 1, comment)
    # White text is hidden text here: a remark on words that nobody sees helps nobody.
    looks = Looks(styles, has_backdrop=opened.document.element.find(w("background")) is not None)
    return WordReader(styles, looks, notes, comments, Counter(), BOOKMARK)


def _warnings(opened: Opened, counts: Counter[str]) -> Iterator[str]:
    hidden = counts[HIDDEN] + counts[INVISIBLE]
    if hidden:
        yield f"{plural(hidden, 'hidden word')} {_is(hidden)} not checked: nobody sees them in print."
    if counts[STRUCK]:
        yield f"{plural(counts[STRUCK], 'word')} struck out {_is(counts[STRUCK])} not checked."
    if counts["symbol"]:
        yield f"{plural(counts['symbol'], 'character')} of symbol fonts could not be read."
    roots = [root for root in (opened.body, opened.footnotes, opened.endnotes) if root is not None]
    if any(next(root.iter(w("del"), w("moveFrom")), None) is not None for root in roots):
        yield "It has tracked changes: it is checked as if all of them were accepted."
    for tag, noun in _UNREAD:
        count = sum(1 for root in roots for _ in _all(root, tag))
        if count:
            yield f"The text of {plural(count, noun)} is not checked."


def _is(count: int) -> str:
    return "is" if count == 1 else "are"


def _all(root: Element, tag: str) -> Iterator[Element]:
    return iter(root.iter(tag))
