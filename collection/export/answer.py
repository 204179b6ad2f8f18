"""An answer as a document to hand out: all its quotations, and what was searched for them.

The question is left out unless somebody asks for it: it can itself be protected information (8 U.S.C. 1367).
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from answer.records import Answer, Citation, Statement
from answer.statements.copies import copies_named
from answer.statements.layout import Table, even, laid_out
from answer.supporting import name_of
from collection.citation_text import legal_form
from collection.export.handout import Entry, Handout, web_address, writable
from index.search import HybridIndex
from pinpoint.records import Filters
from pinpoint.text import NOT_CONFIRMED, WHY_NOT_CONFIRMED, day, plural, worded

TITLE, DECLINED = "Quotations from the documents", "Not answered from the documents"
_MORE, _SEARCHED = "More quotations", "What was searched"


def answer_handout(
    index: HybridIndex, answer: Answer, made: date, *, filters: Filters | None = None, with_question: bool = False
) -> Handout:
    """An answer as a handout, unfolded; of a declined one its reason and what came nearest.

    Args:
        index: The index that answered.
        answer: What it answered.
        made: Day on which it is exported.
        filters: Limits of the search, None for none.
        with_question: Whether the question stands in it.
    """
    numbered = _Numbered(index, answer)
    shown = numbered.entries([statement for statement in answer.statements if not statement.more])
    more = numbered.entries([statement for statement in answer.statements if statement.more])
    title = DECLINED if answer.status == "declined" else TITLE
    question = [f"Question: {answer.question}"] if with_question else []
    reason = [f"Not answered. {answer.reason}"] if answer.reason else []
    return Handout(
        title=title,
        made=made,
        preface=tuple(writable(line) for line in (*question, *reason, *map(worded, answer.notes), *_differ(answer))),
        parts=tuple((name, part) for name, part in (("", shown), (_MORE, more)) if part),
        lists=_lists(index, answer, filters),
        about=_about(answer, made),
    )


class _Numbered:
    """Entries of one answer, numbered as its markers are."""

    def __init__(self, index: HybridIndex, answer: Answer) -> None:
        self._index = index
        self._every = answer.statements
        self._citations = {citation.marker: citation for citation in answer.citations}

    def entries(self, statements: Sequence[Statement]) -> tuple[Entry, ...]:
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
        doubt = NOT_CONFIRMED.capitalize() if statement.confirmed is False else ""
        parts = [
            legal_form(citation), publisher, worded(citation.status_text), worded(citation.note), doubt,
            copies_named(statement),
        ]  # fmt: skip
        return " ".join(f"{part.rstrip('.')}." for part in parts if part)


def _differ(answer: Answer) -> list[str]:
    """The sentences on quotations that differ, with the numbers of these."""
    return [f"{worded(one.sentence)} (quotations {one.markers[0]} and {one.markers[1]})" for one in answer.conflicts]


def _lists(index: HybridIndex, answer: Answer, filters: Filters | None) -> tuple[tuple[str, tuple[str, ...]], ...]:
    verdict = answer.status == "declined"
    related = tuple(writable(f"{hit.section}: {name_of(hit)}") for hit in answer.related)
    lists = (
        ("What the documents require" if verdict else "The quotations refer to", related),
        ("Nearest headings", tuple(map(writable, answer.nearest))),
        (_SEARCHED, _searched(index, answer, filters)),
    )
    return tuple((name, lines) for name, lines in lists if lines)


def _searched(index: HybridIndex, answer: Answer, filters: Filters | None) -> tuple[str, ...]:
    documents, passages = len(index.documents), int(index.facts["passages"])
    lines = [
        f"{plural(documents, 'document')} ({plural(passages, 'passage')}), law as of {day(answer.as_of)}.",
        f"Index {index.folder.name}, corpus digest {index.facts['corpus_digest']}.",
    ]
    for name, values in (
        ("Kinds", filters.kinds if filters else ()),
        ("Collections", filters.collections if filters else ()),
        ("Documents", filters.documents if filters else ()),
    ):
        if values:
            lines.append(f"{name}: {', '.join(values)} only.")
    return tuple(map(writable, lines))


def _about(answer: Answer, made: date) -> tuple[str, ...]:
    count = plural(len(answer.statements), "quotation")
    checked = (
        f"Made on {day(made)} with {count}. Each was compared, character by character, with the stored text of the "
        "documents in use."
        if answer.statements
        else f"Made on {day(made)}. Nothing is quoted."
    )
    failed = f" {plural(answer.dropped, 'quotation')} failed that check; left out." if answer.dropped else ""
    return (
        "This is an unofficial compilation made with Pinpoint. It is not legal advice and decides no case. Compare "
        "each quotation with the official source before you rely on it.",
        f"{checked}{failed}",
    )
