"""The notes that belong beside a quotation: looked up by its span in the documents in use.

The file is read again whenever it changed, so that a note shows without an ingest. Nothing here reads or changes the
text of a document, and no note is ever searched, quoted or verified.
"""

from collections import defaultdict
from pathlib import Path
from weakref import WeakKeyDictionary

from editor_notes.reading import FILE_NAME, read_notes
from editor_notes.records import Note, NotesRead, ShownNote
from editor_notes.sections import imprint, targets
from index.generations.read import corpus_dir
from index.search import HybridIndex
from pinpoint.records import Span
from pinpoint.settings import value
from pinpoint.stored import StoredSection
from pinpoint.text import digest_of

_Stamp = tuple[str, int, int, int] | None
_OPENED: "WeakKeyDictionary[HybridIndex, tuple[_Stamp, EditorNotes]]" = WeakKeyDictionary()


class EditorNotes:
    """The notes of a corpus folder at the sections of an index."""

    def __init__(self, index: HybridIndex, read: NotesRead) -> None:
        """Look the section of every note up."""
        self.problems = read.problems
        """What is wrong in the file, in sentences that name file, value and remedy."""
        self.nowhere: tuple[Note, ...] = ()
        """Notes whose section is in none of these documents, and was moved to none of them."""
        self._shown: dict[str, list[ShownNote]] = defaultdict(list)
        for note in read.notes:
            found = targets(index, note)
            self.nowhere += () if found else (note,)
            differ = [imprint(index, target.section)[0] != note.digest if note.digest else None for target in found]
            for target, changed in zip(found, differ, strict=True):
                section = target.section
                shown = ShownNote(
                    note=note,
                    section=section.citation,
                    span=section.span,
                    moved=target.moved,
                    changed=changed,
                    stands=False in differ,
                )
                self._shown[section.document_id].append(shown)

    @property
    def every(self) -> tuple[ShownNote, ...]:
        """All notes at all their sections, in the order of documents and text."""
        return tuple(sorted((one for notes in self._shown.values() for one in notes), key=lambda one: one.span))

    def on(self, span: Span) -> tuple[ShownNote, ...]:
        """The notes on the section of a span, on what that is a part of, and on its parts; the nearest first."""
        found = [one for one in self._shown.get(span.document_id, ()) if one.span.overlaps(span)]
        found.sort(key=lambda one: (one.span.end - one.span.start, one.span.start, one.note.written, one.note.id))
        nearest: dict[Note, ShownNote] = {}
        for one in found:
            nearest.setdefault(one.note, one)
        return tuple(nearest.values())

    def at(self, section: StoredSection) -> tuple[ShownNote, ...]:
        """The notes on exactly a section."""
        return tuple(one for one in self._shown.get(section.document_id, ()) if one.span == section.span)


def editor_notes(index: HybridIndex) -> EditorNotes:
    """The notes beside the documents of an index, as their file has them now."""
    corpus = corpus_of(index)
    stamp = _stamp(corpus)
    known = _OPENED.get(index)
    if known is None or known[0] != stamp:
        known = stamp, EditorNotes(index, read_notes(corpus) if corpus and stamp else NotesRead())
        _OPENED[index] = known
    return known[1]


def notes_state(index: HybridIndex) -> str:
    """What tells one state of the file of notes from the next, as 16 hexadecimal digits; "" where there is no file."""
    stamp = _stamp(corpus_of(index))
    return digest_of(repr(stamp))[:16] if stamp else ""


def corpus_of(index: HybridIndex) -> Path | None:
    """The folder of the documents: ``$CORPUS_DIR``, else the one that the index was made from; None when unknown."""
    named = value("CORPUS_DIR")
    return Path(named) if named else corpus_dir(index.folder.parent)


def _stamp(corpus: Path | None) -> _Stamp:
    """What tells one state of the file from the next; None where there is no file."""
    file = corpus / FILE_NAME if corpus else None
    try:
        state = file.stat() if file else None
    except OSError:
        return None
    return (str(file), state.st_mtime_ns, state.st_size, state.st_ino) if state else None
