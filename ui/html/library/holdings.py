"""Holdings of an index: its documents with what the intake counted, in the orders and groups that the Library shows."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from collection.citation_text import Style, style_of
from index.currency import known, status_on, status_text
from index.documents.authority import authority_of
from ingest.report import IntakeRecord
from pinpoint.stored import StoredDocument
from pinpoint.text import day


@dataclass(frozen=True, slots=True)
class Holding:
    """A document of the index.

    Attributes:
        sections: As the intake counted them, 0 when unknown.
        passages: See ``sections``.
    """

    document: StoredDocument
    sections: int
    passages: int

    @property
    def authority(self) -> str:
        """Authority level, in words."""
        return authority_of(self.document.kind).label


@dataclass(frozen=True, slots=True)
class Share:
    """Size of a group of documents of an index."""

    name: str
    documents: int
    passages: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Period:
    """Documents of one authority that are in force between the same days.

    Attributes:
        begin: First day; None when only the end is known.
        end: First day on which they no longer are; None when no end is known.
        current: Last day up to which the copies are known to be current; None when unknown.
    """

    authority: str
    begin: date | None
    end: date | None
    titles: tuple[str, ...]
    current: date | None = None


def holdings(documents: Iterable[StoredDocument], records: Mapping[str, IntakeRecord]) -> list[Holding]:
    """The documents with their counts, the highest authority first."""
    held = []
    for document in documents:
        record = records.get(document.file)
        held.append(Holding(document, record.sections if record else 0, record.passages if record else 0))
    return sorted(held, key=ORDERS["Authority"])


ORDERS: dict[str, Callable[[Holding], tuple[object, ...]]] = {
    "Authority": lambda held: (authority_of(held.document.kind).rank, held.authority, held.document.title.lower()),
    "Title": lambda held: (held.document.title.lower(),),
    "Newest effective date": lambda held: (
        -(held.document.effective_from or held.document.current_to or date.min).toordinal(),
        held.document.title.lower(),
    ),
    "Most pages": lambda held: (-held.document.pages, held.document.title.lower()),
    "Most passages": lambda held: (-held.passages, held.document.title.lower()),
}
"""Orders of the list, by the name that is shown; each is a sort key."""


def standing(document: StoredDocument, today: date) -> tuple[str, Style]:
    """The status of a document in words, and the style of its badge."""
    facts = known(document)
    return status_text(facts, today), style_of(status_on(facts, today), facts, today)


def between(begin: date | None, end: date | None, current: date | None = None) -> str:
    """Days of force and of the copy in words; "" when none is known."""
    first = f"From {day(begin)}" if begin else "Start not recorded" if end else ""
    copy = f"copy current to {day(current)}" if current else ""
    until = f"until {day(end)}" if end else ""
    words = ", ".join(part for part in (first, until, copy) if part)
    return words[:1].upper() + words[1:]


def shares(held: Sequence[Holding], name: Callable[[Holding], str]) -> list[Share]:
    """Documents and passages by group, in the order in which the groups first come."""
    groups: dict[str, list[Holding]] = {}
    for holding in held:
        groups.setdefault(name(holding) or "Not stated", []).append(holding)
    return [Share(group, len(of), sum(holding.passages for holding in of)) for group, of in groups.items()]


def periods(held: Sequence[Holding]) -> list[Period]:
    """The documents that record dates, those with the same dates and authority together, the oldest first."""
    groups: dict[tuple[date | None, date | None, date | None, str], list[str]] = {}
    for holding in held:
        dates = (holding.document.effective_from, holding.document.effective_to, holding.document.current_to)
        if any(dates):
            groups.setdefault((*dates, holding.authority), []).append(holding.document.title)
    found = [
        Period(authority=authority, begin=begin, end=end, current=current, titles=tuple(titles))
        for (begin, end, current, authority), titles in groups.items()
    ]
    return sorted(found, key=lambda period: (period.begin or period.current or date.min, period.end or date.max))
