"""Comparisons and links of provisions as JSON values: one form for the commands and for every other way in."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from index.documents.comparison import Comparison, Paragraph
from index.documents.references import Reference
from index.provisions import provision
from index.records import Provision
from index.search import HybridIndex
from pinpoint.commands import to_json
from pinpoint.records import Span
from pinpoint.stored import Link, StoredSection
from pinpoint.text import digest_of

_TEXT = ("text", "digest", "whole")
_MARK = (
    "title", "page", "page_label", "effective_from", "effective_to", "current_to", "in_force", "status", "status_text",
)  # fmt: skip
MOST_CITING = 200
"""Citations of a provision that are listed; all are counted. Set by hand; not measured."""
_MOST_FACTS = 1
"""Characters of a text of which only the facts are wanted."""


def comparison_values(index: HybridIndex, comparison: Comparison, as_of: date) -> dict[str, Any]:
    """A provision that moved, paragraph by paragraph, with the facts of both versions on a day."""
    return {
        "old": comparison.old.citation,
        "new": comparison.new.citation,
        "effective": comparison.entry.effective.isoformat(),
        "authority": comparison.entry.authority,
        "similarity": comparison.similarity,
        "pairs": [
            {
                "old": pair.old and _paragraph(index, pair.old),
                "new": pair.new and _paragraph(index, pair.new),
                "words": [list(run) for run in pair.words],
            }
            for pair in comparison.pairs
        ],
        "old_source": facts_of(index, comparison.old, as_of),
        "new_source": facts_of(index, comparison.new, as_of),
    }


def links_values(index: HybridIndex, section: StoredSection, as_of: date) -> dict[str, Any]:
    """What a provision cites, what cites it, and its footnotes."""
    references, store = index.references, index.store
    footnote = references.footnote(section)
    links = references.citing(section)
    return {
        "section": section.citation,
        "document": index.documents[section.document_id].title,
        "cites": [_cited(reference) for reference in references.cites(section.span)],
        "cited_by": citing_values(index, links[:MOST_CITING], as_of),
        "cited_by_count": len(links),
        "footnotes": [
            {
                "footnote": note.section.citation,
                "text": store.text(note.section.span),
                "sentence": store.text(note.sentence) if note.sentence else "",
                "span": str(note.section.span),
                "digest": digest_of(store.text(note.section.span)),
            }
            for note in ([footnote] if footnote else references.footnotes(section.own_span))
        ],
        "source": facts_of(index, section, as_of),
    }


def citing_values(index: HybridIndex, links: Iterable[Link], as_of: date) -> list[dict[str, Any]]:
    """The sentences in which citations stand."""
    found = []
    for link in links:
        cited = Span(link.document_id, link.start, link.end)
        sentence = provision(index, index.references.sentence(cited), as_of)
        printed = to_json(sentence)
        found.append(
            {
                "section": index.store.deepest(cited).citation,
                "document": link.document_id,
                "as": link.target,
                "span": printed["span"],
                "text": sentence.text,
                "digest": sentence.digest,
                **{name: printed[name] for name in _MARK},
            }
        )
    return found


def facts_of(index: HybridIndex, section: StoredSection, as_of: date) -> dict[str, Any]:
    """The facts of a section on a day, without its text; its span is all of it."""
    made: Provision = provision(index, section.span, as_of, section, most=_MOST_FACTS)
    printed = to_json(made)
    return {name: printed[name] for name in printed if name not in _TEXT} | {"span": str(section.span)}


def _paragraph(index: HybridIndex, paragraph: Paragraph) -> dict[str, Any]:
    section = paragraph.section
    text = index.store.text(section.own_span)
    begin = section.start + len(text) - len(text.lstrip())
    span = Span(section.document_id, begin, begin + len(paragraph.text))
    return {
        "section": section.citation,
        "text": paragraph.text,
        "span": str(span),
        "digest": digest_of(paragraph.text),
    }


def _cited(reference: Reference) -> dict[str, Any]:
    return {
        "target": reference.link.target,
        "found": [f"{section.citation} ({section.document_id})" for section in reference.sections],
        "exact": reference.exact,
        "spans": [str(section.span) for section in reference.sections],
    }
