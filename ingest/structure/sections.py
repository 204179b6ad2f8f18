"""Blocks to a section tree.

What a heading means depends on the family of the document, which its cited form tells: a
code of regulations ("8 CFR"), of statutes ("8 U.S.C.", "INA"), the Policy Manual
("3 USCIS-PM B"), a directive ("DHS Directive 112-01"), or anything else, where headings give the levels.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from math import isnan

from citations.codes import code_name
from citations.parse import ancestors, parse_citations
from ingest.records import AssembledDocument, FoundSection
from ingest.structure.codes import is_act, is_code, outline_act, outline_code
from ingest.structure.directives import is_directive, outline_directive
from ingest.structure.headings import outline_headings
from ingest.structure.outline import Entry, Outline
from ingest.structure.policy_manual import is_manual, outline_manual
from ingest.structure.stated import outline_stated
from ingest.structure.volumes import body, push_apart
from pinpoint.stored import CrosswalkEntry


def find_sections(
    document: AssembledDocument,
    *,
    cited_as: str,
    title: str,
    effective_from: date | None = None,
    effective_to: date | None = None,
    crosswalk: Sequence[CrosswalkEntry] = (),
) -> tuple[FoundSection, ...]:
    """Find the section tree of a document.

    Args:
        document: The assembled document.
        cited_as: The code or name under which it is cited; the title stands in when it is "".
        title: Heading of the root.
        effective_from: First day of force of the whole document.
        effective_to: First day on which the whole document was no longer in force.
        crosswalk: Provisions that moved; those of this document end on the day they moved.

    Returns:
        Sections in text order, parents before children; the first is the whole document.
    """
    return find_structure(
        document,
        cited_as=cited_as,
        title=title,
        effective_from=effective_from,
        effective_to=effective_to,
        crosswalk=crosswalk,
    )[0]


def find_structure(
    document: AssembledDocument,
    *,
    cited_as: str,
    title: str,
    effective_from: date | None = None,
    effective_to: date | None = None,
    crosswalk: Sequence[CrosswalkEntry] = (),
) -> tuple[tuple[FoundSection, ...], tuple[str, ...]]:
    """As ``find_sections``, with warnings for the intake report: what looks like a section and was not understood."""
    outline = _outlined(document, code_name(cited_as), title)
    entries = outline.entries
    ends = _ends(entries, len(document.text))
    first_child = {entry.parent: entry.start for entry in reversed(entries)}
    sections = [
        FoundSection(
            entry.citation,
            entry.heading,
            entry.depth,
            entry.start,
            first_child.get(number, ends[number]),
            ends[number],
            entry.parent,
            entry.kind,
            effective_from,
            _ended(entry.citation, crosswalk, effective_to),
        )
        for number, entry in enumerate(entries)
    ]
    return _ended_parents(sections), tuple(dict.fromkeys(outline.warnings))


def _outlined(document: AssembledDocument, cited_as: str, title: str) -> Outline:
    name = cited_as or title
    indents = zip(document.blocks, document.indents, strict=False)
    outline = Outline(name, title, {block.start: edge for block, edge in indents if not isnan(edge)})
    if document.stated:
        outline_stated(outline, document, cited_as)
    elif is_code(name):
        first, last = body(name, document.blocks, document.text)
        if first:
            push_apart(outline, name, "Front Matter", document.blocks[0])
        outline_code(outline, name, document.blocks[first:last], document.text)
        if last < len(document.blocks):
            push_apart(outline, name, "Finding Aids", document.blocks[last])
    elif is_manual(name):
        outline_manual(outline, document.blocks, document.text)
    elif is_directive(name):
        outline_directive(outline, name, document.blocks, document.text)
    elif not (is_act(name) and outline_act(outline, name, document.blocks, document.text)):
        outline_headings(outline, name, document.blocks, document.text)
    return outline


def _ends(entries: Sequence[Entry], length: int) -> list[int]:
    """Return the end of each section: where it was closed, else the next one that is not below it."""
    ends = [length] * len(entries)
    open_numbers: list[int] = []
    for number, entry in enumerate(entries):
        while open_numbers and entries[open_numbers[-1]].depth >= entry.depth:
            ends[open_numbers.pop()] = entry.start
        open_numbers.append(number)
    return [end if entry.end < 0 else min(entry.end, end) for entry, end in zip(entries, ends, strict=True)]


def _ended(citation: str, crosswalk: Sequence[CrosswalkEntry], otherwise: date | None) -> date | None:
    """First day out of force of a provision that moved; ``otherwise`` for every other."""
    named = parse_citations(citation) if crosswalk else ()
    lines = {str(level) for level in ancestors(named[0])} if named else set()
    days = [entry.effective for entry in crosswalk if entry.old in lines]
    return min([*days, *([otherwise] if otherwise else [])], default=None)


def _ended_parents(sections: list[FoundSection]) -> tuple[FoundSection, ...]:
    """A provision whose parts have all ended has ended with the last of them."""
    below: dict[int, list[date | None]] = {}
    for number in range(len(sections) - 1, -1, -1):
        section = sections[number]
        days = [day for day in below.get(number, []) if day is not None]
        if days and len(days) == len(below[number]) and section.effective_to is None and section.kind != "document":
            sections[number] = section = replace(section, effective_to=max(days))
        below.setdefault(section.parent, []).append(section.effective_to)
    return tuple(sections)
