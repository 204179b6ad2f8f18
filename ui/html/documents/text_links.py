"""Links in shown text: cross-references to the corpus, references to footnotes, marks of new pages."""

import re
from bisect import bisect_right
from operator import attrgetter

from index.documents.references import Footnote, Reference
from index.documents.sentences import NOTE_MARK
from pinpoint.records import Span
from pinpoint.stored import StoredSection
from pinpoint.text import escape, pages
from ui.html.annotate import Annotation, Insertion
from ui.html.answers.cited_section import cited_section
from ui.html.documents.view import View
from ui.state.navigation import location_link

_REFERENCE = re.compile(rf"\[({NOTE_MARK})\]")
_SPLIT = "\x00"


def citation_annotations(view: View, start: int, end: int) -> list[Annotation]:
    """The citations of a span that lead to a section of the corpus, as links; the others stay plain text."""
    annotations = []
    for reference in view.index.references.links(Span(view.document.id, start, end)):
        section = cited_section(reference, view.document.id, view.as_of)
        if section is not None:
            before, _, after = location_link(view.location(section), _SPLIT).partition(_SPLIT)
            title = escape(_title(view, reference, section))
            annotations.append(
                Annotation(
                    reference.link.start, reference.link.end, f'{before}<span title="{title}">', f"</span>{after}"
                )
            )
    return annotations


def footnote_annotations(view: View, start: int, end: int) -> tuple[list[Annotation], list[Footnote]]:
    """The references of a span to footnotes, as links to where these stand on the page, and the footnotes."""
    text = view.text(start, end)
    matches = list(_REFERENCE.finditer(text))
    notes = view.index.references.footnotes(Span(view.document.id, start, end)) if matches else ()
    by_marker = {marker_of(note.section): note for note in notes}
    annotations = []
    for match in matches:
        note = by_marker.get(match.group(1))
        if note is not None:
            position = start + match.start()
            before = (
                f'<a class="pp-ref" id="ref-{position}" href="#note-{note.section.start}" '
                f'aria-label="Footnote {escape(match.group(1))}">'
            )
            annotations.append(Annotation(position, start + match.end(), before, "</a>"))
    return annotations, list({note.section.number: note for note in notes}.values())


def page_marks(view: View, start: int, end: int) -> list[Insertion]:
    """Marks where a new page begins in a span, with the page as it is printed."""
    runs, labels = view.document.page_spans, view.document.page_labels
    first = max(bisect_right(runs, start, key=attrgetter("start")) - 1, 0)
    insertions = []
    for run in runs[first:]:
        begin, page = run.start, run.page
        if begin >= end:
            break
        if begin >= start:
            label = labels[page - 1]
            whole = escape(pages(page, label))
            insertions.append(
                Insertion(
                    begin,
                    f'<span class="pp-newpage" title="{whole}"><span aria-hidden="true">'
                    f'{escape(f"p. {label}") if label else whole}</span><span class="pp-unseen"> '
                    f"{whole} begins. </span></span>",
                )
            )
    return insertions


def struck_words(view: View, start: int, end: int) -> list[Insertion]:
    """Words that the file strikes out, where they stand: shown, but no part of the text that is quoted or copied."""
    return [
        Insertion(
            one.position,
            f' <span class="pp-struck"><span class="pp-unseen"> Struck out, no part of the text: </span>'
            f'<s>{escape(one.text)}</s><span class="pp-unseen">. End of what is struck out. </span></span> ',
        )
        for one in view.document.left_out
        if one.reason == "struck out" and one.text and start <= one.position <= end
    ]


def marker_of(note: StoredSection) -> str:
    """The printed number of a footnote: ``12`` of 3 USCIS-PM B.2 fn 12."""
    return note.citation.rpartition(" fn ")[2]


def _title(view: View, reference: Reference, section: StoredSection) -> str:
    title = view.index.documents[section.document_id].title
    held = "" if reference.link.target in section.keys else f", which would hold {reference.link.target}"
    return f"{section.citation}{held}, in {title}"
