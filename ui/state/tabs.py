"""The work of a browser tab: stored at the end of each run, restored when the tab is loaded again."""

import hashlib
import secrets
from typing import Any

import streamlit as st

from collection.records import Collection
from collection.undoing import Step, taken_back
from ui.server import accounts
from ui.state.session import ASKED, COLLECTION, EARLIER, SEARCHED, SHOWN
from ui.state.tab_store import TabStore
from ui.state.widgets import ANY_DATE, FACET_KEYS, LAW_AS_OF, QUERY, QUESTION, SCOPE, SEARCH_AS_OF, SORT, VIEW, defaults

MINUTES = 10
"""Minutes for which what was cleared can be taken back. Set by hand; not measured."""
_TAB, _CLEARED = "_tab", "_cleared"
_SAVED = (
    COLLECTION,
    ASKED,
    EARLIER,
    SHOWN,
    SEARCHED,
    QUESTION,
    LAW_AS_OF,
    VIEW,
    QUERY,
    SEARCH_AS_OF,
    ANY_DATE,
    SORT,
    SCOPE,
    *FACET_KEYS.values(),
)
"""Keys whose values a tab finds again when it is reloaded."""


def has_tab() -> bool:
    """Tell whether this session knows the name of its browser tab."""
    return _TAB in st.session_state


def arrive(tab: str) -> None:
    """Restore the work of a tab that was loaded again; do nothing for "" or a second time.

    What was typed or done here before the name arrived stays as it is.

    Args:
        tab: Its name; behind a space that of the tab of which it is a copy, whose work it begins with.
    """
    own, _, source = tab.partition(" ")
    if own and not has_tab():
        first = defaults()
        for key, value in (_tab_store().find(tab_key(own)) or _tab_store().find(tab_key(source))).items():
            if st.session_state.get(key, first.get(key)) == first.get(key):
                st.session_state[key] = value
    if own and st.session_state.get(_TAB, source) == source:
        st.session_state[_TAB] = own


def leave() -> None:
    """Store the work of this tab at the end of a run."""
    if has_tab():
        work = {key: st.session_state[key] for key in _SAVED if key in st.session_state}
        _tab_store().store(tab_key(st.session_state[_TAB]), work)


def tab_key(tab: str) -> str:
    """Name under which the work of a tab is stored: of the tab and of who is signed in, so nobody else has it."""
    return hashlib.sha256(f"{tab} {accounts.person().name}".encode()).hexdigest()[:32]


@st.cache_resource(show_spinner=False)
def _tab_store() -> TabStore:
    return TabStore()


def clear() -> None:
    """Forget everything of this session but the name of its tab; it can be taken back for some minutes.

    What was cleared before and can be taken back still can be taken back with it.
    """
    first, before = defaults(), cleared()
    work = {key: st.session_state[key] for key in _SAVED if st.session_state.get(key, first.get(key)) != first.get(key)}
    _forget_work()
    if work:
        if COLLECTION in work and COLLECTION in before:
            work[COLLECTION] = taken_back(work[COLLECTION], Step(before[COLLECTION], Collection()))
        # By the name of the tab, so that one that is loaded again finds it.
        name = tab_key(st.session_state[_TAB]) if has_tab() else secrets.token_hex(16)
        forget_cleared()
        _cleared_store().store(name, before | work)
        st.session_state[_CLEARED] = name


def forget() -> None:
    """Forget everything of this session but the name of its tab, for good."""
    forget_cleared()
    _forget_work()


def _forget_work() -> None:
    _tab_store().clear(tab_key(st.session_state.get(_TAB, "")))
    for key in list(st.session_state):
        if key not in (_TAB, _CLEARED):
            del st.session_state[key]
    for key, value in defaults().items():
        st.session_state[key] = value


def cleared() -> dict[str, Any]:
    """The work that was cleared and can be taken back still; empty for none."""
    return _cleared_store().find(_cleared_name())


def take_back() -> bool:
    """Put back what was cleared, beside what was done since; whether there still was anything to put back."""
    work, first = cleared(), defaults()
    forget_cleared()
    for key, value in work.items():
        if key == COLLECTION:
            collection = st.session_state.get(COLLECTION, Collection())
            st.session_state[COLLECTION] = taken_back(collection, Step(value, Collection()))
        elif st.session_state.get(key, first.get(key)) == first.get(key):
            st.session_state[key] = value
    return bool(work)


def forget_cleared() -> None:
    """Forget what was cleared, which nobody can take back then."""
    _cleared_store().clear(_cleared_name())
    st.session_state.pop(_CLEARED, None)


def _cleared_name() -> str:
    """Name under which what was cleared is stored; "" for none."""
    named: str = st.session_state.get(_CLEARED, "")
    return named or (tab_key(st.session_state[_TAB]) if has_tab() else "")


@st.cache_resource(show_spinner=False)
def _cleared_store() -> TabStore:
    return TabStore(hours=MINUTES / 60)
