"""Provisions that moved: where their text stands now, and which section is in force on a day."""

from collections.abc import Sequence
from datetime import date
from functools import cached_property, lru_cache

from citations.parse import LegalCitation, ancestors, parse_citations
from index.currency import known, missing_text, status_on
from index.documents.resolver import CitationResolver
from index.documents.similarity import similarity
from index.documents.store import DocumentStore
from pinpoint.records import Filters
from pinpoint.stored import CrosswalkEntry, StoredSection

ALIKE = 0.3
"""Least similarity of two paragraphs that count as versions of one another. Set by hand; not measured."""
_MOVED = 4096
"""Sections of which it is remembered where they moved. Set by hand; not measured."""


class Crosswalk:
    """The provisions of a generation that moved."""

    def __init__(self, store: DocumentStore, resolver: CitationResolver) -> None:
        """Read the entries; the sections that they name are read as they are asked for."""
        self.entries = store.crosswalk()
        self._store = store
        self._resolver = resolver
        self._moved_to = lru_cache(maxsize=_MOVED)(self._find_moved_to)

    def moved_to(self, section: StoredSection) -> str:
        """Cited form of the provision that holds the text of a section that moved; "" for every other.

        Of a section whose parts moved to several provisions, the first and the last of these.
        """
        return self._moved_to(section)

    def replaced_by(self, section: StoredSection) -> str:
        """Say "Replaced on … by …." of a section that moved or ended, "" for every other."""
        if section.effective_to is None:
            return ""
        now = self.moved_to(section)
        return f"Replaced on {section.effective_to.isoformat()}{f' by {now}' if now else ''}."

    def successors(self, section: StoredSection, filters: Filters) -> list[StoredSection]:
        """The section that holds, on the day asked for, the text of one that moved before; empty for every other."""
        entry = self._entry(section)
        if entry is None or filters.as_of < entry.effective:
            return []
        named = parse_citations(self.moved_to(section))
        if not named:
            return []
        return self._resolver.preferred(self._resolver.resolve(named[0]), filters, named[0])[:1]

    def in_force(self, sections: Sequence[StoredSection], filters: Filters) -> list[StoredSection]:
        """Sections as they are in force: one that moved before the day asked for gives way to its successor."""
        followed = [moved for section in sections for moved in (self.successors(section, filters) or [section])]
        return self._resolver.preferred(followed, filters, None)

    def missing(self, cited: str, asked: date) -> str:
        """Say that no text of a past day is held of a provision, or under which number it stood; "" for neither.

        Args:
            cited: Its cited form.
            asked: Day whose law is asked for.
        """
        named, sections = parse_citations(cited), self._resolver.with_citation(cited)
        pairs = [pair for entry in self.entries if named and (pair := self.moved_pair(entry, named[0]))]
        olds = [old for old, _ in pairs if old.citation != cited]
        begun = [section.effective_from for section in sections if section.effective_from]
        if olds and sections and len(begun) == len(sections) and asked < min(begun):
            before, moved = self._stood_before(olds, asked), f"{cited} took effect on {min(begun).isoformat()}"
            if before:
                return f"{moved}; before, the matter stood in {before}"
        held = [known(self._store.documents[one.document_id], one) for one in (*sections, *olds)]
        return missing_text(cited, held, asked)

    def _stood_before(self, olds: Sequence[StoredSection], asked: date) -> str:
        """The old address with what is unknown of its text on a past day; "" where it was no law then either."""
        old = olds[0].citation
        facts = [known(self._store.documents[one.document_id], one) for one in olds if one.citation == old]
        statuses = {status_on(one, asked) for one in facts}
        if statuses <= {"ended", "not yet in force"}:
            return ""
        undated = f"No date is recorded of the text held of {old}." if statuses == {"no date recorded"} else ""
        return " ".join(filter(None, (f"{old}.", undated or missing_text(old, facts, asked))))

    @cached_property
    def moves(self) -> tuple[tuple[StoredSection, StoredSection], ...]:
        """The old and the new section of every entry, one pair for each document that holds the old one."""
        with_citation = self._resolver.with_citation
        pairs = ((with_citation(entry.old), with_citation(entry.new)) for entry in self.entries)
        return tuple((old, news[0]) for olds, news in pairs for old in olds if news)

    def moved_pair(self, entry: CrosswalkEntry, citation: LegalCitation) -> tuple[StoredSection, StoredSection] | None:
        """The old and the new text that a citation names by either address; None when the entry does not cover it."""
        olds, news = self._resolver.with_citation(entry.old), self._resolver.with_citation(entry.new)
        lines = {str(level) for level in ancestors(citation)}
        if not olds or not news or not lines & {entry.old, entry.new}:
            return None
        replaced = self._store.documents[news[0].document_id].supersedes
        old = min(olds, key=lambda section: section.document_id not in replaced)
        named = self._resolver.resolve(citation)
        if entry.old in lines:
            parts = [part for part in named if part.document_id == old.document_id]
            return (parts[0], self._counterpart(parts[0], news[0], entry)) if parts else (old, news[0])
        parts = [part for part in named if part.document_id == news[0].document_id]
        return (self._counterpart(parts[0], old, entry), parts[0]) if parts else (old, news[0])

    def _find_moved_to(self, section: StoredSection) -> str:
        entry = self._entry(section)
        if entry is None:
            below = [e.new for e in self.entries if section.effective_to and e.old.startswith(f"{section.citation}(")]
            return " to ".join(dict.fromkeys((*below[:1], *below[-1:])))
        bases = self._resolver.with_citation(entry.new)
        return self._counterpart(section, bases[0], entry).citation if bases else entry.new

    def _entry(self, section: StoredSection) -> CrosswalkEntry | None:
        """The entry of a section that is no longer in force, or of its nearest ancestor."""
        if section.effective_to is None:
            return None
        named = parse_citations(section.citation)
        lines = {str(level) for level in ancestors(named[0])} if named else set()
        entries = [entry for entry in self.entries if entry.old in lines]
        return max(entries, key=lambda entry: len(entry.old), default=None)

    def _counterpart(self, part: StoredSection, base: StoredSection, entry: CrosswalkEntry) -> StoredSection:
        """The provision of ``base``, or below it, that is most like a part of the other version."""
        if part.citation in (entry.old, entry.new):
            return base
        text, below = self._store.own_text(part), self._store.descendants(base)
        alike = [(similarity(text, self._store.own_text(one)), -number, one) for number, one in enumerate(below)]
        best, _, found = max(alike)
        return found if best >= ALIKE else base
