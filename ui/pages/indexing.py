"""While documents are being indexed: the page before there is anything to search, and the notice on what there is."""

import streamlit as st

from index.generations.read import generation_facts, named_generation, rebuild_command
from index.incomplete import incomplete_of
from pinpoint.errors import DamagedGeneration, NoGeneration, PinpointError
from ui.components import frame
from ui.html.library.ingest_run import brief, ended, incomplete, progress, under_way_elsewhere
from ui.state import ingests, resources

_TITLE = "The documents are being indexed"
_LEAD = "This page opens by itself as soon as there is something to search."


def page(error: PinpointError) -> bool:
    """Draw what stands where a page cannot: how far the ingest is, or what is wrong; whether an ingest goes on."""
    goes_on = ingests.runs().blocked() if isinstance(error, NoGeneration) else _is_reading()
    if isinstance(error, NoGeneration | DamagedGeneration) and goes_on:
        frame.heading(_TITLE, _LEAD)
        _wait(named_generation(resources.index_dir()))
        return True
    frame.unavailable(error)
    return False


def failed() -> None:
    """Say how the last ingest ended where it left no index."""
    run = ingests.runs().last
    if run is not None and run.state != "running":
        st.html(ended(run, ingests.index_state()))


def _is_reading() -> bool:
    """Whether an ingest that this app started goes on."""
    run = ingests.runs().last
    return run is not None and run.state == "running"


@st.fragment(run_every=1)
def _wait(unusable: str) -> None:
    """Draw how far the ingest is, each second; the page itself once there is another generation."""
    runs = ingests.runs()
    goes_on = runs.blocked()
    if named_generation(resources.index_dir()) != unusable or not goes_on:
        st.rerun()
    run = runs.last if _is_reading() else None
    st.html(progress(run, "none") if run is not None else under_way_elsewhere(goes_on, "none"))


def notice() -> None:
    """Say on each page what is not indexed yet; nothing where all is."""
    try:
        folder = resources.serving().folder
    except PinpointError:  # which every page says by itself
        return
    lacks = incomplete_of(generation_facts(folder))
    if lacks is not None:
        _follow(folder.name, lacks.sentence)


@st.fragment(run_every=2)
def _follow(generation: str, sentence: str) -> None:
    """Draw what the page lacks and how far the ingest is; that there is more, as soon as there is.

    The page is left as it is: who reads an answer must not have another one instead.
    """
    index_dir = resources.index_dir()
    runs = ingests.runs()
    if named_generation(index_dir) != generation:
        sentence, beside = "More is indexed by now.", "What you ask or search next goes through it."
    elif runs.last is not None and _is_reading():
        beside = brief(runs.last)
    elif goes_on := runs.blocked():
        beside = goes_on
    else:
        beside = f"No ingest goes on; finish it: {rebuild_command(index_dir)}"
    st.html(incomplete(sentence, beside))
