"""Made-up passages, a row each, and what a ranking asks of their store."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from types import SimpleNamespace

from index.records import Candidate
from pinpoint.records import Span
from pinpoint.stored import Passage


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A passage, the document and section that it stands in, and how it was found."""

    text: str = "The officer opens the drawer and takes out a folder of the current year."
    title: str = "Handbook"
    path: tuple[str, ...] = ()
    document: str = "regulation"
    section: str = "paragraph"
    lexical: float = 0.0
    dense: float = 0.0
    boost: float = 0.0
    preferred: float = 0.0
    score: float = 0.0

    def candidate(self, number: int) -> Candidate:
        """What was found of it, as row ``number``."""
        channels = {"lexical": self.lexical, "dense": self.dense}
        return Candidate(number, self.score, self.boost)._replace(**channels, preferred=self.preferred)


class RowStore:
    """The store of some rows, a document and a section for each; counts how often a section is asked for."""

    def __init__(self, rows: Sequence[Row]) -> None:
        self.rows = rows
        self.documents = {str(n): SimpleNamespace(title=row.title, kind=row.document) for n, row in enumerate(rows)}
        self.sections_read = 0

    def passages(self, rows: Sequence[int]) -> dict[int, Passage]:
        spans = {number: Span(str(number), 0, len(self.rows[number].text)) for number in rows}
        return {number: Passage(span=span, section=0, text=self.rows[number].text) for number, span in spans.items()}

    def passage_texts(self, rows: Sequence[int]) -> Iterator[tuple[int, str]]:
        return ((row, self.rows[row].text) for row in rows)

    def passage_text(self, row: int) -> str:
        return self.rows[row].text

    def section(self, document_id: str, number: int) -> SimpleNamespace:
        self.sections_read += 1
        row = self.rows[int(document_id)]
        return SimpleNamespace(path=row.path, kind=row.section)

    @property
    def candidates(self) -> list[Candidate]:
        return [row.candidate(number) for number, row in enumerate(self.rows)]
