"""From a note to the sections at which it stands in the documents in use, moved along by the crosswalk."""

import hashlib
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from citations.parse import LegalCitation, ancestors, parse_citations
from editor_notes.records import Note
from index.documents.crosswalk import ALIKE
from index.documents.similarity import similarity
from index.search import HybridIndex
from pinpoint.stored import StoredSection

BEGINNING = 160
"""Characters of a section's text that a note repeats, to tell what it was written on. Set by hand; not measured."""
_DESIGNATORS = re.compile(r"^(?:\([A-Za-z0-9]{1,5}\)\s*)+")


@dataclass(frozen=True, slots=True)
class Target:
    """A section at which a note stands.

    Attributes:
        moved: Day on which the text that it was written on moved there; None where it did not move.
    """

    section: StoredSection
    moved: date | None = None


def imprint(index: HybridIndex, section: StoredSection) -> tuple[str, str]:
    """Digest of a section's text without its designators and line breaks, and how that text begins."""
    text = " ".join(_DESIGNATORS.sub("", index.store.text(section.span)).split())
    begins = text if len(text) <= BEGINNING else f"{text[:BEGINNING].rsplit(' ', 1)[0]} \u2026"
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest(), begins


def named_in_full(cited: str) -> LegalCitation | None:
    """A cited form as a citation; None where it is only a title or a heading."""
    named = parse_citations(cited)
    return named[0] if len(named) == 1 and (named[0].start, named[0].end) == (0, len(cited)) else None


def targets(index: HybridIndex, note: Note) -> list[Target]:
    """The sections of a note, each once: those that bear its citation, and those to which their text moved."""
    held = _held(index, note)
    found = {(section.document_id, section.number): Target(section) for section in held}
    waiting = [(section, note.begins) for section in held]
    if not held:
        waiting, moved = [], _moved_although_not_held(index, note)
        for target in moved:
            found.setdefault((target.section.document_id, target.section.number), target)
            waiting.append((target.section, note.begins))
    while waiting:  # what moved may have moved again
        section, begins = waiting.pop()
        for successor in _successors(index, section):
            key = (successor.document_id, successor.number)
            if key not in found:
                found[key] = Target(successor, section.effective_to)
                waiting.append((successor, begins))
    return list(found.values())


def _held(index: HybridIndex, note: Note) -> list[StoredSection]:
    """The sections that bear the citation of a note: in its document, where it names one that has it, else in all."""
    named = named_in_full(note.section)
    spelled = dict.fromkeys([note.section, *([str(named)] if named else [])])
    if note.document in index.documents:
        own = [section for cited in spelled for section in index.store.with_citation(note.document, cited)]
        if own:
            return own
    return next((found for cited in spelled if (found := index.resolver.with_citation(cited))), [])


def _successors(index: HybridIndex, section: StoredSection) -> Iterator[StoredSection]:
    """The sections that have the text of one that moved, in every document that has them."""
    now = parse_citations(index.crosswalk.moved_to(section))
    if len(now) > 1:  # its parts moved to several
        below = (entry.new for entry in index.crosswalk.entries if entry.old.startswith(f"{section.citation}("))
        yield from _bearing(index, below)
    else:
        yield from _bearing(index, map(str, now))


def _moved_although_not_held(index: HybridIndex, note: Note) -> list[Target]:
    """The sections to which the text of a note moved, where no document has the old one any more."""
    named = named_in_full(note.section)
    if named is None:
        return []
    lines = {str(level) for level in ancestors(named)}
    above = [entry for entry in index.crosswalk.entries if entry.old in lines]
    entries = [max(above, key=lambda entry: len(entry.old))] if above else []
    entries = entries or [one for one in index.crosswalk.entries if one.old.startswith(f"{named}(")]
    return [
        Target(section if entry.old == str(named) else _most_like(index, note.begins, section), entry.effective)
        for entry in entries
        for section in _bearing(index, [entry.new])
    ]


def _most_like(index: HybridIndex, begins: str, section: StoredSection) -> StoredSection:
    """The part of a section whose own text is most like a beginning; the section where none is like it."""
    scored = [
        (similarity(begins, index.store.own_text(part)[: 2 * BEGINNING]), -number, part)
        for number, part in enumerate(index.store.descendants(section))
    ]
    best, _, part = max(scored, key=lambda one: one[:2])
    return part if begins and best >= ALIKE else section


def _bearing(index: HybridIndex, cited: Iterable[str]) -> Iterator[StoredSection]:
    for one in dict.fromkeys(cited):
        yield from index.resolver.with_citation(one)
