"""Quotations of an answer as entries of a handout: tables with cells, each with its full citation."""

from collections.abc import Sequence
from dataclasses import replace

from answer.records import Answer, Citation, Statement
from answer.statements.copies import copies_named
from answer.statements.layout import Table, even, laid_out
from collection.citation_text import footnote_text
from collection.export.handout import Entry, web_address, writable
from index.search import HybridIndex
from pinpoint.text import WHY_NOT_CONFIRMED


class Entries:
    """Entries of one answer, with its markers as their numbers."""

    def __init__(self, index: HybridIndex, answer: Answer) -> None:
        """Take the answer, whose quotations stand in ``index``."""
        self._index = index
        self._every = answer.statements
        self._citations = {citation.marker: citation for citation in answer.citations}

    def of(self, statements: Sequence[Statement]) -> tuple[Entry, ...]:
        """Entries of statements, in order."""
        found: list[Entry] = []
        for part in laid_out(statements, self._every):
            if isinstance(part, Table):
                found += self._table(part)
            else:
                found.append(self._entry(part))
        return tuple(found)

    def _table(self, table: Table) -> list[Entry]:
        caption = [self._entry(table.caption)] if table.caption else []
        rows = [
            self._entry(row, even(row.text, table.columns), head=row in table.headers, joins=number > 0)
            for number, row in enumerate((*table.headers, *table.rows))
        ]
        again = [row in table.again for row in table.statements]
        return [
            replace(entry, number=0, warning="") if repeated else entry
            for entry, repeated in zip((*caption, *rows), again, strict=True)
        ]

    def _entry(
        self, statement: Statement, cells: Sequence[str] = (), *, head: bool = False, joins: bool = False
    ) -> Entry:
        citation = self._citations[statement.citations[0]]
        url = self._index.documents[citation.document_id].url
        return Entry(
            number=citation.marker,
            quotation=writable(statement.text),
            note="",
            warning=WHY_NOT_CONFIRMED if statement.confirmed is False else "",
            citation=writable(self._cited(statement, citation)),
            url=web_address(url),
            rows=(tuple(map(writable, cells)),) if cells else (),
            head=head,
            joins=joins,
            item=statement.item,
        )

    def _cited(self, statement: Statement, citation: Citation) -> str:
        publisher = self._index.documents[citation.document_id].publisher
        return footnote_text(citation, publisher, beside=[copies_named(statement)])
