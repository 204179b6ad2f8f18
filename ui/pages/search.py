"""Search: one box, the passages that match with their words marked, facets with counts over all of them."""

from datetime import date

import streamlit as st

from index.matches.listing import MOST_LISTED
from index.matches.told import NO_WORD
from index.records import Hit, SearchResult
from index.search import HybridIndex
from pinpoint.text import day, escape, plural, worded
from ui.components import frame
from ui.components.days import draw_law_as_of
from ui.components.scope_choice import COLUMNS, chosen_scope, draw_scope
from ui.components.searching import facets
from ui.components.searching.list_export import draw_list_export
from ui.components.tab import status
from ui.html.answers.hits import SORTS, ordered, results
from ui.html.answers.operators import HELP
from ui.state import resources, session, widgets

_LEAD = "All passages that match, the best first, with the words that match marked."
_QUERY = "Words, citation or \u201cexact phrase\u201d"
_LONGEST = 500  # characters of a query, as on Ask
_PER_PAGE = 10  # passages; set by hand; not measured
_WAYS = {
    "A citation": "8 CFR 214.204(e), INA 101(a)(15)(T), 3 USCIS-PM B.2(C)",
    "An exact phrase": "\u201cany credible evidence\u201d, in quotation marks",
    "A short form": "LEA, VAWA 2013",
    "Words or a question": "continued presence; who decides an application",
    "Operators": "waiver AND traffick* NOT \u201cU visa\u201d",
}
_TOLD = "_search_told"
_WHOLE_SORTED = ("boolean", "phrase", "citation")
"""Routes of which every hit fits as well as any other, so that all of them are sorted; of others the best ones."""


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
            st.session_state.pop(_TOLD, None)
        else:
            frame.alert("Type words, a citation or a phrase first.")
    st.html(HELP)
    searched = session.searched()
    if searched is None:
        _draw_start(index)
        return
    frame.personal(searched.query)
    with st.container(key="search"):
        # The list comes first, so that it does where there is only one column, for eyes, keyboard and screen reader.
        main, side = st.columns([9, 3], gap="medium")
        resources.prepare(searched.query)
        values = facets.chosen()
        with main, st.spinner("Searching\u2026"):
            filters = facets.filters_of(index, searched, values)
            result = session.find(index, searched.query, filters, facets.statuses_of(values))
        with main:
            _draw_results(index, result, searched)
        with side, st.container(key="facets"):
            st.html('<h2 class="pp-small">Narrow results</h2>')
            st.toggle(
                "Also text not in force", key=widgets.ANY_DATE, persist_state="session", on_change=session.first_page
            )
            facets.draw_facets(index, searched, result, values)


def _form(index: HybridIndex) -> bool:
    with st.form("search", border=False):
        words, scope, as_of, button = st.columns(COLUMNS, vertical_alignment="bottom", gap="small")
        words.text_input(_QUERY, key=widgets.QUERY, max_chars=_LONGEST, persist_state="session", autocomplete="off")
        draw_scope(scope, index)
        draw_law_as_of(as_of, widgets.SEARCH_AS_OF)
        sent = button.form_submit_button("Search", type="primary", width="stretch")
    return bool(st.session_state.pop(session.SEARCH_NOW, False) or sent)


def _draw_results(index: HybridIndex, result: SearchResult, searched: session.Searched) -> None:
    page_count = max(1, -(-min(result.total, MOST_LISTED) // _PER_PAGE))
    with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="bottom"):
        head = st.container(width="stretch")
        sort = st.segmented_control(
            "Sort by", SORTS, key=widgets.SORT, required=True, persist_state="session", on_change=session.first_page
        )
    said = [line for line in (result.reading, *map(worded, result.notes)) if line]
    if said:
        st.html(f'<ul class="pp-notes">{"".join(f"<li>{escape(line)}</li>" for line in said)}</ul>')
    listed = st.container()
    number = st.pagination(page_count, key=session.page_key(), persist_state="session") if page_count > 1 else 1
    first = (number - 1) * _PER_PAGE
    shown = _shown(result, first)
    counted = escape(f"{shown}, for {_named(searched)}, law as of {day(searched.as_of)}. {result.scope}")
    head.html(f'<h2 class="pp-small">Results</h2><p class="pp-fact pp-counted">{counted}</p>')
    _tell(f"Results: {shown}, by {(sort or SORTS[0]).lower()}." if result.total else "Nothing matches.")
    if not result.total:
        if NO_WORD in result.notes:
            return
        nothing = "Nothing of what is indexed so far matches" if index.incomplete else "Nothing matches"
        st.html(
            f'<section class="pp-declined"><p class="pp-reason">{nothing} with these limits.</p><p>Remove a '
            "limit, choose another day, or show text that is not in force.</p></section>"
        )
        st.button("Remove all limits", on_click=session.no_limits)
        return
    hits = _hits(index, result, searched, sort or SORTS[0], first)
    matched = index.marked_terms(searched.query)
    listed.html(results(index, hits, searched.query, searched.as_of, start=first + 1, matched=matched))
    if result.total > MOST_LISTED:
        st.html(f'<p class="pp-fact">The first {MOST_LISTED:,} are listed. Narrow the results to see others.</p>')
    draw_list_export(index, result, searched.as_of)
    frame.to_top("search", number)


def _hits(
    index: HybridIndex, result: SearchResult, searched: session.Searched, sort: str, first: int
) -> tuple[Hit, ...]:
    """The hits of one page in the order asked for."""
    if sort == SORTS[0]:
        return session.page_of(index, result, first, _PER_PAGE, searched.as_of)
    whole = result.route in _WHOLE_SORTED
    best = index.page(result, 0, MOST_LISTED if whole else len(result.hits), searched.as_of)
    shown = ordered(best, sort)[first : first + _PER_PAGE]
    behind = session.page_of(index, result, max(first, len(best)), _PER_PAGE - len(shown), searched.as_of)
    return (*shown, *behind)


def _draw_start(index: HybridIndex) -> None:
    counts = f"{plural(len(index.documents), 'document')} with {plural(int(index.facts['passages']), 'passage')}"
    ways = "".join(f"<dt>{name}</dt><dd>{escape(example)}</dd>" for name, example in _WAYS.items())
    st.html(
        f'<p class="pp-fact">{counts} ready to be searched.</p><h2 class="pp-small">What you can type</h2>'
        f'<dl class="pp-facts">{ways}</dl>'
    )


def _shown(result: SearchResult, first: int) -> str:
    """How many passages match, and which of them are shown."""
    shown = f"{first + 1:,}\u2013{min(first + _PER_PAGE, result.total):,} of " if result.total > _PER_PAGE else ""
    what = result.counted if result.total != 1 else result.counted.replace("passages", "passage", 1)
    return f"{shown}{result.total:,} {what}"


def _named(searched: session.Searched) -> str:
    return searched.query if '"' in searched.query else f"\u201c{searched.query}\u201d"


def _tell(words: str) -> None:
    """Have the status region say what is listed, in the run in which it came: once, and anew for every search."""
    if st.session_state.get(_TOLD) != words:
        st.session_state[_TOLD] = words
        status.announce(words)
