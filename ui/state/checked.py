"""Drafts that were checked in this session: in memory, and gone with the tab."""

import threading
from dataclasses import dataclass
from datetime import date

import streamlit as st

from drafts.checking.check import Progress, check_draft
from drafts.reading.apart import read_apart
from drafts.reading.limits import refuse_length
from drafts.reading.pasted import PASTED, read_pasted
from drafts.records import Check, Draft
from index.search import HybridIndex
from pinpoint.errors import EmptyDocument
from ui.server import accounts

_CHECKED, _FORMS = "_checked_drafts", "_check_forms"
_AT_ONCE = threading.BoundedSemaphore(2)
"""Checks that run side by side: each keeps a processor busy, and questions need one as well. Set by hand."""


@dataclass(frozen=True, slots=True)
class Checked:
    """A draft that was checked.

    Attributes:
        check: What was found.
        original: The Word file as it was handed in, on which the report is made; None for other kinds.
    """

    check: Check
    original: bytes | None


def read_upload(name: str, content: bytes) -> tuple[Draft, bytes | None]:
    """Read a draft that was handed in.

    Raises:
        UnreadableDocument: It cannot be read; the message names the remedy.
    """
    draft = read_apart(name, content)
    return draft, content if draft.format == "docx" else None


def read_paste(text: str) -> Draft:
    """Read a draft that was pasted.

    Raises:
        UnreadableDocument: It is too long, or has no words.
    """
    refuse_length(PASTED, len(text))
    draft = read_pasted(text)
    if not draft.parts:
        raise EmptyDocument("The pasted text has no words. Paste a draft, or choose a file.")
    return draft


def check_one(index: HybridIndex, draft: Draft, original: bytes | None, as_of: date, progress: Progress) -> Checked:
    """Check a draft; the audit log, where there is one, names the documents and never the draft.

    Raises:
        AuditUnavailable: An audit log is to be written and cannot be.
    """
    with _AT_ONCE:
        check = check_draft(index, draft, as_of, progress=progress)
    shown = dict.fromkeys(one.source.span.document_id for one in check.findings if one.source is not None)
    accounts.record("check", shown, index.folder.name)
    return Checked(check, original)


def checked() -> tuple[Checked, ...]:
    """The drafts that were checked last."""
    found: tuple[Checked, ...] = st.session_state.get(_CHECKED, ())
    return found


def store(drafts: tuple[Checked, ...]) -> None:
    """Show these drafts from now on, and begin with an empty form: what was pasted does not stay in it."""
    st.session_state[_CHECKED] = drafts
    st.session_state[_FORMS] = forms() + 1


def forms() -> int:
    """How many forms were sent; a part of the keys of the form's fields."""
    sent: int = st.session_state.get(_FORMS, 0)
    return sent
