"""Statements of up to which day a copy gives the law: in the manifest, in the file, in its title, in its name.

Three facts stay apart. The day of effect is that of a provision; the day up to which a copy is current is that of
an edition, a compilation or a download; and what neither states stays unknown. An edition of many provisions has no
day of effect of its own, so that the date of the edition never becomes one.
"""

import re
from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path, PurePath

from ingest.corpus.manifest import ManifestEntry
from ingest.records import Reading
from ingest.structure.codes import is_code
from ingest.structure.policy_manual import is_manual
from pinpoint.stored import CrosswalkEntry

_MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"
_DAY = rf"(?P<day>(?:{_MONTHS}) \d{{1,2}}, \d{{4}}|\d{{4}}-\d{{2}}-\d{{2}}|\d{{1,2}}/\d{{1,2}}/\d{{4}})"
_PRINTS = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"^\W{{0,2}}Revised as of {_DAY}",  # cover of a volume of the CFR
        rf"^\W{{0,2}}As Amended Through (?:P\.L\.|Pub\. ?L\.|Public Law)[^,;]{{1,20}}, Enacted {_DAY}",  # compilations
    )
)
"""Sentences of an edition or a compilation: printed once, not brought up to date."""
_TITLES = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"\bedition(?: of|,)? {_DAY}",
        rf"\b{_DAY} edition\b",
        rf"\bcompil(?:ed|ation),? (?:as of|through|of) {_DAY}",
        rf"\b(?:revised|current|up to date) (?:as of|through|to) {_DAY}",
    )
)
"""Titles of editions; in the text itself the same words speak of other documents ("NFPA 70, edition of …")."""
_COPIES = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"\bup to date as of {_DAY}",  # the eCFR
        rf"\be-?CFR data (?:is|are) current as of {_DAY}",
        rf"\bText contains those laws in effect on {_DAY}",  # the Law Revision Counsel
        rf"^\W{{0,2}}(?:Release point|Current through):? (?:P\.L\.|Pub\. ?L\.|Public Law)[^(,;]{{1,20}}[(,] ?{_DAY}",
        rf"^(?:.{{0,120}}: )?Current as of {_DAY}\.?$",  # pages of the Policy Manual
        rf"^\W{{0,2}}Current (?:through|to) {_DAY}\W?$",
    )
)
"""Sentences of a text that is brought up to date where it was copied from."""
_COMPILED = re.compile(r"^\W{0,2}(?:Revised as of|As Amended Through)\b", re.IGNORECASE)
_COMPILED_TITLE = re.compile(r"\b(?:edition|compilation|(?:as amended|current) through|revised as of)\b", re.IGNORECASE)
_LAWS = ("statute", "regulation")
_COVER = re.compile(
    r"^(?:Code of Federal Regulations|United States Code)\b.{0,40}$|\bSpecial Edition of the Federal Register\b"
    r"|^\W{0,2}As Amended Through (?:P\.L\.|Pub\. ?L\.|Public Law)",
    re.IGNORECASE,
)
"""Lines that only the covers of codes and compilations have, for a file of which nothing else says what it is."""
_IN_SOURCE = re.compile(rb"<!--[^>]{0,200}\bcurrentthrough:(\d{8})\b")
_IN_NAME = re.compile(r"(?<![\dA-Za-z])(\d{4}-\d{2}-\d{2})$")
_NOT_OF_COPY = re.compile(
    r"(?:^|[-_. ])(?:eff(?:ective)?|draft|issued|published|until|before|from)[-_. ]", re.IGNORECASE
)
_CFR_TITLE = re.compile(r"(\d+) CFR")
_REVISED = ((16, (1, 1)), (27, (4, 1)), (41, (7, 1)), (50, (10, 1)))
"""Last title of each quarter of the Code of Federal Regulations, with the month and day of its yearly revision."""
_OPENING = 40
"""Blocks in which a copy says what it is. Set by hand; not measured."""
_LONGEST = 400
"""Characters of a block that states it; a provision that says "revised as of" of something else is longer, or says it
in mid-sentence. Set by hand; not measured."""
_HEAD = 65_536
"""Bytes of a page in which GovInfo states its release."""


def date_copy(
    entry: ManifestEntry, reading: Reading, source: bytes, crosswalk: Sequence[CrosswalkEntry]
) -> ManifestEntry:
    """An entry whose days say what they mean: ``current_to`` of the copy, ``effective_from`` of the provisions.

    The manifest comes first, then what the file states, its title, its name, and the day of the download. The first
    day of force of a code or a statute is given up where it is that of the edition: it equals the day of the copy, or
    the copy says that it is an edition or a compilation and nothing says that its provisions took effect together.

    Args:
        entry: As the manifest and the file describe it.
        reading: What the reader found.
        source: As ``read_head`` reads it.
        crosswalk: Provisions that moved, over the whole corpus.
    """
    opening = [block.text for block in reading.blocks[:_OPENING] if len(block.text) <= _LONGEST]
    law = is_code(entry.cited_as) or entry.kind in _LAWS or any(map(_COVER.search, opening))
    compiled = law and bool(_COMPILED_TITLE.search(entry.title) or any(map(_COMPILED.search, opening)))
    printed = _stated(_PRINTS, opening) or (_stated(_TITLES, (entry.title,)) if law else None)
    copied = reading.current_to or _stated(_COPIES, (*opening, *reading.warnings)) or _release(source)
    current = entry.current_to or copied or printed or _named(entry) or entry.copied
    edition = bool(printed or compiled or _is_revision(entry.cited_as, current))
    if entry.effective_from is None or not law:
        return replace(entry, current_to=current, printed=edition)
    together = bool(
        entry.supersedes or entry.effective_to or any(entry.effective_from == moved.effective for moved in crosswalk)
    )
    alike = entry.effective_from == current
    of_copy = (compiled or alike) if not together else (compiled and alike)
    return replace(
        entry,
        current_to=current or (entry.effective_from if of_copy else None),
        effective_from=None if of_copy else entry.effective_from,
        printed=edition,
    )


def read_head(path: Path) -> bytes:
    """The first bytes of a web page, in which it may state its release; none of any other file."""
    if path.suffix.lower() not in (".htm", ".html"):
        return b""
    with path.open("rb") as page:
        return page.read(_HEAD)


def _stated(sentences: Iterable[re.Pattern[str]], texts: Iterable[str]) -> date | None:
    """The day that texts state; the earliest where pages that were joined state several."""
    found = [match["day"] for text in texts for pattern in sentences if (match := pattern.search(text))]
    return min((day for day in map(_parsed, found) if day), default=None)


def _release(source: bytes) -> date | None:
    """The release of a page of the U.S. Code of GovInfo, which a comment of its source states."""
    found = _IN_SOURCE.search(source)
    return _parsed(found[1].decode()) if found else None


def _named(entry: ManifestEntry) -> date | None:
    """The day at the end of the name of a file of a code or a manual; no other file is named after its copy."""
    stem = PurePath(entry.file).stem
    found = _IN_NAME.search(stem) if is_code(entry.cited_as) or is_manual(entry.cited_as) else None
    return None if found is None or _NOT_OF_COPY.search(stem) else _parsed(found[1])


def _is_revision(cited_as: str, day: date | None) -> bool:
    """Whether a day is that on which the title of the Code of Federal Regulations is revised every year."""
    title = _CFR_TITLE.fullmatch(cited_as)
    if title is None or day is None:
        return False
    return next((revised for last, revised in _REVISED if int(title[1]) <= last), None) == (day.month, day.day)


def _parsed(text: str) -> date | None:
    for form in ("%B %d, %Y", "%Y-%m-%d", "%m/%d/%Y", "%Y%m%d"):
        with suppress(ValueError):
            return datetime.strptime(text, form).date()
    return None
