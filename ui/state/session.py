"""Values of one session: its answer, its search, its collection, and where it is in its lists."""

from dataclasses import dataclass
from datetime import date
from typing import Any

import streamlit as st

from answer.assistant import Assistant
from answer.records import Answer
from answer.summary.writer import Writer
from collection.records import Collection
from index.records import Facet, Hit, SearchResult
from index.search import POOL, HybridIndex
from pinpoint.records import Filters, Scope, Status
from ui.server import accounts
from ui.state.navigation import read_location
from ui.state.resources import queued
from ui.state.widgets import CHECK_AS_OF, FACET_KEYS, LAW_AS_OF, QUERY, SEARCH_AS_OF

SEARCH_NOW = "_search_now"
"""Key that is set when the search form is to be taken as sent."""
COLLECTION, ASKED, SHOWN, SEARCHED = "_collection", "_asked", "_shown", "_searched"
EARLIER = "_earlier"
_FOUND, _LISTING = "_found", "_listing"
_MOST_EARLIER = 20
"""Answers of a tab that stay in memory, the newest ones. Set by hand; not measured."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """An answer of this session, and the generation that gave it."""

    question: str
    as_of: date
    generation: str
    answer: Answer
    scope: Scope = Scope()

    def same(self, other: "Asked") -> bool:
        """Tell whether both are the same question of the same day and scope."""
        return (self.question, self.as_of, self.scope) == (other.question, other.as_of, other.scope)


@dataclass(frozen=True, slots=True)
class Searched:
    """A query of this session, the day whose law it asks for, and the collections that it is asked of."""

    query: str
    as_of: date
    scope: Scope = Scope()


def ask(index: HybridIndex, question: str, as_of: date, scope: Scope, *, writer: Writer | None = None) -> Asked:
    """Answer a question and store it in this session.

    Args:
        index: The index to ask.
        question: As typed.
        as_of: Day whose law is asked for.
        scope: Collections that come first, or are searched alone.
        writer: Language model to which question and quotations are sent to be arranged; none when not given.

    Raises:
        AuditUnavailable: An audit log is to be written and cannot be.
    """
    assistant = Assistant(index, writer)
    filters = Filters(as_of, collections=scope.only, prefer=scope.prefer)
    # A language model is on another machine as a rule: nobody else waits for what it writes.
    answer = assistant.ask(question, filters=filters) if writer else queued(assistant.ask, question, filters=filters)
    accounts.record_answer(index, answer)
    asked = Asked(question=question, as_of=as_of, generation=index.folder.name, answer=answer, scope=scope)
    st.session_state[EARLIER] = (asked, *(one for one in earlier() if not one.same(asked)))[:_MOST_EARLIER]
    show_answer(asked)
    return asked


def show_answer(asked: Asked) -> None:
    """Make this the answer that is shown."""
    st.session_state[ASKED] = asked
    show_marker(1)


def earlier() -> tuple[Asked, ...]:
    """The answers of this tab, the newest first."""
    answers: tuple[Asked, ...] = st.session_state.get(EARLIER, ())
    return answers


def forget_earlier() -> None:
    """Forget the answers of this tab but for the one that is shown."""
    st.session_state[EARLIER] = tuple(one for one in earlier() if one is st.session_state.get(ASKED))


def shown_marker() -> int:
    """Marker of the quotation whose evidence is shown, from 1."""
    marker: int = st.session_state.get(SHOWN, 1)
    return marker


def show_marker(marker: int) -> None:
    """Set which evidence is shown."""
    st.session_state[SHOWN] = marker


def last_asked(index: HybridIndex) -> Asked | None:
    """The answer of this session; given again, without a language model, when a new generation is in use since."""
    asked: Asked | None = st.session_state.get(ASKED)
    if asked is not None and asked.generation != index.folder.name:
        return ask(index, asked.question, asked.as_of, asked.scope)
    return asked


def search_for(query: str, as_of: date, scope: Scope) -> None:
    """Set what the session searches for; its list starts from the first page, with no facet chosen."""
    st.session_state[SEARCHED] = Searched(query, as_of, scope)
    st.session_state[_FOUND] = {}
    no_limits()


def no_limits() -> None:
    """Choose nothing in any facet, and go to the first page."""
    first_page()
    for key in FACET_KEYS.values():
        st.session_state[key] = []


def searched() -> Searched | None:
    """The query of this session; None before the first one."""
    found: Searched | None = st.session_state.get(SEARCHED)
    return found


def find(index: HybridIndex, query: str, filters: Filters, statuses: tuple[Status, ...] = ()) -> SearchResult:
    """Search, or give back what this session found with the same query and limits."""
    found: dict[Any, SearchResult] = st.session_state.setdefault(_FOUND, {})
    key = (index.folder.name, query, filters, statuses)
    if key not in found:
        result = queued(index.search, query, filters, top_k=POOL, statuses=statuses)
        accounts.record("search", accounts.documents_of(result.hits), index.folder.name, query)
        found[key] = result
    return found[key]


def page_of(index: HybridIndex, result: SearchResult, first: int, count: int, as_of: date) -> tuple[Hit, ...]:
    """Some of the hits of a search, also those that it has not made; the audit log has what is shown of these."""
    hits = index.page(result, first, count, as_of)
    if first + count > len(result.hits) and hits:
        accounts.record("search", accounts.documents_of(hits), index.folder.name, result.query)
    return hits


def count(index: HybridIndex, query: str, filters: Filters, statuses: tuple[Status, ...] = ()) -> tuple[Facet, ...]:
    """Count the passages of each kind that a query finds, without reading any of them by the re-ranker."""
    return queued(index.search, query, filters, top_k=1, channel="hybrid", statuses=statuses).facets


def search_next(query: str, as_of: date) -> None:
    """Have the Search page search for this when it is drawn."""
    st.session_state.update({QUERY: query, SEARCH_AS_OF: as_of, SEARCH_NOW: True})


def collection() -> Collection:
    """The collection of this session, empty at first."""
    own: Collection = st.session_state.get(COLLECTION, Collection())
    return own


def set_collection(collection: Collection) -> None:
    """Make this the collection of this session."""
    st.session_state[COLLECTION] = collection


def day_of_page(path: str) -> date:
    """The day whose law the page with a path shows."""
    location, _ = read_location(st.query_params.to_dict())
    key = {"": LAW_AS_OF, "search": SEARCH_AS_OF, "check": CHECK_AS_OF}.get(path)
    asked: date | None = st.session_state.get(key) if key else None
    return asked or location.as_of or date.today()


def first_page() -> None:
    """Start the list of results from its first page: another list, another pagination widget."""
    st.session_state[_LISTING] = st.session_state.get(_LISTING, 0) + 1


def page_key() -> str:
    """Key of the pagination widget of the list that is shown."""
    return f"page-{st.session_state.get(_LISTING, 0)}"
