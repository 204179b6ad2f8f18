"""A list of hits in RIS, which reference managers import (Research Information Systems, tags of two characters)."""

from collections.abc import Iterator, Sequence
from datetime import date

from collection.export.hit_lists.listed import Listed

_TYPES = {"statute": "STAT", "regulation": "LEGAL"}
_OTHER = "GOVDOC"


def ris_of(entries: Sequence[Listed]) -> bytes:
    """The entries, each from TY to ER, in UTF-8 without a mark before the first, which would lose it."""
    lines = [f"{tag}  - {value}" for entry in entries for tag, value in _tags(entry)]
    return "".join(f"{line}\r\n" for line in lines).encode()


def _tags(entry: Listed) -> Iterator[tuple[str, str]]:
    """Tags in order; what is unknown is left out, and no tag but N1 stands twice."""
    yield "TY", _TYPES.get(entry.kind, _OTHER)
    values = (
        ("ID", entry.key),
        ("TI", f"{entry.citation}: {entry.heading}"),
        ("T2", entry.document),
        ("SE", entry.number or entry.citation),
        ("VL", entry.volume),
        ("PB", entry.publisher),
        ("PY", str(entry.dated.year) if entry.dated else ""),
        ("DA", _day(entry.dated)),
        ("SP", entry.page),
        # Readers cut an address at a semicolon.
        ("UR", entry.url.replace(";", "%3B")),
        ("M3", entry.authority),
        ("AB", entry.text),
        ("N1", entry.full_citation),
        ("N1", f"{entry.status}, law as of {entry.as_of.isoformat()}"),
        ("N1", entry.note),
    )
    yield from ((tag, line) for tag, value in values if (line := " ".join(value.split())))
    yield "ER", ""


def _day(day: date | None) -> str:
    return f"{day:%Y/%m/%d}/" if day else ""
