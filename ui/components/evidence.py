"""Evidence cards: where quotations stand, grouped so that a section is shown once."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

import streamlit as st

from answer.records import Answer, Citation
from index.hybrid import HybridIndex
from index.records import StoredDocument
from ui.components.badges import authority_badge, effective, ocr_badge, status_badge
from ui.components.references import unfolded
from ui.components.text import crumbs, escape, facts, link, marked, pages

_PARAGRAPHS = re.compile(r"(?:\([^()\s]{1,6}\))+$")
_BEFORE, _AFTER = 250, 700
_FAR = 2500
"""Quotations of a section further apart than this many characters are shown in stretches of their own."""


@dataclass(frozen=True, slots=True)
class Source:
    """The citations of one answer that stand in one section of one document.

    Attributes:
        home: Cited form of the section without its paragraphs: ``8 CFR 214.202``.
    """

    home: str
    citations: tuple[Citation, ...]


def sources(citations: Sequence[Citation]) -> list[Source]:
    """Citations grouped by document and section, in the order of their first marker."""
    groups: dict[tuple[str, str, bool], list[Citation]] = {}
    for citation in citations:
        home = _PARAGRAPHS.sub("", citation.section)
        groups.setdefault((citation.source_file, home, citation.in_force), []).append(citation)
    return [Source(home, tuple(group)) for (_, home, _), group in groups.items()]


def draw_source(index: HybridIndex, answer: Answer, source: Source) -> None:
    """Draw the card of a source: address, status, text in its surroundings, citations to copy."""
    with st.container(border=True, key=f"source-card-{source.citations[0].marker}"):
        st.html(card(index, answer, source))
        document = document_of(index, source.citations[0])
        with st.expander("Copy citation"):
            st.caption("Citation")
            st.code("\n".join(dict.fromkeys(legal_form(c) for c in source.citations)), language=None, wrap_lines=True)
            st.caption("With quotation")
            st.code("\n\n".join(with_quotation(c, document) for c in source.citations), language=None, wrap_lines=True)


def card(index: HybridIndex, answer: Answer, source: Source) -> str:
    """The card as HTML."""
    first = source.citations[0]
    document = document_of(index, first)
    badges = authority_badge(first.kind) + status_badge(first, answer.as_of) + ocr_badge(first.ocr_confidence)
    dates = escape(effective(first.effective_from, first.effective_to))
    official = f"Official source: {link(document.url)}" if document.url else ""
    return (
        f'<article class="pp-source"><h3>{escape(source.home)}</h3>'
        f'<p class="pp-badges">{badges}</p>'
        f'<p class="pp-title">{escape(first.title)}</p>{crumbs(_common_path(source.citations))}'
        f"{_pinpoints(source.citations)}{facts(escape(document.publisher), dates)}{facts(official)}"
        f'<details class="pp-more"><summary>Show in context</summary>{_context(index, source.citations)}</details>'
        f"{unfolded(index, source.citations)}"
        "</article>")


def legal_form(citation: Citation) -> str:
    """The citation as it is written in a decision or a hand-out, with the document's title."""
    page = f", {pages(citation.page, citation.page_label)}" if citation.page else ""
    dates = effective(citation.effective_from, citation.effective_to)
    return f"{citation.section}{page}, {citation.title}" + (f" ({dates[0].lower()}{dates[1:]})" if dates else "")


def with_quotation(citation: Citation, document: StoredDocument) -> str:
    """The quotation, its citation and the address of the official source."""
    tail = f". {document.url}" if document.url else "."
    return f"\u201c{citation.quote}\u201d {legal_form(citation)}{tail}"


def document_of(index: HybridIndex, citation: Citation) -> StoredDocument:
    """The document that a citation stands in."""
    return index.documents[citation.passage_id.rpartition(":")[0]]


def windows(index: HybridIndex, citations: Sequence[Citation]) -> list[tuple[str, list[tuple[int, int]]]]:
    """Stretches of the document around quotations, with the spans of the quotations in each.

    A span is given only where the stretch holds the quotation character for character; if it
    does not, the passage alone is the stretch, of which that was verified before.
    """
    placed = []
    for citation in citations:
        passage = index.passage(citation.passage_id)
        placed.append((passage.start + citation.start, passage, citation))
    placed.sort(key=lambda entry: (entry[0], entry[2].marker))
    clusters: list[list[int]] = []
    for number, (start, _, _) in enumerate(placed):
        near = clusters and start - placed[clusters[-1][-1]][1].end < _FAR
        clusters[-1].append(number) if near else clusters.append([number])
    found = []
    for cluster in clusters:
        first, last = placed[cluster[0]][1], max((placed[n][1] for n in cluster), key=lambda passage: passage.end)
        before = index.provisions.around(first, _BEFORE)[0]
        text = before + first.text + index.provisions.around(first, max(last.end - first.end, 0) + _AFTER)[1]
        offset = first.start - len(before)
        spans = [(placed[n][0] - offset, placed[n][0] - offset + len(placed[n][2].quote)) for n in cluster]
        if all(text[a:b] == placed[n][2].quote for n, (a, b) in zip(cluster, spans, strict=True)):
            found.append((text, _joined(spans)))
        else:
            found += [(placed[n][1].text, [(placed[n][2].start, placed[n][2].end)]) for n in cluster]
    return found


def _context(index: HybridIndex, citations: Sequence[Citation]) -> str:
    stretches = (f'<div class="pp-context">{marked(text, spans)}</div>' for text, spans in windows(index, citations))
    return '<p class="pp-gap" aria-label="text left out">\u22ef</p>'.join(stretches)


def _joined(spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Spans without overlaps, in order."""
    joined: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if joined and start < joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined


def _pinpoints(citations: Sequence[Citation]) -> str:
    """One row for each place, with the markers that point at it."""
    rows: dict[tuple[str, str], list[int]] = {}
    for citation in citations:
        rows.setdefault((citation.section, pages(citation.page, citation.page_label)), []).append(citation.marker)
    lines = []
    for (section, page), markers in rows.items():
        chips = "".join(f'<span class="pp-marker" id="source-{marker}">{marker}</span>' for marker in markers)
        place = f'<span class="pp-page">{escape(page)}</span>' if page else ""
        lines.append(f'<li><span class="pp-chips">{chips}</span><span><span class="pp-cite">{escape(section)}</span> '
                     f"{place}</span></li>")
    return f'<ul class="pp-pinpoints">{"".join(lines)}</ul>'


def _common_path(citations: Sequence[Citation]) -> list[str]:
    """The headings that all citations share."""
    shared = []
    for names in zip(*(citation.section_path for citation in citations), strict=False):
        if len(set(names)) > 1:
            break
        shared.append(names[0])
    return shared
