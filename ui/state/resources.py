"""Resources of the process, shared by all sessions: the index, its models, and the queue of computations."""

import ctypes
import gc
import os
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, ParamSpec, TypeVar

import streamlit as st

from answer.summary.endpoint import open_writer
from answer.summary.writer import Writer
from index.generations import read as generations
from index.generations.read import Serving, generation_facts, serving_generation
from index.models.chosen import generation_embedder
from index.models.embedding import Embedder
from index.query.query import read_query
from index.ranking.reranking import Reranker, open_reranker
from index.search import HybridIndex
from pinpoint import settings
from pinpoint.configuration.address import address_in, index_folder
from pinpoint.errors import PinpointError
from pinpoint.settings import DEFAULT_INDEX, INSTALLED
from ui.state.queue import computing

if TYPE_CHECKING:
    from index.cluster.stored.following import Following

_SERVING = "_serving"
_Given = ParamSpec("_Given")
_Result = TypeVar("_Result")


def new_embedder(generation: Path) -> Embedder:
    """Open what embeds questions: the model in ``$EMBEDDING_MODEL``, else the one that the generation names."""
    return generation_embedder(generation, settings.value("EMBEDDING_MODEL"))


def new_reranker() -> Reranker | None:
    """Open what reads the first passages of a question again; None where it is not installed."""
    return open_reranker(INSTALLED)


def new_writer() -> Writer | None:
    """Open what arranges quotations; None unless the environment names a language model."""
    return open_writer(settings.environment())


def sent_to() -> str:
    """Host to which questions and quotations are sent, "" for none.

    Raises:
        ConfigurationError: The settings of the language model are wrong, so that nothing is sent.
    """
    writer = new_writer()
    return writer.host if writer else ""


def index_dir() -> Path:
    """Folder of the index: ``$INDEX_DIR``, which may be an address on a cluster, else ``build/index``."""
    return index_folder(settings.value("INDEX_DIR") or DEFAULT_INDEX)


def corpus_dir() -> Path | None:
    """Folder of the documents: ``$CORPUS_DIR``, else the one that the index was made from; None when unknown."""
    named = settings.value("CORPUS_DIR")
    return Path(named) if named else generations.corpus_dir(index_dir())


def manifest_file() -> Path | None:
    """The manifest that the index was made by where it is not that of its folder; None as a rule."""
    return generations.manifest_file(index_dir())


@contextmanager
def one_generation() -> Iterator[None]:
    """Use one generation for a run of the script; a new one is taken into use at the next run."""
    try:
        yield
    finally:
        st.session_state.pop(_SERVING, None)


def serving() -> Serving:
    """Look up the generation of this run, once; what an index on a cluster has open goes on while it is away.

    Raises:
        IndexUnavailable: Nothing was ingested yet, every generation is damaged, or the cluster does not answer.
        ConfigurationError: ``$INDEX_DIR`` is a malformed address, or a setting of the cluster cannot be used.
    """
    found: Serving | PinpointError | None = st.session_state.get(_SERVING)
    if found is None:
        try:
            followed = following()
            found = followed.current() if followed else serving_generation(index_dir())
        except PinpointError as error:  # a cluster that is away is not waited for again in this run
            found = error
        st.session_state[_SERVING] = found
    if isinstance(found, PinpointError):
        raise found
    return found


def following() -> "Following[Serving] | None":
    """What follows the generation in use in a cluster; None for an index on the disk.

    Raises:
        IndexUnavailable: The cluster has none, or does not answer.
    """
    folder = index_dir()
    return None if address_in(folder) is None else _following(str(folder))


@st.cache_resource(show_spinner="Fetching the index from the cluster…")
def _following(folder: str) -> "Following[Serving]":
    from index.cluster.stored.following import Following  # noqa: PLC0415 - few have a cluster

    path = Path(folder)
    return Following(path, lambda _: serving_generation(path), lambda opened: opened.folder.name)


def cluster_health() -> str:
    """Which nodes of the cluster are missing, and what that means, in plain sentences; "" where nobody can say."""
    from index.cluster.connection import connect  # noqa: PLC0415 - few have a cluster
    from index.cluster.health import health  # noqa: PLC0415 - as above

    address = address_in(index_dir())
    try:
        return " ".join(health(connect(address), address.name).sentences) if address else ""
    except PinpointError:
        return ""


def open_after() -> bool:
    """Open what is in use now, where the generation of this run has left the cluster; whether it is another one.

    Raises:
        IndexUnavailable: There is none, or the cluster does not answer.
    """
    gone, followed = serving(), following()
    st.session_state.pop(_SERVING, None)
    return followed is not None and followed.after(gone).folder != gone.folder


def open_index() -> HybridIndex:
    """Open the generation of this run.

    Raises:
        IndexUnavailable: Nothing was ingested yet, or every generation is damaged.
        MissingModel: The language model is not installed.
    """
    folder = serving().folder
    return _opened(str(folder), folder.name)


@st.cache_resource(max_entries=2, show_spinner="Opening the index…")  # the one in use, and the one that replaces it
def _opened(folder: str, generation: str) -> HybridIndex:  # noqa: ARG001 - the generation is the cache's key
    path = Path(folder)
    facts = generation_facts(path)
    made_by = f"{facts['embedder_digest']} {facts.get('arithmetic')}"
    index = HybridIndex(path, _embedder(made_by, path), _reranker())
    _settle()
    _computing().submit(index.warm)  # while the first question is typed; what fails now fails there, and is said there
    return index


@st.cache_resource(show_spinner=False)
def _embedder(made_by: str, _generation: Path) -> Embedder:  # noqa: ARG001 - one model for all generations that it made
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


def prepare(query: str) -> None:
    """Load the model before the first query that needs it; a citation does not."""
    if read_query(query).route != "citation":
        _warm_model()


def queued(compute: Callable[_Given, _Result], *given: _Given.args, **named: _Given.kwargs) -> _Result:
    """Run a computation behind those that came before it, and give its result.

    Raises:
        Exception: Whatever the computation raises.
    """
    return _computing().submit(compute, *given, **named).result()


def background() -> Callable[[Callable[[], None]], object]:
    """What runs a computation behind those that came before it, for whom nobody waits; to be called in any thread."""
    return _computing().submit


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
    if give_back:  # glibc would not give the memory of a replaced index back by itself
        give_back(0)
