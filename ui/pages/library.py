"""Library: what is indexed, what the intake noticed, and the generation in use."""

from datetime import date, datetime

import streamlit as st

from index.authority import authority_of
from index.hybrid import HybridIndex, intake_report
from index.records import StoredDocument
from ingest.intake import IntakeRecord, count_statuses, intake_notes, records_from_json
from ui import state
from ui.components import frame
from ui.components.badges import effective
from ui.components.text import escape, link, plural

_LEAD = "The documents that are indexed, and what the intake reported about them."
_NONE = "\u2013"
_HEAD = ("Document", "Authority", "Collection", "Dates", "Pages", "Passages")


def page() -> None:
    """Draw the page."""
    index = state.open_index()
    frame.heading("Library", _LEAD)
    records = records_from_json(intake_report(index))
    st.html(_documents(index, records))
    st.html(_intake(list(records.values())))
    st.html(_generation(index))


def _documents(index: HybridIndex, records: dict[str, IntakeRecord]) -> str:
    documents = sorted(index.documents.values(), key=lambda d: (authority_of(d.kind).rank, d.title.lower()))
    head = "".join(f'<th scope="col"{_numeric(name)}>{name}</th>' for name in _HEAD)
    rows = "".join(_row(document, records.get(document.file)) for document in documents)
    return (f'<h2>Documents</h2><div class="pp-scroll" tabindex="0" role="region" aria-label="Documents">'
            f'<table class="pp-table"><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table></div>')


def _row(document: StoredDocument, record: IntakeRecord | None) -> str:
    today = date.today()
    begun = document.effective_from is None or document.effective_from <= today
    current = begun and (document.effective_to is None or today < document.effective_to)
    badge = "" if current else '<span class="pp-badge pp-ended">Not in force</span>'
    source = f'<br><span class="pp-fact">{link(document.url)}</span>' if document.url else ""
    passages = f"{record.passages:,}" if record else _NONE
    return (
        f'<tr><th scope="row"><span class="pp-title">{escape(document.title)}</span><br>'
        f'<span class="pp-fact">{escape(document.publisher)} \u00b7 {escape(document.file)}</span>{source}</th>'
        f"<td>{escape(authority_of(document.kind).label)}</td><td>{escape(document.collection)}</td>"
        f"<td>{escape(effective(document.effective_from, document.effective_to)) or 'Not recorded'} {badge}</td>"
        f'<td class="pp-number">{document.pages or _NONE}</td><td class="pp-number">{passages}</td></tr>')


def _intake(records: list[IntakeRecord]) -> str:
    line = ", ".join(f"{count} {status}" for status, count in count_statuses(records).items() if count)
    empty = {record.file: len(record.pages_without_text) for record in records if record.pages_without_text}
    notes = intake_notes(records) + [f"{file}: {plural(count, 'page')} without text." for file, count in empty.items()]
    listed = "".join(f"<li>{escape(note)}</li>" for note in notes)
    body = f'<ul class="pp-plain">{listed}</ul>' if notes else "<p>Nothing to report.</p>"
    return f'<h2>Intake</h2><p class="pp-fact">Files: {escape(line)}.</p>{body}'


def _generation(index: HybridIndex) -> str:
    facts = index.facts
    made = datetime.fromisoformat(facts["made"]).astimezone()
    rows = {
        "Generation": index.folder.name, "Made": f"{made:%B} {made.day}, {made:%Y, %H:%M %Z}",
        "Holds": ", ".join(plural(int(facts[name]), name[:-1]) for name in ("documents", "sections", "passages")),
        "Embedder": f"{facts['embedder']} ({facts['dim']} dimensions)", "Corpus digest": facts["corpus_digest"],
    }
    listed = "".join(f"<dt>{name}</dt><dd>{escape(str(value))}</dd>" for name, value in rows.items())
    return f'<h2>Index in use</h2><dl class="pp-facts">{listed}</dl>'


def _numeric(name: str) -> str:
    return ' class="pp-number"' if name in ("Pages", "Passages") else ""
