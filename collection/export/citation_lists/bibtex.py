"""A list of citations in BibTeX, with escapes of our own: braces are always balanced, and nothing is escaped twice."""

from collections.abc import Sequence

from collection.export.citation_lists.entries import CitedEntry
from collection.export.handout import NOTE

_ESCAPES = {
    "\\": r"\textbackslash{}",
    "{": r"\textbraceleft{}",
    "}": r"\textbraceright{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    **{character: f"\\{character}" for character in "&%$#_"},
}
_ESCAPED = str.maketrans(_ESCAPES)
_IN_ADDRESS = str.maketrans({"{": "%7B", "}": "%7D", "\\": "%5C", " ": "%20"})


def bibtex_of(entries: Sequence[CitedEntry]) -> bytes:
    """The entries, with a line for each field that is known."""
    return "\n".join(map(_entry, entries)).encode()


def _entry(entry: CitedEntry) -> str:
    title = _escaped(f"{entry.marked}{entry.citation}: {entry.heading}")
    fields = {
        "title": f"{{{title}}}",  # a second brace keeps the capitals
        "howpublished": _escaped(entry.citation),
        "booktitle": _escaped(entry.document),
        "organization": _escaped(entry.publisher),
        "year": str(entry.year or ""),
        "pages": _escaped(entry.page),
        "url": entry.url.translate(_IN_ADDRESS),
        "type": _escaped(entry.authority),
        "note": _escaped("".join(f"{remark}. " for remark in entry.remarks)),
        "keywords": _escaped(entry.under),
        "annote": _escaped(f"{NOTE}: {entry.own_note}" if entry.own_note else ""),
        "abstract": _escaped(entry.text),
    }
    lines = "".join(f"  {name} = {{{value}}},\n" for name, value in fields.items() if value.strip())
    return f"@misc{{{entry.key},\n{lines}}}\n"


def _escaped(text: str) -> str:
    """A text as one line in which TeX reads every character as it stands."""
    return " ".join(text.translate(_ESCAPED).split())
