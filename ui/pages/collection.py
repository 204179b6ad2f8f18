"""Collection: saved excerpts put in order, annotated, compared with the documents in use, exported."""

import time
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from functools import partial

import streamlit as st

from collection import editing
from collection.changes import FLAGGED, Change, compare_excerpt
from collection.export.citation_lists.entries import CitedEntry
from collection.export.citation_lists.lists import cited_collection
from collection.export.formats import FORMATS
from collection.export.handout import NOTE, Handout, lay_out
from collection.files import read_collection, write_collection
from collection.records import LONGEST_HEADING, LONGEST_NOTE, Collection, Excerpt
from editor_notes.shown import EditorNotes, editor_notes
from index.search import HybridIndex
from pinpoint.errors import CollectionFileError
from pinpoint.text import escape, plural
from ui.components import collection_steps as steps
from ui.components import focus, frame
from ui.components.citation_files import draw_citation_files
from ui.components.collecting import undo
from ui.html.answers.excerpt_card import excerpt_card
from ui.html.editor_notes import notes_html
from ui.html.text import label
from ui.state import resources, session

_LEAD = (
    "Quotations that you saved, in your order and with your notes, to hand out as a Word file, as Markdown or as "
    "a web page."
)
_EMPTY = """<section class="pp-declined"><p class="pp-reason">Nothing is collected yet.</p>
<ul><li>Look for a text on Ask, Search or Browse.</li>
<li>Beside each quotation, result and paragraph there is a button <span class="pp-badge">Collect</span>. Press it, and
the text is saved here with its full citation.</li>
<li>Come back here to put the texts in order, write notes for your class, and export them.</li></ul>
<p>A collection lasts as long as this browser tab. To keep it, export it as a collection file, and open that file
here the next time.</p></section>"""
_MOST_SHOWN = 100
"""Excerpts with their fields on one page; the page says how many more there are. Set by hand; not measured."""
_SETTLING = 0.4
"""Seconds that an export waits: a note reaches the session when its field is left, which may be by this very
click. Set by hand; not measured."""
_CHECKED = "_checked"
_GATHERING = "Cards stay where they stand when they are given a heading. This puts those of one heading together."


def page() -> None:
    """Draw the page."""
    index = resources.open_index()
    frame.heading("Collection", _LEAD)
    collection = session.collection()
    if collection.excerpts:
        with st.spinner("Checking the excerpts against the documents in use\u2026"):
            changes = _changes(index, collection)
        _draw(index, collection, changes)
    else:
        offer = undo.last()
        here = offer is not None and offer.position != undo.FILE
        undo.draw(offer, here=here, key="last", on_click=steps.take_back)
        st.html(_EMPTY)
    _draw_import(index, collection)
    if going := st.session_state.pop(steps.GO, None):
        focus.go_to(going, st.session_state[steps.TIMES])


def _changes(index: HybridIndex, collection: Collection) -> dict[str, Change]:
    """The change of each excerpt; looked up once for each generation and day."""
    checked: dict[tuple[str, date, Excerpt], Change] = st.session_state.setdefault(_CHECKED, {})
    found = {}
    for excerpt in collection.excerpts:
        known = (index.folder.name, date.today(), replace(excerpt, note="", heading=""))
        if known not in checked:
            checked[known] = compare_excerpt(index, excerpt, date.today())
        found[excerpt.key] = checked[known]
    return found


def _draw(index: HybridIndex, collection: Collection, changes: dict[str, Change]) -> None:
    with st.container(key="collection-title"):
        st.text_input(
            "Title of the collection",
            collection.title,
            key=steps.field("title"),
            max_chars=LONGEST_HEADING,
            placeholder="For example: Hand-out on the five eligibility elements",
            on_change=steps.retitle,
            autocomplete="off",
        )
    st.html(_summary(index, collection, changes))
    _draw_exports(index, collection, changes)
    with st.container(key="collection-order"):
        if editing.is_gathered(collection):
            st.html(undo.NOTHING)
        else:
            st.button(steps.GATHER, key="gather", on_click=steps.gather, help=_GATHERING)
    number, groups, offer = 0, editing.groups(collection), undo.last()
    offered = min(offer.position, len(collection.excerpts), _MOST_SHOWN) if offer else 0
    for position, (heading, excerpts) in enumerate(groups):
        for excerpt in excerpts[: max(_MOST_SHOWN - number, 0)]:
            undo.draw(offer, here=offered == number, key=excerpt.key, on_click=steps.take_back)
            number += 1
            _draw_heading(heading if excerpt == excerpts[0] else None, position, len(groups), excerpt.key)
            _draw_excerpt(collection, excerpt, changes[excerpt.key], number, _ends(excerpts, excerpt))
    undo.draw(offer, here=offered == number, key="last", on_click=steps.take_back)
    if more := len(collection.excerpts) - number:
        st.html(f"<p>and {plural(more, 'excerpt')} more, which are exported too.</p>")


def _summary(index: HybridIndex, collection: Collection, changes: dict[str, Change]) -> str:
    claims = sum(change.kind == "unverified" for change in changes.values())
    flagged = sum(change.kind in FLAGGED for change in changes.values()) - claims
    does, is_no = ("does", "is") if flagged == 1 else ("do", "are")
    found = (
        f"{plural(flagged, 'excerpt')} {does} not read as saved, or {is_no} no longer in force: see the marks below."
        if flagged
        else "All of them stand there as you saved them."
    )
    if claims:
        found = (
            f"{plural(claims, 'excerpt')} {'comes' if claims == 1 else 'come'} from a file, never verified here: "
            f"nothing confirms the words.{f' {found}' if flagged else ''}"
        )
    style = "pp-alert" if flagged or claims else "pp-fact"
    return (
        f'<p class="{style}">{plural(len(collection.excerpts), "excerpt")}, checked against the '
        f"{plural(len(index.documents), 'document')} in use. {found}</p>"
    )


def _draw_exports(index: HybridIndex, collection: Collection, changes: dict[str, Change]) -> None:
    name = "-".join("".join(c if c.isascii() and c.isalnum() else " " for c in collection.title).lower().split())[:60]
    name, live = name or "collection", steps.live(collection)
    fingerprint = (index.folder.name, str(index.facts["corpus_digest"]))
    st.html('<h2 class="pp-small">Export</h2>')
    with st.container(horizontal=True, key="collection-exports"):
        for one in FORMATS:
            made = partial(_exported, one.write, live, changes, fingerprint, editor_notes(index))
            st.download_button(
                one.title, made, f"{name}.{one.suffix}", one.mime, key=f"export-{one.suffix}", on_click="ignore"
            )
        st.download_button(
            "Collection file",
            partial(_saved, live),
            f"{name}.pinpoint.json",
            "application/json",
            key="export-json",
            on_click="ignore",
        )
    draw_citation_files(name, partial(_citations, index, live, changes), key="export-list")
    st.html(
        '<p class="pp-fact">The first three are to read and to print. The collection file is to go on working '
        "later: open it below. The last five have the citations as data, with quotations and notes: a table, files for "
        "reference managers, or one line each in the form of the Bluebook.</p>"
    )


def _exported(
    write: Callable[[Handout], bytes],
    live: dict[str, Collection],
    changes: dict[str, Change],
    fingerprint: tuple[str, str],
    notes: EditorNotes | None = None,
) -> bytes:
    time.sleep(_SETTLING)
    return write(lay_out(live["now"], changes, date.today(), fingerprint, notes))


def _citations(index: HybridIndex, live: dict[str, Collection], changes: dict[str, Change]) -> tuple[CitedEntry, ...]:
    time.sleep(_SETTLING)
    return cited_collection(index, live["now"], changes, date.today())


def _saved(live: dict[str, Collection]) -> bytes:
    time.sleep(_SETTLING)
    return write_collection(live["now"])


def _draw_heading(heading: str | None, position: int, count: int, key: str) -> None:
    """Draw the heading above the first card of a group; a slot without one above the others, which move nothing."""
    name = heading or ("Under no heading" if count > 1 else "Excerpts")
    with st.container(horizontal=True, vertical_alignment="bottom", key=f"above-{key}"):
        if heading is None:
            st.html(undo.NOTHING)
            return
        st.html(f"<h2>{escape(name)}</h2>", width="content")
        for word, step, last in (("up", -1, position == 0), ("down", 1, position == count - 1)):
            if count > 1:
                st.button(
                    f"Move \u201c{label(name)}\u201d {word}",
                    key=f"group-{position}-{word}",
                    type="tertiary",
                    disabled=last,
                    on_click=steps.move_group,
                    args=(position, step),
                )


def _draw_excerpt(
    collection: Collection, excerpt: Excerpt, change: Change, number: int, ends: tuple[bool, bool]
) -> None:
    with st.container(border=True, key=f"excerpt-{excerpt.key}"):
        card, fields = st.columns([7, 4], gap="medium")
        beside = notes_html(resources.open_index(), change.now.span if change.now else None)
        card.html(excerpt_card(excerpt, change, number, date.today()) + beside)
        with fields:
            _draw_fields(collection, excerpt, number)
            _draw_buttons(excerpt.key, change, number, ends)


def _draw_fields(collection: Collection, excerpt: Excerpt, number: int) -> None:
    key, names = excerpt.key, [name for name in editing.headings(collection) if name]
    st.selectbox(
        f"Heading of {number}",
        names,
        names.index(excerpt.heading) if excerpt.heading else None,
        key=steps.field("heading", key),
        accept_new_options=True,
        placeholder="Choose one or type a new one",
        on_change=steps.put_under,
        args=(key,),
    )
    st.text_area(
        f"{NOTE} on {number}",
        excerpt.note,
        height=120,
        key=steps.field("note", key),
        max_chars=LONGEST_NOTE,
        on_change=steps.annotate,
        args=(key,),
    )


def _draw_buttons(key: str, change: Change, number: int, ends: tuple[bool, bool]) -> None:
    with st.container(horizontal=True, gap="small"):
        for word, step, last in () if all(ends) else (("up", -1, ends[0]), ("down", 1, ends[1])):
            st.button(
                f"Move {number} {word}", key=f"{word}-{key}", disabled=last, on_click=steps.move, args=(key, step)
            )
        st.button(f"Remove {number}", key=f"remove-{key}", on_click=steps.remove, args=(key,))
        if change.now is not None and change.kind != "unchanged":
            st.button(
                f"Replace {number} with the text of today", key=f"renew-{key}", on_click=steps.renew, args=(key, change)
            )


def _draw_import(index: HybridIndex, collection: Collection) -> None:
    st.html("<h2>Open a collection file</h2>")
    if read := st.session_state.pop(steps.READ, ""):
        st.html(f'<p class="pp-fact" role="status">{escape(read)}</p>')
    offer = undo.last()
    here = offer is not None and offer.position == undo.FILE
    undo.draw(offer, here=here, key="file", on_click=steps.take_back)
    with st.form("collection-import", clear_on_submit=True, border=False):
        uploaded = st.file_uploader(
            "Collection file (.json, exported from Pinpoint)", type="json", key=steps.field("file"), max_upload_size=5
        )
        adding = "Add its excerpts to this collection"
        how = (
            st.radio("What to do with it", (adding, "Replace this collection"), horizontal=True)
            if collection.excerpts
            else adding
        )
        sent = st.form_submit_button("Open the file")
    if not sent:
        return
    if uploaded is None:
        frame.alert("Choose a file first.")
        return
    try:
        read_in = read_collection(uploaded.getvalue())
    except CollectionFileError as error:
        frame.alert(str(error))
        return
    steps.take(index, collection, read_in, replacing=how != adding)
    st.rerun()


def _ends(excerpts: tuple[Excerpt, ...], excerpt: Excerpt) -> tuple[bool, bool]:
    """Tell whether an excerpt is the first, and the last, of its heading."""
    return excerpt == excerpts[0], excerpt == excerpts[-1]
