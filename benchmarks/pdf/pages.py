"""Is every passage on the page that it claims? Compared with pdfium, which reads the file on its own.

    python -m benchmarks.pdf.pages FILE.pdf …

Reads each file as the ingest does, looks for the first and the last words of every passage in pdfium's
text of the page claimed, compares page labels, and prints the share and each miss.
"""

import sys
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pypdfium2

from ingest.corpus.manifest import ManifestEntry
from ingest.parsing import parse_file
from pinpoint.stored import ParsedDocument, Passage, StoredDocument

CHARACTERS = 24  # compared at either end of a passage
WORDS = 4  # that must all be there when the letters do not follow each other, as in a table


@dataclass(frozen=True, slots=True)
class Miss:
    """A passage whose end is not on the page claimed, or a label that is not the page's."""

    passage_id: str
    page: int
    what: str


@dataclass(frozen=True, slots=True)
class PageCheck:
    """Counts of what was compared: ends of passages and labels; passages of recognised pages have no second text."""

    ends: int
    labels: int
    recognised: int
    misses: tuple[Miss, ...]


def check_pages(path: Path, parsed: ParsedDocument) -> PageCheck:
    """Compare the pages and labels of all passages with pdfium's."""
    document = pypdfium2.PdfDocument(path)
    texts = [page.get_textpage().get_text_range() for page in document]
    stated = [document.get_page_label(number) for number in range(len(document))]
    document.close()
    pages = [squash(text) for text in texts]
    words = [set(split(text)) for text in texts]
    recognised = {page for page, _ in parsed.document.ocr_pages}
    ends = labels = skipped = 0
    misses: list[Miss] = []
    for passage in parsed.passages:
        for page, text in passage_ends(parsed.document, passage):
            if page in recognised:
                skipped += 1
                continue
            ends += 1
            if not stands_on(text, pages[page - 1], words[page - 1]):
                misses.append(Miss(passage.id, page, text))
        labels += 1
        if passage.page and not label_fits(passage, stated[passage.page - 1], words[passage.page - 1]):
            misses.append(Miss(passage.id, passage.page, f"label {passage.page_label!r}"))
    return PageCheck(ends, labels, skipped, tuple(misses))


def passage_ends(document: StoredDocument, passage: Passage) -> Iterator[tuple[int, str]]:
    """Page and text of the first and the last span of a passage; the first page is the one that it claims."""
    runs = [run for run in document.page_spans if run.start < passage.end and run.end > passage.start]
    first, last = runs[0], runs[-1]
    yield passage.page or 0, document.text[max(passage.start, first.start) : min(passage.end, first.end)]
    yield last.page, document.text[max(passage.start, last.start) : min(passage.end, last.end)][::-1]


def stands_on(text: str, page: str, words: set[str]) -> bool:
    """True when the beginning of a text is on a page; a text that is given backwards is compared by its end."""
    beginning = squash(text)[:CHARACTERS]
    few = split(text)[:WORDS]
    return beginning in page or beginning[::-1] in page or all(word in words or word[::-1] in words for word in few)


def label_fits(passage: Passage, stated: str, words: set[str]) -> bool:
    """True when a label is the one that the file states, the printed number, or the plain page number."""
    label = passage.page_label
    printed = set(split(label)) <= words
    return label in (stated, str(passage.page)) or printed


def squash(text: str) -> str:
    """Letters and digits only, without case; brackets that a type-setter's font shows for ``ø`` are none."""
    plain = unicodedata.normalize("NFKC", text.replace("ø", "")).lower()
    return "".join(char for char in plain if char.isalnum())


def split(text: str) -> list[str]:
    """Words of letters and digits, without case."""
    plain = "".join(char if char.isalnum() else " " for char in unicodedata.normalize("NFKC", text).lower())
    return plain.split()


def main() -> None:
    """Check the files named on the command line."""
    for name in sys.argv[1:]:
        path = Path(name)
        entry = ManifestEntry(path.stem, path.name, path.stem, listed=False)
        parsed = parse_file(path, entry, sha256="", crosswalk=()).parsed
        found = check_pages(path, parsed)
        total = found.ends + found.labels
        right = 1 - len(found.misses) / total if total else 1.0
        print(
            f"{path.name}: {len(parsed.passages)} passages, {found.ends} ends and {found.labels} labels compared, "
            f"{right:.2%} right, {found.recognised} ends on recognised pages not compared"
        )
        for miss in found.misses:
            print(f"  page {miss.page} {miss.passage_id}: {miss.what[:80]!r}")


if __name__ == "__main__":
    main()
