"""What records of a text with a source have in common."""

from datetime import date

from pinpoint.records import Source, Span, Status


class Located:
    """A record with a source, whose facts are read as its own."""

    __slots__ = ()
    source: Source

    @property
    def span(self) -> Span:
        """Its span in the document."""
        return self.source.span

    @property
    def note(self) -> str:
        """As ``Source.note``."""
        return self.source.note

    @property
    def document_id(self) -> str:
        """Document in which it stands."""
        return self.source.span.document_id

    @property
    def source_file(self) -> str:
        """As ``Source.file``."""
        return self.source.file

    @property
    def title(self) -> str:
        """As ``Source.title``."""
        return self.source.title

    @property
    def kind(self) -> str:
        """As ``Source.kind``."""
        return self.source.kind

    @property
    def section(self) -> str:
        """As ``Source.section``."""
        return self.source.section

    @property
    def section_path(self) -> tuple[str, ...]:
        """As ``Source.section_path``."""
        return self.source.section_path

    @property
    def page(self) -> int | None:
        """As ``Source.page``."""
        return self.source.page

    @property
    def page_label(self) -> str:
        """As ``Source.page_label``."""
        return self.source.page_label

    @property
    def effective_from(self) -> date | None:
        """As ``Source.effective_from``."""
        return self.source.effective_from

    @property
    def effective_to(self) -> date | None:
        """As ``Source.effective_to``."""
        return self.source.effective_to

    @property
    def in_force(self) -> bool:
        """As ``Source.in_force``."""
        return self.source.in_force

    @property
    def current_to(self) -> date | None:
        """As ``Source.current_to``."""
        return self.source.current_to

    @property
    def status(self) -> Status:
        """As ``Source.status``."""
        return self.source.status

    @property
    def status_text(self) -> str:
        """As ``Source.status_text``."""
        return self.source.status_text

    @property
    def replaced_by(self) -> str:
        """As ``Source.replaced_by``."""
        return self.source.replaced_by

    @property
    def authority(self) -> str:
        """As ``Source.authority``."""
        return self.source.authority

    @property
    def ocr_confidence(self) -> float | None:
        """As ``Source.ocr_confidence``."""
        return self.source.ocr_confidence

    @property
    def confirmed(self) -> bool | None:
        """As ``Source.confirmed``."""
        return self.source.confirmed
