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
        rf"^(?:.{{0,80}}\bdisplaying )?title \d{{1,2}},? (?:is )?up to date as of {_DAY}",  # the eCFR
        rf"^\W{{0,2}}(?:\d{{1,2}} CFR|title \d{{1,2}}|part \d{{1,4}})\b[^()]{{0,120}}\(up to date as of {_DAY}\)",
        rf"^(?:(?:title \d{{1,2}}|electronic code)[^.;]{{0,80}})?\W{{0,3}}e-?CFR data (?:is|are) current as of {_DAY}",
        # the Law Revision Counsel
        rf"^(?:\d{{1,2}} ?U\.?S\.?C\.? .{{0,200}})?\W{{0,2}}Text contains those laws in effect on {_DAY}",
        rf"^\W{{0,2}}(?:Release point|Current through):? (?:P\.L\.|Pub\. ?L\.|Public Law)[^(,;]{{1,20}}[(,] ?{_DAY}",
        rf"^(?:.{{0,120}}: )?Current as of {_DAY}\.?$",  # pages of the Policy Manual
        rf"^\W{{0,2}}Current (?:through|to) {_DAY}\W?$",
    )
)
"""Sentences of a text that is brought up to date where it was copied from; in mid-sentence the same words speak of
something else ("the list is up to date as of …")."""
_COMPILED = re.compile(r"^\W{0,2}(?:Revised as of|As Amended Through)\b", re.IGNORECASE)
_COMPILED_TITLE = re.compile(r"\b(?:edition|compilation|(?:as amended|current) through|revised as of)\b", re.IGNORECASE)
_THROUGH = re.compile(
    r"\b(?:as amended|current) through (?:P\. ?L\.|Pub\. ?L\.|Public Law)(?: No\.)? ?(\d{2,3})[-\u2010-\u2015]\d",
    re.IGNORECASE,
)
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

    The manifest comes first, then what the file states, its title, its name, and the day of the download; a day that
    is still to come is that of no copy. The first day of force of a code or a statute is given up where it is that of
    the edition: it equals the day of the copy, or the copy says that it is an edition or a compilation and nothing
    says that its provisions took effect together. It stays where nothing shows of which day a compilation is.

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
    updated = _stated(_COPIES, (*opening, *reading.warnings))
    copied = _past(reading.current_to) or updated or _past(_release(source))
    current = entry.current_to or copied or printed or _past(_named(entry)) or entry.copied
    begin = entry.effective_from
    moved = any(begin == provision.effective for provision in crosswalk)
    yearly = updated is None and _is_revision(entry.cited_as, current or (None if moved else _past(begin)))
    edition = bool(printed or compiled or yearly)
    if begin is None or not law:
        return replace(entry, current_to=current, printed=edition)
    together = bool(entry.supersedes or entry.effective_to or moved)
    if current is None and (yearly or (compiled and _is_of_law(begin, (entry.title, *opening)))):
        current = begin
    alike = begin == current
    of_edition = alike and (compiled or (edition and not moved))
    of_copy = of_edition or (not together and (alike or (compiled and current is not None)))
    return replace(
        entry,
        current_to=current,
        effective_from=None if of_copy else begin,
        # A file that is only named after a yearly edition is none where the manifest says from when to when it stood.
        printed=bool(printed or compiled or (yearly and (of_copy or entry.effective_to is None))),
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
    return min((day for day in map(_past, map(_parsed, found)) if day), default=None)


def _past(day: date | None) -> date | None:
    """A day that is not still to come; a day of effect or a typo is none up to which a copy gives the law."""
    return day if day is not None and day <= date.today() else None


def _is_of_law(day: date, texts: Iterable[str]) -> bool:
    """Whether a day is in the Congress of the last law that a compilation includes: the day of the compilation then.

    The n-th Congress begins on January 3 of 1789 + 2 (n - 1), by the Twentieth Amendment; a day before it is that of a
    law which the compilation holds.
    """
    through = next((match for text in texts if (match := _THROUGH.search(text))), None)
    if through is None:
        return False
    begun = 1789 + 2 * (int(through[1]) - 1)
    return date(begun, 1, 3) <= day < date(begun + 2, 1, 3)


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
