"""Documents that were once read wrongly, in ``../shared/cases``: each must say what it says; see ``cases.toml``."""

import tomllib
from datetime import date
from pathlib import Path

import pytest

from ingest.corpus.manifest import ManifestEntry, load_manifest
from ingest.parsing import parse_file
from ingest.readers.registry import read_document
from pinpoint.errors import PinpointError

CASES = Path(__file__).resolve().parents[3] / "shared" / "cases"
ROWS = tomllib.loads(Path(__file__).with_name("cases.toml").read_text(encoding="utf-8"))["case"]

pytestmark = pytest.mark.skipif(not CASES.is_dir(), reason="../shared/cases is not there")


def faults(row):
    """What is wrong with the reading of one case, in sentences; none when all is right."""
    path = CASES / row["file"]
    listed = {entry.file: entry for entry in load_manifest(path.parent).documents}
    made_up = ManifestEntry(id=path.stem, file=path.name, title=path.stem, listed=False)
    try:
        reading = read_document(path)
        file = parse_file(path, listed.get(path.name, made_up), sha256="", crosswalk=())
    except PinpointError as error:
        refused = row.get("refused", row.get("warned", "\0"))
        return [] if refused.lower() in str(error).lower() else [f"not read: {error}"]
    document = file.parsed.document
    blocks = [(block.kind, block.marker, document.text[block.start : block.end]) for block in document.blocks]
    found = [f"read, though it should be refused: {row['refused']}"] if "refused" in row else []
    found += [f"lacks {words!r}" for words in row.get("has", ()) if words not in document.text]
    found += [f"has {words!r}" for words in row.get("lacks", ()) if words in document.text]
    found += [f"{document.text.count(w)} times {w!r}" for w in row.get("once", ()) if document.text.count(w) != 1]
    found += [f"no block {words!r}" for words in row.get("blocks", ()) if words not in [text for *_, text in blocks]]
    headings = [text for kind, _, text in blocks if kind == "heading"]
    found += [f"no heading {words!r}" for words in row.get("headings", ()) if words not in headings]
    notes = [[marker, text] for kind, marker, text in blocks if kind == "footnote"]
    found += [f"no note {note}" for note in row.get("notes", ()) if note not in notes]
    for words, citation in row.get("address", ()):
        actual = address(file.parsed, words)
        found += [f"{words!r} is at {actual}, not {citation}"] if actual != citation else []
    for words, citation in row.get("not_address", ()):
        found += [f"{words!r} is at {citation}"] if address(file.parsed, words) == citation else []
    left_out = [[one.reason, one.words] for one in document.left_out]
    found += [f"not left out: {one}, but {left_out}" for one in row.get("left_out", ()) if one not in left_out]
    warnings = " ".join(file.warnings)
    found += [f"no warning of {row['warned']}"] if row.get("warned", "").lower() not in warnings.lower() else []
    for name in ("effective_from", "effective_to"):
        day = getattr(document, name)
        right = date.fromisoformat(row[name]) if row.get(name) else None
        found += [f"{name} is {day}"] if name in row and day != right else []
    found += [f"title {document.title!r}"] if document.title != row.get("title", document.title) else []
    labels = list(document.page_labels)
    found += [f"labels {labels}"] if labels != row.get("labels", labels) else []
    found += [
        f"page {page} is {labels[page - 1]}" for page, said in row.get("labels_at", ()) if labels[page - 1] != said
    ]
    found += (
        [f"page without text: {file.pages_without_text}"] if "no_empty_pages" in row and file.pages_without_text else []
    )
    dropped = [repair.name for repair in reading.repairs if repair.name == row.get("no_dropped")]
    found += [f"counted: {name}" for name in dropped]
    count = len(blocks)
    found += [f"{count} blocks"] if count != row.get("block_count", count) or count < row.get("least_blocks", 0) else []
    found += [f"{len(notes)} notes"] if len(notes) != row.get("notes_count", len(notes)) else []
    return found


def address(parsed, words):
    """Cited form of the deepest section that holds some words; "" where the words are not there."""
    at = parsed.document.text.find(words)
    holding = [s for s in parsed.sections if s.start <= at < s.end and at >= 0]
    return holding[-1].citation if holding else ""


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row['kind']}-{row['file']}")
def test_the_document_says_what_it_says(row):
    assert faults(row) == [], row["why"]
