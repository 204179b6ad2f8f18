"""Found passages as cards, with the words of the query marked."""

from collections.abc import Sequence
from datetime import date

from collection.citation_text import effective, footnote_text, legal_form, with_quotation
from collection.clipboard import with_footnote
from index.documents.authority import authority_of
from index.documents.span_names import span_name
from index.query.analyzer import terms
from index.records import Hit
from index.search import HybridIndex
from pinpoint.text import escape, pages, worded
from ui.html.actions import collect_button, copy_button
from ui.html.answers.citing import citing_sections
from ui.html.badges import authority_badge, confirmed_badge, confirmed_note, ocr_badge, status_badge
from ui.html.editor_notes import NotesHtml
from ui.html.highlight import highlighted, sentences, snippet
from ui.html.text import crumbs, facts, link, marked
from ui.state.navigation import Location, location_link

SORTS = ("Relevance", "Authority", "Date")

_REASONS = 8
"""Signals named of a hit. Set by hand; not measured."""


def ordered(hits: Sequence[Hit], sort: str) -> list[Hit]:
    """Hits in the order asked for; equals stay in order of relevance."""
    if sort == "Authority":
        return sorted(hits, key=lambda hit: (authority_of(hit.kind).rank, hit.rank))
    if sort == "Date":
        return sorted(hits, key=lambda hit: (-(hit.effective_from or hit.current_to or date.min).toordinal(), hit.rank))
    return list(hits)


def results(
    index: HybridIndex,
    hits: Sequence[Hit],
    query: str,
    as_of: date,
    *,
    start: int = 1,
    matched: frozenset[str] | None = None,
) -> str:
    """Cards as HTML, numbered from ``start``; words of ``matched`` terms are marked, those of the query by default."""
    matched = frozenset(terms(query)) if matched is None else matched
    notes = NotesHtml(index)
    cards = "".join(f"<li>{_card(index, hit, matched, as_of)}{notes.beside([hit.span])}</li>" for hit in hits)
    return f'<ol class="pp-hits" start="{start}">{cards}</ol>'


def _card(index: HybridIndex, hit: Hit, matched: frozenset[str], as_of: date) -> str:
    document = index.documents[hit.document_id]
    badges = authority_badge(hit.kind) + status_badge(hit, as_of) + ocr_badge(hit.ocr_confidence)
    badges += confirmed_badge(hit.confirmed)
    dates = effective(hit.effective_from, hit.effective_to, hit.current_to)
    words = map(escape, (document.publisher, pages(hit.page, hit.page_label), dates))
    small = facts(*words, link(document.url), _counted(index, hit, as_of)) + confirmed_note(hit.confirmed)
    short, whole = _text(hit, matched)
    location = Location(document=document.id, section=hit.section, passage=span_name(hit.start, hit.text), as_of=as_of)
    name = location_link(location, escape(hit.section))
    named = f"{hit.section}, result {hit.rank}"
    quoted = with_quotation(hit.text, hit, document.url)
    rich = with_footnote(hit.text, footnote_text(hit, document.publisher), document.url)
    tools = copy_button("Copy citation", legal_form(hit), label=f"Copy citation of {named}")
    tools += copy_button("Copy with quotation", quoted, label=f"Copy with quotation: {named}", rich=rich)
    tools += collect_button(document.id, hit.start, hit.text, label=f"Collect {named}")
    note = worded(hit.note) if hit.note and not hit.note.startswith("Replaced") else ""
    return (
        f'<article class="pp-hit"><div class="pp-hit-head"><h3 class="pp-cite">{name}</h3>'
        f'<p class="pp-badges">{badges}</p></div>'
        f'<p class="pp-title">{escape(hit.title)}</p>{crumbs(hit.section_path)}{facts(escape(note), _also(index, hit))}'
        f'<p class="pp-snippet">{short}</p>{whole}{_why(hit)}{small}<p class="pp-tools">{tools}</p></article>'
    )


def _text(hit: Hit, matched: frozenset[str]) -> tuple[str, str]:
    """What is shown of a passage at once, and the whole of it to unfold where that is more.

    Of one that cites what was typed these are the sentences that cite it.
    """
    cites = [(span.start - hit.start, span.end - hit.start) for span in hit.citing]
    if cites:
        short, cut, full = sentences(hit.text, cites), True, marked(hit.text, cites)
    else:
        short, cut = snippet(hit.text, matched)
        full = highlighted(hit.text, matched)
    return short, (
        f'<details class="pp-more"><summary>Whole passage</summary><div class="pp-context">{full}</div></details>'
        if cut
        else ""
    )


def _why(hit: Hit) -> str:
    """What brought a passage to its rank, folded; "" where it was asked for by name."""
    if not hit.why:
        return ""
    rows = "".join(
        f'<tr><th scope="row">{escape(name)}</th><td>{amount:+.2f}</td></tr>' for name, amount in hit.why[:_REASONS]
    )
    return (
        '<details class="pp-more"><summary>Why this is here</summary><table class="pp-table pp-narrow"><caption>What '
        f"each signal adds to its score above the mean of what was found</caption>"
        '<thead><tr><th scope="col">Signal</th><th scope="col">Adds</th></tr></thead>'
        f"<tbody>{rows}</tbody></table></details>"
    )


def _counted(index: HybridIndex, hit: Hit, as_of: date) -> str:
    """Counts of what a passage cites and of the sections that cite its own, as Browse lists them; "" for neither."""
    section = index.store.deepest(hit.span)
    cites = len(index.references.cites(hit.span))
    by = len(citing_sections(index, section))
    if not cites and not by:
        return ""
    where = Location(hit.document_id, section.citation, as_of=as_of)
    words = f"Cites {cites}, cited by {by}"
    return location_link(where, words, label=f"{words}: {section.citation}, result {hit.rank}")


def _also(index: HybridIndex, hit: Hit) -> str:
    """Other documents that have the same words."""
    titles = dict.fromkeys(index.documents[span.document_id].title for span in hit.also_in)
    return escape(f"Word for word also in: {'; '.join(titles)}") if titles else ""
