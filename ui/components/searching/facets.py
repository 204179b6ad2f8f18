"""Facets: what a search can be narrowed to, with counts that follow the other limits."""

from collections.abc import Mapping
from typing import cast

import streamlit as st

from index.documents.authority import authority_of
from index.matches.tally import FACETS, year_of
from index.records import SearchResult
from index.search import HybridIndex
from pinpoint.records import Filters, Status
from pinpoint.stored import StoredDocument
from ui.html.text import label
from ui.state import session, widgets

TITLES = {
    "kind": "Authority",
    "collection": "Collection",
    "publisher": "Publisher",
    "year": "In force since",
    "status": "Status",
}
Chosen = Mapping[str, tuple[str, ...]]


def chosen() -> dict[str, tuple[str, ...]]:
    """The values chosen in this session, by facet."""
    return {name: tuple(st.session_state.get(key, ())) for name, key in widgets.FACET_KEYS.items()}


def filters_of(index: HybridIndex, searched: session.Searched, values: Chosen, *, but: str = "") -> Filters:
    """The filters that the chosen values make.

    Args:
        index: Where the documents are.
        searched: The query, its day and its scope.
        values: As ``chosen`` gives them; the status is no filter of documents, and is given to the search by itself.
        but: A facet whose values do not count.
    """
    limits = {name: found for name, found in values.items() if name != but}
    documents: tuple[str, ...] = ()
    if limits.get("publisher") or limits.get("year"):
        documents = tuple(d.id for d in index.documents.values() if _admits(limits, d)) or ("",)
    any_date = bool(st.session_state.get(widgets.ANY_DATE))
    return Filters(
        as_of=searched.as_of,
        kinds=limits.get("kind", ()),
        collections=limits.get("collection", ()) or searched.scope.only,
        documents=documents,
        any_date=any_date,
        prefer=searched.scope.prefer,
    )


def draw_facets(index: HybridIndex, searched: session.Searched, result: SearchResult, values: Chosen) -> None:
    """Draw a group of buttons a facet; each count says what choosing the value would find.

    Args:
        index: The index.
        searched: The query and its day.
        result: What was found with all limits.
        values: As ``chosen`` gives them.
    """
    counts = {facet.name: dict(facet.counts) for facet in result.facets}
    for name in FACETS:
        if values[name]:
            statuses = () if name == "status" else statuses_of(values)
            free = session.count(index, searched.query, filters_of(index, searched, values, but=name), statuses)
            counts[name] = next(dict(facet.counts) for facet in free if facet.name == name)
        _draw_facet(name, {**counts[name], **{value: counts[name].get(value, 0) for value in values[name]}})
    counted = f"all {result.total:,} passages" if result.total != 1 else "the one passage"
    said = f"Numbers count {counted} within the limits you chose."
    if result.total and not any(facet.counts for facet in result.facets):
        said = "There are no numbers here, since no passage has what was looked for; with a limit, others come nearest."
    if any(sum(count for _, count in facet.counts) > result.total for facet in result.facets):
        said += " A text that stands word for word in two collections counts in both."
    st.html(f'<p class="pp-fact">{said}</p>')


def statuses_of(values: Chosen) -> tuple[Status, ...]:
    """The statuses among the chosen values."""
    return tuple(cast("Status", value) for value in values["status"])


def _draw_facet(name: str, counts: Mapping[str, int]) -> None:
    values = sorted(counts, key=lambda value: (authority_of(value).rank, value.lower()))
    if name == "year":
        values.sort(reverse=True)
    names = {value: label(_named(name, value)) + f" \u2002{counts[value]:,}" for value in values}
    st.pills(
        TITLES[name],
        values,
        selection_mode="multi",
        format_func=names.__getitem__,
        width="stretch",
        key=widgets.FACET_KEYS[name],
        persist_state="session",
        on_change=session.first_page,
    )


def _admits(values: Chosen, document: StoredDocument) -> bool:
    return (not values.get("publisher") or document.publisher in values["publisher"]) and (
        not values.get("year") or year_of(document) in values["year"]
    )


def _named(facet: str, value: str) -> str:
    if facet == "kind":
        return authority_of(value).label
    if facet == "status":
        return "Not in force" if value == "ended" else value.capitalize()
    return value or "Not stated"


assert set(TITLES) == set(FACETS) == set(widgets.FACET_KEYS)  # noqa: S101 - a facet without a title fails only when drawn
