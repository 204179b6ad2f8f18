"""Changes as lines on a terminal."""

import re
from collections.abc import Iterator

from changes.records import Changes, DocumentChange, ParagraphChange, SectionChange
from changes.reports.wording import (
    NO_CHANGE,
    about,
    counts_of,
    detail_of,
    fact_line,
    kinds_of,
    said_of,
    summary_of,
    title_of,
    watched_line,
)
from changes.shown import shows_text

_CONTROL = re.compile("[\x00-\x1f\x7f-\x9f]")
_MARKS = {"same": "{}", "removed": "[-{}-]", "added": "{{+{}+}}"}


def report_lines(changes: Changes) -> Iterator[str]:
    """A report line by line: the counts first, words that went as [-went-], words that came as {+came+}.

    What would steer a terminal is not in the lines.
    """
    yield from (_CONTROL.sub("\ufffd", line) for line in _lines(changes))


def _lines(changes: Changes) -> Iterator[str]:
    yield title_of(changes)
    yield from about(changes)
    yield ""
    for name, count in counts_of(changes):
        yield f"{count:>7,}  {name}"
    for file in changes.watched:
        yield ""
        yield watched_line(file)
        yield from (f"  {note}" for note in file.notes)
        for one in file.touched:
            yield f"  {one.number}. {one.citation}: {said_of(one)}"
            yield f"     \u201c{' '.join(one.text.split())}\u201d"
            if one.words:
                yield f"     {_runs(ParagraphChange(words=one.words))}"
    for document in changes.documents:
        yield from _document_lines(document)
    if not changes.any:
        yield ""
        yield NO_CHANGE


def _document_lines(document: DocumentChange) -> Iterator[str]:
    yield ""
    yield f"{document.known.title} ({document.known.document_id})"
    yield summary_of(document)
    yield from (f"  {fact_line(fact.name, fact.old, fact.new)}" for fact in document.facts)
    for section in document.sections:
        yield from _section_lines(section)


def _section_lines(section: SectionChange) -> Iterator[str]:
    yield f"  {section.name}: {kinds_of(section)}."
    if detail := detail_of(section):
        yield f"    {detail}"
    if shows_text(section):
        for paragraph in section.paragraphs:
            where = f"({paragraph.where}) " if paragraph.where else ""
            yield f"    {where}{_runs(paragraph)}"


def _runs(paragraph: ParagraphChange) -> str:
    return "".join(_MARKS[change].format(" ".join(words.split(" "))) for change, words in paragraph.words).replace(
        "\n", " "
    )
