"""Check: every citation and every quotation of a draft, held against the documents on a day."""

import streamlit as st

from drafts.reading.pasted import PASTED
from index.search import HybridIndex
from pinpoint.errors import UnreadableDocument
from ui.components import clicks, frame
from ui.components.drafts.form import Sent, draw_form, refused
from ui.components.drafts.results import draw_failures, draw_results
from ui.html.drafts.findings import RESULTS, said
from ui.html.text import label
from ui.state import checked, resources, widgets
from ui.state.checked import Checked

_LEAD = (
    "Paste or choose a draft: each citation and quotation in it is held against the documents, on the day that counts."
)
_FAILED, _ARRIVED = "_check_failed", "_check_arrived"


def page() -> None:
    """Draw the page."""
    index = resources.open_index()
    frame.heading("Check", _LEAD)
    widgets.start((widgets.CHECK_AS_OF,))
    # Behind a fold where results stand below: they are what one comes back for.
    with st.expander("Check another draft") if checked.checked() else st.container():
        sent = draw_form()
    if sent is not None:
        _check(index, sent)
    clicks.focus_on(RESULTS, now=bool(st.session_state.pop(_ARRIVED, False)))
    draw_failures(st.session_state.get(_FAILED, ()))
    found = checked.checked()
    if found:
        draw_results(index, found)
    else:
        st.html(
            "<p>Each finding says what the documents read there: found, differing word by word, replaced, not yet in "
            "force, at another place, or not there at all. It is no verdict on the draft.</p>"
        )


def _check(index: HybridIndex, sent: Sent) -> None:
    """Check what was handed in, one draft after the other; one that cannot be read does not stop the others."""
    wrong = refused(sent)
    if wrong:
        frame.alert(wrong)
        return
    done: list[Checked] = []
    failures: list[str] = []
    names = [*([PASTED] if sent.text else []), *(file.name for file in sent.files)]
    bar = st.progress(0.0, text="Reading\u2026")
    for at, name in enumerate(names):

        def show(findings: int, total: int, at: int = at, name: str = name) -> None:
            bar.progress((at + findings / max(total, 1)) / len(names), text=f"Checking {label(name)}\u2026")

        bar.progress(at / len(names), text=f"Reading {label(name)}\u2026")
        try:
            if sent.text and not at:
                draft, original = checked.read_paste(sent.text), None
            else:
                file = sent.files[at - bool(sent.text)]
                draft, original = checked.read_upload(file.name, file.getvalue())
        except UnreadableDocument as error:
            failures.append(str(error))
            continue
        done.append(checked.check_one(index, draft, original, sent.as_of, show))
    bar.empty()
    st.session_state[_FAILED] = tuple(failures)
    st.session_state[_ARRIVED] = bool(done)
    checked.store(tuple(done))
    clicks.say(said([one.check for one in done]) if done else "No draft could be read.")
    st.rerun()
