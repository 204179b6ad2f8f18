"""What the documents have of a citation, and whether it is in force on the day."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from citations.keys import citation_keys
from citations.parse import BARE, NOTE, LegalCitation, ancestors, parse_citations
from drafts.checking.citing.completeness import Completeness
from drafts.records import State
from index.cited.absence import Absence
from index.currency import known, status_on, status_text
from index.documents.resolver import only_above
from index.search import HybridIndex
from pinpoint.records import Filters
from pinpoint.stored import StoredSection
from pinpoint.text import day

_ACTS = ("INA", "TVPA")
"""Acts whose sections are cited by their number alone."""
_HEAD = 3
"""Characters of a paragraph in which its own designator begins."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """A citation held against the documents.

    Attributes:
        state: What was found.
        sentence: The same in words.
        sections: What it names, those in force on the day first; () where nothing does.
        now: Cited form of what replaced it; "".
        now_section: The section of that, None where it is not held.
        changed_on: Day of that, or of the effect.
        choices: Between which it does not choose.
    """

    citation: LegalCitation
    state: State
    sentence: str
    sections: tuple[StoredSection, ...] = ()
    now: str = ""
    now_section: StoredSection | None = None
    changed_on: date | None = None
    choices: tuple[str, ...] = ()


class Standings:
    """Holds citations against the documents of an index on a day; each is looked up once."""

    def __init__(self, index: HybridIndex, as_of: date) -> None:
        """Look up in an index."""
        self._index, self.as_of = index, as_of
        self.filters = Filters(as_of, any_date=True)
        self._absence = Absence(index.store)
        self._completeness = Completeness(index)
        self._known: dict[str, Standing] = {}

    def of(self, citation: LegalCitation) -> Standing:
        """What the documents have of a citation."""
        key = str(citation)
        if key not in self._known:
            self._known[key] = self._find(citation)
        return self._known[key]

    def status(self, section: StoredSection) -> str:
        """What is known of a section on the day."""
        return status_on(known(self._index.documents[section.document_id], section), self.as_of)

    def in_force(self, section: StoredSection) -> bool:
        """Whether nothing says that a section is not in force on the day."""
        return self.status(section) not in ("ended", "not yet in force")

    def began(self, section: StoredSection) -> bool:
        """Whether something says that a provision was no law before its text that is held took effect.

        So it is with one of a day to come, one that took the place of another, and one whose document follows another
        that is held. Of any other an earlier text may only not be held.
        """
        if section.effective_from is None or section.effective_from > date.today():
            return True
        if self._index.documents[section.document_id].supersedes:
            return True
        named = parse_citations(section.citation)
        lines = {str(level) for level in ancestors(named[0])} if named else set()
        news = [entry.new for entry in self._index.crosswalk.entries]
        return any(new in lines or new.startswith(f"{section.citation}(") for new in news)

    def successor(self, section: StoredSection) -> tuple[str, StoredSection | None]:
        """Cited form and section of what holds the text of one that ended; "" and None where it is not known."""
        index = self._index
        moved = index.crosswalk.moved_to(section)
        if moved:
            named = parse_citations(moved)
            found = index.resolver.exactly(named[0], self.filters) if named else []
            return moved, next((one for one in found if self.in_force(one)), found[0] if found else None)
        for other in index.resolver.with_citation(section.citation):
            if other.document_id != section.document_id and self.in_force(other):
                return other.citation, other
        return "", None

    def _find(self, citation: LegalCitation) -> Standing:
        resolver = self._index.resolver
        if citation.code == NOTE:
            return Standing(
                citation=citation, state="not_checked", sentence="It does not say of which text the note is."
            )
        if citation.code == BARE:
            return self._without_code(citation)
        sections, level = resolver.nearest(citation)
        sections = tuple(one for one in sections if _bears(one, level))
        if not sections:
            return self._absent(citation)
        if len(level.path) < len(citation.path) or (citation.footnote and not level.footnote):
            return self._below(citation, level, sections)
        if not _same_number(citation, level):
            return self._absent(citation)
        whole = only_above(citation, level, sections)
        return _renumbered(citation, sections) if whole else self._standing(citation, level, sections)

    def _standing(self, citation: LegalCitation, level: LegalCitation, sections: Sequence[StoredSection]) -> Standing:
        """The standing of a provision that is held."""
        index = self._index
        ranked = tuple(index.resolver.preferred(sections, self.filters, level))
        ordered = (*ranked, *(one for one in sections if one not in ranked))
        valid = [one for one in ordered if self.in_force(one)]
        first = (valid or ordered)[0]
        title = index.documents[first.document_id].title
        if valid:
            read = f" (read as {level})" if str(level) != str(citation) and level.code == citation.code else ""
            said = index.locate(first.span, self.as_of, first).status_text
            return Standing(
                citation=citation,
                state="found",
                sentence=f"{level} is in {title}{read}: {said[:1].lower()}{said[1:]}.",
                sections=(*valid, *(one for one in ordered if one not in valid)),
            )
        ended = [one for one in ordered if self.status(one) == "ended"]
        if ended:
            last = max(ended, key=lambda one: one.effective_to or date.min)
            return self._replaced(citation, last, ordered)
        begun = min((one.effective_from for one in ordered if one.effective_from), default=None)
        before = index.crosswalk.missing(str(level), self.as_of)
        on = day(begun) if begun else "a later day"
        if not any(self.began(one) for one in ordered):
            said = f"No text of {level} of {day(self.as_of)} is in these documents; the earliest took effect on {on}."
            return Standing(citation=citation, state="not_in_these_documents", sentence=said)
        return Standing(
            citation=citation,
            state="not_yet_in_force",
            sentence=f"{level} takes effect on {on}; on {day(self.as_of)} it is not yet in force. {before}".strip(),
            sections=ordered,
            changed_on=begun,
        )

    def _replaced(self, citation: LegalCitation, last: StoredSection, ordered: Sequence[StoredSection]) -> Standing:
        now, section = self.successor(last)
        on = f" on {day(last.effective_to)}" if last.effective_to else ""
        by = f" by {now}" if now else "; by what is not known here"
        return Standing(
            citation=citation,
            state="replaced",
            sentence=f"{citation} was replaced{on}{by}.",
            sections=(last, *(one for one in ordered if one != last)),
            now=now,
            now_section=section,
            changed_on=last.effective_to,
        )

    def _moved(self, citation: LegalCitation) -> Standing | None:
        """The standing of a provision that is not held, and that the crosswalk says moved; None where it does not."""
        lines = [str(level) for level in ancestors(citation)]
        entries = [entry for entry in self._index.crosswalk.entries if entry.old in lines]
        below = [entry for entry in self._index.crosswalk.entries if entry.old.startswith(f"{citation}(")]
        if not entries and not below:
            return None
        entry = min(entries, key=lambda one: lines.index(one.old)) if entries else below[0]
        if entry.effective > self.as_of:
            return None
        now = entry.new if entries else " to ".join(dict.fromkeys((below[0].new, below[-1].new)))
        named = parse_citations(now)
        found = self._index.resolver.exactly(named[0], self.filters) if named else []
        by = f" ({entry.authority})" if entry.authority else ""
        said = (
            f"{citation} was replaced on {day(entry.effective)} by {now}{by}; the old text is not in these documents."
        )
        return Standing(
            citation=citation,
            state="replaced",
            sentence=said,
            now=now,
            now_section=next(iter(found), None),
            changed_on=entry.effective,
        )

    def _without_code(self, citation: LegalCitation) -> Standing:
        """The standing of a section that is cited without its code: found where all codes name one provision."""
        sections = self._of_any_code(citation)
        if not sections:
            return Standing(
                citation=citation,
                state="not_in_these_documents",
                sentence=f"No section {citation.number} is in these documents.",
            )
        names = tuple(dict.fromkeys(section.citation for section in sections))
        shared = set.intersection(*(_laws(section) for section in sections))
        if shared:
            # The name that has the number as it is cited comes first.
            code, number = min(shared, key=lambda one: (one[1] != citation.number, *one))
            found = self.of(replace(citation, code=code, number=number))
            said = f"It names no code and is read as {found.citation}. {found.sentence}"
            return replace(found, sentence=said)
        sentence = f"It names no code: {' or '.join(names[:4])}."
        return Standing(citation=citation, state="ambiguous", sentence=sentence, choices=names)

    def _of_any_code(self, citation: LegalCitation) -> tuple[StoredSection, ...]:
        """The sections that a number without its code may name: those that have most of the paragraphs cited."""
        resolver = self._index.resolver
        found = [resolver.nearest(citation), *(resolver.nearest(replace(citation, code=code)) for code in _ACTS)]
        named = [(one, level) for sections, level in found for one in sections if _is_section(one)]
        deepest = max((len(level.path) for _, level in named), default=0)
        sections = [one for one, level in named if len(level.path) == deepest and level.number == citation.number]
        return tuple(dict.fromkeys(sections))

    def _absent(self, citation: LegalCitation) -> Standing:
        """The standing of what bears no section here."""
        moved = self._moved(citation)
        if moved:
            return moved
        said = self._absence.of_section(citation)
        whole = self._completeness.lacks_section(citation)
        if whole is None:
            return Standing(citation=citation, state="not_in_these_documents", sentence=said)
        held = self._index.documents[whole.document_id]
        status = status_text(known(held, whole), self.as_of)
        copy = f" {whole.citation} is held as a whole ({status[:1].lower()}{status[1:]})."
        return Standing(citation=citation, state="does_not_exist", sentence=said + copy)

    def _below(self, citation: LegalCitation, level: LegalCitation, sections: Sequence[StoredSection]) -> Standing:
        """The standing of a paragraph of which only what would hold it is here."""
        store = self._index.store
        asked = citation.path[len(level.path)] if len(level.path) < len(citation.path) else ""
        told = any(store.children(one) for one in sections)
        wanted = re.compile(rf"(?:^|[\s\u2014:;,.])\({re.escape(asked)}\)\s", re.IGNORECASE | re.MULTILINE)
        if asked and not told and any(wanted.search(store.text(one.own_span)[_HEAD:]) for one in sections):
            found = self._standing(citation, level, sections)
            return replace(found, citation=citation, sentence=f"{found.sentence} ({asked}) stands within its text.")
        words = next((words for one in sections if (words := self._completeness.omitted(one))), "")
        if words:
            said = f"{citation} is not in these documents: {level} reads there \u201c{words}\u201d."
            around = tuple(store.enclosing_section(one) for one in sections)
            return Standing(citation=citation, state="not_in_these_documents", sentence=said, sections=around)
        if any(self._completeness.lacks_paragraph(citation, level, one) for one in sections):
            said = self._absence.of_paragraph(citation, level, sections) if asked else ""
            said = said or f"{citation} is not there: {level} has no such {'paragraph' if asked else 'footnote'}."
            return Standing(citation=citation, state="does_not_exist", sentence=said, sections=tuple(sections))
        moved = self._moved(citation)
        if moved:
            return moved
        around = tuple(store.enclosing_section(one) for one in sections)
        if asked and any(wanted.search(store.text(one.span)) for one in around):
            said = f"{level} is in these documents; its paragraphs are not told apart there, so look for ({asked})."
            return Standing(citation=citation, state="not_checked", sentence=said, sections=around)
        said = f"{citation} is not in these documents; of {level} they may have a part only."
        return Standing(citation=citation, state="not_in_these_documents", sentence=said, sections=around)


def _renumbered(citation: LegalCitation, sections: tuple[StoredSection, ...]) -> Standing:
    """The standing of a paragraph whose parallel name has the whole section alone."""
    whole = sections[0].citation
    said = f"{whole} is in these documents; its paragraphs were renumbered, and {citation} is not told apart."
    return Standing(citation=citation, state="not_checked", sentence=said, sections=sections)


def _is_section(section: StoredSection) -> bool:
    named = parse_citations(section.citation)
    return bool(named) and named[0].is_section


def _laws(section: StoredSection) -> set[tuple[str, str]]:
    """Code and number of every name of a section."""
    return {(one.code, one.number) for key in section.keys for one in parse_citations(key)[:1] if one.code != BARE}


def _bears(section: StoredSection, level: LegalCitation) -> bool:
    """Whether a section bears a citation with its code: "INA 299" is no name of 8 CFR part 299."""
    named = {key for key in citation_keys(level) if not key.startswith(BARE)}
    coded = [key for key in section.keys if not key.startswith(BARE)]
    return not coded or bool(named.intersection(coded)) or section.kind == "footnote"


def _same_number(citation: LegalCitation, level: LegalCitation) -> bool:
    """Whether what was found is what was cited, not what holds it: a form for its supplement."""
    return len(level.number) >= len(citation.number) or level.number.casefold() == citation.number.casefold()
