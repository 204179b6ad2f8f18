"""Provisions to which the best passages delegate: half an answer stands there.

§ 214.202(a) says "according to § 214.206"; what a victim must show stands in § 214.206. Its text is
offered to the answer beside what was found.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import chain

from index.documents.authority import authority_of
from index.documents.references import Reference
from index.records import Hit
from index.search import HybridIndex
from pinpoint.records import Filters, Span

_OFFERED = 6
"""Provisions offered beside an answer. Set by hand; not measured."""
_CUE = 60
"""Characters before a citation in which the words stand that make it a delegation. Set by hand; not measured."""
_FIRST_WORDS = 12
"""Words that stand for a provision without a heading. Set by hand; not measured."""
_BARE = re.compile(r"\(\w{1,5}\)")
_DELEGATES = re.compile(
    r"(?:according to|pursuant to|in accordance with|subject to"
    r"|under the (?:standards?|requirements?|procedures?) (?:of|in|at)"
    r"|(?:described|defined|provided|set forth|set out|required|specified|delineated|listed|prescribed)"
    r" (?:in|at|by|under|pursuant to)|as (?:under|in))\s+(?:paragraphs?\s|§+\s?|sections?\s)?$",
    re.IGNORECASE,
)


def delegated(index: HybridIndex, spans: Sequence[Span], filters: Filters) -> list[Hit]:
    """The provisions to which spans of text delegate, as they are in force.

    Args:
        index: The index that the text is from.
        spans: In the order of their weight.
        filters: The day whose law is asked for.

    Returns:
        At most six hits, ranked in that order, none that overlaps a span or another hit.
    """
    references = (reference for span in spans for reference in _delegations(index, span))
    return _offered(index, spans, references, filters)


def supporting(index: HybridIndex, spans: Sequence[Span], filters: Filters, *, whole: bool = False) -> list[Hit]:
    """As ``delegated``, and behind these the provisions of higher authority that the spans' footnotes cite.

    Args:
        index: As for ``delegated``.
        spans: As for ``delegated``.
        filters: As for ``delegated``.
        whole: Whether a cited paragraph stands for its whole section, in which a list may stand beside it.
    """
    delegations = (reference for span in spans for reference in _delegations(index, span))
    noted = (reference for span in spans for reference in _noted(index, span, whole=whole))
    return _offered(index, spans, chain(delegations, noted), filters)


def _delegations(index: HybridIndex, span: Span) -> Iterator[Reference]:
    for reference in index.references.cites(span):
        start = reference.link.start
        before = Span(span.document_id, max(span.start, start - _CUE), start)
        if _DELEGATES.search(index.store.text(before)):
            yield reference


def _noted(index: HybridIndex, span: Span, *, whole: bool) -> Iterator[Reference]:
    """Yield what footnotes cite as the law: guidance says in its text what the law in its footnotes requires."""
    rank = authority_of(index.documents[span.document_id].kind).rank
    for footnote in index.references.footnotes(span):
        for reference in index.references.cites(footnote.section.span):
            above = (authority_of(index.documents[section.document_id].kind).rank for section in reference.sections)
            if reference.exact and min(above, default=rank) < rank:
                enclosing = tuple(map(index.store.enclosing_section, reference.sections))
                yield replace(reference, sections=enclosing) if whole else reference


def _offered(index: HybridIndex, spans: Sequence[Span], references: Iterable[Reference], filters: Filters) -> list[Hit]:
    found: dict[str, Hit] = {}
    taken = [*spans, *filters.without]
    for reference in references:
        link = reference.link
        for section in index.crosswalk.in_force(reference.sections, filters)[:1]:
            passage = index.store.passage(section.span, section)
            new = section.kind != "document" and not any(passage.span.overlaps(other) for other in taken)
            if new and len(found) < _OFFERED:
                citing = index.store.deepest(Span(link.document_id, link.start, link.start + 1))
                note = f"{citing.citation} refers to it."
                found[passage.id] = index.hit(passage, len(found) + 1, 0.0, filters.as_of, note)
                taken.append(passage.span)
    return list(found.values())


def name_of(hit: Hit) -> str:
    """The matter of a provision: its heading, or its first words when it has none."""
    heading = hit.section_path[-1] if hit.section_path else hit.title
    if not _BARE.fullmatch(heading):
        return heading
    words = hit.text.split()
    return " ".join(words[:_FIRST_WORDS]) + (" \u2026" if len(words) > _FIRST_WORDS else "")
