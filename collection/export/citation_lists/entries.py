"""A citation with its quotation, as files have it: the same record for a hit, an answer's quotation and an excerpt."""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, fields, replace
from datetime import date
from typing import Any

from collection.export.handout import web_address, writable

_UNNAMED = re.compile(r"[^a-z0-9]+")
_CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")
_YEAR = re.compile(r"\((?:[A-Z][a-z]{2,8}\.? (?:\d{1,2}, )?)?((?:19|20)\d\d)\)$")
_LONGEST_KEY = 80
"""Characters of a key; titles can be longer than what programs take for one. Set by hand; not measured."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CitedEntry:
    """One citation and what it cites.

    Attributes:
        key: Names it within its list: small letters, digits and hyphens, unlike every other even in capitals.
        number: From 1: rank of a hit, number of a quotation.
        citation: Cited form.
        bluebook: In the form of the Bluebook, without a full stop at its end.
        full_citation: The form for a decision, with page, title and dates.
        heading: The deepest heading above it that has words, the title of the document where there is none.
        law: Whether it is of a statute or a regulation.
        container: The code that it is of ("C.F.R."), "" where it is of none.
        volume: Title or volume of that code.
        section: Number within it.
        text: The words of the document, with "[…]" where words between two parts are left out.
        page: Printed number of the page; "" where none is printed.
        file_page: Number of the page in the file; None without pages.
        note: What stands beside it: where its text stands now, why it is listed; "" for nothing.
        under: Heading of the collection, or of the issue of a case, under which it stands; "" for none.
        own_note: What whoever made the collection wrote beside it; no part of the document.
        warning: What changed since it was saved; "" for nothing.
        verified: Whether these words were ever found in the documents, character for character.
    """

    key: str = ""
    number: int
    citation: str
    bluebook: str
    full_citation: str
    heading: str
    document: str
    document_id: str
    publisher: str
    kind: str
    authority: str
    law: bool
    container: str
    volume: str
    section: str
    text: str
    page: str
    file_page: int | None
    effective_from: date | None
    effective_to: date | None
    current_to: date | None
    status: str
    note: str
    url: str
    as_of: date
    under: str = ""
    own_note: str = ""
    warning: str = ""
    verified: bool = True

    @property
    def year(self) -> int | None:
        """The year in the Bluebook's form, for the fields of other formats; None where that has none."""
        found = _YEAR.search(self.bluebook)
        return int(found[1]) if found else None

    @property
    def remarks(self) -> tuple[str, ...]:
        """What is said of it, in sentences without their full stops; the own note is not of them."""
        said = (
            self.full_citation,
            f"In the form of the Bluebook: {self.bluebook}",
            self.status and f"{self.status}, law as of {self.as_of.isoformat()}",
            self.note,
            self.warning,
        )
        first, *others = (part.rstrip(".") for part in said if part)
        return (first, *(part for part in others if part not in first))

    @property
    def marked(self) -> str:
        """What stands before its title: "" but for words that were never found in the documents."""
        return "" if self.verified else "[Never verified] "


def cleaned(entry: CitedEntry) -> CitedEntry:
    """An entry without what some format can hold none of; line ends and tabs of its text stay."""
    values = {field.name: getattr(entry, field.name) for field in fields(entry)}
    cleaned_values: dict[str, Any] = {
        name: clean(value) if isinstance(value, str) else value for name, value in values.items()
    }
    return CitedEntry(**{**cleaned_values, "url": web_address(entry.url)})


def keyed(entries: Iterable[CitedEntry]) -> tuple[CitedEntry, ...]:
    """Entries with a key each: of their cited form, with a number behind it where another one has the same letters."""
    found: list[CitedEntry] = []
    taken: set[str] = set()
    for entry in entries:
        plain = unicodedata.normalize("NFKD", entry.citation).encode("ascii", "ignore").decode().lower()
        stem = _UNNAMED.sub("-", plain).strip("-")[:_LONGEST_KEY].strip("-") or "passage"
        key, number = stem, 1
        while key in taken:
            number += 1
            key = f"{stem}--{number}"
        taken.add(key)
        found.append(replace(entry, key=key))
    return tuple(found)


def clean(text: str) -> str:
    """A text without control characters, of which some formats can hold none; line ends and tabs stay."""
    return _CONTROLS.sub("\ufffd", writable(text))
