"""A collection as a document to hand out, before it becomes Word, Markdown or a web page.

This module decides what every format says: quotations with notes under headings, one footnote for each quotation, and
what the document is at its end.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from answer.statements.layout import BETWEEN, cells
from collection.changes import FLAGGED, Change, confirmed_now
from collection.citation_text import legal_form, status
from collection.editing import groups
from collection.export.notes_beside import ABOUT_NOTES, NotesBeside, Written
from collection.records import Collection, Excerpt
from editor_notes.shown import EditorNotes
from pinpoint.text import NOT_CONFIRMED, WHY_NOT_CONFIRMED, day, plural

UNTITLED = "Collected excerpts"
NOTE = "Trainer\u2019s note"
ABOUT = "About this document"
_WEB = re.compile(r"https?://[^\s<>\"]+", re.IGNORECASE)
_UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One quotation of a handout.

    Attributes:
        number: Of its footnote, from 1 through the whole handout; 0 for what is shown again, as the head of a table.
        quotation: Verbatim; characters that no file format can represent are replaced by U+FFFD.
        note: The trainer's own words, "" for none.
        warning: What changed since it was saved, and whether its page does not confirm it; "" for nothing.
        citation: The footnote without the address of the source.
        url: Address of the official source, "" for none or one that is not of the web.
        verified: Whether the quotation was ever found in the documents, character for character.
        rows: Its cells, where it is a part of a table; empty for all other text.
        head: Whether these rows name the columns.
        joins: Whether it goes on with the table before it.
        item: Whether it is an item of the list before it.
        editor_notes: Notes of the editor beside it, each with what it is and what it says; no part of the quotation.
    """

    number: int
    quotation: str
    note: str
    warning: str
    citation: str
    url: str
    verified: bool = True
    rows: tuple[tuple[str, ...], ...] = ()
    head: bool = False
    joins: bool = False
    item: bool = False
    editor_notes: tuple[Written, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Handout:
    """A document to hand out.

    Attributes:
        made: Day on which it is exported.
        parts: Headings with their entries; "" for entries under no heading, which come first or between.
        about: Paragraphs of the last part, which says what the document is.
        preface: Paragraphs below the title.
        lists: Headings with lines, behind the entries.
    """

    title: str
    made: date
    parts: tuple[tuple[str, tuple[Entry, ...]], ...]
    about: tuple[str, ...]
    preface: tuple[str, ...] = ()
    lists: tuple[tuple[str, tuple[str, ...]], ...] = ()

    @property
    def entries(self) -> tuple[Entry, ...]:
        """All quotations in order, each once."""
        return tuple(entry for _, entries in self.parts for entry in entries if entry.number)


def lay_out(
    collection: Collection,
    changes: Mapping[str, Change],
    made: date,
    fingerprint: tuple[str, str],
    notes: EditorNotes | None = None,
) -> Handout:
    """A collection as a handout.

    Args:
        collection: What is handed out.
        changes: What became of each excerpt, by its key.
        made: Day on which it is exported, and whose status is stated.
        fingerprint: Generation and corpus digest of the index that ``changes`` rests on.
        notes: Notes of the editor, to stand beside the quotations; none when not given.
    """
    parts, number, beside = [], 0, NotesBeside(notes)
    for heading, excerpts in groups(collection):
        entries = []
        for excerpt in excerpts:
            number += 1
            entries.append(_entry(number, excerpt, changes[excerpt.key], made, beside))
        parts.append((writable(heading), tuple(entries)))
    title = writable(collection.title) or UNTITLED
    about = _about(collection.excerpts, changes, made, fingerprint)
    noted = any(entry.editor_notes for _, entries in parts for entry in entries)
    return Handout(title=title, made=made, parts=tuple(parts), about=(*about, ABOUT_NOTES) if noted else about)


def citation_of(excerpt: Excerpt, change: Change, made: date) -> str:
    """The full citation of an excerpt without the address of its source: form, publisher, status, warning."""
    if change.kind == "unverified":
        return f"The file gives this as: {legal_form(excerpt).rstrip('.')}. {warning_of(change)}"
    moved = change.now if change.kind == "moved" else None
    publisher = excerpt.publisher if same_document(excerpt, change) else ""
    saved = f"Saved from {legal_form(excerpt)}" if moved and moved.section != excerpt.section else ""
    doubt = NOT_CONFIRMED.capitalize() if confirmed_now(excerpt, change) is False else ""
    parts = [legal_form(moved or excerpt), publisher, _status(change, made), saved, doubt, warning_of(change)]
    return " ".join(f"{part.rstrip('.')}." for part in parts if part)


def same_document(excerpt: Excerpt, change: Change) -> bool:
    """Tell whether what is cited stands in the document that the excerpt was saved from."""
    return change.kind != "moved" or change.now is None or change.now.document_id == excerpt.document_id


def warning_of(change: Change) -> str:
    """The change since an excerpt was saved, in words; "" when it reads as it did."""
    return change.sentence if change.kind in FLAGGED else ""


def writable(text: str) -> str:
    """Text that XML and UTF-8 can represent: control characters and halves of characters become U+FFFD."""
    return _UNWRITABLE.sub("\ufffd", text.replace("\r\n", "\n").replace("\r", "\n"))


def web_address(url: str) -> str:
    """An address that a file may link to; "" for one that is not of the web."""
    return url if _WEB.fullmatch(url) and writable(url) == url else ""


def rows_of(text: str) -> tuple[tuple[str, ...], ...]:
    """The rows of a text every line of which has cells; empty for all other texts."""
    lines = [line for line in text.split("\n") if line.strip()]
    return tuple(tuple(cells(line)) for line in lines) if lines and all(BETWEEN in line for line in lines) else ()


def written_notes(notes: Sequence[Written]) -> tuple[Written, ...]:
    """Notes of the editor with what every format can represent."""
    return tuple((writable(what), writable(text)) for what, text in notes)


def _entry(number: int, excerpt: Excerpt, change: Change, made: date, beside: NotesBeside) -> Entry:
    url = web_address(excerpt.url) if excerpt.checked and same_document(excerpt, change) else ""
    doubt = WHY_NOT_CONFIRMED if confirmed_now(excerpt, change) is False else ""
    return Entry(
        number=number,
        quotation=writable(excerpt.text),
        note=writable(excerpt.note),
        warning=writable(" ".join(filter(None, (warning_of(change), doubt)))),
        citation=writable(citation_of(excerpt, change, made)),
        url=url,
        verified=excerpt.checked,
        rows=rows_of(writable(excerpt.text)),
        editor_notes=written_notes(beside.of(change.now.span if change.now else None, number)),
    )


def _status(change: Change, made: date) -> str:
    """Status of the text on the day of the export; "" where another text replaces it."""
    if change.now is None or change.kind not in ("unchanged", "moved"):
        return ""
    words, _ = status(change.now, made)
    return f"{words} (on {day(made)})" if change.now.status == "in force" else words


def _about(
    excerpts: Sequence[Excerpt],
    changes: Mapping[str, Change],
    made: date,
    fingerprint: tuple[str, str],
) -> tuple[str, ...]:
    claims = sum(not excerpt.checked for excerpt in excerpts)
    flagged = sum(changes[excerpt.key].kind in FLAGGED for excerpt in excerpts) - claims
    found = "All of them stand there, in the same words."
    if flagged:
        reads, is_no = ("does", "is") if flagged == 1 else ("do", "are")
        found = (
            f"{plural(flagged, 'quotation')} {reads} not stand there in the same words, or {is_no} no longer in "
            "force; the text below each of them says so."
        )
    if claims:
        others = "" if not flagged and claims == len(excerpts) else f" Of the others: {found[0].lower()}{found[1:]}"
        found = (
            f"{plural(claims, 'quotation')} {'comes' if claims == 1 else 'come'} from a file and "
            f"{'was' if claims == 1 else 'were'} never verified: the documents in use do not confirm the words. "
            f"The text below each says so.{others}"
        )
    saved = dict.fromkeys((excerpt.generation, excerpt.corpus_digest) for excerpt in excerpts)
    others = "; index ".join(_named(one) for one in saved if one != fingerprint)
    return tuple(
        writable(line)
        for line in (
            "This is an unofficial compilation made with Pinpoint. It is not legal advice and decides no case. Compare "
            "each quotation with the official source before you rely on it.",
            f"Made on {day(made)} with {plural(len(excerpts), 'quotation')}. On that day each was compared, character "
            f"by character, with the text of the documents in use. {found}",
            f"What is marked \u201c{NOTE}\u201d was written by whoever made this collection and is no part of any "
            "quotation.",
            f"{'Saved from, and compared with' if fingerprint in saved else 'Compared with'}: "
            f"index {_named(fingerprint)}.",
            *(
                [f"{'Some were' if fingerprint in saved else 'They were'} saved from: index {others}."]
                if others
                else []
            ),
        )
    )


def _named(fingerprint: tuple[str, str]) -> str:
    return f"{fingerprint[0]}, corpus digest {fingerprint[1]}"
