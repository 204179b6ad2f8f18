"""A handout as Markdown: block quotations, notes, and footnotes as ``[^1]``."""

import re
from collections.abc import Sequence

from collection.changes import NEVER_VERIFIED
from collection.export.handout import ABOUT, NOTE, Entry, Handout
from collection.export.tables import table, together
from pinpoint.text import day

_ACTIVE = re.compile(r"([\\`*_{}\[\]<>#|~$&!^])")
_AT_START = re.compile(r"^([ \t]*)([-+=:]|\d{1,9}(?=[.)]))", re.MULTILINE)


def markdown_of(handout: Handout) -> bytes:
    """The handout as a Markdown file, UTF-8."""
    lines = [f"# {_line(handout.title)}", f"{day(handout.made)}", *map(as_it_is, handout.preface)]
    for heading, entries in handout.parts:
        lines += [f"## {_line(heading)}"] if heading else []
        for part in together(entries):
            if _goes_on(part[0], lines[-1]):
                head, *below = _entry(part[0])
                lines[-1] += f"\n>\n{head}"
                lines += below
            else:
                lines += _table(part) if part[0].rows else _entry(part[0])
    for heading, listed in handout.lists:
        lines += [f"## {_line(heading)}", "\n".join(f"- {_line(line)}" for line in listed)]
    lines += [f"## {ABOUT}", *(as_it_is(paragraph) for paragraph in handout.about)]
    lines += [_footnote(entry) for entry in handout.entries]
    return ("\n\n".join(lines) + "\n").encode()


def as_it_is(text: str) -> str:
    """Text as Markdown that shows it character for character; line breaks stay, blank lines part paragraphs."""
    lines = [" ".join(line.split()) for line in text.split("\n")]
    escaped = _ACTIVE.sub(r"\\\1", "\n".join(lines))
    escaped = _AT_START.sub(lambda found: _defused(found[2]), escaped)
    return re.sub(r"(?<=[^\n])\n(?=[^\n])", "\\\\\n", escaped).strip()


def _defused(opening: str) -> str:
    """A sign that would open a list, a rule or a heading, with a backslash before the sign or behind the number."""
    return f"{opening}\\" if opening.isdigit() else f"\\{opening}"


def _line(text: str) -> str:
    return as_it_is(" ".join(text.split()))


def _entry(entry: Entry) -> list[str]:
    quoted = "\n".join(f"> {line}".rstrip() for line in as_it_is(entry.quotation).split("\n"))
    if entry.item:
        quoted = quoted.replace("> ", "> - ", 1)
    return [*_before(entry), f"{quoted}{_reference(entry.number)}", *_below(entry)]


def _goes_on(entry: Entry, above: str) -> bool:
    """Tell whether an item stands right below what leads into it: both are one block quotation."""
    return entry.item and entry.verified and not entry.rows and above.startswith("> ")


def _table(entries: Sequence[Entry]) -> list[str]:
    """Entries that are one table; the reference of each stands in the last cell of its last row."""
    rows, columns = table(entries)
    head = rows[:1] if rows[0][2] else []
    lines = [_cells(head[0][1], columns, head[0][0].number) if head else _cells((), columns), "|" + " --- |" * columns]
    for position, (entry, row, _) in enumerate(rows[len(head) :], start=len(head)):
        last = position + 1 == len(rows) or rows[position + 1][0] is not entry
        lines.append(_cells(row, columns, entry.number if last else 0))
    before = [line for entry in entries for line in _before(entry)]
    return [*before, "\n".join(lines), *(line for entry in entries for line in _below(entry))]


def _cells(row: Sequence[str], columns: int, number: int = 0) -> str:
    found = [_line(cell) for cell in row] + [""] * (columns - len(row))
    return f"| {' | '.join(found)}{_reference(number)} |"


def _reference(number: int) -> str:
    return f"[^{number}]" if number else ""


def _before(entry: Entry) -> list[str]:
    return [] if entry.verified else [f"**{NEVER_VERIFIED}:**"]


def _below(entry: Entry) -> list[str]:
    lines = [f"**{_line(what)}:** {as_it_is(text)}" for what, text in entry.editor_notes]
    if entry.note:
        lines.append(f"**{NOTE}:** {as_it_is(entry.note)}")
    if entry.warning:
        lines.append(f"**Check:** {as_it_is(entry.warning)}")
    return lines


def _footnote(entry: Entry) -> str:
    source = f" Official source: <{entry.url}>" if entry.url else ""
    return f"[^{entry.number}]: {_line(entry.citation)}{source}"
