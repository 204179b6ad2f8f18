"""The frame of every page: styles, masthead, heading, footer, and the page for when there is no index."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl

import streamlit as st
from streamlit.navigation.page import Page

from access.audit import statement
from answer.declining.personal import personal_details
from index.generations.read import rebuild_command
from pinpoint.configuration.address import index_name
from pinpoint.errors import (
    ClusterRefused,
    ClusterUnavailable,
    ConfigurationError,
    DamagedGeneration,
    GenerationGone,
    IndexUnavailable,
    PartNotSearched,
    PinpointError,
)
from pinpoint.text import contained, day, escape, listed
from ui.components import clicks
from ui.components.collecting import cleared, collected
from ui.components.tab import status
from ui.html.text import label
from ui.server import accounts
from ui.server.hosting import signs_in
from ui.state import resources, session, tabs

_PAGES = "_pages"
_HEADED = "_headed"
"""Key of whether this run has drawn the heading of the page."""
_AWAY = (ClusterUnavailable, ClusterRefused, PartNotSearched, GenerationGone)
"""Errors of a cluster: the documents are there, and ingesting them again would not help."""
_STYLES = Path(__file__).resolve().parents[1] / "theme.css"
_FOOTER = (
    "Every quotation is verbatim and checked by machine against the stored text. This is not legal advice and "
    "decides no case."
)
_UNSTORED = "Questions are not stored: they stay in memory on this machine."
_FOCUS = """<script>(() => {
  let tries = 0;
  const timer = setInterval(() => {
    const idle = !document.activeElement || document.activeElement === document.body;
    if (idle) document.querySelector('input[aria-label="%s"]')?.focus();
    if (++tries >= 8) clearInterval(timer);
  }, 200);
})()</script>"""
_TOP = """<script>(() => {
  const part = document.querySelector('.st-key-%s');
  if (part && part.getBoundingClientRect().top < 0) part.scrollIntoView();
})() /* %d */</script>"""


def styles() -> None:
    """Put the styles on the page; its heading is still to come."""
    st.session_state[_HEADED] = False
    st.html(_STYLES)


def follow(pages: Sequence[Page]) -> None:
    """Go to the page and address of the link that was clicked in drawn text, if one was."""
    st.session_state[_PAGES] = {page.url_path: page for page in pages}
    path, _, query = clicks.taken("open").partition("?")
    if path and path in st.session_state[_PAGES]:
        go(path, query)


def go(path: str, query: str = "") -> None:
    """Go to the page with a path; what was drawn of this one so far is left."""
    st.switch_page(st.session_state[_PAGES][path], query_params=dict(parse_qsl(query)))


def masthead(pages: Sequence[Page]) -> None:
    """Draw the name, the links to the pages, and the button that clears the session."""
    with st.container(horizontal=True, vertical_alignment="center", key="masthead"):
        st.html('<p class="pp-brand">Pinpoint</p>', width="content")
        for page in pages:
            count = len(session.collection().excerpts) if page.url_path == "collection" else 0
            st.page_link(page, label=f"{page.title} ({count})" if count else page.title, width="content")
        st.space("stretch")
        st.button(
            "Clear",
            on_click=cleared.clear,
            type="tertiary",
            key="clear",
            help="Forget what was asked, searched and collected. Undo follows.",
        )
        if signs_in():
            st.space("small")
            draw_sign_out(type="tertiary", help=f"You are signed in as {label(accounts.person().name)}.")
    cleared.draw()


def draw_sign_out(**looks: Any) -> None:  # noqa: ANN401 - passed on to the button
    """Draw the button that forgets the session and signs out."""
    st.button("Sign out", on_click=_leave, key="sign-out", **looks)


def _leave() -> None:
    tabs.forget()
    st.logout()


def heading(title: str, lead: str) -> None:
    """Draw the page's heading and name the browser's tab after it."""
    st.set_page_config(page_title=f"{contained(title)} \u2013 Pinpoint")
    st.session_state[_HEADED] = True
    said = f"<p>{escape(lead)}</p>" if lead else ""
    st.html(f'<header class="pp-heading"><h1>{escape(title)}</h1>{said}</header>')


def notice() -> None:
    """Say when an older generation stands in for a damaged one, and what to do."""
    try:
        serving, followed = resources.serving(), resources.following()
    except PinpointError:  # which every page says by itself
        return
    if serving.damage:
        made = f"{day(serving.made.date())}, {serving.made:%H:%M} UTC"
        st.html(
            '<div class="pp-declined pp-notice" role="status"><p class="pp-reason">The index in use is damaged. '
            f"Until it is built again, another one answers, made on {made}. It may lack what changed since.</p>"
            f"<p>The one that answers is {escape(serving.folder.name)}. {escape(serving.damage)}</p></div>"
        )
    if followed and followed.fault:
        st.html(
            f'<div class="pp-declined pp-notice" role="status"><p class="pp-reason">{escape(followed.fault)}</p></div>'
        )


def alert(message: str) -> None:
    """Say that something is missing."""
    st.html(f'<p class="pp-alert" role="alert">{escape(message)}</p>')


def focus(name: str) -> None:
    """Put the cursor in the input with this label, unless the user is elsewhere already."""
    st.html(_FOCUS % name, unsafe_allow_javascript=True)


def to_top(key: str, number: int) -> None:
    """Bring the start of a container into view when ``number`` changes and it lies above the window."""
    st.html(_TOP % (key, number), unsafe_allow_javascript=True)


def footer() -> None:
    """Draw the closing line of a page: what is promised, and where questions go."""
    try:
        host, log = resources.sent_to(), accounts.audit()
    except ConfigurationError:  # the page says so itself when something is asked
        host, log = "", None
    sent = f"A question that is answered goes, with the quotations, to {host}." if host else ""
    stored = "" if log and log.records_text else "Questions are not stored: they stay in memory." if host else _UNSTORED
    said = " ".join(part for part in (_FOOTER, stored, sent, statement(log)) if part)
    st.html(f'<footer class="pp-footer">{escape(said)}</footer>')
    clicks.mark_collected(collected.names(session.collection()))
    clicks.speak()
    status.draw_status()


def personal(question: str) -> None:
    """Say quietly, under a question that seems to contain details of a person, that they are not needed."""
    seen = personal_details(question)
    if not seen:
        return
    log, host = accounts.audit(), resources.sent_to()
    where = "It is kept in the audit log on this machine" if log and log.records_text else "It stays on this machine"
    unsent = f" and was not sent to {host}" if host else ""
    st.html(
        f'<p class="pp-fact" role="note">What you typed seems to hold {escape(listed(seen))}. {escape(where)}'
        f"{escape(unsent)}. The rule is found without such details: please leave them out.</p>"
    )


def sending(host: str) -> None:
    """Say before a question is asked that it leaves this machine, where it does."""
    if host:
        st.html(
            '<p class="pp-fact">A language model is in use: what you ask, and the quotations that answer it, are '
            f"sent to {escape(host)}.</p>"
        )


def unavailable(error: PinpointError) -> None:
    """Say what is missing and which command fixes it, below the heading of the page where it has one already."""
    away = isinstance(error, _AWAY)
    missing, damaged = isinstance(error, IndexUnavailable) and not away, isinstance(error, DamagedGeneration)
    lacking = "The index is damaged" if damaged else "No index to search yet"
    title = lacking if missing else "Pinpoint cannot answer"
    title = "Nothing was searched" if away else title
    if st.session_state.get(_HEADED):
        st.html(f"<h2>{escape(title)}</h2>")
    else:
        heading(title, "")
    st.html(f'<section class="pp-declined"><p class="pp-reason">{escape(str(error))}</p></section>')
    if away:
        missing_parts = escape(resources.cluster_health())
        st.html(
            "<p>Nothing is wrong with what you typed, and no answer was made from a part of the documents. Ask again "
            f"in a minute.</p><p>{missing_parts}</p><p>Whoever runs the cluster sees how it is by this command:</p>"
        )
        st.code(f"pinpoint cluster health {index_name(resources.index_dir())}", language=None)
    if missing:
        st.html("<p>This command reads a folder of documents; reload the page when it has ended.</p>")
        command = f"pinpoint ingest corpus --index {index_name(resources.index_dir())}"
        st.code(rebuild_command(resources.index_dir()) if damaged else command, language=None)
