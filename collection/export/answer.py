"""An answer as a document to hand out: all its quotations, and what was searched for them.

The question is left out unless somebody asks for it, and with it all that repeats words of it: facts of a case can be
protected information (8 U.S.C. 1367).
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from answer.issues.headings import by_subject, without_words
from answer.records import Answer
from answer.supporting import name_of
from collection.export.entries import Entries
from collection.export.handout import Entry, Handout, writable, written_notes
from collection.export.notes_beside import ABOUT_NOTES, NotesBeside
from collection.export.searched import searched
from collection.export.still_standing import still_standing
from editor_notes.shown import EditorNotes, editor_notes
from index.search import HybridIndex
from pinpoint.records import Filters
from pinpoint.text import day, plural, worded

TITLE, DECLINED, UNDECIDED = "Quotations from the documents", "Not answered from the documents", "Not decided"
_MORE = "More quotations"


def answer_handout(
    index: HybridIndex, answer: Answer, made: date, *, filters: Filters | None = None, with_question: bool = False
) -> Handout:
    """An answer as a handout, unfolded; of a declined one its reason and what came nearest.

    Without the question nothing that repeats words of it stands there: no such note and no such reason, and over the
    quotations of a case "Issue 1". Every quotation is verified again; one that does not stand there now is left out.

    Args:
        index: The documents in use; they may be newer than the answer.
        answer: What was answered.
        made: Day on which it is exported.
        filters: Limits of the search, None for those that the answer names.
        with_question: Whether the question stands in it, and what repeats words of it.
    """
    standing = still_standing(index, answer)
    gone = len(answer.statements) - len(standing.statements)
    parts, numbers = _numbered(_parts(Entries(index, standing), standing, with_question=with_question))
    parts = _noted(parts, standing, numbers, editor_notes(index))
    lines = (
        *([f"Question: {answer.question}"] if with_question else []),
        *_reason(answer, with_question=with_question),
        *_notes(answer, with_question=with_question),
        *_gone(gone, len(answer.statements)),
        *_differ(standing, numbers),
    )
    undecided = answer.status == "declined" and answer.statements
    return Handout(
        title=UNDECIDED if undecided else TITLE if standing.statements else DECLINED,
        made=made,
        preface=tuple(map(writable, lines)),
        parts=parts,
        lists=_lists(index, standing, filters),
        about=(*_about(standing, made), *([ABOUT_NOTES] if _has_notes(parts) else [])),
    )


def _reason(answer: Answer, *, with_question: bool) -> list[str]:
    """Why nothing is answered or decided."""
    if not answer.reason:
        return []
    reason = answer.reason if with_question else answer.neutral_reason
    verdict = "Not decided." if answer.statements else "Not answered."
    return [f"{verdict} {reason or 'The reason may repeat words of the question and is left out with it.'}"]


def _notes(answer: Answer, *, with_question: bool) -> list[str]:
    """Notes of the answer; of those that are left out the number."""
    if with_question:
        return list(map(worded, answer.notes))
    left = len(answer.notes) - len(answer.neutral_notes)
    verb = "is" if left == 1 else "are"
    said = f"{plural(left, 'note')} {verb} left out, since words of the question may stand there."
    return [*map(worded, answer.neutral_notes), *([said] if left else [])]


def _gone(gone: int, quoted: int) -> list[str]:
    """What became of quotations that do not stand in the documents in use."""
    if not gone:
        return []
    return [
        f"Of {plural(quoted, 'quotation')} {gone} {'does' if gone == 1 else 'do'} not stand in the documents in use "
        "any more, or lacks the words that lead into it; left out. Ask again for an answer of these documents."
    ]


_Parts = tuple[tuple[str, tuple[Entry, ...]], ...]


def _parts(entries: Entries, answer: Answer, *, with_question: bool) -> _Parts:
    """A part for each subject; of an answer to one question what is shown, then what is more."""
    subjects = by_subject(answer.statements)
    headings = without_words(about for about, _ in subjects)
    if any(about for about, _ in subjects):
        return tuple(
            (writable(" ".join((about if with_question else headings[about]).split())), entries.of(statements))
            for about, statements in subjects
        )
    shown = entries.of([statement for statement in answer.statements if not statement.more])
    more = entries.of([statement for statement in answer.statements if statement.more])
    return tuple((name, part) for name, part in (("", shown), (_MORE, more)) if part)


def _numbered(parts: _Parts) -> tuple[_Parts, dict[int, int]]:
    """Entries numbered as they follow each other, as footnotes are; and these numbers by marker."""
    markers = [entry.number for _, entries in parts for entry in entries if entry.number]
    numbers = {0: 0, **{marker: number for number, marker in enumerate(markers, start=1)}}  # 0: a head shown again
    renumbered = tuple(
        (name, tuple(replace(entry, number=numbers[entry.number]) for entry in entries)) for name, entries in parts
    )
    return renumbered, numbers


def _noted(parts: _Parts, answer: Answer, numbers: Mapping[int, int], notes: EditorNotes) -> _Parts:
    """Entries with the notes of the editor beside what they quote."""
    spans = {numbers[citation.marker]: citation.span for citation in answer.citations if citation.marker in numbers}
    beside = NotesBeside(notes)
    return tuple(
        (
            name,
            tuple(
                replace(entry, editor_notes=written_notes(beside.of(spans.get(entry.number), entry.number)))
                for entry in entries
            ),
        )
        for name, entries in parts
    )


def _has_notes(parts: _Parts) -> bool:
    return any(entry.editor_notes for _, entries in parts for entry in entries)


def _differ(answer: Answer, numbers: Mapping[int, int]) -> list[str]:
    """The sentences on quotations that differ, with the numbers of these."""
    return [
        f"{worded(one.sentence)} (quotations {' and '.join(str(numbers[marker]) for marker in one.markers)})"
        for one in answer.conflicts
    ]


def _lists(index: HybridIndex, answer: Answer, filters: Filters | None) -> tuple[tuple[str, tuple[str, ...]], ...]:
    verdict = answer.status == "declined"
    related = tuple(writable(f"{hit.section}: {name_of(hit)}") for hit in answer.related)
    lists = (
        ("What the documents require" if verdict else "The quotations refer to", related),
        ("Nearest headings", tuple(map(writable, answer.nearest))),
        ("What was searched", tuple(map(writable, searched(index, answer, filters)))),
    )
    return tuple((name, lines) for name, lines in lists if lines)


def _about(answer: Answer, made: date) -> tuple[str, ...]:
    count = plural(len(answer.statements), "quotation")
    checked = (
        f"Made on {day(made)} with {count}. Each was compared, character by character, with the stored text of the "
        "documents in use when this was made."
        if answer.statements
        else f"Made on {day(made)}. Nothing is quoted."
    )
    failed = (
        f" {plural(answer.dropped, 'quotation')} failed that check when the question was asked; left out."
        if answer.dropped
        else ""
    )
    return (
        "This is an unofficial compilation made with Pinpoint. It is not legal advice and decides no case. Compare "
        "each quotation with the official source before you rely on it.",
        f"{checked}{failed}",
    )
