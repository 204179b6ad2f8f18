"""The view of the Browse page: a span of a document on a day, and the addresses and citations of its parts."""

from dataclasses import dataclass
from datetime import date

from collection.citation_text import legal_form
from index.documents.section_tree import SectionTree
from index.documents.span_names import span_name
from index.search import HybridIndex
from pinpoint.records import Source, Span
from pinpoint.stored import StoredDocument, StoredSection
from ui.html.documents.window import Window
from ui.state.navigation import Location, address


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """A span of a document as it is read on a day.

    Attributes:
        passage: Span that is marked in the text, None for none.
        site: Address of the app with a "/" at its end, "" when it is not known.
    """

    index: HybridIndex
    document: StoredDocument
    contents: SectionTree
    window: Window
    as_of: date
    passage: tuple[int, int] | None = None
    site: str = ""

    def text(self, start: int, end: int) -> str:
        """A span of the document."""
        return self.index.store.text(Span(self.document.id, start, end))

    def location(self, section: StoredSection) -> Location:
        """The address of a section of any document on the same day."""
        return location_of(self.index, section, self.as_of)

    def span_location(self, start: int, end: int) -> Location:
        """The address of a span of this document."""
        section = self.contents.deepest(start, end)
        name = section.citation if section.parent >= 0 else ""
        return Location(
            document=self.document.id, section=name, passage=span_name(start, self.text(start, end)), as_of=self.as_of
        )

    def whole_address(self, location: Location) -> str:
        """An address that can be given to somebody else."""
        return self.site + address(location)

    def source(self, section: StoredSection, position: int | None = None) -> Source:
        """The facts of a section, or of what stands at a position in it."""
        start = section.start if position is None else position
        return self.index.locate(Span(section.document_id, start, section.end), self.as_of, section)

    def confirmed(self, start: int, end: int) -> bool | None:
        """Whether a second reading sees all words of a span of the document; None when there was none."""
        return self.index.locate(Span(self.document.id, start, end), self.as_of).confirmed

    def cited(self, section: StoredSection, position: int | None = None) -> str:
        """The citation of a section as it is written in a decision."""
        return legal_form(self.source(section, position))


def location_of(index: HybridIndex, section: StoredSection, as_of: date) -> Location:
    """The address of a section; one that shares its name with an earlier one is told apart by its span."""
    if section.parent < 0:
        return Location(section.document_id, as_of=as_of)
    first = index.store.tree(section.document_id).first_of_name(section)
    text = "" if first else index.store.text(section.span)
    return Location(
        document=section.document_id,
        section=section.citation,
        passage=span_name(section.start, text) if text else "",
        as_of=as_of,
    )
