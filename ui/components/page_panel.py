"""A page of a PDF document as it is printed, with a quotation highlighted, and its text below."""

import re
from dataclasses import dataclass, replace
from pathlib import Path

import streamlit as st

from index.search import HybridIndex
from ingest.corpus.originals import open_original
from ingest.records import Box
from pdfview.highlight import Placement
from pdfview.page_text import PageText, quotation_pages, text_on_page
from pdfview.render import PagePicture
from pdfview.worker import page_picture, page_placement
from pinpoint.errors import OriginalUnavailable, UnreadableDocument
from pinpoint.records import Span
from pinpoint.stored import StoredDocument
from pinpoint.text import WHY_NOT_CONFIRMED, escape
from ui.components import clicks
from ui.html.documents.page_picture import (
    SHOWN,
    VIEW_PAGE,
    caption,
    controls,
    elsewhere,
    has_pages,
    not_highlighted,
    page_text,
    picture_with_boxes,
)
from ui.state import resources

_SCALE = 3.0
"""Pixels a point, sharp at three times the width: 0.1 s and 200 kB a page, measured on pages of four documents."""
_VALUE = re.compile(r"(.+:\d{1,12}-\d{1,12}):(\d{1,6})")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Shown:
    """State of a page view: its quotation, ``DOCUMENT:START-END``, and its page."""

    value: str
    page: int


def page_view(index: HybridIndex, document_id: str, start: int, end: int, *, page: int | None = None) -> str:
    """A page as HTML: controls, picture with the quotation's rectangles, caption, and the text of the page.

    Args:
        index: The index in use.
        document_id: A document that has pages.
        start: Half-open span of the quotation in the document's text; an empty one for no quotation.
        end: See ``start``.
        page: 1-based; the first page of the quotation when not given.
    """
    document = index.documents[document_id]
    stands_on = quotation_pages(document, start, end)
    number = min(max(1, page or min(stands_on, default=1)), document.pages)
    whole = replace(document, blocks=index.store.blocks(document_id))
    window = text_on_page(
        whole, number, start, end, lambda first, last: index.store.text(Span(document_id, first, last))
    )
    try:
        path = open_original(resources.corpus_dir(), document)
        picture = _picture(str(path), document.sha256, number, _SCALE)
        if isinstance(picture, str):
            raise UnreadableDocument(picture)
        drawn, said = _picture_with_quotation(document, path, picture, window, number)
    except (OriginalUnavailable, UnreadableDocument) as error:
        drawn, said = "", f"The page cannot be shown. {escape(str(error))} The text below is that of the index."
    value = f"{document_id}:{start}-{end}"
    others = elsewhere(stands_on if end > start else (), number, value)
    doubtful = any(first < end and start < last for first, last in document.unconfirmed)
    doubt = WHY_NOT_CONFIRMED if doubtful else ""
    notes = "".join(f'<p class="pp-fact">{note}</p>' for note in (said, others, doubt) if note)
    return (
        f'<figure class="pp-leaf" data-view="{number}">{controls(document, number, value)}'
        f"{drawn}<figcaption>{caption(document, number)}</figcaption></figure>{notes}"
        f"{page_text(window, number, unfolded=not drawn)}"
    )


def draw_page_view(
    index: HybridIndex, document_id: str, start: int, end: int, key: str, *, page: int | None = None
) -> None:
    """Draw a page view that keeps its page; nothing for a document without pages.

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
    shown, step = _after_click(
        document,
        st.session_state.get(f"_view-{key}"),
        f"{document_id}:{start}-{end}",
        page or min(quotation_pages(document, start, end), default=1),
    )
    st.session_state[f"_view-{key}"] = shown
    with st.container(key=f"page-view-{key}", gap="small"):
        st.html(page_view(index, document_id, start, end, page=shown.page))
        draw_download(document, key)
        clicks.focus_on(step or SHOWN, now=bool(step))


def draw_download(document: StoredDocument, key: str = "file") -> None:
    """Draw a button that gives the file of a document, where it is still what was indexed.

    Args:
        document: The document.
        key: Tells several buttons for one document apart.
    """
    try:
        path = open_original(resources.corpus_dir(), document)
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


def _after_click(document: StoredDocument, before: _Shown | None, value: str, first: int) -> tuple[_Shown, str]:
    """The state to show now, as before or as was clicked in this run; and what takes the focus, "" where it stays."""
    now = before if before and before.value == value else _Shown(value=value, page=first)
    clicked = _VALUE.fullmatch(clicks.taken(VIEW_PAGE))
    if clicked is None or clicked[1] != value:
        return now, ""
    page = min(max(1, int(clicked[2])), document.pages)
    forth, back = page > now.page and page < document.pages, page < now.page and page > 1
    return _Shown(value=value, page=page), "page-next" if forth else "page-previous" if back else SHOWN


def _picture_with_quotation(
    document: StoredDocument, path: Path, picture: PagePicture, window: PageText, page: int
) -> tuple[str, str]:
    """The picture with its rectangles as HTML, and what is to be said of them."""
    boxes: tuple[Box, ...] = ()
    said = ""
    if window.end > window.start:
        placement = _placement(str(path), document.sha256, page, window)
        if isinstance(placement, str):
            raise UnreadableDocument(placement)
        boxes = placement.boxes
        said = "" if boxes else not_highlighted(window, placement.reason)
    return picture_with_boxes(document, page, picture, boxes), said
