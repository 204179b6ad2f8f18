"""Records of the notes of the editor: as they stand in their file, and as they are shown beside a quotation."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from pinpoint.records import Span

LONGEST_TEXT = 5_000
"""Characters of a note that are shown. Set by hand; not measured."""
LONGEST_NAME = 200
"""Characters of the name under a note, and of its section. Set by hand; not measured."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """A note as its file has it.

    Attributes:
        id: Name of the note within the file.
        section: Cited form of the section on which it was written.
        text: Plain text; line breaks count, nothing else is markup.
        by: Who wrote it.
        written: Day on which it was written.
        document: Document in which it holds; "" for every document with that section.
        digest: Digest of the section's text on which it was written; "" where it is not recorded.
        begins: First words of that text.
    """

    id: str
    section: str
    text: str
    by: str
    written: date
    document: str = ""
    digest: str = ""
    begins: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownNote:
    """A note at a section of the documents in use.

    Attributes:
        note: The note.
        section: Cited form of the section at which it stands now.
        span: That section.
        moved: Day on which the text that it was written on moved to this section; None where it did not.
        changed: Whether that section now reads otherwise than what it was written on; None when that is not recorded.
        stands: Whether the text that it was written on stands in another of its sections, such as another edition.
        json_fields: Names and order of the fields on the command line, each with the attribute that it shows.
    """

    note: Note
    section: str
    span: Span
    moved: date | None = None
    changed: bool | None = None
    stands: bool = False

    json_fields: ClassVar[dict[str, str]] = {
        "id": "note.id",
        "text": "note.text",
        "by": "note.by",
        "date": "note.written",
        "section": "section",
        "written_on": "note.section",
        "moved_on": "moved",
        "text_changed": "changed",
        "text_began": "note.begins",
    }


@dataclass(frozen=True, slots=True)
class NotesRead:
    """The file of notes as it was read.

    Attributes:
        notes: Those that can be shown, in the order of the file.
        problems: What is wrong in the file: sentences that name file, value and remedy.
    """

    notes: tuple[Note, ...] = ()
    problems: tuple[str, ...] = ()
