"""Changes: what changed between two generations of the index, or two editions of a document."""

import threading
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import replace
from functools import partial
from pathlib import Path

import streamlit as st

from changes.compare import compare_documents, compare_folders
from changes.narrowing import Limits
from changes.opening import default_names
from changes.records import KINDS, Changes, Kind
from changes.reports.formats import FORMATS
from changes.reports.markup import STYLE
from changes.watching.collections import watch_collection
from index.documents.authority import authority_of
from index.documents.store import DocumentStore
from index.generations.lease import Lease
from index.generations.named import all_generations, intact_generation
from index.search import HybridIndex
from pinpoint.errors import PinpointError
from pinpoint.text import day, plural
from ui.components import frame
from ui.html.changes import listing
from ui.state import resources, session

_LEAD = (
    "What changed between two generations of the index, or between two editions of a document: which sections are "
    "new, gone, moved or changed, word by word, and which excerpts of your collection that touches."
)
_GENERATIONS, _EDITIONS = "Two generations of the index", "Two editions of a document"
_ALL = "All"
_A_PAGE = 40
"""Sections on a page. Set by hand; not measured."""
_COMPARED, _FROM, _WATCHED = "_changes_compared", "_changes_from", "_changes_watched"
_AT_ONCE = threading.BoundedSemaphore(1)
"""Comparisons that run side by side: large editions take a minute, and questions need a processor. Set by hand."""
_LONGEST_TITLE = 90
"""Characters of a title in a choice. Set by hand; not measured."""


def page() -> None:
    """Draw the page."""
    index = resources.open_index()
    frame.heading("Changes", _LEAD)
    st.html(f"<style>{STYLE}</style>")
    stored = all_generations(resources.index_dir())
    made = {one.name: f"{day(one.made.date())}, {one.made:%H:%M} UTC" for one in stored}
    names = [name for name in default_names(resources.index_dir()) if name in made]
    ways = [_GENERATIONS, _EDITIONS] if len(names) > 1 else [_EDITIONS]
    if len(ways) == 1:
        st.html(
            "<p>This index has one generation, so that there is nothing to compare it with: the next ingest that "
            "changes something leaves another. Two editions of a document can be compared.</p>"
        )
    way = st.radio("Compare", ways, horizontal=True, key="changes-way", on_change=_start) or ways[0]
    with st.container(key="changes-choice"):
        chosen = _generations(names, made) if way == _GENERATIONS else _editions(index)
    if st.button("Compare", type="primary", key="changes-compare"):
        _start()
        st.session_state[_COMPARED] = chosen
    if st.session_state.get(_COMPARED) == chosen:
        _draw(index, chosen, limited=way == _GENERATIONS)


Choice = tuple[str, str, str, str]
"""Old and new generation, old and new document; the documents are "" where generations are compared."""


def _generations(names: Sequence[str], made: dict[str, str]) -> Choice:
    def said(name: str) -> str:
        return f"{made[name]} ({name})"  # an option is no Markdown

    old = st.selectbox("Old generation", [*names[1:], *names[:1]], format_func=said, key="changes-old")
    new = st.selectbox("New generation", names, format_func=said, key="changes-new")
    return str(old), str(new), "", ""


def _editions(index: HybridIndex) -> Choice:
    ids = list(index.documents)
    replaced = [(old, one.id) for one in index.documents.values() for old in one.supersedes if old in index.documents]
    first = replaced[0] if replaced else (ids[0], ids[min(1, len(ids) - 1)])

    def said(name: str) -> str:
        return f"{index.documents[name].title[:_LONGEST_TITLE]} ({name})"

    old = st.selectbox("Old edition", ids, ids.index(first[0]), format_func=said, key="changes-old-document")
    new = st.selectbox("New edition", ids, ids.index(first[1]), format_func=said, key="changes-new-document")
    return index.generation, index.generation, str(old), str(new)


def _draw(index: HybridIndex, chosen: Choice, *, limited: bool) -> None:
    folder = str(resources.index_dir())
    try:
        # Not in the queue of the questions, which would wait behind it.
        with st.spinner("Comparing\u2026 Large editions take a minute or more; other tabs work meanwhile."):
            whole = _compared(folder, chosen)
    except PinpointError as error:
        frame.alert(str(error))
        return
    st.html('<h2 id="summary">Summary</h2>')
    limits = _limits(whole, with_documents=limited)
    found = replace(whole, documents=limits.narrowed(whole.documents), filters=limits.sentence)
    st.html(f'<div role="status" class="pp-fact">{plural(len(listing.rows_of(found)), "section")} shown.</div>')
    st.html(listing.summary(found))
    _draw_downloads(found)
    _draw_watched(whole, folder, chosen)
    st.html(f'<h2 id="changed-documents">Documents</h2>{listing.documents(found)}')
    _draw_sections(index, listing.rows_of(found), chosen)


@st.cache_resource(max_entries=4, show_spinner=False)
def _compared(folder: str, chosen: Choice) -> Changes:
    """What changed; of documents alone, so that all sessions may share it."""
    old, new, old_document, new_document = chosen
    before, after = (intact_generation(Path(folder), name) for name in (old, new))
    with _AT_ONCE, ExitStack() as compared:
        for folder_of_one in (before, after):  # not removed by an ingest meanwhile
            compared.callback(bool, Lease(folder_of_one))
        if old_document:
            return compare_documents(before, old_document, after, new_document)
        return compare_folders(before, after)


def _limits(whole: Changes, *, with_documents: bool) -> Limits:
    """The limits that are chosen among what there is."""
    facts = [one for change in whole.documents for one in (change.old, change.new) if one]
    collection = kind = authority = _ALL
    with st.container(horizontal=True, vertical_alignment="bottom", key="changes-limits"):
        if with_documents:
            collection = _choice("Collection", "changes-collection", [one.collection for one in facts])
            kind = _choice("Kind of document", "changes-kind", [one.kind for one in facts])
            authority = _choice("Authority", "changes-authority", [authority_of(one.kind).label for one in facts])
        changes = _choice("Kind of change", "changes-change", list(KINDS.values()))
    wanted: tuple[Kind, ...] = tuple(one for one, said in KINDS.items() if said == changes)
    return Limits(collections=_chosen(collection), kinds=_chosen(kind), authorities=_chosen(authority), changes=wanted)


def _choice(title: str, key: str, values: list[str]) -> str:
    options = [_ALL, *dict.fromkeys(values)]
    if st.session_state.get(key) not in options:
        st.session_state[key] = _ALL
    return st.selectbox(title, options, key=key, on_change=_first_page) or _ALL


def _chosen(value: str) -> tuple[str, ...]:
    return () if value == _ALL else (value,)


def _draw_downloads(found: Changes) -> None:
    st.html('<h3 class="pp-small">Download this report</h3>')
    with st.container(horizontal=True, key="changes-downloads"):
        for one in FORMATS:
            st.download_button(
                one.title,
                partial(one.write, found),
                f"changes.{one.suffix}",
                one.mime,
                key=f"changes-{one.suffix}",
                on_click="ignore",
            )


def _draw_watched(whole: Changes, folder: str, chosen: Choice) -> None:
    collection = session.collection()
    st.html('<h2 id="watched">Your collection</h2>')
    if not collection.excerpts:
        st.html("<p>Nothing is collected in this tab, so that no excerpt can be touched.</p>")
        return
    of, found = st.session_state.get(_WATCHED, (None, ""))
    if of != (chosen, collection):  # a choice of a limit or a page changes nothing of it
        name = collection.title or "Collection of this tab"
        store = DocumentStore(intact_generation(Path(folder), chosen[0]))
        found = listing.watched(watch_collection(name, collection, whole, store))
        st.session_state[_WATCHED] = (chosen, collection), found
    st.html(found)


def _draw_sections(index: HybridIndex, rows: list[listing.Row], chosen: Choice) -> None:
    if not rows:
        return
    first = min(st.session_state.get(_FROM, 0), max(0, (len(rows) - 1) // _A_PAGE * _A_PAGE))
    shown = rows[first : first + _A_PAGE]
    st.html(
        f'<h2 id="changed-sections" tabindex="-1">Sections</h2><p class="pp-fact" role="status">Sections '
        f"{first + 1:,} to {first + len(shown):,} of {len(rows):,}.</p>"
    )
    # The app shows the text of the generation in use: under a link to another one's would stand other words.
    old, new = (frozenset(index.documents) if one == index.generation else frozenset() for one in chosen[:2])
    st.html(listing.sections(shown, old=old, new=new))
    if len(rows) <= _A_PAGE:
        return
    with st.container(horizontal=True, key="changes-pages"):
        st.button("Sections before", disabled=first == 0, on_click=_show_from, args=(first - _A_PAGE,))
        st.button("More sections", disabled=first + _A_PAGE >= len(rows), on_click=_show_from, args=(first + _A_PAGE,))


def _show_from(first: int) -> None:
    st.session_state[_FROM] = max(0, first)


def _first_page() -> None:
    st.session_state[_FROM] = 0


def _start() -> None:
    _first_page()
    st.session_state.pop(_COMPARED, None)
