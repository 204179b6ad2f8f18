"""What outlives one run of the script: the index and model of the process, the work of a session."""

import os
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import streamlit as st

from answer.assistant import Assistant
from answer.endpoint import open_writer
from answer.generation import Writer
from answer.records import Answer
from index.embedding import Embedder
from index.hybrid import POOL, HybridIndex
from index.records import Filters, SearchResult
from index.reranking import INSTALLED, Reranker, open_reranker
from index.routing import route_query
from index.storage import DEFAULT_INDEX, current_generation, generation_embedder, generation_facts
from ui.collecting.records import Collection

QUESTION, LAW_AS_OF = "question", "law_as_of"
QUERY, SEARCH_AS_OF, ANY_DATE, SORT = "query", "search_as_of", "any_date", "sort"
FACET_KEYS = {"kind": "facet_kind", "collection": "facet_collection", "publisher": "facet_publisher",
              "in force": "facet_in_force"}
COLLECTION = "_collection"
_ASKED, _FOUND, _SEARCHED, _LISTING = "_asked", "_found", "_searched", "_listing"


@dataclass(frozen=True, slots=True)
class Asked:
    """An answer of this session, and the generation that gave it."""

    question: str
    as_of: date
    generation: str
    answer: Answer


@dataclass(frozen=True, slots=True)
class Searched:
    """What this session searches for."""

    query: str
    as_of: date


def new_embedder(generation: Path) -> Embedder:
    """What embeds questions: the model in ``$EMBEDDING_MODEL``, else where the generation says that it lies."""
    return generation_embedder(generation, os.environ.get("EMBEDDING_MODEL", ""))


def new_reranker() -> Reranker | None:
    """What reads the first passages of a question again; None where it is not installed."""
    return open_reranker(INSTALLED)


def new_writer() -> Writer | None:
    """What arranges quotations; None unless the environment names a language model."""
    return open_writer(os.environ)


def sent_to() -> str:
    """Host to which questions and quotations are sent, "" for none.

    Raises:
        ConfigurationError: The settings of the language model are wrong, so that nothing is sent.
    """
    writer = new_writer()
    return writer.host if writer else ""


def index_dir() -> Path:
    """Folder of the index: ``$INDEX_DIR``, else ``build/index``."""
    return Path(os.environ.get("INDEX_DIR") or DEFAULT_INDEX)


def open_index() -> HybridIndex:
    """The generation in use; a new one is picked up at the next run of the script.

    Raises:
        IndexUnavailable: Nothing was ingested yet, or the generation is damaged.
        MissingModel: The language model is not installed.
    """
    folder = current_generation(index_dir())
    return _opened(str(folder), folder.name)


@st.cache_resource(max_entries=2, show_spinner="Opening the index…")
def _opened(folder: str, generation: str) -> HybridIndex:  # noqa: ARG001 - the generation is the cache's key
    place = Path(folder)
    return HybridIndex(place, _embedder(generation_facts(place)["embedder_digest"], place), _reranker())


@st.cache_resource(show_spinner=False)
def _embedder(digest: str, _generation: Path) -> Embedder:  # noqa: ARG001 - one model for all generations that it made
    return new_embedder(_generation)


@st.cache_resource(show_spinner=False)
def _reranker() -> Reranker | None:
    return new_reranker()


@st.cache_resource(show_spinner="Loading the language model (first question only)…")
def _warm_model() -> bool:
    """Load the weights once a process, saying so while it lasts."""
    open_index().warm()
    return True


def prepare(query: str) -> None:
    """Load the model before the first query that needs it; a citation does not."""
    if route_query(query).route != "citation":
        _warm_model()


def ask(index: HybridIndex, question: str, as_of: date) -> Asked:
    """Answer a question and keep the answer for this session."""
    answer = Assistant(index, new_writer()).ask(question, filters=Filters(as_of))
    asked = Asked(question, as_of, index.folder.name, answer)
    st.session_state[_ASKED] = asked
    return asked


def last_asked(index: HybridIndex) -> Asked | None:
    """The answer of this session; given anew when a new generation has come into use since."""
    asked: Asked | None = st.session_state.get(_ASKED)
    if asked is not None and asked.generation != index.folder.name:
        return ask(index, asked.question, asked.as_of)
    return asked


def search_for(query: str, as_of: date) -> None:
    """Make this what the session searches for, from the first page, with no facet chosen."""
    st.session_state[_SEARCHED] = Searched(query, as_of)
    st.session_state[_FOUND] = {}
    first_page()
    for key in FACET_KEYS.values():
        st.session_state[key] = []


def searched() -> Searched | None:
    """What this session searches for."""
    found: Searched | None = st.session_state.get(_SEARCHED)
    return found


def find(index: HybridIndex, query: str, filters: Filters) -> SearchResult:
    """Search, or give back what this session found with the same query and filters."""
    found: dict[Any, SearchResult] = st.session_state.setdefault(_FOUND, {})
    key = (index.folder.name, query, filters)
    if key not in found:
        found[key] = index.search(query, filters, top_k=POOL)
    return found[key]


def collection() -> Collection:
    """The collection of this session, empty at first."""
    kept: Collection = st.session_state.get(COLLECTION, Collection())
    return kept


def keep_collection(collection: Collection) -> None:
    """Make this the collection of this session."""
    st.session_state[COLLECTION] = collection


def first_page() -> None:
    """Start the list of results from its first page: another list, another pagination widget."""
    st.session_state[_LISTING] = st.session_state.get(_LISTING, 0) + 1


def page_key() -> str:
    """Key of the pagination widget of the list that is shown."""
    return f"page-{st.session_state.get(_LISTING, 0)}"


def defaults() -> dict[str, Any]:
    """Every widget of the app that holds a value, with the value it starts from."""
    empty: dict[str, Any] = {key: [] for key in FACET_KEYS.values()}
    return {QUESTION: "", LAW_AS_OF: date.today(), QUERY: "", SEARCH_AS_OF: date.today(), ANY_DATE: False,
            SORT: "Relevance", **empty}


def start(keys: Sequence[str]) -> None:
    """Give widgets their first value, before they are drawn."""
    values = defaults()
    for key in keys:
        st.session_state.setdefault(key, values[key])


def clear() -> None:
    """Forget everything of this session."""
    for key in list(st.session_state):
        del st.session_state[key]
    for key, value in defaults().items():
        st.session_state[key] = value
