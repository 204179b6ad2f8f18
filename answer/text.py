"""An answer as text for people, as ``python -m answer`` prints it."""

from collections.abc import Sequence

from answer.issues.headings import by_subject
from answer.records import Answer, Citation, Statement
from answer.statements.copies import copies_named
from answer.statements.layout import Table, even, laid_out
from answer.summary.writer import ARRANGED
from answer.supporting import name_of
from answer.text_table import aligned
from editor_notes.printing import lines_of
from editor_notes.shown import EditorNotes
from index.records import Hit
from pinpoint.text import NOT_CONFIRMED, WHY_NOT_CONFIRMED, pages


def answer_text(answer: Answer, notes: EditorNotes | None = None) -> str:
    """An answer as text for people: quotations with markers, the sources that these name, notes of the editor."""
    lines = [answer.question, *answer.notes, answer.scope, *filter(None, [answer.incomplete]), ""]
    if answer.status == "declined" and not answer.statements:
        lines += [
            f"Not answered. {answer.reason}",
            "",
            "Nearest in these documents:",
            *(f"  {name}" for name in answer.nearest),
        ]
        return "\n".join(lines)
    if answer.reason:
        lines += [f"Not decided. {answer.reason}", ""]
    lines += _summary(answer)
    lines += _laid_out(answer, [statement for statement in answer.statements if not statement.more])
    if answer.conflicts:
        lines += ["", *(f"{conflict.sentence} {_markers(conflict.markers)}" for conflict in answer.conflicts)]
    more = [statement for statement in answer.statements if statement.more]
    lines += ["", f"{len(more)} more:", *_laid_out(answer, more)] if more else []
    lines += ["", *(_source(citation) for citation in answer.citations)]
    beside = {f"[{citation.marker}]": notes.on(citation.span) for citation in answer.citations} if notes else {}
    lines += ["", *written] if (written := lines_of(beside)) else []
    if answer.related:
        lines += ["", "See also:", *_named(answer.related)]
    if answer.dropped:
        lines.append(f"{answer.dropped} quotations failed verification and are not shown.")
    return "\n".join(lines)


def _summary(answer: Answer) -> list[str]:
    """The sentences of a language model, under a line that says so."""
    if not answer.summary:
        return []
    sentences = (f"  {' '.join(part.text.split())} {_markers(part.citations)}" for part in answer.summary)
    removed = f" ({answer.removed} more did not pass and were removed)" if answer.removed else ""
    return [f"{ARRANGED}{removed}:", *sentences, "", "Quotations:"]


def _laid_out(answer: Answer, statements: Sequence[Statement]) -> list[str]:
    """Quotations and tables, where there are several subjects each group under its own."""
    lines: list[str] = []
    for about, group in by_subject(statements):
        lines += ["", f"{about}:"] if about else []
        for part in laid_out(group, answer.statements):
            lines += _table(part) if isinstance(part, Table) else [_quoted(part)]
    return lines


def _quoted(statement: Statement) -> str:
    quoted = statement.text.replace("\n", "\n     ")
    return f"{'   · ' if statement.item else ''}“{quoted}”{_behind(statement)}"


def _behind(statement: Statement) -> str:
    """What stands behind a quotation: doubt, markers, and the documents that say the same."""
    doubt = f" ({NOT_CONFIRMED})" if statement.confirmed is False else ""
    same = copies_named(statement)
    return f"{doubt} {_markers(statement.citations)}{f' ({same[0].lower()}{same[1:]})' if same else ''}"


def _table(table: Table) -> list[str]:
    """A table with aligned columns, its markers behind the rows."""
    rows = (*table.headers, *table.rows)
    head, body = ([even(row.text, table.columns) for row in part] for part in (table.headers, table.rows))
    lines = aligned(head, body, [_behind(row).strip() for row in rows]) if rows else []
    return [*([_quoted(table.caption)] if table.caption else []), *(f"   {line}" for line in lines)]


def _markers(markers: Sequence[int]) -> str:
    return "".join(f"[{marker}]" for marker in markers)


def _named(hits: Sequence[Hit]) -> list[str]:
    return [f"  {hit.section}: {name_of(hit)}" for hit in hits]


def _source(citation: Citation) -> str:
    page = f", {pages(citation.page, citation.page_label)}" if citation.page else ""
    state = f" {citation.status_text}." if citation.in_force else " NOT IN FORCE."
    sure = citation.ocr_confidence
    read = "" if sure is None else f" Read from a picture of the page (OCR, confidence {sure:.0%})."
    doubt = f" {WHY_NOT_CONFIRMED}" if citation.confirmed is False else ""
    return (
        f"[{citation.marker}] {citation.section}{page}. {citation.title} ({citation.authority}).{state}{read}{doubt} "
        f"{citation.note}"
    ).rstrip()
