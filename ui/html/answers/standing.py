"""What stands below a quotation of an answer, and the quotations of a table as a table."""

from collections.abc import Mapping, Sequence

from answer.records import Answer, Citation, Elsewhere, Statement
from answer.statements.copies import copies, name_of_copy
from answer.statements.layout import Table, even
from collection.citation_text import footnote_text, with_quotation
from collection.clipboard import with_footnote
from index.documents.span_names import span_name
from pinpoint.stored import StoredDocument
from pinpoint.text import escape
from ui.html.actions import collect_button, copy_button
from ui.html.answers.evidence import location_of, marker_links
from ui.html.badges import confirmed_badge, needs_words, status_badge
from ui.state.navigation import Location, location_link


def standing(
    documents: Mapping[str, StoredDocument], answer: Answer, statement: Statement, cited: Sequence[Citation]
) -> str:
    """The address of a quotation, its status, the documents that say the same, and its buttons, as HTML."""
    addresses = "; ".join(dict.fromkeys(location_link(location_of(c, answer), escape(c.section)) for c in cited))
    badges = "".join(dict.fromkeys(status_badge(c, answer.as_of) for c in cited if needs_words(c, answer.as_of)))
    badges += next((confirmed_badge(c.confirmed) for c in cited if c.confirmed is False), "")
    tools = "".join(_tools(documents, c) for c in cited)
    return f'{addresses}{badges}{_also_in(answer, statement)}<span class="pp-tools">{tools}</span>'


def table_line(documents: Mapping[str, StoredDocument], answer: Answer, table: Table, below: str = "") -> str:
    """The quotations of a table as one line of the answer: header cells name the columns, first cells the rows.

    ``below`` is HTML that stands below the table, "" for none.
    """
    citations = {citation.marker: citation for citation in answer.citations}
    head = "".join(_head(row, table, citations) for row in table.headers)
    body = "".join(_row(documents, answer, row, table.columns, citations) for row in table.rows)
    first = citations[table.statements[0].citations[0]]
    name = table.caption.text if table.caption else f"Table from {first.section}"
    marker = _marks(table.caption, citations, again=table.caption in table.again) if table.caption else ""
    caption = f"<caption>{escape(name)}{marker}</caption>" if table.caption else ""
    return (
        '<li class="pp-statement pp-level-0 pp-tabled"><span class="pp-chips"></span>'
        f'<div class="pp-scroll" tabindex="0" role="region" aria-label="{escape(name)}">'
        f'<table class="pp-table pp-quoted">{caption}{head and f"<thead>{head}</thead>"}<tbody>{body}</tbody></table>'
        f"</div>{below}</li>"
    )


def _head(row: Statement, table: Table, citations: Mapping[int, Citation]) -> str:
    names = "".join(f'<th scope="col">{escape(cell)}</th>' for cell in even(row.text, table.columns))
    return f'<tr>{names}<th scope="col">Source {_marks(row, citations, again=row in table.again)}</th></tr>'


def _row(
    documents: Mapping[str, StoredDocument],
    answer: Answer,
    row: Statement,
    columns: int,
    citations: Mapping[int, Citation],
) -> str:
    first, *others = (escape(cell) for cell in even(row.text, columns))
    marker = _marks(row, citations)
    rest = "".join(f"<td>{cell}</td>" for cell in others)
    below = standing(documents, answer, row, [citations[marker] for marker in row.citations])
    return f'<tr><th scope="row">{first}</th>{rest}<td><span class="pp-cited">{marker} {below}</span></td></tr>'


def _marks(row: Statement, citations: Mapping[int, Citation], *, again: bool = False) -> str:
    """Its markers, each a link to its evidence, and, where it is shown first, the names by which they are come to."""
    names = "" if again else "".join(f'<span id="quotation-{marker}"></span>' for marker in row.citations)
    return f"{names}{marker_links(row.citations, [citations[marker] for marker in row.citations])}"


def _also_in(answer: Answer, statement: Statement) -> str:
    """The documents that say the same, or nearly so, as links; "" for none."""
    return "".join(
        f' <span class="pp-fact">{words} {"; ".join(_linked(answer, other) for other in found)}</span>'
        for words, found in copies(statement)
    )


def _linked(answer: Answer, other: Elsewhere) -> str:
    name = span_name(other.span.start, other.quote)
    where = Location(document=other.span.document_id, section=other.section, passage=name, as_of=answer.as_of)
    return location_link(where, escape(name_of_copy(other)))


def _tools(documents: Mapping[str, StoredDocument], citation: Citation) -> str:
    document = documents[citation.document_id]
    copied = with_quotation(citation.quote, citation, document.url)
    rich = with_footnote(citation.quote, footnote_text(citation, document.publisher), document.url)
    return copy_button("Copy", copied, label=f"Copy quotation {citation.marker}", rich=rich) + collect_button(
        citation.document_id, citation.span.start, citation.quote, label=f"Collect quotation {citation.marker}"
    )
