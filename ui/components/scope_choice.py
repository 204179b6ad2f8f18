"""The choice of what a question or search is asked of: the collections that come first, one alone, or everything."""

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from index.scope import collections_of, preferred_by
from index.search import HybridIndex
from pinpoint.records import Scope
from ui.state.widgets import SCOPE

_USUAL = ""
"""Choice of what the index does by itself; it stays right when another generation is in use."""
COLUMNS = (5, 2, 2, 1)
"""Widths of the words, the choice, the day and the button in the forms of Ask and Search."""


def draw_scope(column: DeltaGenerator, index: HybridIndex) -> None:
    """Draw the choice, one for Ask and Search; nothing where all documents are of one collection."""
    choices = _choices(index)
    if st.session_state.get(SCOPE, _USUAL) not in choices:  # a collection that a later generation does not have
        st.session_state[SCOPE] = _USUAL
    if len(collections_of(index)) > 1:
        column.selectbox(
            "Search in",
            tuple(choices),
            format_func=lambda choice: choices[choice].label,
            key=SCOPE,
            persist_state="session",
            help="A collection that is first loses nothing to find: the others follow. One that is alone leaves the "
            "others out.",
        )


def chosen_scope(index: HybridIndex) -> Scope:
    """The scope that is chosen in this session."""
    choices = _choices(index)
    return choices.get(st.session_state.get(SCOPE, _USUAL), choices[_USUAL])


def choice_of(index: HybridIndex, scope: Scope) -> str:
    """The value of the choice that makes a scope; the usual one where the index no longer offers it."""
    return next((value for value, offered in _choices(index).items() if offered == scope), _USUAL)


def _choices(index: HybridIndex) -> dict[str, Scope]:
    """Scopes by the value of the choice: what the index prefers, that alone, everything, then each collection."""
    preferred = preferred_by(index)
    scopes = [Scope(only=preferred), Scope()] if preferred else []
    for name in (*preferred, *collections_of(index)):
        scopes += [Scope(prefer=(name,)), Scope(only=(name,))]
    usual = Scope(prefer=preferred)
    return {_USUAL: usual} | {scope.label: scope for scope in scopes if scope != usual}
