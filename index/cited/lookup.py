"""The provisions that a query cites, those that hold their text now, and what is said of those that are not there."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date

from citations.keys import citation_keys
from citations.parse import BARE, NOTE, LegalCitation, ancestors
from citations.queries.other_laws import OtherLaw
from citations.records import COMMENT
from index.cited.absence import Absence
from index.cited.moved import Moved
from index.documents.authority import authority_of
from index.documents.crosswalk import Crosswalk
from index.documents.resolver import CitationResolver, only_above
from index.documents.store import DocumentStore
from index.query.query import Query
from pinpoint.records import Filters
from pinpoint.stored import StoredSection

_NOTES = 10
"""Footnotes shown of those that bear the same number. Set by hand; not measured."""


_MOST = 20
"""Provisions looked up of those that a query cites: each takes some 70 ms where much has moved, measured with 235 of
them on the 43 documents of a real collection."""

_ANYBODYS = (BARE, COMMENT, NOTE)
"""Codes of what is cited without a law."""

_SECTIONED = ("CFR", "U.S.C.", "INA", "TVPA")
"""Ends of the codes of which a missing section is noted where it is mentioned in passing, whatever cites it."""


@dataclass(slots=True)
class Cited:
    """What the citations of a query lead to.

    Attributes:
        sections: Each provision once, in the order of the citations, with a note on why it stands where it does.
        notes: Plain sentences on how they were found.
        missing: What is said of the provisions that do not exist as far as these documents know; none for one that
            is not held but that some text cites.
        literal: Whether what was typed is the cited form of the sections, to the letter.
    """

    sections: list[tuple[StoredSection, str]] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)
    literal: bool = False

    def add(self, section: StoredSection, note: str) -> None:
        """Add a section, unless it is there."""
        if all(known.span != section.span for known, _ in self.sections):
            self.sections.append((section, note))

    def miss(self, laws: Sequence[OtherLaw], mentions: Callable[[str], bool]) -> None:
        """Say which laws without a code are named and stand nowhere in the documents."""
        unheard = [law for law in laws if not mentions(law.law)]
        said = [f"{law.text} is not in these documents; they do not mention \u201c{law.law}\u201d." for law in unheard]
        self.notes += said
        self.missing += said


class CitationLookup:
    """Answers citations with the text of the provisions that they name."""

    def __init__(self, store: DocumentStore, resolver: CitationResolver, crosswalk: Crosswalk) -> None:
        """Look up in the sections of a generation."""
        self._store = store
        self._resolver = resolver
        self._crosswalk = crosswalk
        self._absence = Absence(store)
        self._moved = Moved(crosswalk.entries)

    def find(self, query: Query, filters: Filters) -> Cited:
        """The provisions that a query cites and is about.

        A provision that the corpus does not have is answered by its nearest ancestor, unless it is certain that there
        is none and it is asked about among other words. One that moved is followed by the provision that holds the
        text now. Of a query that cites and nothing else, every document with a provision is shown. A section whose
        cited form is the very text that was typed goes before what parsing makes of it.

        Args:
            query: As it was read.
            filters: What may be found.
        """
        every, earlier = query.whole, query.earlier
        cited, citations = Cited(), _once(query.asked)
        if literal := self._resolver.typed(query.text, citations, filters):
            cited.literal = True
            for section in literal:
                cited.add(section, self._crosswalk.replaced_by(section))
            return cited
        passing = _once(query.mentioned, but=citations)
        if (count := len(citations) + len(passing)) > _MOST:
            cited.notes.append(f"{count} provisions are cited; the first {_MOST} of them were looked up.")
            citations, passing = citations[:_MOST], passing[: max(_MOST - len(citations), 0)]
        ranges = {(citation.start, citation.end) for citation in citations if self._resolver.resolve(citation)}
        for citation in citations:
            if self._resolver.resolve(citation) or (citation.start, citation.end) not in ranges:
                self._find(citation, filters, cited, every=every, earlier=earlier)
        if query.listed and every and not cited.sections:
            self._add_successors(citations, filters, cited)
        cited.notes += [said for one in passing if (said := self._lacked(one))]
        cited.notes, cited.missing = list(dict.fromkeys(cited.notes)), list(dict.fromkeys(cited.missing))
        return cited

    def _lacked(self, citation: LegalCitation) -> str:
        """What is said of a provision that is mentioned in passing and not there; "" where it is, or may well be."""
        sections, level = self._resolver.nearest(citation)
        if sections:
            return self._absence.of_paragraph(citation, level, sections)
        # A form or an act is named far more often than its text is among the documents.
        named = not citation.code.endswith(_SECTIONED) and self._store.links_to(citation_keys(citation), 1)
        if named or citation.code in _ANYBODYS:
            return ""
        return " ".join((*self._moved.sentences(citation, date.today()), self._absence.of_section(citation)))

    def _find(self, citation: LegalCitation, filters: Filters, cited: Cited, *, every: bool, earlier: bool) -> None:
        sections, level = self._resolver.nearest(citation)
        if not sections:
            self._say_not_held(citation, filters, cited)
            return
        found, sections = sections, tuple(self._resolver.within(sections, filters))
        if not sections:
            cited.notes.append(self._absence.of_scope(level, found, filters))
            return
        if not self._say_level(citation, level, sections, filters, cited) and not every:
            return
        is_note = level.code == NOTE
        chosen = self._weightiest(sections) if is_note else self._resolver.preferred(sections, filters, level)
        if len(sections) > len(chosen) and is_note:
            cited.notes.append(f"{len(sections)} footnotes bear it; name the chapter, as in 3 USCIS-PM B.2 {level}.")
        if not is_note and (said := self._crosswalk.missing(str(level), filters.as_of)):
            cited.notes.append(said)
        if earlier:
            self._add_earlier(level, chosen, filters, cited)
        for section in chosen if every else chosen[:1]:
            replaced = self._crosswalk.replaced_by(section)
            if replaced and not every and not earlier:
                cited.notes.append(f"{section.citation} was r{replaced[1:]}")
            cited.add(section, replaced)
            for successor in self._crosswalk.successors(section, filters):
                cited.add(successor, f"Holds since then what was {section.citation}.")

    def _add_successors(self, citations: Sequence[LegalCitation], filters: Filters, cited: Cited) -> None:
        """Add what holds the text now, where the limits exclude the old text only, so that facets tell the truth."""
        for section in (one for citation in citations for one in self._resolver.resolve(citation)):
            for successor in self._crosswalk.successors(section, filters):
                cited.add(successor, f"Holds since then what was {section.citation}.")

    def _say_not_held(self, citation: LegalCitation, filters: Filters, cited: Cited) -> None:
        """Say that no text of a provision is held, and where it went as far as the crosswalk knows."""
        said, moved = self._absence.of_section(citation), self._moved.sentences(citation, date.today())
        cited.notes += moved
        held, missing = len(cited.sections), len(cited.missing)
        if moved:
            self._add_new_text(citation, filters, cited)
        if len(cited.sections) > held:
            cited.notes.append(said)
            return
        # Whatever cites another part of the section tells that there is one.
        self._say_missing(ancestors(citation)[-1] if citation.is_section else citation, said, cited)
        cited.missing[missing:] = [" ".join((*moved, one)) for one in cited.missing[missing:]]

    def _say_level(
        self,
        citation: LegalCitation,
        level: LegalCitation,
        sections: Sequence[StoredSection],
        filters: Filters,
        cited: Cited,
    ) -> bool:
        """Say why the text that is shown is not that of the very citation; whether there may be such a provision."""
        above = only_above(citation, level, sections)
        which = self._which(citation, level, sections)
        former = any(section.effective_to for section in sections)
        if above and not former and (went := list(self._moved.went(citation, date.today()))):
            cited.notes += [*went, which]
            self._add_new_text(citation, filters, cited)
        elif above and (said := self._absence.of_paragraph(citation, level, sections)):
            self._say_missing(citation, said, cited)
            return False
        elif above:
            cited.notes.append(which)
        elif str(level) != str(citation):
            cited.notes.append(f"{citation} is not there; read as {level}.")
        return True

    @staticmethod
    def _which(citation: LegalCitation, level: LegalCitation, sections: Sequence[StoredSection]) -> str:
        """Say what the text is that is shown for a provision that is not there."""
        if citation.number.endswith(" note") and not level.number.endswith(" note"):
            return f"{citation} is not there; it is another enactment, which the Code prints behind {level}."
        if level.path == citation.path and level.number == citation.number and not citation.footnote:
            whole = f"{sections[0].citation}, which would hold it and whose paragraphs were renumbered"
            return f"{citation} is not told apart; this is {whole}."
        return f"{citation} is not there; this is {level}, which would hold it."

    def _add_new_text(self, citation: LegalCitation, filters: Filters, cited: Cited) -> None:
        """Add the text that holds on the day asked for what was at an address of which no text is held."""
        address = self._moved.new_address(citation, filters.as_of)
        held = self._resolver.within(self._resolver.resolve(address), filters) if address else ()
        for section in self._resolver.preferred(held, filters, address)[:1]:
            cited.add(section, f"Holds now what was {citation}, or has it in one of its paragraphs.")

    def _add_earlier(
        self, level: LegalCitation, chosen: Sequence[StoredSection], filters: Filters, cited: Cited
    ) -> None:
        """Add the text before the last change: of the provision itself, or of the one from which it moved."""
        ended = [section for section in chosen if section.effective_to]
        pairs = (self._crosswalk.moved_pair(entry, level) for entry in self._crosswalk.entries)
        moved = [pair[0] for pair in pairs if pair and pair[0].effective_to and pair[0].citation != chosen[0].citation]
        found = self._resolver.within(moved, filters)
        for section in sorted(ended, key=lambda section: section.effective_to or date.max, reverse=True) or found[:1]:
            cited.add(section, self._crosswalk.replaced_by(section))
        if not ended and moved and not found:
            cited.notes.append(self._absence.of_scope(moved[0].citation, moved[:1], filters))
        elif not ended and not moved:
            cited.notes.append(f"No earlier text of {level} is in these documents.")

    def _say_missing(self, citation: LegalCitation, said: str, cited: Cited) -> None:
        """Say that a provision is not there; that some text cites it, or a part of it, tells that it stands elsewhere.

        A number without its code may be that of anything, unless the documents have others of its part.
        """
        cited.notes.append(said)
        certain = citation.code not in _ANYBODYS or self._absence.has_neighbours(citation)
        if certain and not self._store.links_to(citation_keys(citation), 1):
            cited.missing.append(said)

    def _weightiest(self, footnotes: Sequence[StoredSection]) -> list[StoredSection]:
        """Footnotes of the same number, those of the highest authority first."""
        ranks = {name: authority_of(document.kind).rank for name, document in self._store.documents.items()}
        return sorted(footnotes, key=lambda footnote: ranks[footnote.document_id])[:_NOTES]


def _once(citations: Sequence[LegalCitation], but: Sequence[LegalCitation] = ()) -> list[LegalCitation]:
    """Citations in their order, each provision where it is cited first, but for those of other citations."""
    first = {str(citation): citation for citation in reversed(citations)}
    left_out = {str(citation) for citation in but}
    return sorted((one for cited, one in first.items() if cited not in left_out), key=citations.index)
