"""Steps that buttons and fields of the Collection page take: each changes the session's collection and says so."""

from dataclasses import replace
from datetime import date

import streamlit as st

from answer.records import Answer
from collection import editing
from collection.changes import Change
from collection.excerpts import collect_named, with_answer
from collection.records import Collection
from collection.verification import found_out, verified
from index.documents.span_names import span_name
from index.search import HybridIndex
from pinpoint.errors import ExcerptError, PinpointError
from pinpoint.text import plural
from ui.components import clicks
from ui.state import resources, session

UNDO, GO, TIMES, READ = "_collection_undo", "_collection_go", "_collection_times", "_collection_read"
"""Keys: the excerpt removed last, with its position; the buttons to focus; how often they were; what an import did."""
_OPENED, _LIVE = "_collection_opened", "_collection_live"


def live(collection: Collection) -> dict[str, Collection]:
    """A dictionary with the collection under "now", for exports, which run outside the session."""
    shared: dict[str, Collection] = st.session_state.setdefault(_LIVE, {})
    shared["now"] = collection
    return shared


def take(index: HybridIndex, collection: Collection, read: Collection, *, replacing: bool) -> None:
    """Add the collection of a file to that of the session, or replace it, and say what came of it."""
    checked = replace(read, excerpts=tuple(verified(index, excerpt, date.today()) for excerpt in read.excerpts))
    found, read = found_out(read, checked), editing.merge(Collection(read.title), checked)
    merged = read if replacing else editing.merge(collection, read)
    _set(merged)
    st.session_state.pop(UNDO, None)
    st.session_state[_OPENED] = st.session_state.get(_OPENED, 0) + 1
    added = len(merged.excerpts) - (0 if replacing else len(collection.excerpts))
    double = len(read.excerpts) - added
    known = f" {plural(double, 'excerpt')} of the file were there already." if double else ""
    said = (
        f"Opened in place of the collection before: {plural(added, 'excerpt')}."
        if replacing
        else f"Added {plural(added, 'excerpt')}.{known}"
    )
    st.session_state[READ] = f"{said} {found}".strip()


def collect(path: str) -> None:
    """Add the span of text whose Collect button was clicked on the page with a path, if one was, and say so."""
    document_id, _, passage = clicks.taken("collect").rpartition(":")
    if not document_id:
        return
    try:
        excerpt, moved = collect_named(resources.open_index(), document_id, passage, session.day_of_page(path))
    except PinpointError as error:
        clicks.say(str(error))
        return
    before = session.collection()
    session.set_collection(editing.add(before, excerpt))
    after = session.collection()
    count = plural(len(after.excerpts), "excerpt")
    said = f"Collected {excerpt.section}" if after is not before else f"{excerpt.section} is in the collection already"
    if after is before and excerpt.key not in editing.keys(before):
        said = f"{excerpt.section} was not collected: the collection is full. Export it and begin another"
    where = " The document was read anew; the words stand at another place of it now." if moved else ""
    clicks.say(f"{said}. The collection holds {count}.{where}")


def collect_all(index: HybridIndex, answer: Answer) -> None:
    """Add all quotations of an answer, unfolded, and say how many were new."""
    before = session.collection()
    after, refused = with_answer(index, before, answer)
    _set(after)
    new = len(after.excerpts) - len(before.excerpts)
    full = f" {plural(refused, 'quotation')} did not fit: export the collection and begin another." if refused else ""
    clicks.say(
        f"Collected {plural(new, 'quotation')} of this answer.{full} The collection holds "
        f"{plural(len(after.excerpts), 'excerpt')}."
    )


def retitle() -> None:
    """Take the title that was typed; Clear may have taken its field away before."""
    _set(editing.retitle(session.collection(), st.session_state.get(field("title")) or ""))


def annotate(key: str) -> None:
    """Take the note that was typed."""
    _set(editing.annotate(session.collection(), key, st.session_state.get(field("note", key)) or ""))


def put_under(key: str) -> None:
    """Put an excerpt under the heading that was chosen or typed."""
    heading = st.session_state.get(field("heading", key)) or ""
    _set(editing.put_under(session.collection(), key, heading))
    where = f"under \u201c{heading}\u201d" if heading else "under no heading"
    section = editing.excerpt_of(session.collection(), key).section
    _said(f"{section} stands {where} now.", _buttons(key))


def move(key: str, step: int) -> None:
    """Move an excerpt within its heading."""
    if key not in editing.keys(session.collection()):  # a second click on a button that is gone
        return
    collection = editing.move(session.collection(), key, step)
    _set(collection)
    excerpt = editing.excerpt_of(collection, key)
    group = dict(editing.groups(collection))[excerpt.heading]
    position, pressed, other = group.index(excerpt) + 1, *(("up", "down") if step < 0 else ("down", "up"))
    _said(f"Moved {excerpt.section} {pressed}: {position} of {len(group)}.", [f"{pressed}-{key}", f"{other}-{key}"])


def move_heading(heading: str, step: int) -> None:
    """Move a heading with its excerpts."""
    collection = editing.move_heading(session.collection(), heading, step)
    _set(collection)
    position = editing.headings(collection).index(heading)
    pressed, other = ("up", "down") if step < 0 else ("down", "up")
    _said(
        f"Moved \u201c{heading or 'Under no heading'}\u201d {pressed}: heading {position + 1} of "
        f"{len(editing.headings(collection))}.",
        [f"group-{position}-{pressed}", f"group-{position}-{other}"],
    )


def remove(key: str) -> None:
    """Remove an excerpt, and offer to take that back."""
    collection = session.collection()
    if key not in editing.keys(collection):
        return
    st.session_state[UNDO] = (editing.excerpt_of(collection, key), editing.keys(collection).index(key))
    _set(editing.remove(collection, key))
    _going(["undo"])


def undo() -> None:
    """Put the excerpt that was removed last back."""
    if UNDO not in st.session_state:
        return
    excerpt, position = st.session_state.pop(UNDO)
    _set(editing.restore(session.collection(), excerpt, position))
    _said(f"{excerpt.section} is back.", [f"remove-{excerpt.key}"])


def renew(key: str, change: Change) -> None:
    """Replace an excerpt by the text of today, as the page showed it."""
    if change.now is None or key not in editing.keys(session.collection()):
        return
    try:
        seen = span_name(change.now.start, change.now.text)
        fresh, _ = collect_named(resources.open_index(), change.now.document_id, seen, date.today())
    except ExcerptError as error:
        _said(str(error), [f"remove-{key}"])
        return
    _set(editing.renew(session.collection(), key, fresh))
    _said(f"Saved anew: {fresh.section}.", _buttons(fresh.key))


def _set(collection: Collection) -> None:
    session.set_collection(collection)
    live(collection)


def _said(sentence: str, keys: list[str]) -> None:
    """Say what was done, politely, and go on where the reader was."""
    clicks.say(sentence)
    _going(keys)


def _buttons(key: str) -> list[str]:
    return [f"up-{key}", f"down-{key}", f"remove-{key}"]


def _going(keys: list[str]) -> None:
    st.session_state[GO] = keys
    st.session_state[TIMES] = st.session_state.get(TIMES, 0) + 1


def field(*parts: str) -> str:
    """Key of a field; another one when a file was opened, whose values the fields then take."""
    return "-".join(("collection", str(st.session_state.get(_OPENED, 0)), *parts))
