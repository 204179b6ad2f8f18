"""What cites a section: the very sentences, with the citation marked, as HTML."""

from collections.abc import Iterator, Sequence
from datetime import date

from index.documents.span_names import span_name
from index.search import HybridIndex
from pinpoint.records import Span
from pinpoint.stored import Link, StoredSection
from pinpoint.text import escape
from ui.html.text import marked
from ui.state.navigation import Location, location_link

_MOST = 30
"""Citing sections shown; the rest are counted. Set by hand; not measured."""
_LINKS = 5000
"""Citations that are counted. Set by hand; not measured."""
_SENTENCES = 3
"""Sentences shown of one citing section; the rest are counted. Set by hand; not measured."""
_LONGEST = 600
"""Characters of a sentence; a longer one is shown around its citation. Set by hand; not measured."""


Citing = tuple[StoredSection, list[Link]]
"""A section that cites, with its citations in text order."""


def citing_sections(index: HybridIndex, section: StoredSection) -> list[Citing]:
    """The sections that cite one, by document and position."""
    found: dict[tuple[str, str], Citing] = {}
    for link in index.references.cited_by(section, limit=_LINKS):
        citing = index.store.deepest(Span(link.document_id, link.start, link.start + 1))
        found.setdefault((link.document_id, citing.citation), (citing, []))[1].append(link)
    return list(found.values())


def citing_list(index: HybridIndex, citing: Sequence[Citing], as_of: date) -> str:
    """Citing sections as HTML: the address of each, and the sentences in which it cites."""
    lines = "".join(f"<li>{_citing(index, section, links, as_of)}</li>" for section, links in citing[:_MOST])
    more = f"<p>and {len(citing) - _MOST:,} more</p>" if len(citing) > _MOST else ""
    return f'<ul class="pp-plain pp-citing">{lines}</ul>{more}'


def _citing(index: HybridIndex, section: StoredSection, links: Sequence[Link], as_of: date) -> str:
    """A citing section: a link to the very words, its document, and its sentences."""
    first = links[0]
    name = span_name(first.start, index.store.text(Span(first.document_id, first.start, first.end)))
    where = Location(document=first.document_id, section=section.citation, passage=name, as_of=as_of)
    title = index.documents[first.document_id].title
    sentences = list(_sentences(index, section, links))
    shown = "".join(f"<blockquote>{sentence}</blockquote>" for sentence in sentences[:_SENTENCES])
    more = len(sentences) - _SENTENCES
    rest = f'<p class="pp-fact">and {more} more in this section</p>' if more > 0 else ""
    return f"{location_link(where, escape(section.citation))} {escape(title)}{shown}{rest}"


def _sentences(index: HybridIndex, section: StoredSection, links: Sequence[Link]) -> Iterator[str]:
    """The sentences of some citations, each once, its citations marked; before a footnote's what it belongs to."""
    by_sentence: dict[Span, list[Link]] = {}
    for link in links:
        sentence = index.references.sentence(Span(link.document_id, link.start, link.end))
        by_sentence.setdefault(sentence, []).append(link)
    note = index.references.footnote(section)
    if note and note.sentence:
        yield escape(index.store.text(note.sentence))
    for sentence, inside in by_sentence.items():
        yield quoted_sentence(
            index.store.text(sentence), [(link.start - sentence.start, link.end - sentence.start) for link in inside]
        )


def quoted_sentence(text: str, marks: Sequence[tuple[int, int]]) -> str:
    """A sentence with its citations marked; of a long one the part around the first of them."""
    spans = _without_overlap(marks)
    if len(text) <= _LONGEST:
        return marked(text, spans)
    first = max(spans[0][0] - _LONGEST // 2, 0)
    first = text.find(" ", first, spans[0][0]) + 1 if first else 0
    last = text.rfind(" ", spans[0][1], first + _LONGEST)
    last = len(text) if first + _LONGEST >= len(text) else max(last, spans[0][1])
    inside = [(start - first, end - first) for start, end in spans if first <= start and end <= last]
    return ("\u2026 " if first else "") + marked(text[first:last], inside) + (" \u2026" if last < len(text) else "")


def _without_overlap(spans: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Spans in order; of those that overlap the widest."""
    chosen: list[tuple[int, int]] = []
    for start, end in sorted(spans, key=lambda span: (span[0] - span[1], span)):
        if all(end <= other or last <= start for other, last in chosen):
            chosen.append((start, end))
    return sorted(chosen)
