"""One file from bytes to rows: read, assemble, find sections, cut passages."""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from citations.keys import citation_keys
from citations.parse import LegalCitation, parse_citations
from ingest.assembly import assemble
from ingest.corpus.currency_statements import date_copy, read_head
from ingest.corpus.manifest import ManifestEntry
from ingest.description import describe, find_cancellations
from ingest.document_keys import document_key
from ingest.links import find_links
from ingest.passages import chunk, section_path
from ingest.readers.pdf.ocr import ocr_version
from ingest.readers.pdf.second_reading.blocks import DOUBTFUL
from ingest.readers.registry import read_document
from ingest.records import AssembledDocument, Box, FoundSection, ParsedFile
from ingest.structure.sections import find_structure
from pinpoint.records import LeftOut, page_at
from pinpoint.stored import CrosswalkEntry, ParsedDocument, StoredDocument, StoredSection

_CODED = re.compile(r"\d+ (?:CFR|U\.S\.C\.)[ ,]")
_LAST_OF_RANGE = re.compile(r"(?: to | through |, and |, | and )(\d[^\s,]*)$")
_SECTIONS_IN_ONE = re.compile(r"^\d+ (?:CFR|U\.S\.C\.) \d\S*?(?:(?:-|, and |, | and | to | through )\d\S*?)+$")


def parse_file(path: Path, entry: ManifestEntry, *, sha256: str, crosswalk: Sequence[CrosswalkEntry]) -> ParsedFile:
    """Read one file and make its rows.

    Args:
        path: The file.
        entry: What the manifest says of it, or what was made up for an unlisted file.
        sha256: Digest of the file's bytes.
        crosswalk: Provisions that moved, over the whole corpus.

    Raises:
        UnreadableDocument: The file cannot be read or holds no text.
    """
    reading = read_document(path, part=entry.part)
    described = date_copy(describe(entry, reading), reading, read_head(path), crosswalk)
    document = assemble(reading)
    sections, unclear = find_structure(
        document,
        cited_as=described.cited_as,
        title=described.title,
        crosswalk=crosswalk,
        effective_from=described.effective_from,
        effective_to=described.effective_to,
    )
    left_out = (*reading.left_out, *_struck(document, reading.struck))
    passages = chunk(document, sections, document_id=described.id, title=described.title)
    stored = StoredDocument(
        id=described.id,
        file=described.file,
        title=described.title,
        publisher=described.publisher,
        kind=described.kind,
        collection=described.collection,
        cited_as=described.cited_as,
        url=described.url,
        licence=described.licence,
        sha256=sha256,
        key=document_key(
            entry, sha256, crosswalk, ocr=ocr_version() if reading.scanned_pages or reading.ocr_layer_pages else ""
        ),
        text=document.text,
        pages=len(reading.page_labels),
        effective_from=described.effective_from,
        effective_to=described.effective_to,
        supersedes=described.supersedes,
        page_labels=reading.page_labels,
        page_spans=document.page_spans,
        blocks=document.blocks,
        ocr_pages=reading.ocr_pages,
        current_to=described.current_to,
        printed=described.printed,
        left_out=left_out,
        read_twice=tuple(page for page, _ in reading.agreement),
        unconfirmed=document.unconfirmed,
    )
    named = [parse_citations(section.citation) for section in sections]
    links = find_links(document, sections, document_id=described.id, named=named)
    rows = ParsedDocument(stored, _stored_sections(described.id, sections, named), passages, links)
    warnings = (*reading.warnings, *unclear, *(find_cancellations(reading) if described.kind == "directive" else ()))
    doubtful = tuple((page, share) for page, share in reading.agreement if share < DOUBTFUL)
    return ParsedFile(rows, reading.repairs, warnings, reading.pages_without_text, reading.scanned_pages, doubtful)


def _struck(document: AssembledDocument, drawn: Sequence[tuple[int, str, Box]]) -> Iterator[LeftOut]:
    """Yield the words that are struck out, each with its page and with the boxes of those drawn there."""
    waiting: dict[int, list[tuple[str, Box]]] = defaultdict(list)
    for page, text, box in drawn:
        waiting[page].append((text, box))
    for at, words in document.struck:
        # Between two pages, words stand at the end of the one or at the head of the other: where they are drawn.
        found = [page_at(document.page_spans, position) or 0 for position in (at, max(at - 1, 0))]
        told = [page for page in found if any(text in words for text, _ in waiting.get(page, ()))]
        page = (told or [page for page in found if page] or [0])[0]
        boxes = tuple(box for text, box in waiting.get(page, ()) if text in words)
        if boxes:
            waiting[page] = [(text, box) for text, box in waiting[page] if text not in words]
        yield LeftOut("struck out", len(words.split()), page, boxes, words, at)


def _stored_sections(
    document_id: str, sections: Sequence[FoundSection], named: Sequence[tuple[LegalCitation, ...]]
) -> tuple[StoredSection, ...]:
    """Sections as they are stored; a citation, as parsed, is keyed at the first section that bears it."""
    keyed: set[str] = set()
    stored = []
    for number, section in enumerate(sections):
        keys: tuple[str, ...] = ()
        if section.citation not in keyed and section.kind in ("document", "heading", "provision", "footnote"):
            keys = _keys_of(section.citation, named[number])
            keyed.add(section.citation)
        stored.append(
            StoredSection(
                document_id=document_id,
                number=number,
                parent=section.parent,
                citation=section.citation,
                keys=keys,
                heading=section.heading,
                path=section_path(sections, number),
                kind=section.kind,
                start=section.start,
                own_end=section.own_end,
                end=section.end,
                effective_from=section.effective_from,
                effective_to=section.effective_to,
            )
        )
    return tuple(stored)


def _keys_of(cited: str, named: Sequence[LegalCitation]) -> tuple[str, ...]:
    """Keys of a cited form; sections that are printed as one ("1 CFR 457.104-457.109") are found by each number."""
    # A part is cited with and without the word.
    if len(named) == 1 and cited in (str(named[0]), f"{named[0].code} Part {named[0].number}"):
        return _keys(named[0])
    is_list = bool(named) and bool(_SECTIONS_IN_ONE.match(cited))
    several = is_list and all(one.code == named[0].code and not one.path for one in named)
    if not several:
        # What the grammar does not read is found by the very words, such as "8 CFR, Subpart C—Victims".
        return (cited,) if _CODED.match(cited) else ()
    last = _LAST_OF_RANGE.search(cited)  # "42 U.S.C. 1397 to 1397f" is no range whose members are known
    ends = [*named, replace(named[-1], number=last.group(1))] if last else named
    return tuple(dict.fromkeys(key for one in ends for key in _keys(one)))


def _keys(citation: LegalCitation) -> tuple[str, ...]:
    """Keys of a section; a part of the review of one year is also found without the year."""
    keys = citation_keys(citation)
    if citation.code.endswith(" QHSR"):
        keys += citation_keys(replace(citation, code="QHSR"))
    return keys
