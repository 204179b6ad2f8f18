"""What a file says of one hit of a search. What was searched for is no part of it."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from citations.parse import parse_citations
from collection.citation_text import legal_form
from collection.export.handout import web_address, writable
from index.records import Hit
from index.search import HybridIndex
from pinpoint.text import NOT_CONFIRMED, worded

_LAWS = ("statute", "regulation")
_CODES = re.compile(r"(?:(?P<volume>\d+) )?(?P<container>CFR|U\.S\.C\.|USCIS-PM|FR|INA|TVPA)")
_CONTAINERS = {"CFR": "C.F.R.", "FR": "Fed. Reg."}
_UNNAMED = re.compile(r"[^a-z0-9]+")
_CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """One hit.

    Attributes:
        key: Names it within its list: small letters, digits and hyphens, unlike every other even in capitals.
        citation: Cited form.
        full_citation: The form for a decision, with page, title and dates.
        heading: The deepest heading above it, the title of the document where there is none.
        law: Whether it is of a statute or a regulation.
        container: The code that it is of ("C.F.R."), "" where it is of none.
        volume: Title or volume of that code.
        number: Section within it.
        text: The passage, word for word.
        page: Printed number of the page, else that of the file; "" without pages.
        note: What stands beside it: where its text stands now, why it is listed; "" for nothing.
    """

    key: str
    rank: int
    citation: str
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
    number: str
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

    @property
    def dated(self) -> date | None:
        """The day by which it is cited: since when it is in force, else up to which its copy is current."""
        return self.effective_from or self.current_to


def listed(index: HybridIndex, hits: Sequence[Hit], as_of: date) -> tuple[Listed, ...]:
    """Hits as they are written into files, in their order; text of the documents stays as it is.

    Args:
        index: Where they were found.
        hits: What was found.
        as_of: Day whose law was asked for.
    """
    keys = _keys([hit.section for hit in hits])
    return tuple(_listed(index, hit, key, as_of) for hit, key in zip(hits, keys, strict=True))


def _listed(index: HybridIndex, hit: Hit, key: str, as_of: date) -> Listed:
    document = index.documents[hit.document_id]
    container, volume, number = _of_code(hit.section)
    doubt = NOT_CONFIRMED.capitalize() + "." if hit.confirmed is False else ""
    return Listed(
        key=key,
        rank=hit.rank,
        citation=clean(hit.section),
        full_citation=clean(legal_form(hit)),
        heading=clean(hit.section_path[-1] if hit.section_path else hit.title),
        document=clean(hit.title),
        document_id=hit.document_id,
        publisher=clean(document.publisher),
        kind=hit.kind,
        authority=hit.authority,
        law=hit.kind in _LAWS,
        container=container,
        volume=volume,
        number=number,
        text=clean(hit.text),
        page=hit.page_label or (str(hit.page) if hit.page else ""),
        file_page=hit.page,
        effective_from=hit.effective_from,
        effective_to=hit.effective_to,
        current_to=hit.current_to,
        status=clean(worded(hit.status_text)),
        note=" ".join(part for part in (clean(worded(hit.note)), doubt) if part),
        url=web_address(document.url),
        as_of=as_of,
    )


def clean(text: str) -> str:
    """A text without control characters, of which some formats can hold none; line ends and tabs stay."""
    return _CONTROLS.sub("\ufffd", writable(text))


def _of_code(section: str) -> tuple[str, str, str]:
    """Code, volume and number within it of a cited form; "" each where it is of none."""
    cited = parse_citations(section)
    of = _CODES.fullmatch(cited[0].code) if cited else None
    if of is None:
        return "", "", ""
    number = str(cited[0]).removeprefix(cited[0].code).strip()
    return _CONTAINERS.get(of["container"], of["container"]), of["volume"] or "", number


def _keys(sections: Sequence[str]) -> list[str]:
    """A key for each cited form, with a number behind it where another one has the same letters."""
    found: list[str] = []
    taken: set[str] = set()
    for section in sections:
        plain = unicodedata.normalize("NFKD", section).encode("ascii", "ignore").decode().lower()
        stem = _UNNAMED.sub("-", plain).strip("-") or "passage"
        key, number = stem, 1
        while key in taken:
            number += 1
            key = f"{stem}--{number}"
        taken.add(key)
        found.append(key)
    return found
