"""What happened to a section, in plain words."""

from collections.abc import Sequence

from changes.records import Kind, SectionText, said
from pinpoint.text import listed

_MOST_NAMED = 4
"""Other sections that a sentence names. Set by hand; not measured."""


def sentence_of(
    kinds: Sequence[Kind],
    old: SectionText | None,
    new: SectionText | None,
    parts: Sequence[str],
    *,
    along: bool = False,
) -> str:
    """The sentence of a section that changed.

    Args:
        kinds: What happened to it.
        old: The old text, None where there is none.
        new: The new text, None where there is none.
        parts: Other sections that have some of its text, or had it.
        along: Whether it moved only because the section above it did.
    """
    if old is None or new is None:
        return _of_one(kinds[0], old, new, parts)
    said_parts = []
    if "moved" in kinds:
        how = "moved with the section above it" if along else "moved"
        where = f" from {old.section} to {new.section}" if old.section != new.section else " to another position"
        said_parts.append(f"{how}{where}")
    if "words" in kinds:
        said_parts.append("changed in words")
    if "dates" in kinds:
        said_parts.append(f"changed in dates only{_days(old, new)}")
    if "notes" in kinds:
        said_parts.append("changed in notes only")
    name = "It" if "moved" in kinds else new.section
    sentence = f"{name} {listed(said_parts)}."
    return f"{sentence[0].upper()}{sentence[1:]}" + (f" Some of its text: see {_named(parts)}." if parts else "")


def _of_one(kind: Kind, old: SectionText | None, new: SectionText | None, parts: Sequence[str]) -> str:
    name = old.section if old else new.section if new else ""
    if kind == "notes":
        return f"The note {name} was {'removed' if old else 'added'}."
    if kind == "moved" and old:
        return f"{name} is no section of its own any more; its text is part of {_named(parts)}."
    if kind == "moved":
        return f"{name} is new as a section; its text was part of {_named(parts)}."
    return f"{name} was {'removed' if old else 'added'}."


def _named(parts: Sequence[str]) -> str:
    more = len(parts) - _MOST_NAMED
    return listed(list(parts[:_MOST_NAMED]) + ([f"{more} more"] if more > 0 else []))


def _days(old: SectionText, new: SectionText) -> str:
    """The days of both versions, where they differ."""
    told = []
    for name, before, after in (
        ("in force from", old.effective_from, new.effective_from),
        ("no longer in force from", old.effective_to, new.effective_to),
    ):
        if before != after:
            told.append(f"{name}: {said(before)} before, {said(after)} now")
    return f" ({'; '.join(told)})" if told else ""
