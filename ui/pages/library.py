"""Library: what is indexed, what it covers, what the intake noticed, and the generation in use."""

from datetime import date

import streamlit as st

from index.generations.read import intake_report
from index.search import HybridIndex
from ingest.report import records_from_json
from pinpoint.errors import IndexUnavailable
from pinpoint.text import escape, plural
from ui.components import clicks, frame
from ui.components.library import official
from ui.components.page_panel import draw_page_view
from ui.components.uploading import draw_adding
from ui.html.library.coverage import shares_chart, time_line
from ui.html.library.generation import generation
from ui.html.library.holdings import ORDERS, Holding, holdings, periods, shares
from ui.html.library.holdings_table import holdings_table
from ui.html.library.intake import SHOW_PAGE, counted, intake
from ui.pages import indexing
from ui.server import accounts
from ui.state import resources

_LEAD = "The documents that are indexed, what they cover, and what the intake reported about them."
_ALL = "All"
_PARTS = {
    "documents": "Documents",
    "coverage": "Coverage",
    "intake": "Intake",
    "index-in-use": "Index in use",
    official.PART: official.TITLE,
    "add-documents": "Add documents",
}
_SORT, _KIND, _COLLECTION = "library_sort", "library_kind", "library_collection"
_PAGE, _CLOSED = "_library_page", "_library_page_closed"


def page() -> None:
    """Draw the page."""
    try:
        index = resources.open_index()
    except IndexUnavailable as error:
        if not indexing.page(error):
            official.draw(None)
            draw_adding()
        return
    frame.heading("Library", _LEAD)
    report = intake_report(index.folder)
    records = records_from_json(report)
    held = holdings(index.documents.values(), records)
    st.html(_contents())
    _draw_documents(held)
    _draw_coverage(held)
    shown = {document.id for document in index.documents.values() if document.file.lower().endswith(".pdf")}
    st.html(counted(list(records.values())))
    _draw_page(index)
    st.html(intake(list(records.values()), shown))
    st.html(generation(index, report))
    official.draw(index)
    draw_adding()


def _contents() -> str:
    parts = {part: title for part, title in _PARTS.items() if part != official.PART or official.is_listed()}
    links = "".join(f'<li><a href="#{part}">{title}</a></li>' for part, title in parts.items())
    return f'<nav class="pp-contents" aria-label="On this page"><ul>{links}</ul></nav>'


def _draw_documents(held: list[Holding]) -> None:
    st.html('<h2 id="documents">Documents</h2>')
    with st.container(horizontal=True, vertical_alignment="bottom", key="library-choices"):
        kind = _choice("Authority", _KIND, [holding.authority for holding in held])
        collections = sorted({holding.document.collection for holding in held}, key=str.lower)
        collection = _choice("Collection", _COLLECTION, collections)
        order = st.selectbox("Sort by", list(ORDERS), key=_SORT, persist_state="session")
    chosen = [
        holding
        for holding in held
        if kind in (_ALL, holding.authority) and collection in (_ALL, holding.document.collection)
    ]
    every = plural(len(held), "document")
    said = every if len(chosen) == len(held) else f"{len(chosen):,} of {every}"
    st.html(f'<p class="pp-fact" role="status">{said}</p>')
    if chosen:
        st.html(holdings_table(sorted(chosen, key=ORDERS[order or "Authority"]), date.today()))
    else:
        st.html("<p>No document is of this authority and in this collection.</p>")


def _choice(title: str, key: str, values: list[str]) -> str:
    options = [_ALL, *dict.fromkeys(values)]
    if st.session_state.get(key) not in options:  # another index came into use
        st.session_state[key] = _ALL
    return st.selectbox(title, options, key=key, persist_state="session") or _ALL


def _draw_coverage(held: list[Holding]) -> None:
    dates = ((one.document.effective_from, one.document.effective_to, one.document.current_to) for one in held)
    undated = sum(not any(known) for known in dates)
    collections = shares(held, lambda holding: holding.document.collection)
    charts = (
        shares_chart("By authority", shares(held, lambda holding: holding.authority)),
        shares_chart("By collection", sorted(collections, key=lambda share: -share.documents)),
        time_line(periods(held), undated, date.today()),
    )
    st.html(f'<h2 id="coverage">Coverage</h2><div class="pp-charts">{"".join(charts)}</div>')


def _draw_page(index: HybridIndex) -> None:
    """Draw the page whose button was clicked last, until it is closed."""
    clicked = _page_named(index, clicks.taken(SHOW_PAGE))
    if clicked:
        st.session_state[_PAGE] = (*clicked, st.session_state.get(_PAGE, (0, 0, 0))[2] + 1)
    shown = st.session_state.get(_PAGE)
    if shown and shown[0] in index.documents:
        document_id, number, count = shown
        accounts.record_reading(index, document_id)
        with st.container(key="library-page", border=True, gap="small"):
            title = f"Page {number} of {index.documents[document_id].file}"
            st.html(f'<h3 id="library-page-title" tabindex="-1">{escape(title)}</h3>')
            st.button("Close the page", key="library-page-close", on_click=_close_page)
            draw_page_view(index, document_id, 0, 0, f"library-{count}", page=number)
    closed = st.session_state.pop(_CLOSED, False)
    clicks.focus_on("intake" if closed else "library-page-title", now=bool(clicked) or closed)


def _page_named(index: HybridIndex, value: str) -> tuple[str, int] | None:
    """The document and page of a button's value; None when there is no such page."""
    document_id, _, number = value.rpartition(":")
    document = index.documents.get(document_id)
    if document is None or not number.isascii() or not number.isdigit() or not 1 <= int(number) <= document.pages:
        return None
    return document_id, int(number)


def _close_page() -> None:
    st.session_state[_PAGE] = ("", 0, st.session_state[_PAGE][2])
    st.session_state[_CLOSED] = True
