"""A list of hits in BibTeX, with escapes of our own: braces are always balanced, and nothing is escaped twice."""

from collections.abc import Sequence

from collection.export.hit_lists.listed import Listed

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


def bibtex_of(entries: Sequence[Listed]) -> bytes:
    """The entries, with a line for each field that is known."""
    return "\n".join(map(_entry, entries)).encode()


def _entry(entry: Listed) -> str:
    fields = {
        "title": f"{{{_escaped(f'{entry.citation}: {entry.heading}')}}}",  # a second brace keeps the capitals
        "howpublished": _escaped(entry.citation),
        "booktitle": _escaped(entry.document),
        "organization": _escaped(entry.publisher),
        "year": str(entry.dated.year) if entry.dated else "",
        "date": entry.dated.isoformat() if entry.dated else "",
        "pages": _escaped(entry.page),
        "url": entry.url.translate(_IN_ADDRESS),
        "type": _escaped(entry.authority),
        "note": _escaped(f"{entry.full_citation}. {entry.status}, law as of {entry.as_of.isoformat()}. {entry.note}"),
        "abstract": _escaped(entry.text),
    }
    lines = "".join(f"  {name} = {{{value}}},\n" for name, value in fields.items() if value.strip())
    return f"@misc{{{entry.key},\n{lines}}}\n"


def _escaped(text: str) -> str:
    """A text as one line in which TeX reads every character as it stands."""
    return " ".join(text.translate(_ESCAPED).split())
