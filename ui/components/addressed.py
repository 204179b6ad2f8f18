"""The section and the words that an address names, and sentences in HTML about what is wrong with it."""

from datetime import date
from difflib import get_close_matches

import streamlit as st

from citations.parse import ancestors, parse_citations
from index.documents.section_tree import SectionTree
from index.documents.span_names import find_span, read_name
from index.search import HybridIndex
from pinpoint.stored import StoredSection
from pinpoint.text import escape
from ui.html.documents.view import location_of
from ui.state.navigation import Location, location_link

_SOUGHT = "_browse_sought"
"""Key of the last address whose words were looked for, and where they were found."""
_NEAR = 3000
"""Sections of a document whose names are compared with a name that it does not have. Set by hand; not measured."""


def named_passage(
    index: HybridIndex, contents: SectionTree, location: Location, wrong: list[str]
) -> tuple[int, int] | None:
    """The span of the words that the address names; None for none, or words that the document does not have."""
    named = read_name(location.passage) if location.passage else None
    if named is None:
        return None
    if not named.digest:
        wrong.append("This link is of an older form, by which its words cannot be checked. Nothing is marked.")
        return None
    sought = (index.folder.name, location)
    known: object
    found: tuple[int, int] | None
    known, found = st.session_state.get(_SOUGHT, (None, None))
    if known != sought:
        parts = [section.span for section in contents.named(location.section)] if location.section else []
        spans = (find_span(index.store, location.document, named, part) for part in (*parts, None))
        found = next(((span.start, span.end) for span in spans if span), None)
        st.session_state[_SOUGHT] = (sought, found)
    if found is None:
        wrong.append(
            "The document has changed since this link was made, and the words that it marked are not found "
            "in it. Nothing is marked."
        )
    elif found != (named.start, named.end):
        wrong.append("The document has changed since this link was made. Its words are marked where they stand now.")
    return found


def named_section(
    index: HybridIndex,
    contents: SectionTree,
    location: Location,
    passage: tuple[int, int] | None,
    wrong: list[str],
) -> StoredSection:
    """The section that the address names, else the nearest above it."""
    if not location.section:
        return contents.deepest(*passage) if passage else contents.root
    named = list(contents.named(location.section))
    parsed = [] if named else [level for one in parse_citations(location.section)[:1] for level in ancestors(one)]
    for level in parsed:
        named = list(contents.named(str(level)))
        if named:
            if level is not parsed[0]:
                wrong.append(
                    f"\u201c{escape(location.section)}\u201d is not in this document. This is "
                    f"{escape(named[0].citation)}, which would hold it."
                )
            break
    if not named:
        wrong.append(_not_here(index, contents, location))
        return contents.deepest(*passage) if passage else contents.root
    holding = [section for section in named if passage and section.start <= passage[0] and passage[1] <= section.end]
    if passage and not holding:
        wrong.append(
            f"The words that this link marks do not stand in {escape(named[0].citation)}; they are shown "
            "where they stand."
        )
        return contents.deepest(*passage)
    exact = [section for section in holding if passage == (section.start, section.end)]
    return (exact or holding or named)[0]


def _not_here(index: HybridIndex, contents: SectionTree, location: Location) -> str:
    """Say that a document lacks a section, with what comes nearest: the same provision elsewhere, or a like name."""
    said = f"There is no \u201c{escape(location.section)}\u201d in this document."
    as_of = location.as_of or date.today()
    for citation in parse_citations(location.section)[:1]:
        others = [section for section in index.resolver.resolve(citation) if section.parent >= 0]
        if others:
            title = index.documents[others[0].document_id].title
            return (
                f"{said} {location_link(location_of(index, others[0], as_of), escape(others[0].citation))} is in "
                f"{escape(title)}."
            )
    names = {section.citation: section for section in contents.sections[1:_NEAR]}
    near = get_close_matches(location.section, list(names), 1, 0.0)
    links = "".join(location_link(location_of(index, names[name], as_of), escape(name)) for name in near)
    return f"{said} The nearest is {links}." if links else said
