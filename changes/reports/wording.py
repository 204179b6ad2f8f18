"""What all reports of changes say in the same words."""

from datetime import UTC, datetime

from changes.records import KINDS, Changes, DocumentChange, SectionChange, Touched, Watched
from pinpoint.text import day, plural

TITLE = "What changed"
NO_CHANGE = "Nothing changed."
REMOVED, ADDED = "removed", "added"
"""How differences are named, beside their marks: colour alone says nothing to some."""
LEGEND = (
    "Words that were removed are struck out, words that were added are underlined; a program that reads aloud says "
    "\u201cremoved\u201d and \u201cadded\u201d before them."
)
STATES = {
    "added": "New document",
    "removed": "Document removed",
    "changed": "Changed",
    "renamed": "File renamed, text unchanged",
}


def title_of(changes: Changes) -> str:
    """The heading of a report."""
    return f"{TITLE}: {changes.old.name} \u2192 {changes.new.name}"


def counts_of(changes: Changes) -> list[tuple[str, int]]:
    """The lines of the summary: documents first, then sections by kinds."""
    states = [(STATES[state], sum(d.state == state for d in changes.documents)) for state in STATES]
    sections = [(f"Sections: {KINDS[kind].lower()}", count) for kind, count in changes.counts.items()]
    also = sum("words" in one.kinds[1:] for document in changes.documents for one in document.sections)
    along = sum(one.along for document in changes.documents for one in document.sections)
    more = [("of those moved: changed in words too", also), ("of those moved: with the section above them", along)]
    return [
        *((f"Documents: {name.lower()}", count) for name, count in states),
        ("Documents: unchanged", changes.unchanged),
        *sections[:3],
        *((name, count) for name, count in more if count),
        *sections[3:],
    ]


def about(changes: Changes) -> list[str]:
    """What was compared, when each side was made, and what was left out."""
    lines = []
    for name, side in (("Old", changes.old), ("New", changes.new)):
        of = "" if side.name == side.generation else f", document of generation {side.generation}"
        made = f", made {_moment(side.made)}" if side.made else ""
        lines.append(f"{name}: {side.name}{of}{made}.")
    lines.append(changes.filters or "Nothing was left out.")
    lines.append(
        "Sections are found again by their text, wherever it stands. Read both texts before you rely on a change."
    )
    return lines


def _moment(made: str) -> str:
    """A time as it is written: "November 30, 2026, 20:02 UTC"."""
    try:
        moment = datetime.fromisoformat(made).astimezone(UTC)
    except ValueError:
        return made
    return f"{day(moment.date())}, {moment:%H:%M} UTC"


def summary_of(document: DocumentChange) -> str:
    """A line on a document: its state and its counts."""
    counted = [f"{count} {KINDS[kind].lower()}" for kind, count in document.counts.items() if count]
    unchanged = [f"{document.unchanged:,} unchanged"] if document.unchanged else []
    sections = f"; sections: {', '.join([*counted, *unchanged])}" if counted or unchanged else ""
    return f"{STATES[document.state]}{sections}."


def kinds_of(section: SectionChange) -> str:
    """The kinds of a change in words: "Moved, changed in words"."""
    words = [KINDS[kind] for kind in section.kinds]
    return ", ".join([words[0], *(word.lower() for word in words[1:])])


def detail_of(section: SectionChange) -> str:
    """The sentence of a change where it says more than its name and its kinds; "" as a rule."""
    return section.sentence if section.parts or section.along or "dates" in section.kinds else ""


def watched_line(watched: Watched) -> str:
    """A line on a watched file."""
    touched = len(watched.touched)
    noun = watched.of.removesuffix("s")
    return f"{watched.file}: {touched:,} of {plural(watched.looked_at, noun)} touched."


def said_of(touched: Touched) -> str:
    """What is said behind the citation of what is touched, without naming it again; and how its state changed."""
    named = f"{touched.citation} "
    repeated = bool(touched.citation) and touched.sentence.startswith(named)
    sentence = f"It {touched.sentence.removeprefix(named)}" if repeated else touched.sentence
    return sentence + (f" Before: {touched.before}; now: {touched.after}." if touched.before != touched.after else "")


def fact_line(name: str, old: str, new: str) -> str:
    """A line on a fact that changed."""
    return f"{name}: {old} before, {new} now."
