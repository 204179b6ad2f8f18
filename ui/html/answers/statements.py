"""The answer itself: verbatim quotations with their markers, or a plain refusal."""

import re
from collections.abc import Mapping, Sequence

from answer.records import Answer, Citation, Statement
from answer.statements.layout import Table, laid_out
from index.documents.span_names import span_name
from index.search import HybridIndex
from pinpoint.stored import StoredDocument
from pinpoint.text import day, escape, plural, worded
from ui.html.answers.evidence import marker_links
from ui.html.answers.references import related
from ui.html.answers.standing import standing, table_line
from ui.html.editor_notes import NotesHtml
from ui.state.navigation import Location, location_link

_DESIGNATOR = re.compile(
    r"(?:\u00a7+\s*|SEC(?:TION|\.)?\s+)?(?P<number>\([^()\s]{1,6}\)|\d[\w.\u2013-]*\w|\d)\.?(?:\s+|$)", re.I
)
"""A number at the beginning of a heading, such as that of its section or paragraph."""
_DEEPEST = 3  # levels of indentation that theme.css has (``pp-level-3``)


def answered(documents: Mapping[str, StoredDocument], answer: Answer, notes: NotesHtml | None = None) -> str:
    """The quotations as HTML: numbered by marker, list items beneath their lead-in, those that are more to unfold.

    Args:
        documents: The indexed documents by id.
        answer: What is to be shown.
        notes: Notes of the editor, to stand below the quotations; none when not given.
    """
    shown = _list(documents, answer, notes, [statement for statement in answer.statements if not statement.more])
    more = [statement for statement in answer.statements if statement.more]
    title = f"{len(more)} more {'quotation' if len(more) == 1 else 'quotations'}"
    unfold = f'<details class="pp-found"><summary>{title}</summary>{_list(documents, answer, notes, more)}</details>'
    return f"{shown}{_conflicts(answer)}{unfold if more else ''}"


def _list(
    documents: Mapping[str, StoredDocument], answer: Answer, notes: NotesHtml | None, statements: Sequence[Statement]
) -> str:
    citations = {citation.marker: citation for citation in answer.citations}
    lines, lead = [], 0
    for part in laid_out(statements, answer.statements):
        cited = [citations[marker] for one in _statements_of(part) for marker in one.citations]
        below = notes.beside(citation.span for citation in cited) if notes else ""
        if isinstance(part, Table):
            lines.append(table_line(documents, answer, part, below))
            continue
        depth = _paragraphs(cited[0]) if cited else 0
        if not part.item:
            lead = depth
        level = min(max(depth - lead, 1), _DEEPEST) if part.item else 0
        lines.append(_line(documents, answer, part, cited, level, below))
    return f'<ol class="pp-answer">{"".join(lines)}</ol>'


def _statements_of(part: Statement | Table) -> Sequence[Statement]:
    return part.statements if isinstance(part, Table) else (part,)


def _line(  # noqa: PLR0913 - what a line is made of
    documents: Mapping[str, StoredDocument],
    answer: Answer,
    statement: Statement,
    cited: Sequence[Citation],
    level: int,
    below: str,
) -> str:
    chips = marker_links([citation.marker for citation in cited], cited)
    names = "".join(f'<span id="quotation-{c.marker}"></span>' for c in cited)
    return (
        f'<li class="pp-statement pp-level-{level}"><span class="pp-chips">{names}{chips}</span>'
        f"<div><blockquote>{escape(statement.text)}</blockquote>"
        f'<p class="pp-cited">{standing(documents, answer, statement, cited)}</p>{below}</div></li>'
    )


def _conflicts(answer: Answer) -> str:
    """Quotations that differ, both sides with authority and date; "" where none do."""
    lines = "".join(
        f'<li><span class="pp-chips">{marker_links(conflict.markers)}</span> {escape(worded(conflict.sentence))}</li>'
        for conflict in answer.conflicts
    )
    return f'<section class="pp-related"><h3>Sources that differ</h3><ul>{lines}</ul></section>' if lines else ""


def declined(index: HybridIndex, answer: Answer) -> str:
    """A refusal as HTML: why, what was searched, and what comes nearest."""
    nearest = "".join(f"<li>{_nearest(answer, name)}</li>" for name in answer.nearest)
    return (
        f'<section class="pp-declined"><p class="pp-reason">{escape(answer.reason)}</p>'
        f"{related(answer.related, answer.as_of, 'What the documents require')}"
        f"<h3>What was searched</h3><p>{escape(searched(index, answer))}</p>"
        + (f"<h3>Nearest headings</h3><ul>{nearest}</ul>" if nearest else "")
        + "</section>"
    )


def _nearest(answer: Answer, name: str) -> str:
    """A nearest heading, leading to its passage; what it repeats of its citation is said once."""
    hit = next((hit for hit in answer.hits if name.startswith(f"{hit.section}: ")), None)
    if hit is None:
        return escape(_once(name))
    location = Location(
        document=hit.document_id, section=hit.section, passage=span_name(hit.start, hit.text), as_of=answer.as_of
    )
    heading = _beyond(hit.section, name.removeprefix(f"{hit.section}: "))
    if not heading:  # a mere designator says nothing: what stands above it does
        above = (_beyond(hit.section, words) for words in reversed(hit.section_path[:-1]))
        heading = next((words for words in above if words), "")
    said = f" {escape(heading)}" if heading and heading not in hit.section else ""
    return f"{location_link(location, escape(hit.section))}{said}"


def _beyond(section: str, heading: str) -> str:
    """What a heading says beyond its citation: without "§ 214.210", "(b)" or "SEC. 214." of the same number."""
    found = _DESIGNATOR.match(heading)
    return heading[found.end() :] if found and found["number"] in section else heading


def notes(answer: Answer) -> str:
    """Notes on how the question was read, as HTML; "" when there is nothing to say."""
    lines = [worded(note) for note in answer.notes]
    if answer.dropped:
        verb = "is" if answer.dropped == 1 else "are"
        lines.append(f"{plural(answer.dropped, 'quotation')} failed verification and {verb} not shown.")
    return f'<ul class="pp-notes">{"".join(f"<li>{escape(line)}</li>" for line in lines)}</ul>' if lines else ""


def searched(index: HybridIndex, answer: Answer) -> str:
    """What was searched and what came first, of how many documents."""
    documents, passages = len(index.documents), int(index.facts["passages"])
    indexed = f"{plural(documents, 'document')} indexed ({plural(passages, 'passage')})"
    return f"{answer.scope} {indexed}, law as of {day(answer.as_of)}. {answer.incomplete}".rstrip()


def summary(index: HybridIndex, answer: Answer, sections: int) -> str:
    """Numbers of quotations and of their sections, and what was searched."""
    return (
        f"{plural(len(answer.statements), 'quotation')} from {plural(sections, 'section')}. {searched(index, answer)}"
    )


def _paragraphs(citation: Citation) -> int:
    """Number of paragraph levels that a citation names: 2 for 8 CFR 214.202(c)(1)."""
    return citation.section.count("(")


def _once(name: str) -> str:
    """A nearest heading without a heading that its citation already ends with."""
    parts = ((name[: colon.start()], name[colon.end() :]) for colon in re.finditer(": ", name))
    return next((section for section, heading in parts if section.endswith(heading)), name)
