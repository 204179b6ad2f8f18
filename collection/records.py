"""Records of a collection.

An excerpt is verbatim: ``text`` is what stood at ``start:end`` of the document's text when it was
saved. A collection is never changed; ``collection.editing`` makes new ones from it.
"""

import hashlib
from dataclasses import dataclass
from datetime import date

from pinpoint.records import Span

FORMAT = 1
"""Version of the file format that is written; the only one that is read."""
LONGEST_EXCERPT = 20_000
"""Characters of one excerpt, about six printed pages. Set by hand; not measured."""
LONGEST_NOTE = 5_000  # characters; set by hand; not measured
LONGEST_HEADING = 200  # characters; set by hand; not measured
MOST_EXCERPTS = 500  # of one collection; set by hand; not measured


@dataclass(frozen=True, slots=True, kw_only=True)
class Excerpt:
    """A span of a document as it was saved, with all that its citation needs.

    Attributes:
        file: Path of the document relative to the corpus folder.
        section: Cited form of the deepest section that holds it.
        section_path: Headings from the top down to that section.
        page: File page on which it begins, 1-based; None when the format has no pages.
        page_label: Number printed on that page, "" when there is none.
        start: Span in the document's text, half-open, in code points.
        end: See ``start``.
        sha256: Digest of the document's file.
        generation: Generation of the index from which it was saved.
        corpus_digest: Digest of all its documents; with ``generation`` the fingerprint of the index.
        as_of: Day whose law was asked for.
        saved: Day on which it was saved.
        note: The trainer's own words; never part of the quotation.
        heading: Group of the collection to which it belongs, "" for none.
        checked: Whether this process cut it from the documents itself. False for what a file alone says, which is
            then a claim: the text and everything said of it.
        confirmed: Whether the second reading of the page saw the same words; None when there was none.
    """

    document_id: str
    title: str
    file: str
    publisher: str
    kind: str
    section: str
    section_path: tuple[str, ...]
    page: int | None
    page_label: str
    start: int
    end: int
    text: str
    effective_from: date | None
    effective_to: date | None
    url: str
    sha256: str
    generation: str
    corpus_digest: str
    as_of: date
    saved: date
    note: str = ""
    heading: str = ""
    checked: bool = True
    confirmed: bool | None = None

    @property
    def span(self) -> Span:
        """Its span in the document, when it was saved."""
        return Span(self.document_id, self.start, self.end)

    @property
    def key(self) -> str:
        """Name of the excerpt within collections: 16 hexadecimal digits of where it stands and what it says."""
        identity = f"{self.document_id}\n{self.start}-{self.end}\n{self.text}"
        return hashlib.blake2b(identity.encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()


@dataclass(frozen=True, slots=True)
class Collection:
    """Excerpts in the order in which they are shown, each key once."""

    title: str = ""
    excerpts: tuple[Excerpt, ...] = ()
    version: int = FORMAT
