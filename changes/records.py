"""Records of what changed: documents, their sections, and what of a watched file that touches."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import ClassVar, Literal

from index.documents.comparison import Change as Run
from pinpoint.text import day

Kind = Literal["added", "removed", "moved", "words", "dates", "notes"]
KINDS: Mapping[Kind, str] = {
    "added": "Added",
    "removed": "Removed",
    "moved": "Moved",
    "words": "Changed in words",
    "dates": "Changed in dates only",
    "notes": "Changed in notes only",
}
"""Each kind of change in words, in the order in which reports count them."""
State = Literal["added", "removed", "changed", "renamed"]


@dataclass(frozen=True, slots=True, kw_only=True)
class SectionText:
    """A section as it stands in one version.

    Attributes:
        section: Cited form.
        text: Verbatim, without that of its parts, its paragraphs on lines of their own.
        start: First character of the section in the document's text.
        end: First character behind it and its parts.
    """

    document_id: str
    section: str
    heading: str
    section_path: tuple[str, ...]
    text: str
    start: int
    end: int
    effective_from: date | None
    effective_to: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ParagraphChange:
    """A paragraph of a section with what became of its words.

    Attributes:
        words: Runs of words that are the same, removed or added, in reading order.
        where: Where a paragraph went that is another section's now, where it came from, or that it stands elsewhere
            in its section; "" as a rule.
    """

    words: tuple[tuple[Run, str], ...]
    where: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SectionChange:
    """A section that changed.

    Attributes:
        kinds: What happened to it: one kind, or that it moved and how its text changed.
        sentence: The same in plain words.
        old: None for one that was added.
        new: None for one that was removed.
        paragraphs: Its text with the words that were removed and added.
        along: Whether it moved only because the section above it did.
        likeness: Share of its words that are the same, 0 to 1; 1 for one that only moved.
        parts: Cited forms of the other sections that have some of its text now, or had it before.
    """

    kinds: tuple[Kind, ...]
    sentence: str
    old: SectionText | None
    new: SectionText | None
    paragraphs: tuple[ParagraphChange, ...] = ()
    along: bool = False
    likeness: float = 0.0
    parts: tuple[str, ...] = ()
    json_fields: ClassVar[Mapping[str, str]] = {
        "name": "name",
        "kinds": "kinds",
        "sentence": "sentence",
        "along": "along",
        "likeness": "likeness",
        "parts": "parts",
        "old": "old",
        "new": "new",
        "paragraphs": "paragraphs",
    }

    @property
    def kind(self) -> Kind:
        """The first of its kinds, by which it is counted."""
        return self.kinds[0]

    @property
    def name(self) -> str:
        """Its cited form, "OLD → NEW" where it moved."""
        if self.old and self.new and self.old.section != self.new.section and "moved" in self.kinds:
            return f"{self.old.section} \u2192 {self.new.section}"
        known = self.new or self.old
        return known.section if known else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentFacts:
    """What is said of a document beside its text.

    Attributes:
        authority: Authority level in words.
    """

    document_id: str
    title: str
    file: str
    publisher: str
    kind: str
    collection: str
    authority: str
    effective_from: date | None
    effective_to: date | None
    current_to: date | None
    sha256: str


@dataclass(frozen=True, slots=True)
class FactChange:
    """A fact of a document that changed: its name and both values in words."""

    name: str
    old: str
    new: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentChange:
    """A document that changed, came or went; or two editions that were compared.

    Attributes:
        state: "renamed" for a file of another name with the same text.
        facts: What changed beside the text.
        sections: Those that changed, in the order of the new version.
        unchanged: Number of sections that did not.
    """

    state: State
    old: DocumentFacts | None
    new: DocumentFacts | None
    facts: tuple[FactChange, ...] = ()
    sections: tuple[SectionChange, ...] = ()
    unchanged: int = 0
    json_fields: ClassVar[Mapping[str, str]] = {
        "state": "state",
        "old": "old",
        "new": "new",
        "facts": "facts",
        "counts": "counts",
        "unchanged": "unchanged",
        "sections": "sections",
    }

    @property
    def known(self) -> DocumentFacts:
        """The facts of the new version, else of the old one."""
        known = self.new or self.old
        if known is None:
            message = "A document change has an old or a new document."
            raise ValueError(message)
        return known

    @property
    def counts(self) -> dict[Kind, int]:
        """How many sections changed in each way, by the first kind of each."""
        return {kind: sum(section.kind == kind for section in self.sections) for kind in KINDS}


@dataclass(frozen=True, slots=True, kw_only=True)
class Touched:
    """An excerpt of a collection, or a finding of a draft, that a change touches.

    Attributes:
        number: Of the excerpt or the finding, from 1.
        text: As it stands in the file.
        citation: Cited form under which the file has it.
        kinds: What happened to the section.
        sentence: The same in plain words, with where the text stands now.
        before: State before, for a finding of a draft; "" for an excerpt.
        after: State now, for a finding of a draft; "" for an excerpt.
        words: The text before and the one of now, word by word; () where they are alike.
    """

    number: int
    text: str
    citation: str
    kinds: tuple[Kind, ...]
    sentence: str
    before: str = ""
    after: str = ""
    words: tuple[tuple[Run, str], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Watched:
    """A file that is watched: a collection or a draft.

    Attributes:
        file: Name, without its folders.
        of: What its parts are: "excerpts" or "findings".
        looked_at: Number of excerpts or findings in it.
        notes: What could not be looked at, in sentences.
    """

    file: str
    of: Literal["excerpts", "findings"]
    looked_at: int
    touched: tuple[Touched, ...] = ()
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """One side of a comparison.

    Attributes:
        name: Name of the generation, or id of the document in it.
        generation: Name of the generation.
        made: When that was made, as ISO text with its zone.
    """

    name: str
    generation: str
    made: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Changes:
    """What changed between two generations of an index, or two editions of a document.

    Attributes:
        filters: What was left out of the report, in words; "" for nothing.
        unchanged: Number of documents that did not change.
    """

    old: Side
    new: Side
    documents: tuple[DocumentChange, ...] = ()
    unchanged: int = 0
    filters: str = ""
    watched: tuple[Watched, ...] = ()
    json_fields: ClassVar[Mapping[str, str]] = {
        "old": "old",
        "new": "new",
        "filters": "filters",
        "counts": "counts",
        "unchanged": "unchanged",
        "documents": "documents",
        "watched": "watched",
    }

    @property
    def counts(self) -> dict[Kind, int]:
        """How many sections changed in each way, by the first kind of each."""
        return {kind: sum(document.counts[kind] for document in self.documents) for kind in KINDS}

    @property
    def any(self) -> bool:
        """Tell whether anything changed; a renamed file is no change."""
        return any(document.state != "renamed" for document in self.documents)

    @property
    def touches(self) -> bool:
        """Tell whether a watched file is touched."""
        return any(file.touched for file in self.watched)


def said(value: object) -> str:
    """A fact in words: a date as it is written, "none" for an unknown one."""
    if isinstance(value, date):
        return day(value)
    return str(value) if value else "none"
