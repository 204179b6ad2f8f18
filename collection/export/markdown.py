"""A handout as Markdown: block quotations, notes, and footnotes as ``[^1]``."""

import re

from collection.changes import NEVER_VERIFIED
from collection.export.handout import ABOUT, NOTE, Entry, Handout
from pinpoint.text import day

_ACTIVE = re.compile(r"([\\`*_{}\[\]<>#|~$&!^])")
_AT_START = re.compile(r"^([ \t]*)([-+=:]|\d{1,9}(?=[.)]))", re.MULTILINE)


def markdown_of(handout: Handout) -> bytes:
    """The handout as a Markdown file, UTF-8."""
    lines = [f"# {_line(handout.title)}", f"{day(handout.made)}"]
    for heading, entries in handout.parts:
        lines += [f"## {_line(heading)}"] if heading else []
        for entry in entries:
            lines += _entry(entry)
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
    lines = [] if entry.verified else [f"**{NEVER_VERIFIED}:**"]
    lines.append(f"{quoted}[^{entry.number}]")
    if entry.note:
        lines.append(f"**{NOTE}:** {as_it_is(entry.note)}")
    if entry.warning:
        lines.append(f"**Check:** {as_it_is(entry.warning)}")
    return lines


def _footnote(entry: Entry) -> str:
    source = f" Official source: <{entry.url}>" if entry.url else ""
    return f"[^{entry.number}]: {_line(entry.citation)}{source}"
