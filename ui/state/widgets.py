"""Widgets of the app that have a value: their keys, and the values that they start from."""

from collections.abc import Sequence
from datetime import date
from typing import Any

import streamlit as st

QUESTION, LAW_AS_OF, VIEW = "question", "law_as_of", "view"
VIEWS = ("In context", "The page")
"""Ways to show the text of a document with pages."""
SCOPE = "scope"
"""The collections that come first or are searched alone, on Ask and on Search; "" for what the index does by itself."""
CHECK_AS_OF = "check_as_of"
"""Day whose law a draft is held against."""
QUERY, SEARCH_AS_OF, ANY_DATE, SORT = "query", "search_as_of", "any_date", "sort"
FACET_KEYS = {
    "kind": "facet_kind",
    "collection": "facet_collection",
    "publisher": "facet_publisher",
    "year": "facet_year",
    "status": "facet_status",
}


def defaults() -> dict[str, Any]:
    """Every widget of the app that has a value, with the value that it starts from."""
    empty: dict[str, Any] = {key: [] for key in FACET_KEYS.values()}
    return {
        QUESTION: "",
        LAW_AS_OF: date.today(),
        VIEW: VIEWS[0],
        CHECK_AS_OF: date.today(),
        QUERY: "",
        SEARCH_AS_OF: date.today(),
        ANY_DATE: False,
        SORT: "Relevance",
        SCOPE: "",
        **empty,
    }


def start(keys: Sequence[str]) -> None:
    """Give widgets their first value, before they are drawn."""
    values = defaults()
    for key in keys:
        st.session_state.setdefault(key, values[key])
