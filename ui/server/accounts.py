"""The person who uses this session, what they may do, and the audit log of it where there is one."""

from collections.abc import Iterable

import streamlit as st

from access.audit import Action, AuditEntry, AuditLog, AuditSettings, audit_settings
from access.gate import is_loopback
from access.sign_in import ANYBODY, Person, read_person
from answer.records import Answer
from index.records import Hit
from index.search import HybridIndex
from ingest.corpus.uploads import uploads_allowed
from pinpoint.settings import environment
from ui.server.hosting import exposure, signs_in

_LAST_READ = "_last_read"


def person() -> Person:
    """The person who uses this session, by the sign-in service; anybody where nobody has to sign in.

    Raises:
        ConfigurationError: A setting of signing in is malformed.
    """
    return read_person(st.user.to_dict(), environment()) if signs_in() else ANYBODY


def may_add() -> bool:
    """Tell whether this session may add documents: the setting is on, and an administrator or nobody is signed in."""
    return uploads_allowed(environment()) and person().role == "administrator"


def may_fetch() -> bool:
    """Tell whether this session may have official texts fetched.

    A signed-in administrator may; where nobody signs in, whoever uses the app on its own machine, and from elsewhere
    only where documents may be added.
    """
    if person().role != "administrator":
        return False
    settings = exposure()
    is_local = is_loopback(settings.address) and not settings.opened
    return settings.signs_in or is_local or uploads_allowed(environment())


def audit() -> AuditSettings | None:
    """Settings of the audit log; None when there is none.

    Raises:
        ConfigurationError: A setting of the log is malformed.
    """
    return audit_settings(environment())


def record(action: Action, documents: Iterable[str], generation: str, text: str = "") -> None:
    """Write to the audit log, where there is one; to be called before what it is about is shown.

    Raises:
        AuditUnavailable: It cannot be written.
        ConfigurationError: A setting of it is malformed.
    """
    settings = audit()
    if settings is not None:
        _log(settings).record(
            AuditEntry(who=person().name, action=action, documents=tuple(documents), generation=generation, text=text)
        )


def record_answer(index: HybridIndex, answer: Answer) -> None:
    """Write that a question was answered, with the documents that the answer shows; raises as ``record`` does."""
    cited = (citation.document_id for citation in answer.citations)
    record("ask", [*cited, *documents_of((*answer.hits, *answer.related))], index.folder.name, answer.question)


def record_reading(index: HybridIndex, document_id: str) -> None:
    """Write that a document is read, once until another one is; raises as ``record`` does."""
    if st.session_state.get(_LAST_READ) != document_id:
        record("read", (document_id,), index.folder.name)
        st.session_state[_LAST_READ] = document_id


def documents_of(hits: Iterable[Hit]) -> list[str]:
    """The documents of some hits, in their order."""
    return [hit.document_id for hit in hits]


@st.cache_resource(show_spinner=False)
def _log(settings: AuditSettings) -> AuditLog:
    return AuditLog(settings)
