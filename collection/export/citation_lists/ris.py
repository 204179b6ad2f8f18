"""A list of citations in RIS, which reference managers import: Research Information Systems, tags of two characters."""

from collections.abc import Iterator, Sequence

from collection.export.citation_lists.entries import CitedEntry
from collection.export.handout import NOTE

_TYPES = {"statute": "STAT", "regulation": "LEGAL"}
_OTHER = "GOVDOC"


def ris_of(entries: Sequence[CitedEntry]) -> bytes:
    """The entries, each from TY to ER, in UTF-8 without a mark before the first, which would lose it."""
    lines = [f"{tag}  - {value}" for entry in entries for tag, value in _tags(entry)]
    return "".join(f"{line}\r\n" for line in lines).encode()


def _tags(entry: CitedEntry) -> Iterator[tuple[str, str]]:
    """Tags in order; what is unknown is left out, and no tag but N1 stands twice."""
    yield "TY", _TYPES.get(entry.kind, _OTHER)
    values = (
        ("ID", entry.key),
        ("TI", f"{entry.marked}{entry.citation}: {entry.heading}"),
        ("T2", entry.document),
        ("SE", entry.section or entry.citation),
        ("VL", entry.volume),
        ("PB", entry.publisher),
        # No DA: programs take the year from it, and no day that is known is that of the year in the citation.
        ("PY", str(entry.year or "")),
        ("SP", entry.page),
        # Readers cut an address at a semicolon.
        ("UR", entry.url.replace(";", "%3B")),
        ("M3", entry.authority),
        ("AB", entry.text),
        ("KW", entry.under),
        *(("N1", remark) for remark in entry.remarks),
        ("N1", f"{NOTE}: {entry.own_note}" if entry.own_note else ""),
    )
    yield from ((tag, line) for tag, value in values if (line := " ".join(value.split())))
    yield "ER", ""
