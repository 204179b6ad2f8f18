"""Limits of a report: collections, kinds of documents, authority levels, kinds of change."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace

from changes.records import KINDS, DocumentChange, DocumentFacts, Kind
from index.documents.authority import authority_of
from pinpoint.errors import PinpointError, UnknownCollection
from pinpoint.stored import StoredDocument
from pinpoint.text import listed


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What a report is limited to; empty tuples mean no limit.

    Attributes:
        collections: Names of collections.
        kinds: Kinds of documents, as in the manifest.
        authorities: Authority levels in words.
        changes: Kinds of change; a section that moved and changed in words is of both.
    """

    collections: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    authorities: tuple[str, ...] = ()
    changes: tuple[Kind, ...] = ()

    @property
    def sentence(self) -> str:
        """The limits in words, "" for none."""
        said = []
        for name, values in (
            ("the collection", self.collections),
            ("documents of the kind", self.kinds),
            ("the authority level", self.authorities),
            ("changes of the kind", tuple(KINDS[kind].lower() for kind in self.changes)),
        ):
            if values:
                said.append(f"{name} {listed(values)}")
        return f"Only {'; '.join(said)}." if said else ""

    def wants(self, document: StoredDocument | DocumentFacts) -> bool:
        """Tell whether a document is within the limits."""
        return (
            document.collection in (self.collections or (document.collection,))
            and document.kind in (self.kinds or (document.kind,))
            and (not self.authorities or authority_of(document.kind).label in self.authorities)
        )

    def narrowed(self, changes: Iterable[DocumentChange]) -> tuple[DocumentChange, ...]:
        """Changes of the documents asked for, in the ways asked for; a document without any is left out."""
        found = []
        for change in changes:
            if not any(self.wants(facts) for facts in (change.old, change.new) if facts):
                continue
            if not self.changes:
                found.append(change)
                continue
            sections = tuple(one for one in change.sections if set(one.kinds) & set(self.changes))
            dated = "dates" in self.changes and any(fact.name in _DATES for fact in change.facts)
            if sections or change.state in self.changes or dated:
                found.append(replace(change, sections=sections))
        return tuple(found)


_DATES = ("In force from", "No longer in force from", "Copy current to")


def check_limits(limits: Limits, documents: Iterable[StoredDocument]) -> None:
    """Refuse a limit that no document has.

    Raises:
        UnknownCollection: There is no such collection.
        PinpointError: There is no such kind or authority level; the message lists those that there are.
    """
    known = list(documents)
    _check("collection", limits.collections, {one.collection for one in known}, UnknownCollection)
    _check("kind", limits.kinds, {one.kind for one in known}, PinpointError)
    _check("authority level", limits.authorities, {authority_of(one.kind).label for one in known}, PinpointError)


def _check(name: str, given: Iterable[str], known: Collection[str], error: type[PinpointError]) -> None:
    for value in given:
        if value not in known:
            there = "; ".join(sorted(known)) or "none"
            raise error(f"There is no {name} {value!r} in these documents. Known are: {there}.")
