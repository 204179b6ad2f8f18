"""The evidence for one quotation: where it stands, the text around it, and what can be done with it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from answer.records import Answer, Citation
from collection.citation_text import effective, footnote_text, legal_form, with_quotation
from collection.clipboard import with_footnote
from index.documents.span_names import span_name
from index.search import HybridIndex
from pinpoint.stored import StoredDocument
from pinpoint.text import escape, pages, plural
from ui.html.actions import action_button, collect_button, copy_button
from ui.html.answers.references import unfolded
from ui.html.badges import authority_badge, confirmed_badge, confirmed_note, ocr_badge, status_badge
from ui.html.editor_notes import notes_html
from ui.html.text import crumbs, facts, link, marked, page_address
from ui.state.navigation import Location, location_link

_PARAGRAPHS = re.compile(r"(?:\([^()\s]{1,6}\))+$")
_BEFORE, _AFTER = 350, 900  # characters around a quotation; set by hand; not measured
EVIDENCE = "evidence"
"""Id of the heading that takes the focus when a marker is clicked."""


@dataclass(frozen=True, slots=True)
class CitedSection:
    """The citations of one answer that stand in one section of one document.

    Attributes:
        section: Its cited form without its paragraphs: ``8 CFR 214.202``.
    """

    section: str
    citations: tuple[Citation, ...]


def by_section(citations: Sequence[Citation]) -> list[CitedSection]:
    """Citations grouped by document and section, in the order of their first marker."""
    groups: dict[tuple[str, str, bool], list[Citation]] = {}
    for citation in citations:
        section = _PARAGRAPHS.sub("", citation.section)
        groups.setdefault((citation.source_file, section, citation.in_force), []).append(citation)
    return [CitedSection(section, tuple(group)) for (_, section, _), group in groups.items()]


def head(index: HybridIndex, answer: Answer, citation: Citation) -> str:
    """Citation, title, page and status in one line, as HTML, the rest to unfold.

    Its marker among the quotations is shown as chosen.
    """
    document = index.documents[citation.document_id]
    status = status_badge(citation, answer.as_of) + ocr_badge(citation.ocr_confidence)
    status += confirmed_badge(citation.confirmed)
    page = pages(citation.page, citation.page_label)
    shown = f'<span class="pp-fact">{escape(page)}</span>' if page else ""
    named = "" if citation.section.startswith(citation.title) else escape(citation.title)
    title = f'<span class="pp-title" title="{named}">{named}</span>' if named else ""
    chosen = (
        f'<style>.stHtml a.pp-marker[data-pp-value="{citation.marker}"] {{ background: var(--accent); '
        "color: var(--paper); border-color: var(--accent); }</style>"
    )
    return (
        f'<article class="pp-source pp-evidence" aria-labelledby="{EVIDENCE}"><div class="pp-evidence-head">'
        f'<h2 id="{EVIDENCE}" tabindex="-1"><span class="pp-unseen">Evidence for quotation {citation.marker}: </span>'
        f'<span class="pp-number" aria-hidden="true">{citation.marker}</span> '
        f'<span class="pp-cite">{escape(citation.section)}</span></h2>'
        f"{title}{shown}{status}</div>"
        f"{_details(citation, document)}{chosen}</article>"
    )


def tools(index: HybridIndex, answer: Answer, citation: Citation) -> str:
    """What can be done with a citation, as HTML."""
    document = index.documents[citation.document_id]
    rich = with_footnote(citation.quote, footnote_text(citation, document.publisher), document.url)
    where = location_link(location_of(citation, answer), "Open in the document", style="pp-act")
    return (
        '<p class="pp-tools">'
        + copy_button("Copy citation", legal_form(citation))
        + copy_button("Copy with quotation", with_quotation(citation.quote, citation, document.url), rich=rich)
        + collect_button(citation.document_id, citation.span.start, citation.quote)
        + f" {where}</p>"
    )


def _details(citation: Citation, document: StoredDocument) -> str:
    """What is known of a source beyond its line: whole title, headings above, publisher, dates, address."""
    official = f"{link(page_address(document.url, citation.page), 'Official source')}" if document.url else ""
    dates = effective(citation.effective_from, citation.effective_to, citation.current_to)
    small = facts(*map(escape, (document.publisher, dates)), official)
    return (
        '<details class="pp-more"><summary>Details of this source</summary>'
        f'<p class="pp-badges">{authority_badge(citation.kind)}</p><p>{escape(citation.title)}</p>'
        f"{crumbs(citation.section_path)}{small}{confirmed_note(citation.confirmed)}</details>"
    )


def context(index: HybridIndex, citation: Citation) -> str:
    """The quotation marked in the text around it, as HTML."""
    text, start, end = surroundings(index, citation)
    return (
        f'<div class="pp-context" tabindex="0" role="region" aria-label="The quotation in its place">'
        f"{marked(text, [(start, end)])}</div>"
    )


def around(index: HybridIndex, answer: Answer, citation: Citation) -> str:
    """The surroundings of a citation: older text, references, footnotes; and the way to the other evidence."""
    notes = notes_html(index, citation.span)
    return f"{notes}{unfolded(index, [citation], answer.as_of)}{_count(answer, citation)}"


def listed(index: HybridIndex, found: Sequence[CitedSection]) -> str:
    """All sources of an answer with their markers, dates and addresses, as HTML."""
    lines = []
    for source in found:
        first = source.citations[0]
        chips = marker_links([citation.marker for citation in source.citations], source.citations)
        name = (
            f'<span class="pp-cite">{escape(source.section)}</span> <span class="pp-fact">{escape(first.title)}</span>'
        )
        document = index.documents[first.document_id]
        dates = effective(first.effective_from, first.effective_to, first.current_to)
        small = facts(
            *map(escape, (document.publisher, pages(first.page, first.page_label), dates)), link(document.url)
        )
        lines.append(f'<li><span class="pp-chips">{chips}</span><div>{name}{small}</div></li>')
    return (
        f'<details class="pp-found"><summary>All sources ({len(found)})</summary>'
        f'<ul class="pp-pinpoints">{"".join(lines)}</ul></details>'
    )


def marker_links(markers: Sequence[int], citations: Sequence[Citation] = ()) -> str:
    """Markers as HTML, each a link to its evidence."""
    named = {citation.marker: f": {citation.section}" for citation in citations}
    return "".join(
        f'<a class="pp-marker" href="#{EVIDENCE}" data-pp="show" data-pp-value="{marker}" '
        f'aria-label="{escape(f"Evidence {marker}{named.get(marker, str())}")}">{marker}</a>'
        for marker in markers
    )


def location_of(citation: Citation, answer: Answer) -> Location:
    """The address of a quotation."""
    name = span_name(citation.span.start, citation.quote)
    return Location(document=citation.document_id, section=citation.section, passage=name, as_of=answer.as_of)


def surroundings(index: HybridIndex, citation: Citation) -> tuple[str, int, int]:
    """The text around a quotation, from whole blocks, and the quotation's span in it.

    Where that span does not contain the quotation character for character, the passage alone is
    given, of which that was verified before.
    """
    passage = index.passage(citation.passage)
    before, after = index.store.context(passage.span, max(_BEFORE, _AFTER))
    before = before[_last_blocks(before, _BEFORE) :]
    text, start = before + passage.text + after, len(before) + citation.start_in_passage
    if text[start : start + len(citation.quote)] != citation.quote:
        return passage.text, citation.start_in_passage, citation.end_in_passage
    return text, start, start + len(citation.quote)


def _count(answer: Answer, citation: Citation) -> str:
    """Buttons to the evidence before and after."""
    markers = [found.marker for found in answer.citations]
    position = markers.index(citation.marker)
    buttons = []
    if position > 0:
        buttons.append(action_button("show", str(markers[position - 1]), f"\u2039 Evidence {markers[position - 1]}"))
    if position + 1 < len(markers):
        buttons.append(action_button("show", str(markers[position + 1]), f"Evidence {markers[position + 1]} \u203a"))
    back = f'<a class="pp-act" href="#quotation-{citation.marker}">Back to quotation {citation.marker}</a>'
    counted = f'<span class="pp-fact">of {plural(len(markers), "quotation")}</span>' if buttons else ""
    return f'<p class="pp-tools">{"".join(buttons)}{counted} {back}</p>'


def _last_blocks(text: str, most: int) -> int:
    """Offset of the first block that begins in the last ``most`` characters of a text; 0 where all of it fits."""
    if len(text) <= most:
        return 0
    line = text.find("\n", len(text) - most)
    return line + 1 if line >= 0 else 0
