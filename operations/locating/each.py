"""What each citation of a text leads to by itself."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import islice
from typing import ClassVar, Literal

from citations.parse import BARE, NOTE, LegalCitation, parse_citations
from index.cited.absence import Absence
from index.documents.resolver import only_above
from index.provisions import provision
from index.query.query import Query, read_query
from index.records import Provision
from index.search import HybridIndex
from operations.locating.reading import Read, distinct
from operations.locating.words import BEFORE, NOW, said_of
from pinpoint.records import Filters, Span
from pinpoint.stored import StoredSection

State = Literal["found", "replaced", "not yet in force", "no text of that day", "ambiguous", "above", "absent"]
"""What a citation leads to: its text; a text that ended, with what replaced it; one of a later day, with what it
replaced; one that is printed later, of which nobody here knows whether it was the text on that day; several
provisions, of which it does not say one; only a provision above it that would hold it; nothing."""
_PARTS = 12
"""Parts of a provision that are named where another part was asked for. Set by hand."""
_NAMED = 3
"""Documents that are named beside a citation whose number stands in their title. Set by hand."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LocatedCitation:
    """What one citation of a text leads to.

    Attributes:
        citation: In its cited form.
        state: What it leads to.
        found: The texts, what it names first.
        notes: How they were found, in plain sentences.
        nearest: What these documents have beside it, where nothing or only what is above it is found.
    """

    in_words: str
    citation: str
    state: State
    found: tuple[Provision, ...] = ()
    notes: tuple[str, ...] = ()
    nearest: tuple[str, ...] = ()
    json_fields: ClassVar[dict[str, str]] = {
        **{name: name for name in ("in_words", "citation", "state")},
        "spans": "spans",
        "nearest": "nearest",
    }

    @property
    def spans(self) -> tuple[Span, ...]:
        """Where the texts stand, in the order of ``found``."""
        return tuple(one.source.span for one in self.found)


def locate_each(index: HybridIndex, text: str, read: Read, as_of: date) -> list[LocatedCitation]:
    """What each citation leads to; one where they are readings of one number."""
    queries = [_query_of(one, read) for one in read.citations]
    if not read.is_choice:
        return [_locate(index, query, as_of) for query in queries]
    cited = [pair for query in queries for pair in index.lookup.find(query, Filters(as_of, any_date=True)).sections]
    return [_made(index, text.strip(), "ambiguous", cited, (), tuple(str(one) for one in read.citations), as_of)]


def locate_literally(index: HybridIndex, text: str, sections: Iterable[StoredSection], as_of: date) -> LocatedCitation:
    """What a text leads to that is the cited form of some sections to the letter."""
    cited: list[tuple[StoredSection, str]] = []
    for section in sections:
        cited.append((section, index.crosswalk.replaced_by(section)))
        cited += (
            (one, f"Holds since then what was {section.citation}.")
            for one in index.crosswalk.successors(section, Filters(as_of, any_date=True))
        )
    return _made(index, " ".join(text.split()), "", cited, (), (), as_of)


def stood_before(index: HybridIndex, sections: Iterable[StoredSection], as_of: date) -> tuple[Provision, ...]:
    """The texts that sections of a later day replaced."""
    pairs = (
        (pair, section)
        for section in sections
        for citation in parse_citations(section.citation)[:1]
        for entry in index.crosswalk.entries
        if (pair := index.crosswalk.moved_pair(entry, citation)) and pair[1].span == section.span
    )
    olds = {pair[0].span: (pair[0], section) for pair, section in pairs}
    return tuple(
        provision(index, span, as_of, old, note=BEFORE.format(section.citation))
        for span, (old, section) in olds.items()
    )


def state_of(named: Sequence[Provision]) -> State:
    """What the days of the texts that a citation names say; none are named where only what replaced them is there."""
    statuses = {one.status for one in named}
    if statuses <= {"ended"}:
        return "replaced"
    if statuses == {"not yet in force"}:
        return "not yet in force"
    return "no text of that day" if statuses <= {"not yet in force", "no text of that day"} else "found"


def _query_of(citation: LegalCitation, read: Read) -> Query:
    """A query that is nothing but one citation."""
    name = str(citation)
    alone = replace(citation, start=0, end=len(name))
    query = read_query(name)
    return replace(query, citations=(alone,), asked=(alone,), whole=True, earlier=read.earlier, route="citation")


def _locate(index: HybridIndex, query: Query, as_of: date) -> LocatedCitation:
    (citation,) = query.citations
    cited = index.lookup.find(query, Filters(as_of, any_date=True))
    first = [section for section, note in cited.sections if not note.startswith(NOW)]
    sections, level = index.resolver.nearest(citation)
    state: State | Literal[""] = ""
    nearest: tuple[str, ...] = ()
    if not cited.sections:
        state, nearest = "absent", tuple(dict.fromkeys(_around(index, citation)))
    elif first and citation.code in (BARE, NOTE) and len(distinct(first)) > 1:
        state, nearest = "ambiguous", tuple(dict.fromkeys(section.citation for section in first))
    elif first and only_above(citation, level, sections):
        state, nearest = "above", tuple(_parts(index, citation, level, first[0]))
    return _made(index, str(citation), state, cited.sections, tuple(cited.notes), nearest, as_of)


def _made(
    index: HybridIndex,
    name: str,
    state: State | Literal[""],
    cited: Iterable[tuple[StoredSection, str]],
    notes: tuple[str, ...],
    nearest: tuple[str, ...],
    as_of: date,
) -> LocatedCitation:
    """The texts with what is said of them; of a citation whose text is there, the days tell the state."""
    found = tuple(provision(index, one.span, as_of, one, note=note) for one, note in cited)
    named = [(one, section) for one, (section, _) in zip(found, cited, strict=True) if not one.note.startswith(NOW)]
    if not state:
        state = state_of([one for one, _ in named])
        if state == "not yet in force":
            found += stood_before(index, [section for _, section in named], as_of)
    said = said_of(state, name, found, notes, nearest)
    return LocatedCitation(in_words=said, citation=name, state=state, found=found, notes=notes, nearest=nearest)


def _around(index: HybridIndex, citation: LegalCitation) -> Iterator[str]:
    """What stands beside a provision that is not there, or else documents whose title has its number."""
    around = Absence(index.store).nearest(citation)
    if around or not citation.number:
        yield from around
        return
    number = re.compile(rf"(?<!\w){re.escape(citation.number)}(?!\w)", re.IGNORECASE)
    documents = index.documents.values()
    yield from islice((one.title for one in documents if number.search(f"{one.id} {one.title}")), _NAMED)


def _parts(index: HybridIndex, citation: LegalCitation, level: LegalCitation, section: StoredSection) -> Iterator[str]:
    """The parts that a provision has, where another part of it was asked for."""
    if citation.path and (level.path != citation.path or level.number == citation.number):
        yield from (child.citation for child in index.store.children(section)[:_PARTS])
