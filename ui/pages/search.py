"""Search: one box, facets with counts, the best passages with matching words marked."""

from collections.abc import Sequence
from datetime import date

import streamlit as st

from index.authority import authority_of
from index.hybrid import FACETS, POOL, HybridIndex
from index.records import Facet, Filters, Hit, SearchResult
from ui import state
from ui.components import frame
from ui.components.hits import SORTS, ordered, results
from ui.components.text import day, escape, label, plural, worded

_LEAD = ("Passages by relevance. Type words, a citation such as 8 CFR 214.204(e), or \u201can exact phrase\u201d in "
         "quotation marks.")
_QUERY = "Words, citation or \u201cexact phrase\u201d"
_LONGEST = 500
_PER_PAGE = 10
_TITLES = {"kind": "Authority", "collection": "Collection", "publisher": "Publisher", "in force": "Status"}


def page() -> None:
    """Draw the page."""
    index = state.open_index()
    frame.heading("Search", _LEAD)
    state.start(tuple(state.defaults()))
    if _form():
        query = st.session_state[state.QUERY].strip()
        if query:
            state.search_for(query, st.session_state[state.SEARCH_AS_OF] or date.today())
        else:
            frame.alert("Type words, a citation or a phrase first.")
    searched = state.searched()
    if searched is None:
        _draw_start(index)
        return
    with st.container(key="search"):
        side, main = st.columns([3, 9], gap="medium")
        state.prepare(searched.query)
        filters, status = _facets(index, searched, side)
        with main:
            with st.spinner("Searching\u2026"):
                result = state.find(index, searched.query, filters)
            _draw_results(index, result, searched, [hit for hit in result.hits if _has(hit, status)])


def _form() -> bool:
    with st.form("search", border=False):
        words, as_of, button = st.columns([6, 2, 1], vertical_alignment="bottom", gap="small")
        words.text_input(_QUERY, key=state.QUERY, max_chars=_LONGEST, persist_state="session")
        as_of.date_input("Law as of", key=state.SEARCH_AS_OF, persist_state="session", min_value=date(1900, 1, 1),
                         max_value=date(2100, 12, 31), format="MM/DD/YYYY")
        return button.form_submit_button("Search", type="primary", width="stretch")


def _facets(index: HybridIndex, searched: state.Searched, side: st.delta_generator.DeltaGenerator,
            ) -> tuple[Filters, Sequence[str]]:
    """Draw the facets; the filters they make, and the status values asked for."""
    with side, st.container(key="facets"):
        st.html('<h2 class="pp-small">Narrow results</h2>')
        any_date = st.toggle("Also text not in force", key=state.ANY_DATE, persist_state="session",
                             on_change=state.first_page)
        base = state.find(index, searched.query, Filters(searched.as_of, any_date=any_date))
        chosen = {facet.name: _facet(index, facet) for facet in base.facets}
        counted = plural(min(POOL, len(base.hits)), "passage")
        st.html(f'<p class="pp-fact">Numbers count the best {counted} of the query; a limit searches again within '
                "what you choose.</p>")
    documents = tuple(d.id for d in index.documents.values() if d.publisher in chosen["publisher"])
    filters = Filters(searched.as_of, tuple(chosen["kind"]), tuple(chosen["collection"]), documents, any_date)
    return filters, chosen["in force"]


def _facet(index: HybridIndex, facet: Facet) -> list[str]:
    """Draw one facet; the values chosen. Every value of the corpus is there, those not found last."""
    counts = dict(facet.counts)
    if facet.name in ("kind", "collection", "publisher"):
        counts = {**dict.fromkeys((getattr(d, facet.name) for d in index.documents.values()), 0), **counts}
    values = sorted(counts, key=lambda value: (counts[value] == 0, authority_of(value).rank, value.lower()))
    names = {value: label(_named(facet.name, value)) + f" \u2002{counts[value]}" for value in values}
    return list(st.pills(
        _TITLES[facet.name], values, selection_mode="multi", format_func=names.__getitem__, width="stretch",
        key=state.FACET_KEYS[facet.name], persist_state="session", on_change=state.first_page))


def _draw_results(index: HybridIndex, result: SearchResult, searched: state.Searched, hits: list[Hit]) -> None:
    with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="bottom"):
        counted = escape(_counted(hits, searched))
        st.html(f'<h2 class="pp-small">Results</h2><p class="pp-fact">{counted}</p>', width="stretch")
        sort = st.segmented_control("Sort by", SORTS, key=state.SORT, required=True, persist_state="session",
                                    on_change=state.first_page)
    if result.notes:
        lines = "".join(f"<li>{escape(worded(note))}</li>" for note in result.notes)
        st.html(f'<ul class="pp-notes">{lines}</ul>')
    if not hits:
        st.html('<section class="pp-declined"><p class="pp-reason">Nothing matches with these limits.</p><p>Remove a '
                "limit, choose another day, or show text that is not in force.</p></section>")
        return
    listed = st.container()
    page_count = -(-len(hits) // _PER_PAGE)
    number = st.pagination(page_count, key=state.page_key(), persist_state="session") if page_count > 1 else 1
    first = (number - 1) * _PER_PAGE
    shown = ordered(hits, sort or SORTS[0])[first : first + _PER_PAGE]
    listed.html(results(index, shown, searched.query, searched.as_of, start=first + 1))
    frame.to_top("search", number)


def _draw_start(index: HybridIndex) -> None:
    held = f"{plural(len(index.documents), 'document')} with {plural(int(index.facts['passages']), 'passage')}"
    st.html(f'<p class="pp-fact">{held} ready to be searched.</p>')


def _counted(hits: list[Hit], searched: state.Searched) -> str:
    what = f"The best {POOL} passages" if len(hits) >= POOL else plural(len(hits), "passage")
    return f"{what} for \u201c{searched.query}\u201d, law as of {day(searched.as_of)}."


def _named(facet: str, value: str) -> str:
    if facet == "kind":
        return authority_of(value).label
    return value.capitalize() if facet == "in force" else value or "Not stated"


def _has(hit: Hit, status: Sequence[str]) -> bool:
    return not status or ("in force" if hit.in_force else "not in force") in status


assert set(_TITLES) == set(FACETS)  # noqa: S101 - a facet without a title would fail only when drawn
