"""Steps that buttons and fields of the Collection page take: each changes the session's collection and says so."""

from dataclasses import replace
from datetime import date

import streamlit as st

from answer.records import Answer
from collection import editing
from collection.changes import Change
from collection.excerpts import collect_named, with_answer
from collection.records import Collection
from collection.undoing import Step
from collection.verification import found_out, verified
from index.documents.span_names import span_name
from index.search import HybridIndex
from pinpoint.errors import ExcerptError, PinpointError
from pinpoint.text import plural
from ui.components import clicks
from ui.components.collecting import collected, undo
from ui.state import resources, session

GO, TIMES, READ = "_collection_go", "_collection_times", "_collection_read"
"""Keys: the buttons to focus; how often they were; what an import did."""
_OPENED, _LIVE = "_collection_opened", "_collection_live"
GATHER = "Bring headings together"
"""Name of the button that does."""


def live(collection: Collection) -> dict[str, Collection]:
    """A dictionary with the collection under "now", for exports, which run outside the session."""
    shared: dict[str, Collection] = st.session_state.setdefault(_LIVE, {})
    shared["now"] = collection
    return shared


def take(index: HybridIndex, collection: Collection, read: Collection, *, replacing: bool) -> None:
    """Add the collection of a file to that of the session, or replace it, and say what came of it."""
    checked = replace(read, excerpts=tuple(verified(index, excerpt, date.today()) for excerpt in read.excerpts))
    found, read = found_out(read, checked), editing.distinct(checked)
    merged = read if replacing else editing.merge(collection, read)
    _set(merged)
    _fill_anew()
    added = len(merged.excerpts) - (0 if replacing else len(collection.excerpts))
    double = len(read.excerpts) - added
    known = f" {plural(double, 'excerpt')} of the file were there already." if double else ""
    said = (
        f"Opened in place of the collection before: {plural(added, 'excerpt')}."
        if replacing
        else f"Added {plural(added, 'excerpt')}.{known}"
    )
    st.session_state[READ] = f"{said} {found}".strip()
    if merged != collection:
        did = "replaced the collection before" if replacing else "was added"
        undo.remember(
            undo.Offer(
                step=Step(collection, merged),
                said=f"The file {did}.",
                place=undo.FILE,
                back="The collection is as it was before the file.",
            )
        )


def collect(path: str) -> None:
    """Add the span of text whose Collect button was clicked on the page with a path, if one was, and say so."""
    take_out(clicks.taken("uncollect"))
    document_id, _, passage = clicks.taken("collect").rpartition(":")
    if not document_id:
        return
    try:
        excerpt, moved = collect_named(resources.open_index(), document_id, passage, session.day_of_page(path))
    except PinpointError as error:
        clicks.say(str(error))
        return
    before = session.collection()
    session.set_collection(editing.add(before, undo.remembered(excerpt)))
    after = session.collection()
    count = plural(len(after.excerpts), "excerpt")
    said = f"Collected {excerpt.section}" if after is not before else f"{excerpt.section} is in the collection already"
    if after is before and excerpt.key not in editing.keys(before):
        said = f"{excerpt.section} was not collected: the collection is full. Export it and begin another"
    where = " The document was read anew; the words stand at another place of it now." if moved else ""
    clicks.say(f"{said}. The collection holds {count}.{where}")


def take_out(name: str) -> None:
    """Take the excerpt out whose button says that it is collected, and say so."""
    before = session.collection()
    key = collected.names(before).get(name)
    if key is None:
        return
    session.set_collection(editing.remove(before, key))
    remember_removal(before, key)
    section = editing.excerpt_of(before, key).section
    count = plural(len(session.collection().excerpts), "excerpt")
    clicks.say(f"Taken out of the collection: {section}. Press again to collect it. The collection holds {count}.")


def collect_all(index: HybridIndex, answer: Answer) -> None:
    """Add all quotations of an answer, unfolded, and say how many were new."""
    before = session.collection()
    after, refused = with_answer(index, before, answer)
    known = editing.keys(before)
    after = replace(after, excerpts=tuple(one if one.key in known else undo.remembered(one) for one in after.excerpts))
    _set(after)
    new = len(after.excerpts) - len(before.excerpts)
    full = f" {plural(refused, 'quotation')} did not fit: export the collection and begin another." if refused else ""
    clicks.say(
        f"Collected {plural(new, 'quotation')} of this answer.{full} The collection holds "
        f"{plural(len(after.excerpts), 'excerpt')}."
    )


def take_out_all(keys: tuple[str, ...]) -> None:
    """Take the quotations of an answer out again, and say so."""
    before = after = session.collection()
    for key in keys:
        after = editing.remove(after, key)
    _set(after)
    count = plural(len(before.excerpts) - len(after.excerpts), "quotation")
    said = f"Taken out of the collection: {count} of an answer."
    undo.remember(undo.Offer(step=Step(before, after), said=said, place=0, back="The quotations are back."))
    clicks.say(f"{said} The collection holds {plural(len(after.excerpts), 'excerpt')}.")


def retitle() -> None:
    """Take the title that was typed; Clear may have taken its field away before."""
    _set(editing.retitle(session.collection(), st.session_state.get(field("title")) or ""))


def annotate(key: str) -> None:
    """Take the note that was typed."""
    _set(editing.annotate(session.collection(), key, st.session_state.get(field("note", key)) or ""))


def put_under(key: str) -> None:
    """Put an excerpt under the heading that was chosen or typed; it stays where it is, and so does the focus."""
    heading = st.session_state.get(field("heading", key)) or ""
    before = session.collection()
    if key not in editing.keys(before):
        return
    _set(editing.put_under(before, key, heading))
    where = f"under \u201c{heading}\u201d" if heading else "under no heading"
    section = editing.excerpt_of(session.collection(), key).section
    scattered = (
        ""
        if editing.is_gathered(session.collection())
        else f" \u201c{GATHER}\u201d puts the cards of one heading next to each other."
    )
    clicks.say(f"{section} stands {where} now, at the same place.{scattered}")


def gather() -> None:
    """Bring the excerpts of each heading together, and offer to take that back."""
    before = session.collection()
    _set(editing.gather(before))
    undo.remember(
        undo.Offer(
            step=Step(before, session.collection()),
            said="Excerpts of one heading stand together now.",
            place=0,
            back="The excerpts stand in the order of before.",
            focus=("gather",),
        )
    )
    _going(["undo"])


def move(key: str, step: int) -> None:
    """Move an excerpt within its heading."""
    if key not in editing.keys(session.collection()):  # a second click on a button that is gone
        return
    collection = editing.move(session.collection(), key, step)
    _set(collection)
    excerpt = editing.excerpt_of(collection, key)
    group = next(excerpts for _, excerpts in editing.groups(collection) if excerpt in excerpts)
    position, pressed, other = group.index(excerpt) + 1, *(("up", "down") if step < 0 else ("down", "up"))
    _said(f"Moved {excerpt.section} {pressed}: {position} of {len(group)}.", [f"{pressed}-{key}", f"{other}-{key}"])


def move_group(position: int, step: int) -> None:
    """Move the excerpts that stand together under a heading."""
    before = session.collection()
    groups = editing.groups(before)
    if not 0 <= position < len(groups):  # a second click on a button that is gone
        return
    heading, excerpts = groups[position]
    collection = editing.move_group(before, position, step)
    _set(collection)
    moved = editing.groups(collection)
    there = next(number for number, (_, found) in enumerate(moved) if excerpts[0] in found)
    pressed, other = ("up", "down") if step < 0 else ("down", "up")
    _said(
        f"Moved \u201c{heading or 'Under no heading'}\u201d {pressed}: heading {there + 1} of {len(moved)}.",
        [f"group-{there}-{pressed}", f"group-{there}-{other}", *_buttons(excerpts[0].key)],
    )


def remove(key: str) -> None:
    """Remove an excerpt, and offer to take that back."""
    before = session.collection()
    if key not in editing.keys(before):
        return
    _set(editing.remove(before, key))
    remember_removal(before, key)
    _going(["undo"])


def remember_removal(before: Collection, key: str) -> None:
    """Remember that an excerpt was just removed, to be taken back on the page of the collection."""
    section = editing.excerpt_of(before, key).section
    undo.remember(
        undo.Offer(
            step=Step(before, session.collection()),
            said=f"Removed: {section}.",
            place=editing.keys(before).index(key),
            back=f"{section} is back.",
            focus=(f"remove-{key}",),
        )
    )


def take_back() -> None:
    """Take the last step back that can be."""
    offer = undo.take_back()
    if offer is None:
        return
    live(session.collection())
    _fill_anew()
    _said(offer.back, [*offer.focus, "undo"])


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
    before = session.collection()
    _set(editing.renew(before, key, fresh))
    undo.remember(
        undo.Offer(
            step=Step(before, session.collection()),
            said=f"{fresh.section} has the text of today.",
            place=editing.keys(before).index(key),
            back=f"{fresh.section} is as it was saved.",
            focus=(f"renew-{key}", f"remove-{key}"),
        )
    )
    _said(f"Saved anew: {fresh.section}.", _buttons(fresh.key))


def _fill_anew() -> None:
    """Have the fields take their values from the collection, which changed otherwise than by them."""
    st.session_state[_OPENED] = st.session_state.get(_OPENED, 0) + 1


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
