"""Links in shown text: cross-references to the corpus, references to footnotes, marks of new pages."""

import re
from bisect import bisect_right
from operator import itemgetter

from index.documents.references import Footnote, Reference
from pinpoint.records import StoredSection
from pinpoint.text import escape, pages
from ui.html.annotate import Point, Wrap
from ui.html.answers.cited_section import cited_section
from ui.html.documents.view import View
from ui.state.navigation import place_link

_REFERENCE = re.compile(r"\[(\d{1,3}|\*|\u2020)\]")
_SPLIT = "\x00"


def citation_wraps(view: View, start: int, end: int) -> list[Wrap]:
    """The citations of a stretch that lead to a section of the corpus, as links; the others stay plain text."""
    wraps = []
    for reference in view.index.references.links(view.document.id, start, end):
        section = cited_section(reference, view.document.id, view.as_of)
        if section is not None:
            before, _, after = place_link(view.place(section), _SPLIT).partition(_SPLIT)
            title = escape(_title(view, reference, section))
            wraps.append(
                Wrap(reference.link.start, reference.link.end, f'{before}<span title="{title}">', f"</span>{after}")
            )
    return wraps


def footnote_wraps(view: View, start: int, end: int) -> tuple[list[Wrap], list[Footnote]]:
    """The references of a stretch to footnotes, as links to where these stand on the page, and the footnotes."""
    text = view.text(start, end)
    matches = list(_REFERENCE.finditer(text))
    notes = view.index.references.footnotes(view.document.id, start, end) if matches else ()
    by_marker = {marker_of(note.section): note for note in notes}
    wraps = []
    for match in matches:
        note = by_marker.get(match.group(1))
        if note is not None:
            place = start + match.start()
            before = (
                f'<a class="pp-ref" id="ref-{place}" href="#note-{note.section.start}" '
                f'aria-label="Footnote {escape(match.group(1))}">'
            )
            wraps.append(Wrap(place, start + match.end(), before, "</a>"))
    return wraps, list({note.section.number: note for note in notes}.values())


def page_points(view: View, start: int, end: int) -> list[Point]:
    """Where a new page begins in a stretch, with the page as it is printed."""
    runs, labels = view.document.page_runs, view.document.page_labels
    first = max(bisect_right(runs, start, key=itemgetter(0)) - 1, 0)
    points = []
    for begin, _, page in runs[first:]:
        if begin >= end:
            break
        if begin >= start:
            label = labels[page - 1]
            whole = escape(pages(page, label))
            points.append(
                Point(
                    begin,
                    f'<span class="pp-newpage" title="{whole}"><span aria-hidden="true">'
                    f'p. {escape(label or str(page))}</span><span class="pp-unseen"> '
                    f"{whole} begins. </span></span>",
                )
            )
    return points


def marker_of(note: StoredSection) -> str:
    """The printed number of a footnote: ``12`` of 3 USCIS-PM B.2 fn 12."""
    return note.citation.rpartition(" fn ")[2]


def _title(view: View, reference: Reference, section: StoredSection) -> str:
    title = view.index.documents[section.document_id].title
    held = "" if reference.link.target in section.keys else f", which would hold {reference.link.target}"
    return f"{section.citation}{held}, in {title}"
