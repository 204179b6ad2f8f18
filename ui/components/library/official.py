"""Getting the official texts in the app: what is held of each source, fetching with progress, refreshing."""

from pathlib import Path

import streamlit as st

from index.search import HybridIndex
from ingest.corpus.manifest import load_manifest
from ingest.sources.choice import Holding, asked_hosts, held_sources
from pinpoint.configuration.address import index_name
from pinpoint.errors import ManifestError
from pinpoint.text import escape, listed, plural
from ui.components import clicks, frame
from ui.html.library import sources
from ui.server import accounts
from ui.state import fetches, resources

PART, TITLE = "official-texts", "Official texts"
"""Id of the part of the page, and its heading."""
STEP = "Get the official texts"
"""Name of the one step."""
_GOING = "_official_going"
"""Key that is set when the page is opened by the step on Ask: the focus goes to this part."""


def go() -> None:
    """Open the Library at this part."""
    st.session_state[_GOING] = True


def is_listed() -> bool:
    """Tell whether the manifest lists official sources that can be fetched."""
    try:
        return bool(_held())
    except ManifestError:
        return False


def files() -> frozenset[str]:
    """The files of the official sources that the manifest lists, fetched or not, relative to the corpus folder."""
    try:
        return frozenset(one.file for one in _held())
    except ManifestError:
        return frozenset()


def draw(index: HybridIndex | None) -> None:
    """Draw the part; nothing where the manifest lists no sources."""
    try:
        held = _held()
    except ManifestError as error:
        st.html(f'<h2 id="{PART}">{TITLE}</h2>')
        frame.alert(str(error))
        return
    corpus = resources.corpus_dir()
    if not held or corpus is None:
        return
    st.html(f'<h2 id="{PART}" tabindex="-1">{TITLE}</h2>')
    going = bool(st.session_state.pop(_GOING, False))
    clicks.focus_on(PART, now=going)
    may = accounts.may_fetch()
    if may:
        _take(corpus, held)
    runs = fetches.runs_of(corpus)
    st.html(f'<p class="pp-fact" role="status">{escape(sources.counted(held))}</p>')
    if runs.running:
        _follow(corpus, may=may)
    else:
        if runs.last is not None:
            st.html(sources.ended(runs.last))
        _draw_step(corpus, held) if may else _draw_command(corpus)
    indexed = {document.file for document in index.documents.values()} if index else set()
    opened = going or runs.last is not None
    st.html(sources.sources_table(held, runs, indexed, with_buttons=may and not runs.running, opened=opened))


def _held() -> list[Holding]:
    corpus = resources.corpus_dir()
    return held_sources(corpus, resources.manifest_file()) if corpus is not None and corpus.is_dir() else []


def _draw_step(corpus: Path, held: list[Holding]) -> None:
    missing = [one.id for one in held if not one.held]
    hosts = asked_hosts(load_manifest(corpus, resources.manifest_file()).sources)
    st.html(
        f"<p>One step asks the official sites for them ({escape(listed(hosts))}) and reads what comes. Nothing that "
        "you typed or collected is sent. It takes some minutes; searching goes on meanwhile.</p>"
    )
    with st.container(horizontal=True, key="official-steps"):
        if missing:
            st.button(
                STEP if len(missing) == len(held) else f"Get the {plural(len(missing), 'text')} that {_lack(missing)}",
                key="official-get",
                type="primary",
                on_click=_start,
                args=(corpus, missing),
            )
        if len(missing) < len(held):
            again = [one.id for one in held if one.held]
            st.button(
                f"Refresh {plural(len(again), 'text')}", key="official-refresh", on_click=_start, args=(corpus, again)
            )


def _lack(missing: list[str]) -> str:
    return "is not held" if len(missing) == 1 else "are not held"


def _draw_command(corpus: Path) -> None:
    by = f" --manifest {manifest}" if (manifest := resources.manifest_file()) else ""
    st.html(
        f"<p>An administrator gets them: <code>{escape(f'pinpoint fetch --corpus {corpus}{by}')}</code>, then "
        f"<code>{escape(f'pinpoint ingest {corpus}{by} --index {index_name(resources.index_dir())}')}</code>.</p>"
    )


def _take(corpus: Path, held: list[Holding]) -> None:
    """Fetch the source whose button was clicked, if one was."""
    name = clicks.taken(sources.FETCH)
    if any(one.id == name for one in held):
        _start(corpus, [name])


def _start(corpus: Path, ids: list[str]) -> None:
    if not accounts.may_fetch():  # the page was drawn for another one
        return
    accounts.record("fetch", ids, "")
    if fetches.start(corpus, ids):
        clicks.say(f"Fetching {plural(len(ids), 'official text')}.")


@st.fragment(run_every=1)
def _follow(corpus: Path, *, may: bool) -> None:
    """Draw how far the fetch is, each second; the whole page once it has ended."""
    runs = fetches.runs_of(corpus)
    run = runs.last
    if run is None or not runs.running:
        st.rerun()
    st.html(sources.progress(run))
    if may:
        st.button("Stop fetching", key="official-stop", on_click=run.stop)
