"""Search: one box, facets with counts, the best passages with matching words marked."""

from datetime import date

import streamlit as st

from index.records import Hit, SearchResult
from index.search import POOL, HybridIndex
from pinpoint.text import day, escape, plural, worded
from ui.components import facets, frame
from ui.components.days import draw_law_as_of
from ui.components.scope_choice import COLUMNS, chosen_scope, draw_scope
from ui.html.answers.hits import SORTS, ordered, results
from ui.state import resources, session, widgets

_LEAD = "Passages by relevance, with the words that match marked."
_QUERY = "Words, citation or \u201cexact phrase\u201d"
_LONGEST = 500  # characters of a query, as on Ask
_PER_PAGE = 10  # passages; set by hand; not measured
_WAYS = {
    "A citation": "8 CFR 214.204(e), INA 101(a)(15)(T), 3 USCIS-PM B.2(C)",
    "An exact phrase": "\u201cany credible evidence\u201d, in quotation marks",
    "A short form": "LEA, VAWA 2013",
    "Words or a question": "continued presence; who decides an application",
}


def page() -> None:
    """Draw the page."""
    index = resources.open_index()
    frame.heading("Search", _LEAD)
    widgets.start(tuple(widgets.defaults()))
    if _form(index):
        query = st.session_state[widgets.QUERY].strip()
        if query:
            day_asked = st.session_state[widgets.SEARCH_AS_OF] or date.today()
            session.search_for(query, day_asked, chosen_scope(index))
        else:
            frame.alert("Type words, a citation or a phrase first.")
    searched = session.searched()
    if searched is None:
        _draw_start(index)
        return
    frame.personal(searched.query)
    with st.container(key="search"):
        side, main = st.columns([3, 9], gap="medium")
        resources.prepare(searched.query)
        values = facets.chosen()
        with main, st.spinner("Searching\u2026"):
            result = session.find(index, searched.query, facets.filters_of(index, searched, values))
        with side, st.container(key="facets"):
            st.html('<h2 class="pp-small">Narrow results</h2>')
            st.toggle(
                "Also text not in force", key=widgets.ANY_DATE, persist_state="session", on_change=session.first_page
            )
            facets.draw_facets(index, searched, result, values)
        with main:
            hits = [hit for hit in result.hits if not values["status"] or hit.status in values["status"]]
            _draw_results(index, result, searched, hits)


def _form(index: HybridIndex) -> bool:
    with st.form("search", border=False):
        words, scope, as_of, button = st.columns(COLUMNS, vertical_alignment="bottom", gap="small")
        words.text_input(_QUERY, key=widgets.QUERY, max_chars=_LONGEST, persist_state="session", autocomplete="off")
        draw_scope(scope, index)
        draw_law_as_of(as_of, widgets.SEARCH_AS_OF)
        sent = button.form_submit_button("Search", type="primary", width="stretch")
    return bool(st.session_state.pop(session.SEARCH_NOW, False) or sent)


def _draw_results(index: HybridIndex, result: SearchResult, searched: session.Searched, hits: list[Hit]) -> None:
    with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="bottom"):
        counted = escape(f"{_counted(hits, searched)} {result.scope}")
        st.html(f'<h2 class="pp-small">Results</h2><p class="pp-fact" role="status">{counted}</p>', width="stretch")
        sort = st.segmented_control(
            "Sort by", SORTS, key=widgets.SORT, required=True, persist_state="session", on_change=session.first_page
        )
    if result.notes:
        lines = "".join(f"<li>{escape(worded(note))}</li>" for note in result.notes)
        st.html(f'<ul class="pp-notes">{lines}</ul>')
    if not hits:
        nothing = "Nothing of what is indexed so far matches" if index.incomplete else "Nothing matches"
        st.html(
            f'<section class="pp-declined"><p class="pp-reason">{nothing} with these limits.</p><p>Remove a '
            "limit, choose another day, or show text that is not in force.</p></section>"
        )
        st.button("Remove all limits", on_click=session.no_limits)
        return
    listed = st.container()
    page_count = -(-len(hits) // _PER_PAGE)
    number = st.pagination(page_count, key=session.page_key(), persist_state="session") if page_count > 1 else 1
    first = (number - 1) * _PER_PAGE
    shown = ordered(hits, sort or SORTS[0])[first : first + _PER_PAGE]
    listed.html(results(index, shown, searched.query, searched.as_of, start=first + 1))
    frame.to_top("search", number)


def _draw_start(index: HybridIndex) -> None:
    counts = f"{plural(len(index.documents), 'document')} with {plural(int(index.facts['passages']), 'passage')}"
    ways = "".join(f"<dt>{name}</dt><dd>{escape(example)}</dd>" for name, example in _WAYS.items())
    st.html(
        f'<p class="pp-fact">{counts} ready to be searched.</p><h2 class="pp-small">What you can type</h2>'
        f'<dl class="pp-facts">{ways}</dl>'
    )


def _counted(hits: list[Hit], searched: session.Searched) -> str:
    what = f"The best {POOL} passages" if len(hits) >= POOL else plural(len(hits), "passage")
    query = searched.query if '"' in searched.query else f"\u201c{searched.query}\u201d"
    return f"{what} for {query}, law as of {day(searched.as_of)}."
