"""What the page Check shows of a checked draft: counts, downloads, a filter, the draft and its findings."""

from collections.abc import Sequence
from functools import partial
from pathlib import PurePath

import streamlit as st

from drafts.records import STATES, Check, Finding
from drafts.reports.formats import FORMATS
from index.search import HybridIndex
from pinpoint.text import escape
from ui.html.drafts import findings as html
from ui.html.drafts.style import STYLE
from ui.html.text import label
from ui.state import checked
from ui.state.checked import Checked

_LOOK = "Needs a look"


def draw_results(index: HybridIndex, drafts: Sequence[Checked]) -> None:
    """Draw the drafts that were checked last, one at a time."""
    st.html(STYLE)
    number = checked.forms()
    chosen = drafts[0]
    if len(drafts) > 1:
        names = [f"{at}. {one.check.draft.name}: {_looks(one.check)}" for at, one in enumerate(drafts, start=1)]
        at = st.selectbox("Draft", range(len(drafts)), format_func=lambda at: names[at], key=f"check-which-{number}")
        chosen = drafts[at or 0]
    check = chosen.check
    st.html(html.summary(check))
    if check.generation != index.generation:
        st.html('<p class="pp-alert">The documents were read anew since. Check the draft again.</p>')
    _draw_downloads(chosen)
    if not check.findings:
        with st.container(key="checked"):
            st.html(f"<h2>The draft</h2>{html.draft(check, ())}")
        return
    shown = _chosen(check, f"check-states-{number}-{drafts.index(chosen)}")
    with st.container(key="checked"):
        left, right = st.columns([6, 6], gap="medium")
        left.html(f"<h2>The draft</h2>{html.draft(check, shown)}")
        right.html(f"<h2>Findings ({len(shown)})</h2>{html.cards(index, check, shown)}")


def _looks(check: Check) -> str:
    looks = sum(finding.needs_a_look for finding in check.findings)
    return f"{looks} to look at" if looks else "nothing to look at"


def _draw_downloads(chosen: Checked) -> None:
    stem = PurePath(chosen.check.draft.name).stem or "draft"
    with st.container(horizontal=True, gap="small", key="check-downloads"):
        for one in FORMATS:
            st.download_button(
                f"Report: {one.title}",
                partial(one.write, chosen.check, chosen.original),
                f"{stem}-checked.{one.suffix}",
                one.mime,
                key=f"check-report-{one.suffix}",
                on_click="ignore",
            )


def _chosen(check: Check, key: str) -> tuple[Finding, ...]:
    """Draw the filter by state; the findings that it leaves."""
    counts = check.counts
    options = [_LOOK] if check.needs_a_look else []
    options += [state for state in STATES if counts[state]]
    looks = sum(finding.needs_a_look for finding in check.findings)
    names = {state: f"{words} ({counts[state]})" for state, words in STATES.items()} | {_LOOK: f"{_LOOK} ({looks})"}
    picked = st.pills("Show only", options, selection_mode="multi", format_func=lambda one: label(names[one]), key=key)
    looked = _LOOK in picked
    return tuple(
        finding
        for finding in check.findings
        if not picked or finding.state in picked or (looked and finding.needs_a_look)
    )


def draw_failures(failures: Sequence[str]) -> None:
    """Say which files could not be read, and why."""
    for sentence in failures:
        st.html(f'<p class="pp-alert" role="alert">{escape(sentence)}</p>')
