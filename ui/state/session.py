"""What outlives one run of the script: the index and model of the process, the work of a session."""

import ctypes
import gc
import hashlib
import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, ParamSpec, TypeVar

import streamlit as st

from answer.assistant import Assistant
from answer.records import Answer
from answer.summary.endpoint import open_writer
from answer.summary.writer import Writer
from collection.records import Collection
from index.generations import read as generations
from index.generations.read import Serving, generation_facts, serving_generation
from index.models.chosen import generation_embedder
from index.models.embedding import Embedder
from index.query.routing import route_query
from index.ranking.reranking import Reranker, open_reranker
from index.search import POOL, HybridIndex
from pinpoint import settings
from pinpoint.records import Facet, Filters, SearchResult
from pinpoint.settings import DEFAULT_INDEX, INSTALLED
from ui.server import accounts
from ui.state.navigation import read_location
from ui.state.queue import computing
from ui.state.tab_store import TabStore

QUESTION, LAW_AS_OF, VIEW = "question", "law_as_of", "view"
VIEWS = ("In context", "The page")
"""How the text of a document with pages may be shown."""
QUERY, SEARCH_AS_OF, ANY_DATE, SORT = "query", "search_as_of", "any_date", "sort"
FACET_KEYS = {
    "kind": "facet_kind",
    "collection": "facet_collection",
    "publisher": "facet_publisher",
    "year": "facet_year",
    "in force": "facet_in_force",
}
SEARCH_NOW = "_search_now"
"""Set when the search form is to be taken as sent."""
COLLECTION = "_collection"
_ASKED, _SHOWN, _TAB = "_asked", "_shown", "_tab"
_FOUND, _SEARCHED, _LISTING, _SERVING = "_found", "_searched", "_listing", "_serving"
_SAVED = (
    COLLECTION,
    _ASKED,
    _SHOWN,
    _SEARCHED,
    QUESTION,
    LAW_AS_OF,
    VIEW,
    QUERY,
    SEARCH_AS_OF,
    ANY_DATE,
    SORT,
    *FACET_KEYS.values(),
)
"""What a tab finds again when it is loaded anew."""
_Given = ParamSpec("_Given")
_Found = TypeVar("_Found")


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
    return generation_embedder(generation, settings.value("EMBEDDING_MODEL"))


def new_reranker() -> Reranker | None:
    """What reads the first passages of a question again; None where it is not installed."""
    return open_reranker(INSTALLED)


def new_writer() -> Writer | None:
    """What arranges quotations; None unless the environment names a language model."""
    return open_writer(settings.environment())


def sent_to() -> str:
    """Host to which questions and quotations are sent, "" for none.

    Raises:
        ConfigurationError: The settings of the language model are wrong, so that nothing is sent.
    """
    writer = new_writer()
    return writer.host if writer else ""


def index_dir() -> Path:
    """Folder of the index: ``$INDEX_DIR``, else ``build/index``."""
    return Path(settings.value("INDEX_DIR") or DEFAULT_INDEX)


def corpus_dir() -> Path | None:
    """Folder of the documents: ``$CORPUS_DIR``, else the one that the index was made from; None when unknown."""
    named = settings.value("CORPUS_DIR")
    return Path(named) if named else generations.corpus_dir(index_dir())


@contextmanager
def one_generation() -> Iterator[None]:
    """Keep to one generation for a run of the script; a new one is picked up at the next run."""
    try:
        yield
    finally:
        st.session_state.pop(_SERVING, None)


def serving() -> Serving:
    """The generation of this run, looked up once.

    Raises:
        IndexUnavailable: Nothing was ingested yet, or every generation is damaged.
    """
    found: Serving | None = st.session_state.get(_SERVING)
    if found is None:
        found = st.session_state[_SERVING] = serving_generation(index_dir())
    return found


def open_index() -> HybridIndex:
    """The generation of this run, opened.

    Raises:
        IndexUnavailable: Nothing was ingested yet, or every generation is damaged.
        MissingModel: The language model is not installed.
    """
    folder = serving().folder
    return _opened(str(folder), folder.name)


@st.cache_resource(max_entries=2, show_spinner="Opening the index…")
def _opened(folder: str, generation: str) -> HybridIndex:  # noqa: ARG001 - the generation is the cache's key
    location = Path(folder)
    index = HybridIndex(location, _embedder(generation_facts(location)["embedder_digest"], location), _reranker())
    _settle()
    _computing().submit(index.warm)  # while the first question is typed; what fails now fails there, and is said there
    return index


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
    _settle()
    return True


def _queued(compute: Callable[_Given, _Found], *given: _Given.args, **named: _Given.kwargs) -> _Found:
    """What a computation gives, when its turn has come."""
    return _computing().submit(compute, *given, **named).result()


@st.cache_resource(show_spinner=False)
def _computing() -> ThreadPoolExecutor:
    return computing()


def _settle() -> None:
    """Spare the garbage collection, which Streamlit runs after every script, what lives as long as the process.

    The index and the models are some hundred thousand objects; to go through them takes a quarter of a second.
    """
    gc.unfreeze()
    gc.collect()
    gc.freeze()
    give_back = getattr(ctypes.CDLL(None), "malloc_trim", None) if os.name == "posix" else None
    if give_back:  # what an index that was replaced leaves, glibc keeps for itself otherwise
        give_back(0)


def prepare(query: str) -> None:
    """Load the model before the first query that needs it; a citation does not."""
    if route_query(query).route != "citation":
        _warm_model()


def ask(index: HybridIndex, question: str, as_of: date, *, writer: Writer | None = None) -> Asked:
    """Answer a question and keep the answer for this session.

    Args:
        index: What is asked.
        question: As typed.
        as_of: Day whose law is asked for.
        writer: Where question and quotations are sent to be arranged; nowhere when not given.

    Raises:
        AuditUnavailable: An audit log is to be retained and cannot be written.
    """
    assistant, filters = Assistant(index, writer), Filters(as_of)
    # A language model is on another machine as a rule: nobody else waits for what it writes.
    answer = assistant.ask(question, filters=filters) if writer else _queued(assistant.ask, question, filters=filters)
    accounts.record_answer(index, answer)
    asked = Asked(question, as_of, index.folder.name, answer)
    st.session_state[_ASKED] = asked
    show_marker(1)
    return asked


def shown_marker() -> int:
    """Marker of the quotation whose evidence is shown, from 1."""
    marker: int = st.session_state.get(_SHOWN, 1)
    return marker


def show_marker(marker: int) -> None:
    """Keep which evidence is shown."""
    st.session_state[_SHOWN] = marker


def last_asked(index: HybridIndex) -> Asked | None:
    """The answer of this session; given anew, without a language model, when a new generation is in use since."""
    asked: Asked | None = st.session_state.get(_ASKED)
    if asked is not None and asked.generation != index.folder.name:
        return ask(index, asked.question, asked.as_of)
    return asked


def search_for(query: str, as_of: date) -> None:
    """Make this what the session searches for, from the first page, with no facet chosen."""
    st.session_state[_SEARCHED] = Searched(query, as_of)
    st.session_state[_FOUND] = {}
    no_limits()


def no_limits() -> None:
    """Choose nothing in any facet, and go to the first page."""
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
        result = _queued(index.search, query, filters, top_k=POOL)
        accounts.record("search", accounts.documents_of(result.hits), index.folder.name, query)
        found[key] = result
    return found[key]


def count(index: HybridIndex, query: str, filters: Filters) -> tuple[Facet, ...]:
    """How many passages of each kind a query finds; nothing is read again by a model for it."""
    return _queued(index.search, query, filters, top_k=1, channel="hybrid").facets


def search_next(query: str, as_of: date) -> None:
    """Have the Search page search for this when it is drawn."""
    st.session_state.update({QUERY: query, SEARCH_AS_OF: as_of, SEARCH_NOW: True})


def collection() -> Collection:
    """The collection of this session, empty at first."""
    retained: Collection = st.session_state.get(COLLECTION, Collection())
    return retained


def keep_collection(collection: Collection) -> None:
    """Make this the collection of this session."""
    st.session_state[COLLECTION] = collection


def day_of_page(path: str) -> date:
    """The day whose law the page with a path shows."""
    location, _ = read_location(st.query_params.to_dict())
    key = {"": LAW_AS_OF, "search": SEARCH_AS_OF}.get(path)
    asked: date | None = st.session_state.get(key) if key else None
    return asked or location.as_of or date.today()


def first_page() -> None:
    """Start the list of results from its first page: another list, another pagination widget."""
    st.session_state[_LISTING] = st.session_state.get(_LISTING, 0) + 1


def page_key() -> str:
    """Key of the pagination widget of the list that is shown."""
    return f"page-{st.session_state.get(_LISTING, 0)}"


def defaults() -> dict[str, Any]:
    """Every widget of the app that holds a value, with the value it starts from."""
    empty: dict[str, Any] = {key: [] for key in FACET_KEYS.values()}
    return {
        QUESTION: "",
        LAW_AS_OF: date.today(),
        VIEW: VIEWS[0],
        QUERY: "",
        SEARCH_AS_OF: date.today(),
        ANY_DATE: False,
        SORT: "Relevance",
        **empty,
    }


def start(keys: Sequence[str]) -> None:
    """Give widgets their first value, before they are drawn."""
    values = defaults()
    for key in keys:
        st.session_state.setdefault(key, values[key])


def has_tab() -> bool:
    """Whether this session knows the name of its browser tab."""
    return _TAB in st.session_state


def arrive(tab: str) -> None:
    """Take up the work of a tab that was loaded again; nothing is done for "" or a second time.

    What was typed or done here before the name arrived stays as it is.

    Args:
        tab: Its name; behind a space that of the tab of which it is a copy, whose work it begins with.
    """
    own, _, source = tab.partition(" ")
    if own and not has_tab():
        first = defaults()
        for key, value in (_tab_store().find(_tab_key(own)) or _tab_store().find(_tab_key(source))).items():
            if st.session_state.get(key, first.get(key)) == first.get(key):
                st.session_state[key] = value
    if own and st.session_state.get(_TAB, source) == source:
        st.session_state[_TAB] = own


def leave() -> None:
    """Remember the work of this tab at the end of a run."""
    if has_tab():
        retained = {key: st.session_state[key] for key in _SAVED if key in st.session_state}
        _tab_store().keep(_tab_key(st.session_state[_TAB]), retained)


def _tab_key(tab: str) -> str:
    """Name under which the work of a tab is stored: of the tab and of who is signed in, so nobody else has it."""
    return hashlib.sha256(f"{tab} {accounts.person().name}".encode()).hexdigest()[:32]


@st.cache_resource(show_spinner=False)
def _tab_store() -> TabStore:
    return TabStore()


def clear() -> None:
    """Forget everything of this session but the name of its tab."""
    _tab_store().clear(_tab_key(st.session_state.get(_TAB, "")))
    for key in list(st.session_state):
        if key != _TAB:
            del st.session_state[key]
    for key, value in defaults().items():
        st.session_state[key] = value
