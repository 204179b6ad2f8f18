"""A page of a PDF document as it is printed, with the exact place of a quotation, and its text beside it."""

import base64
import re
from dataclasses import dataclass, replace
from pathlib import Path

import streamlit as st

from index.search import HybridIndex
from ingest.corpus.originals import open_original
from ingest.records import Box
from pdfview.highlight import RECOGNISED, Placement
from pdfview.page_text import PageText, quotation_pages, text_on_page
from pdfview.render import PagePicture
from pdfview.worker import page_picture, page_placement
from pinpoint.errors import OriginalUnavailable, UnreadableDocument
from pinpoint.records import StoredDocument
from pinpoint.text import escape, link, marked, page_address, plural
from ui.components import clicks
from ui.html.actions import action_button
from ui.state import session as state

VIEW_PAGE = "view-page"
ZOOMS = (75, 100, 150, 200, 300)
"""Widths of the page in per cent of the room that there is."""
_FINE = 150  # per cent; from here on the picture is drawn finer
_VALUE = re.compile(r"(.+:\d{1,12}-\d{1,12}):(\d{1,6}):(\d{1,3})")
_SETTLE = """<script>(() => {
  let tries = 0;
  const timer = setInterval(() => {
    const view = document.querySelector('.st-key-%s [data-view="%s"]');
    if (view) {
      const part = view.querySelector('.pp-sheet-scroll'), box = view.querySelector('.pp-box');
      if (part && box) part.scrollTo(box.offsetLeft - part.clientWidth / 3, box.offsetTop - part.clientHeight / 3);
      view.querySelector('[data-step="%s"]')?.focus({ preventScroll: true });
    }
    if (view || ++tries >= 40) clearInterval(timer);
  }, 50);
})() /* %d */</script>"""


@dataclass(frozen=True, slots=True)
class _Shown:
    """What a page view shows: which quotation, which page, how wide.

    Attributes:
        value: ``DOCUMENT:START-END``.
        step: The control that was used last, "" for none.
        count: How often a control was used.
    """

    value: str
    page: int = 0
    zoom: int = 100
    step: str = ""
    count: int = 0


def has_pages(document: StoredDocument) -> bool:
    """Whether a document has pages to be seen; the text of one that has none is shown in its section."""
    return document.pages > 0


def page_view(
    index: HybridIndex, document_id: str, start: int, end: int, *, page: int | None = None, zoom: int = 100
) -> str:
    """A page as HTML: controls, picture with the quotation's rectangles, caption, and the text of the page.

    Args:
        index: The index in use.
        document_id: A document that has pages.
        start: Half-open span of the quotation in the document's text; an empty one for no quotation.
        end: See ``start``.
        page: 1-based; the first page of the quotation when not given.
        zoom: Width of the page in per cent of the room that there is.
    """
    document = index.documents[document_id]
    stands_on = quotation_pages(document, start, end)
    number = min(max(1, page or min(stands_on, default=1)), document.pages)
    whole = replace(document, blocks=index.provisions.blocks(document_id))
    window = text_on_page(
        whole, number, start, end, lambda first, last: index.provisions.text(document_id, first, last)
    )
    try:
        path = open_original(state.corpus_dir(), document)
        picture = _picture(str(path), document.sha256, number, 3.0 if zoom >= _FINE else 2.0)
        if isinstance(picture, str):
            raise UnreadableDocument(picture)
        handout, said = _handout(document, path, picture, window, number, zoom)
    except (OriginalUnavailable, UnreadableDocument) as error:
        handout, said = "", f"The page cannot be shown. {escape(str(error))} The text below is that of the index."
    value = f"{document_id}:{start}-{end}"
    elsewhere = _elsewhere(stands_on if end > start else (), number, value, zoom)
    notes = "".join(f'<p class="pp-fact">{note}</p>' for note in (said, elsewhere) if note)
    return (
        f'<figure class="pp-leaf" data-view="{number}-{zoom}">{_controls(document, number, value, zoom)}'
        f"{handout}<figcaption>{_caption(document, number)}</figcaption></figure>{notes}"
        f"{_text(window, number, unfolded=not handout)}"
    )


def draw_page_view(
    index: HybridIndex, document_id: str, start: int, end: int, key: str, *, page: int | None = None
) -> None:
    """Draw a page view that keeps its page and its zoom; nothing for a document without pages.

    Args:
        index: The index in use.
        document_id: The document.
        start: Half-open span of the quotation in the document's text; an empty one for no quotation.
        end: See ``start``.
        key: Name of this view, letters, digits and hyphens; one that no other view of the app has.
        page: 1-based page to begin with; the first page of the quotation when not given.
    """
    document = index.documents[document_id]
    if not has_pages(document):
        return
    shown = _turned(
        document,
        st.session_state.get(f"_view-{key}"),
        f"{document_id}:{start}-{end}",
        page or min(quotation_pages(document, start, end), default=1),
    )
    st.session_state[f"_view-{key}"] = shown
    with st.container(key=f"page-view-{key}", gap="small"):
        st.html(page_view(index, document_id, start, end, page=shown.page, zoom=shown.zoom))
        draw_download(document, key)
        st.html(
            _SETTLE % (f"page-view-{key}", f"{shown.page}-{shown.zoom}", shown.step, shown.count),
            unsafe_allow_javascript=True,
        )


def draw_download(document: StoredDocument, key: str = "file") -> None:
    """Draw a button that gives the file of a document, where it is still what was indexed.

    Args:
        document: The document.
        key: Tells several buttons for one document apart.
    """
    try:
        path = open_original(state.corpus_dir(), document)
    except OriginalUnavailable:
        return
    size = path.stat().st_size / 1_000_000
    st.download_button(
        f"Download the file ({size:.1f} MB)",
        data=path.read_bytes,
        file_name=path.name,
        key=f"download-{key}-{document.id}",
        on_click="ignore",
        width="content",
    )


def original_link(document: StoredDocument, page: int) -> str:
    """A link to a page of the official source, as HTML; "" where its address is not that of a PDF file."""
    address = page_address(document.url, page)
    return link(address, f"Official source, page {page}") if address != document.url else ""


@st.cache_resource(max_entries=16, show_spinner=False)
def _picture(path: str, sha256: str, page: int, scale: float) -> PagePicture | str:  # noqa: ARG001 - part of the key
    """The picture of a page, or why there is none: what stalled once is not tried again in every run."""
    try:
        return page_picture(Path(path), page, scale=scale)
    except UnreadableDocument as error:
        return str(error)


# More entries than pictures, since a placement is only a few rectangles; set by hand, not measured.
@st.cache_resource(max_entries=64, show_spinner=False)
def _placement(path: str, sha256: str, page: int, window: PageText) -> Placement | str:  # noqa: ARG001 - part of the key
    """The rectangles of a quotation, or why its page cannot be read; found once, not in every run of the script."""
    try:
        return page_placement(Path(path), page, window)
    except UnreadableDocument as error:
        return str(error)


def _turned(document: StoredDocument, before: _Shown | None, value: str, first: int) -> _Shown:
    """What is to be shown now: as before, or as the control says that was clicked in this run."""
    zoom = before.zoom if before else 100
    now = before if before and before.value == value else _Shown(value, first, zoom)
    clicked = _VALUE.fullmatch(clicks.taken(VIEW_PAGE))
    if clicked is None or clicked[1] != value or int(clicked[3]) not in ZOOMS:
        return now
    page, zoom = min(max(1, int(clicked[2])), document.pages), int(clicked[3])
    steps = {(True, False): "next", (False, True): "previous"}
    step = steps.get((page > now.page, page < now.page)) or ("in" if zoom > now.zoom else "out")
    last = {"next": page == document.pages, "previous": page == 1, "in": zoom == ZOOMS[-1], "out": zoom == ZOOMS[0]}
    return _Shown(value, page, zoom, "place" if last[step] else step, now.count + 1)


def _handout(  # noqa: PLR0913 - the parts of a page, by name
    document: StoredDocument, path: Path, picture: PagePicture, window: PageText, page: int, zoom: int
) -> tuple[str, str]:
    """The picture with its rectangles, and what is to be said of them."""
    boxes: tuple[Box, ...] = ()
    said = ""
    if window.end > window.start:
        placement = _placement(str(path), document.sha256, page, window)
        if isinstance(placement, str):
            raise UnreadableDocument(placement)
        boxes = placement.boxes
        said = "" if boxes else _not_placed(window, placement.reason)
    width, height = _size(picture)
    drawn = "".join(_rectangle(box, picture) for box in boxes)
    shown = ", with the quotation highlighted" if boxes else ""
    name = f"Page {page} of {document.title}"
    source = base64.b64encode(picture.png).decode("ascii")
    return (
        f'<div class="pp-sheet-scroll" tabindex="0" role="region" aria-label="{escape(name)}">'
        f'<div class="pp-sheet" style="--zoom: {zoom / 100:g}; aspect-ratio: {width:.2f} / {height:.2f}">'
        f'<img src="data:image/png;base64,{source}" alt="{escape(name + shown)}. Its text is below.">'
        f"{drawn}</div></div>"
    ), said


def _size(picture: PagePicture) -> tuple[float, float]:
    """Width and height in points of the part of the page that is shown."""
    left, bottom, right, top = picture.part
    return right - left, top - bottom


def _rectangle(box: Box, picture: PagePicture) -> str:
    left, bottom, right, top = box
    from_left, _, _, from_top = picture.part
    across, down = (100 / size for size in _size(picture))
    return (
        f'<span class="pp-box" aria-hidden="true" style="left: {(left - from_left) * across:.3f}%; '
        f"top: {(from_top - top) * down:.3f}%; width: {(right - left) * across:.3f}%; "
        f'height: {(top - bottom) * down:.3f}%"></span>'
    )


def _not_placed(window: PageText, reason: str) -> str:
    quoted = f"Its text is: \u201c{escape(window.text[window.start : window.end].strip())}\u201d"
    if reason == RECOGNISED:
        return f"The text of this page was read from a picture (OCR), so nothing is highlighted. {quoted}"
    return f"The quotation could not be placed exactly on this page, so nothing is highlighted. {quoted}"


def _elsewhere(stands_on: tuple[int, ...], page: int, value: str, zoom: int) -> str:
    """Says on which other pages the quotation stands, with the way there."""
    others = [number for number in stands_on if number != page]
    if not others:
        return ""
    ways = " ".join(action_button(VIEW_PAGE, f"{value}:{other}:{zoom}", f"Page {other}") for other in others)
    return f"The quotation {'also ' if page in stands_on else ''}stands on {ways}"


def _controls(document: StoredDocument, page: int, value: str, zoom: int) -> str:
    location = ZOOMS.index(zoom) if zoom in ZOOMS else 1
    steps = (
        ("previous", "Previous page", page - 1, zoom, page > 1),
        ("next", "Next page", page + 1, zoom, page < document.pages),
        ("out", "Zoom out", page, ZOOMS[max(location - 1, 0)], location > 0),
        ("in", "Zoom in", page, ZOOMS[min(location + 1, len(ZOOMS) - 1)], location < len(ZOOMS) - 1),
    )
    buttons = [_control(step, words, f"{value}:{number}:{width}", on) for step, words, number, width, on in steps]
    where = f'<span class="pp-leaf-place" data-step="place" tabindex="-1">Page {page} of {document.pages:,}</span>'
    wide = f'<span class="pp-leaf-place">{zoom} %</span>'
    return (
        f'<div class="pp-leaf-controls"><span class="pp-tools">{buttons[0]}{where}{buttons[1]}</span>'
        f'<span class="pp-tools">{buttons[2]}{wide}{buttons[3]}</span></div>'
    )


def _control(step: str, words: str, value: str, enabled: bool) -> str:  # noqa: FBT001 - one of a row
    off = "" if enabled else " disabled"
    return (
        f'<button type="button" class="pp-act" data-pp="{VIEW_PAGE}" data-pp-value="{escape(value)}" '
        f'data-step="{step}"{off}>{words}</button>'
    )


def _caption(document: StoredDocument, page: int) -> str:
    label = document.page_labels[page - 1] if page <= len(document.page_labels) else ""
    printed = f", printed page {escape(label)}" if label and label != str(page) else ""
    source = original_link(document, page)
    return f"{escape(document.title)}, file page {page}{printed}" + (f" \u00b7 {source}" if source else "")


def _text(window: PageText, page: int, *, unfolded: bool) -> str:
    """The text of the page as the index has it, the quotation marked."""
    words = plural(len(window.text.split()), "word")
    if not window.text.strip():
        return f'<p class="pp-fact">The index has no text of page {page}.</p>'
    lead = len(window.text) - len(window.text.lstrip())
    spans = [(window.start - lead, window.end - lead)] if window.end > window.start else []
    return (
        f'<details class="pp-more"{" open" if unfolded else ""}><summary>Text of this page ({words})</summary>'
        f'<div class="pp-context" tabindex="0" role="region" aria-label="Text of page {page}">'
        f"{marked(window.text[lead:].rstrip(), spans)}</div></details>"
    )
