"""Documents that were added in the app: taken out again by a button, and put back by another one."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import streamlit as st

from ingest.corpus.added import AddedFiles, read_added
from ingest.corpus.removal import DAYS, put_back, remove_added
from pinpoint.errors import PinpointError
from pinpoint.text import day, escape
from ui.components import clicks, focus, frame
from ui.html.text import label
from ui.server import accounts
from ui.state import ingests, resources

_GO, _TIMES, _WRONG = "_added_go", "_added_times", "_added_wrong"
"""Keys: the buttons to focus; how often they were; what was refused."""


def draw(corpus: Path) -> None:
    """Draw the list of what was added and of what was taken out, each with its button."""
    try:
        added = read_added(corpus)
    except PinpointError as error:
        frame.alert(str(error))
        return
    if wrong := st.session_state.pop(_WRONG, ""):
        frame.alert(wrong)
    present = [name for name in added.files if (corpus / name).is_file()]
    if present:
        st.html('<section class="pp-ingest"><h3>Added here</h3></section>')
        for name in sorted(present, key=str.lower):
            _row(
                f"<b>{escape(name)}</b>, added {_on(added.files[name].added)}.",
                f"Remove {label(name)}",
                _key("remove", name),
                _remove,
                (corpus, name),
            )
    _draw_removed(corpus, added)
    if going := st.session_state.pop(_GO, None):
        focus.go_to(going, st.session_state[_TIMES])


def _draw_removed(corpus: Path, added: AddedFiles) -> None:
    removed = sorted(added.removed.items(), key=lambda item: item[1].removed, reverse=True)
    if not removed:
        return
    st.html(
        '<section class="pp-ingest"><h3>Taken out</h3>'
        f'<p class="pp-fact">Kept for {DAYS} days, and not indexed.</p></section>'
    )
    for stored, file in removed:
        why = f" It could not be read: {escape(file.why)}" if file.why else ""
        _row(
            f"<b>{escape(file.file)}</b>, taken out {_on(file.removed)}.{why}",
            f"Put back {label(file.file)}",
            _key("put-back", stored),
            _put_back,
            (corpus, stored),
        )


def _row(said: str, name: str, key: str, step: Callable[[Path, str], None], on: tuple[Path, str]) -> None:
    with st.container(horizontal=True, vertical_alignment="center", key=f"row-{key}"):
        st.html(f"<p>{said}</p>", width="content")
        st.button(name, key=key, on_click=step, args=on)


def _remove(corpus: Path, name: str) -> None:
    def step() -> str:
        return remove_added(corpus, name, manifest_file=resources.manifest_file())

    if _done(corpus, name, step):
        stored = next(one for one, file in _newest(corpus) if file == name)
        _going(_key("put-back", stored), f"Removed {name}. To undo that, press Put back. The folder is read again.")


def _put_back(corpus: Path, stored: str) -> None:
    name = next((file for one, file in _newest(corpus) if one == stored), "")

    def step() -> str:
        return put_back(corpus, stored, manifest_file=resources.manifest_file())

    if _done(corpus, name, step):
        _going(_key("remove", name), f"{name} is back. The folder is read again.")


def _done(corpus: Path, name: str, step: Callable[[], str]) -> bool:
    """Take a step and read the folder again; whether it was taken."""
    if not accounts.may_add():  # the page was drawn for another one
        return False
    accounts.record("remove", [name], "")
    try:
        wrong = step()
    except PinpointError as error:
        wrong = f"{name}: {error}"
    except OSError as error:
        wrong = f"{name}: the corpus folder cannot be written ({error.strerror})."
    refused = wrong or ingests.read_folder(corpus)
    if refused:
        st.session_state[_WRONG] = refused
    return not wrong


def _newest(corpus: Path) -> list[tuple[str, str]]:
    removed = read_added(corpus).removed
    return [(stored, removed[stored].file) for stored in sorted(removed, key=lambda one: removed[one].removed)][::-1]


def _going(key: str, said: str) -> None:
    clicks.say(said)
    st.session_state[_GO] = [key]
    st.session_state[_TIMES] = st.session_state.get(_TIMES, 0) + 1


def _key(action: str, name: str) -> str:
    """Key of a button: letters, digits and hyphens only, whatever the name of the file."""
    return f"{action}-{name.encode().hex()}"


def _on(time: str) -> str:
    return day(datetime.fromisoformat(time).astimezone().date())
