"""Adding documents in the app, and following the ingest that reads them; an administrator turns it on."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path

import streamlit as st
from streamlit.runtime.uploaded_file_manager import UploadedFile

from index.documents.authority import authority_of, load_authority_levels
from ingest.corpus.runs import IngestRuns
from ingest.corpus.uploads import LARGEST, SETTING, TOGETHER, Upload, add_upload, refused_together
from ingest.readers.registry import READERS
from pinpoint.configuration.address import index_name
from pinpoint.errors import PinpointError
from pinpoint.text import escape
from ui.components import frame
from ui.components.days import FIRST, FORMAT, LAST
from ui.components.library import added
from ui.html.library.ingest_run import ended, progress, under_way_elsewhere
from ui.server import accounts
from ui.state import ingests, resources

_FORMS_SENT = "_adding"
"""Key of the number of forms that were sent and emptied; one that was refused keeps what was typed."""
_REFUSED = "_adding_refused"
"""Key of the sentences on what was refused of a form that was sent, to be said when the page is drawn next."""


def draw_adding() -> None:
    """Draw the part of the Library that adds documents, or the line that says how an administrator does."""
    st.html('<h2 id="add-documents">Add documents</h2>')
    by = f" --manifest {manifest}" if (manifest := resources.manifest_file()) else ""
    command = f"pinpoint ingest {resources.corpus_dir() or 'CORPUS'}{by} --index {index_name(resources.index_dir())}"
    if accounts.person().role != "administrator":
        st.html("<p>An administrator adds documents; you are signed in as a reader.</p>")
        _draw_ingest(ingests.runs())
        return
    if not accounts.may_add():
        st.html(
            "<p>To add documents, an administrator puts them into the corpus folder and runs "
            f"<code>{escape(command)}</code>. With <code>{SETTING}=1</code> they can be added on this page.</p>"
        )
        _draw_ingest(ingests.runs())
        return
    corpus, runs = resources.corpus_dir(), ingests.runs()
    if corpus is None:
        st.html(
            "<p>The index does not say which folder it was made from. Set <code>CORPUS_DIR</code> to the folder, "
            "or read it once by the command line.</p>"
        )
        return
    _draw_ingest(runs)
    for wrong in st.session_state.pop(_REFUSED, []):
        frame.alert(wrong)
    if not runs.blocked():
        _draw_form(corpus)
    added.draw(corpus)


def _draw_form(corpus: Path) -> None:
    form = st.session_state.setdefault(_FORMS_SENT, 0)
    with st.form(f"adding-{form}"):
        files = st.file_uploader(
            "Documents to add",
            type=[suffix[1:] for suffix in READERS],
            accept_multiple_files=True,
            max_upload_size=LARGEST,
            key=f"adding-files-{form}",
            help=f"At most {LARGEST} MB each and {TOGETHER} MB together.",
        )
        with st.expander("Describe them (optional)"):
            title = st.text_input("Title, for one document", max_chars=300, key=f"adding-title-{form}")
            kind = st.selectbox(
                "Authority", ["", *load_authority_levels()], format_func=_named, key=f"adding-kind-{form}"
            )
            publisher = st.text_input("Publisher", max_chars=200, key=f"adding-publisher-{form}")
            collection = st.text_input("Collection", max_chars=100, key=f"adding-collection-{form}")
            begin = _day("Effective from", f"adding-begin-{form}", "The day of effect, never that of an edition.")
            current = _day(
                "Copy current to", f"adding-current-{form}", "The day of the edition or of the download.", date.today()
            )
            st.html(
                '<p class="pp-fact">What is left open is read from the documents themselves. The manifest of the '
                "corpus folder takes more: citation forms, end dates, addresses.</p>"
            )
        overwrite = st.checkbox("Put a file in the place of one with the same name", key=f"adding-overwrite-{form}")
        sent = st.form_submit_button("Add and read", type="primary")
    again = st.button("Read the corpus folder again", type="tertiary", key="adding-again")
    if again:
        _start(corpus, ())
    elif sent and not files:
        frame.alert("Choose a document first.")
    elif sent:
        described = Upload(
            name="",
            content=b"",
            title="",
            kind=kind or "",
            publisher=publisher,
            collection=collection,
            effective_from=begin,
            current_to=current,
        )
        _add(corpus, files, described, title if len(files) == 1 else "", overwrite=overwrite)


def _day(title: str, key: str, about: str, last: date = LAST) -> date | None:
    return st.date_input(title, value=None, min_value=FIRST, max_value=last, format=FORMAT, key=key, help=about)


def _add(corpus: Path, files: Sequence[UploadedFile], described: Upload, title: str, *, overwrite: bool) -> None:
    too_much = refused_together(corpus, [file.size for file in files])
    if too_much:
        frame.alert(too_much)
        return
    done: list[str] = []
    refused: list[str] = []
    accounts.record("add", [file.name for file in files], "")
    for file in files:
        upload = Upload(
            name=file.name,
            content=file.getvalue(),
            title=title,
            kind=described.kind,
            publisher=described.publisher,
            collection=described.collection,
            effective_from=described.effective_from,
            current_to=described.current_to,
        )
        try:
            wrong = add_upload(corpus, upload, overwrite=overwrite, manifest_file=resources.manifest_file())
        except PinpointError as error:
            wrong = f"{file.name} was not added: {error}"
        except OSError as error:
            wrong = f"{file.name} was not added: the corpus folder cannot be written ({error.strerror})."
        (refused if wrong else done).append(wrong or file.name)
    if not done:  # what was typed stays, to be sent again
        for wrong in refused:
            frame.alert(wrong)
        return
    st.session_state[_FORMS_SENT] += 1  # another form, whose box is empty
    st.session_state[_REFUSED] = refused
    _start(corpus, done)


def _start(corpus: Path, names: Sequence[str]) -> None:
    refused = ingests.read_folder(corpus, names)
    if refused:
        st.session_state.setdefault(_REFUSED, []).append(refused)
    st.rerun()


def _draw_ingest(runs: IngestRuns) -> None:
    """Draw what goes on or went on last; everybody sees it, and nobody waits for it."""
    if runs.last is not None and runs.last.state == "running":
        _follow()
    elif runs.blocked():
        st.html(under_way_elsewhere(runs.blocked(), ingests.index_state()))
    elif runs.last is not None:
        st.html(ended(runs.last, ingests.index_state()))


@st.fragment(run_every=1)
def _follow() -> None:
    """Draw how far the ingest is, each second; the whole page once it has ended."""
    run = ingests.runs().last
    if run is None or run.state != "running":
        st.rerun()
    st.html(progress(run, ingests.index_state()))
    if accounts.may_add():
        st.button("Stop reading", key="adding-stop", on_click=run.stop)


def _named(kind: str) -> str:
    return authority_of(kind).label if kind else "Not stated"
