"""References of a section in both directions, its footnotes, and its older text, as HTML to unfold."""

import re
from collections.abc import Iterable, Sequence
from datetime import date

from answer.records import Citation
from answer.supporting import name_of
from citations.parse import parse_citations
from index.documents.comparison import Comparison, Pair, compare
from index.documents.references import Reference
from index.documents.span_names import span_name
from index.records import Hit
from index.search import HybridIndex
from pinpoint.records import Span
from pinpoint.stored import StoredSection
from pinpoint.text import day, escape, plural
from ui.html.answers.cited_section import cited_section
from ui.html.answers.citing import citing_list, citing_sections
from ui.state.navigation import Location, location_link

_DESIGNATOR = re.compile(r"^\u00a7+\s*[\w.-]+\s+")
"""The part of a heading that repeats the citation: ``§ 214.204`` of 8 CFR 214.204."""
_MOST = 30
"""References shown of each kind; the rest are counted. Set by hand; not measured."""


def unfolded(index: HybridIndex, citations: Sequence[Citation], as_of: date | None = None) -> str:
    """Everything around some quotations of one section: references, footnotes, and the older text."""
    spans = [citation.span for citation in citations]
    whole = Span(spans[0].document_id, min(span.start for span in spans), max(span.end for span in spans))
    section = index.store.deepest(whole)
    cited = _references(index, section, as_of or date.today())
    return "".join((_compared(index, citations[0]), cited, _footnotes(index, section)))


def related(hits: Sequence[Hit], as_of: date, title: str = "The quotations refer to") -> str:
    """The provisions to which an answer delegates, or that are shown beside a refusal; "" for none."""
    if not hits:
        return ""
    lines = "".join(f"<li>{_leading(hit, as_of)}</li>" for hit in hits)
    return f'<section class="pp-related"><h3>{escape(title)}</h3><ul>{lines}</ul></section>'


def _leading(hit: Hit, as_of: date) -> str:
    """A provision as a link, with its name where that says more than the citation."""
    name = _DESIGNATOR.sub("", name_of(hit))
    location = Location(
        document=hit.document_id, section=hit.section, passage=span_name(hit.start, hit.text), as_of=as_of
    )
    said = "" if hit.section.endswith(name) else f" {escape(name)}"
    return f"{location_link(location, escape(hit.section), style='pp-cite')}{said}"


def around(index: HybridIndex, section: StoredSection, as_of: date) -> str:
    """References of a section in both directions, as HTML to unfold; "" for neither."""
    return _references(index, section, as_of, tag="h3")


def compared(comparison: Comparison) -> str:
    """Both versions of a provision side by side, removed and added words marked."""
    on = escape(day(comparison.entry.effective))
    rows = "".join(f"<tr><td>{_side(pair, 'old')}</td><td>{_side(pair, 'new')}</td></tr>" for pair in comparison.pairs)
    caption = f"{comparison.old.citation} and {comparison.new.citation}"
    marks = (
        "Struck through: only in the older text. Underlined: only in the newer text. A dash: nothing in this "
        "version is like the other."
    )
    return (
        f'<p class="pp-fact">{marks}</p>'
        f'<div class="pp-scroll" tabindex="0" role="region" aria-label="{escape(caption)}">'
        f'<table class="pp-table pp-compared"><caption>{escape(caption)}</caption><thead><tr>'
        f'<th scope="col">Until {on}</th><th scope="col">From {on}</th></tr></thead>'
        f"<tbody>{rows}</tbody></table></div>"
    )


def _compared(index: HybridIndex, citation: Citation) -> str:
    named = parse_citations(citation.section) if citation.replaced_by else ()
    comparison = compare(index.store, index.crosswalk, named[0]) if named else None
    if comparison is None:
        return ""
    title = f"Compare with {comparison.new.citation}, in force since {day(comparison.entry.effective)}"
    return _details(title, compared(comparison))


def _references(index: HybridIndex, section: StoredSection, as_of: date, tag: str = "h4") -> str:
    cites = index.references.cites(section.span)
    citing = citing_sections(index, section)
    parts = []
    if cites:
        lines = (_cited(reference, section, as_of) for reference in cites)
        parts.append(f"<{tag}>Cites</{tag}>{_list(lines, len(cites))}")
    if citing:
        parts.append(f"<{tag}>Cited by</{tag}>{citing_list(index, citing, as_of)}")
    return _details(f"Cites {len(cites)}, cited by {len(citing)}", "".join(parts)) if parts else ""


def _cited(reference: Reference, section: StoredSection, as_of: date) -> str:
    """A cited provision, as a link where these documents have it."""
    target = escape(reference.link.target)
    found = cited_section(reference, section.document_id, as_of)
    if found is None:
        return f'<span class="pp-cite">{target}</span> \u2013 not in these documents'
    held = "" if reference.exact else f" (in {escape(found.citation)})"
    return f"{location_link(Location(found.document_id, found.citation, as_of=as_of), target)}{held}"


def _footnotes(index: HybridIndex, section: StoredSection) -> str:
    """A section's footnotes with their sentences; for a footnote itself the sentence it belongs to."""
    own = index.references.footnote(section)
    notes = (own,) if own else index.references.footnotes(section.own_span)
    if not notes:
        return ""
    lines = []
    for note in notes:
        text = index.store.text(note.section.span)
        sentence = index.store.text(note.sentence) if note.sentence else ""
        quoted = f"<blockquote>{escape(sentence)}</blockquote>" if sentence else "<p>No reference was found.</p>"
        lines.append(f'{quoted}<span class="pp-cite">{escape(note.section.citation)}</span> {escape(text)}')
    title = "The sentence this footnote belongs to" if own else plural(len(notes), "footnote")
    return _details(title, _list(lines, len(lines)))


def _list(lines: Iterable[str], count: int) -> str:
    shown = "".join(f"<li>{line}</li>" for _, line in zip(range(_MOST), lines, strict=False))
    more = f"<p>and {count - _MOST:,} more</p>" if count > _MOST else ""
    return f'<ul class="pp-plain">{shown}</ul>{more}'


def _details(title: str, body: str) -> str:
    return f'<details class="pp-more"><summary>{escape(title)}</summary>{body}</details>'


def _side(pair: Pair, side: str) -> str:
    paragraph, mark, tag = (pair.old, "removed", "del") if side == "old" else (pair.new, "added", "ins")
    if paragraph is None:
        return '<span aria-label="no counterpart">\u2013</span>'
    words = "".join(
        escape(text) if change == "same" else f"<{tag}>{escape(text)}</{tag}>"
        for change, text in pair.words
        if change in ("same", mark)
    )
    return f'<span class="pp-cite">{escape(paragraph.section.citation)}</span><br>{words}'
