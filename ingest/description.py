"""Statements of a file about itself: title, date, number of a directive, page of a Federal Register document."""

import re
from dataclasses import replace

from citations.codes import code_name
from ingest.corpus.manifest import ManifestEntry
from ingest.readers.text.stated_dates import find_dates
from ingest.records import Reading
from ingest.structure.provisions.naming import find_code

_DIRECTIVE = re.compile(
    r"(?:Directive|Instruction)\s+(?:Number|No\.?)?:?\s*(?P<number>\d{3}-\d{2}(?:-\d{3})?)", re.IGNORECASE
)
_REVISION = re.compile(r"Revision\s+(?:Number|No\.?):?\s*(?P<revision>[\d.]+)", re.IGNORECASE)
_CANCELLED = re.compile(
    r"(?:this\s+(?:directive|instruction)\s+)?(?:cancels?|supersedes?)\s+(?:and\s+(?:cancels?|supersedes?)\s+)?"
    r"(?P<what>(?:DHS\s+)?(?:Management\s+)?(?:Directive|Instruction|Delegation)s?\b[^.;\n]{2,160})",
    re.IGNORECASE,
)
_OPENING = 40  # blocks in which a document says what it is; set by hand, not measured
_REGISTER_CAPTIONS = ("AGENCY", "ACTION", "SUMMARY")
_REGISTER_CAPTION = re.compile(rf"^(?:{'|'.join(_REGISTER_CAPTIONS)}):")
_REGISTER_VOLUME = re.compile(r"\bVol\. (?P<volume>\d{2,3}), No\. \d{1,3}\b")


def describe(entry: ManifestEntry, reading: Reading) -> ManifestEntry:
    """What the manifest says of a file, completed by what the file says of itself.

    Of a listed file only the code that it states is taken, where the manifest gives none; of an unlisted one title,
    date, number of a directive and first page of a rule as well.
    """
    if entry.listed:
        return replace(entry, cited_as=code_name(entry.cited_as or reading.cited_as or _code_of_law(entry, reading)))
    # The last block is the footer of a directive, where the reader of PDF files puts it.
    texts = [block.text for block in (*reading.blocks[:_OPENING], *reading.blocks[_OPENING:][-1:])]
    opening = " ".join(texts)
    # Official XML states its dates; what else it says of dates is said of something in it.
    states = any(block.stated for block in reading.blocks[:_OPENING])
    stated = find_dates("" if states else "\n".join(texts))
    directive = _DIRECTIVE.search(opening) or _DIRECTIVE.search(reading.title)
    number = directive.group("number") if directive else ""
    name = f"DHS {'Instruction' if number.count('-') > 1 else 'Directive'} {number}" if number else ""
    revision = _REVISION.search(opening)
    title = reading.title or entry.title
    if name and number not in title:
        title = f"{name}: {title}"
    if name and revision and "Revision" not in title:
        title = f"{title} (Revision {revision.group('revision')})"
    return replace(
        entry,
        title=title,
        kind=reading.document_kind or ("directive" if name else entry.kind),
        cited_as=reading.cited_as or name or _register_page(reading) or find_code(reading) or entry.cited_as,
        effective_from=reading.effective_from or stated.effective_from,
        effective_to=reading.effective_to or stated.effective_to,
    )


def _code_of_law(entry: ManifestEntry, reading: Reading) -> str:
    """The code that a listed regulation or statute states in its opening, "" for every other document."""
    return find_code(reading) if entry.kind in ("regulation", "statute") else ""


def _register_page(reading: Reading) -> str:
    """``85 FR 47698`` for a document of the Federal Register whose pages state volume and number, else ""."""
    captions = sum(bool(_REGISTER_CAPTION.match(block.text)) for block in reading.blocks)
    volumes = {match.group("volume") for block in reading.blocks if (match := _REGISTER_VOLUME.search(block.text))}
    page = reading.page_labels[0] if reading.page_labels else ""
    if captions < len(_REGISTER_CAPTIONS) or len(volumes) != 1 or not page.isdigit():
        return ""
    return f"{volumes.pop()} FR {page}"


def find_cancellations(reading: Reading) -> tuple[str, ...]:
    """Find what a directive says that it cancels, as sentences for the intake report."""
    found = (_CANCELLED.search(block.text) for block in reading.blocks)
    return tuple(dict.fromkeys(f"Cancels {' '.join(match.group('what').split())}." for match in found if match))
