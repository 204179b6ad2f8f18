"""A saved excerpt as HTML: quotation, citation, status, and what changed since it was saved."""

from datetime import date

from collection.changes import NEVER_VERIFIED, Change, confirmed_now
from collection.citation_text import legal_form
from collection.records import Excerpt
from index.documents.span_names import span_name
from pinpoint.text import day, escape
from ui.html.badges import authority_badge, confirmed_badge, confirmed_note, status_badge
from ui.html.text import crumbs, facts, link
from ui.state.navigation import Location, location_link

_FLAGS = {
    "unchanged": ("Reads as saved", "current"),
    "moved": ("Moved, reads as saved", "current"),
    "changed": ("Reads differently now", "ended"),
    "replaced": ("Replaced", "ended"),
    "gone": ("Not found now", "ended"),
    "unverified": (NEVER_VERIFIED, "ended"),
}


def excerpt_card(excerpt: Excerpt, change: Change, number: int, today: date) -> str:
    """The card of an excerpt, without its note, which the trainer edits beside it."""
    words, style = _FLAGS[change.kind]
    flag = f'<span class="pp-badge pp-{style}">{words}</span>'
    if change.kind == "unverified":
        return _claim(excerpt, change, number, flag)
    in_force = status_badge(change.now, today) if change.now and change.kind in ("unchanged", "moved") else ""
    saved = f"Saved {day(excerpt.saved)}"
    confirmed = confirmed_now(excerpt, change)
    flag += confirmed_badge(confirmed)
    small = facts(escape(excerpt.publisher), escape(saved), _official(excerpt), _open(excerpt, change))
    small = confirmed_note(confirmed) + small
    return (
        f'<article class="pp-source pp-excerpt"><h3>{number}. {escape(excerpt.section)}</h3>'
        f'<p class="pp-badges">{authority_badge(excerpt.kind)}{in_force}{flag}</p>{crumbs(excerpt.section_path)}'
        f"<blockquote>{escape(excerpt.text)}</blockquote>"
        f'<p class="pp-fact"><span class="pp-cite">{escape(legal_form(excerpt))}</span></p>'
        f"{small}{changed(change)}</article>"
    )


def _claim(excerpt: Excerpt, change: Change, number: int, flag: str) -> str:
    """The card of what only a file says: nothing on it looks like a quotation of a document."""
    return (
        f'<article class="pp-source pp-excerpt pp-claim"><h3>{number}. Not verified: {escape(excerpt.section)}</h3>'
        f'<p class="pp-badges">{flag}</p><p class="pp-claimed">{escape(excerpt.text)}</p>'
        f'<p class="pp-fact">The file gives this as: {escape(legal_form(excerpt))}</p>'
        f"{facts(_open(excerpt, change))}{changed(change)}</article>"
    )


def changed(change: Change) -> str:
    """The change of an excerpt in words, and the words removed and added since; "" when nothing did."""
    if not change.sentence:
        return ""
    body = f"<p>{escape(change.sentence)}</p>"
    if change.words:
        runs = {"same": "{}", "removed": "<del>{}</del>", "added": "<ins>{}</ins>"}
        words = "".join(runs[run].format(escape(text)) for run, text in change.words)
        before = "the file" if change.kind == "unverified" else "what you saved"
        body += (
            f'<p class="pp-fact">Struck through: only in {before}. Underlined: only in the text of today.</p>'
            '<div class="pp-context pp-compared" tabindex="0" role="region" aria-label="Difference">'
            f"{words}</div>"
        )
    style = " pp-unchanged" if change.kind == "moved" else ""
    return f'<div class="pp-change{style}">{body}</div>'


def _official(excerpt: Excerpt) -> str:
    return f"Official source: {link(excerpt.url)}" if excerpt.url else ""


def _open(excerpt: Excerpt, change: Change) -> str:
    """A link to where the text, or what replaces it, stands in the documents in use; "" where nothing does."""
    now = change.now
    if now is None:
        return ""
    here = excerpt.checked and (now.document_id, now.section) == (excerpt.document_id, excerpt.section)
    name = "Open in the document" if here else f"Open {now.section} in the documents in use"
    return location_link(
        Location(document=now.document_id, section=now.section, passage=span_name(now.start, now.text)), escape(name)
    )
