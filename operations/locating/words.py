"""What is said of where a citation leads, each sentence true of the texts that are given."""

from collections.abc import Iterable, Sequence

from index.printed import source_in_words
from index.records import Provision
from pinpoint.text import plural, worded

NOW = "Holds "
"""How the note of a text begins that is given because it holds now what was at another address."""
BEFORE = "Held before what is {} now."
_BESIDE = (NOW, "Held before ")
_NAMED = 3
"""Choices, and texts behind the first, that a sentence names. Set by hand."""


def said_of(state: str, citation: str, found: Sequence[Provision], notes: Iterable[str], nearest: Sequence[str]) -> str:
    """What a citation leads to, in a few sentences."""
    said = [worded(note) for note in notes]
    if state == "absent":
        return " ".join(said or [f"{citation} is not in these documents."])
    if state == "ambiguous":
        said.append(f"{citation} is ambiguous: it may be {_named(nearest)}.")
    if state == "above" and not said:
        said.append(f"{citation} is not there; what would hold it is given.")
    verb = "Given" if state in ("ambiguous", "above", "no text of that day") else "Found"
    said.append(f"{verb}: {source_in_words(found[0].source)}{_cut(found[0])}.")
    behind = found[1:]
    said += [
        f"{worded(one.note).rstrip('.')}: {source_in_words(one.source)}."
        for one in behind
        if one.note.startswith(_BESIDE)
    ]
    others = [one.section for one in behind if not one.note.startswith(_BESIDE)]
    if others:
        said.append(f"{plural(len(others), 'more text')} given behind: {_named(list(dict.fromkeys(others)))}.")
    return " ".join(said)


def _named(names: Sequence[str]) -> str:
    return "; ".join(names[:_NAMED]) + ("; and others" if len(names) > _NAMED else "")


def _cut(found: Provision) -> str:
    if found.whole == found.span:
        return ""
    return f" (its first {len(found.text):,} of {found.whole.end - found.whole.start:,} characters)"
