"""The file of notes changed in the app: one note is added, changed or removed; everything else stays as it is.

What is written is read again before it takes the file's name, so that no edit can lose or change another note.
"""

import hashlib
import json
import re
import secrets
import tomllib
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from filelock import FileLock

from editor_notes.blocks import Block, blocks_of
from editor_notes.reading import FILE_NAME, KEYS, LARGEST, parse_notes, read_text
from editor_notes.records import LONGEST_NAME, LONGEST_TEXT, Note
from pinpoint.errors import EditorNoteError
from pinpoint.files import put

CHANGED_MEANWHILE = (
    "Somebody else changed this note meanwhile. Nothing was written: compare your text with theirs, and save again "
    "what is to stand."
)
"""What is said to who saves a note over a text that they have not seen."""
_LOCK = ".editor-notes.lock"
_SIGNS = re.compile(r'["\\]')
_OTHERS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029]")
_HEAD = (
    "# Notes of the editor on sections, shown beside quotations and no part of them. They may be edited by hand.\n"
    "# What a key says stands in the guide on documents.\n"
)


def new_id(written: date) -> str:
    """A name for a new note."""
    return f"{written.isoformat()}-{secrets.token_hex(4)}"


def state_of(corpus: Path, note_id: str) -> str:
    """Digest of what the file says of a note now, by which a change by somebody else is noticed; "" for none."""
    try:
        block = _block_of(blocks_of(read_text(corpus / FILE_NAME)), note_id)
    except OSError:
        return ""
    return hashlib.sha256(block.text.encode("utf-8", "surrogateescape")).hexdigest() if block else ""


def add_note(corpus: Path, note: Note) -> None:
    """Write a new note at the end of the file, which is made where there is none.

    Raises:
        EditorNoteError: The note or the file is wrong, or the folder cannot be written to; nothing was written.
    """
    _check(note)

    def added(blocks: list[Block]) -> str:
        if _block_of(blocks, note.id):
            raise EditorNoteError(f"There is a note {note.id!r} already. Change that one.")
        before = "".join(block.text for block in blocks) or _HEAD
        return f"{before}{'' if before.endswith(chr(10)) else chr(10)}\n{_written(note)}"

    _change(corpus, added)


def change_note(corpus: Path, note: Note, state: str) -> None:
    """Write a note in the position of the one with its id.

    Args:
        corpus: The folder.
        note: As it is to read.
        state: What ``state_of`` gave when the note was opened.

    Raises:
        EditorNoteError: Somebody else changed or removed it meanwhile; or as ``add_note``.
    """
    _check(note)

    def changed(blocks: list[Block]) -> str:
        old = _unchanged(blocks, note.id, state)
        _refuse_other_keys(old)
        body, tail = _with_its_tail(old)
        renewed = _written(note, _remarks(body)) + tail
        return "".join(renewed if block is old else block.text for block in blocks)

    _change(corpus, changed)


def remove_note(corpus: Path, note_id: str, state: str) -> None:
    """Take a note out of the file; raises as ``change_note`` does."""

    def removed(blocks: list[Block]) -> str:
        old = _unchanged(blocks, note_id, state)
        return "".join(_with_its_tail(old)[1] if block is old else block.text for block in blocks)

    _change(corpus, removed)


def _refuse_other_keys(old: Block) -> None:
    """Refuse to change a note that says more than a changed one could."""
    extra = [key for table in _tables((old.parsed or {}).get("note")) for key in table if key not in KEYS]
    if extra:
        raise EditorNoteError(
            f"{FILE_NAME}, line {old.line}: this note has keys that are not known ({', '.join(map(repr, extra))}), and "
            "a change here would lose them. Change it in the file, or remove these keys there."
        )


def _with_its_tail(block: Block) -> tuple[str, str]:
    """The lines of a note, and the blank lines and remarks behind it, which may belong to the next one."""
    lines = block.text.splitlines(keepends=True)
    last = max(number for number, line in enumerate(lines) if line.strip() and not line.lstrip().startswith("#"))
    body, tail = "".join(lines[: last + 1]), "".join(lines[last + 1 :])
    return (body, tail) if _parsed(body) == block.parsed else (block.text, "")


def _remarks(body: str) -> list[str]:
    """The lines of a table that are remarks, and not of a text of several lines."""
    lines, whole = body.splitlines(), _parsed(body)
    return [
        line.strip()
        for number, line in enumerate(lines)
        if line.lstrip().startswith("#") and _parsed("\n".join([*lines[:number], *lines[number + 1 :]])) == whole
    ]


def _parsed(text: str) -> dict[str, Any] | None:
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError:
        return None


def _unchanged(blocks: list[Block], note_id: str, state: str) -> Block:
    """The table of a note that reads as it did.

    Raises:
        EditorNoteError: It does not, or is not there.
    """
    block = _block_of(blocks, note_id)
    if block is None:
        raise EditorNoteError(
            "Somebody else removed this note meanwhile, or it stands in the file in a form that cannot be changed "
            "here. Nothing was written; write it as a new note if it is still needed."
        )
    if hashlib.sha256(block.text.encode("utf-8", "surrogateescape")).hexdigest() != state:
        raise EditorNoteError(CHANGED_MEANWHILE)
    return block


def _block_of(blocks: list[Block], note_id: str) -> Block | None:
    """The table of a note that stands alone in it; None where there is none, or several."""
    found = [
        block
        for block in blocks
        if block.parsed and any(table.get("id") == note_id for table in _tables(block.parsed.get("note")))
    ]
    return found[0] if len(found) == 1 and len(found[0].parsed["note"]) == 1 else None  # type: ignore[index]


def _tables(listed: object) -> Iterator[dict[str, object]]:
    yield from (table for table in (listed if isinstance(listed, list) else [listed]) if isinstance(table, dict))


def _check(note: Note) -> None:
    """Refuse a note that the reader of the file would refuse.

    Raises:
        EditorNoteError: Why, with the remedy.
    """
    for value, name, most in ((note.text, "The note", LONGEST_TEXT), (note.by, "The name below it", LONGEST_NAME)):
        if not value.strip():
            raise EditorNoteError(f"{name} is empty. Write it, then save again.")
        if len(value) > most:
            raise EditorNoteError(f"{name} has {len(value):,} characters; {most:,} are the most. Shorten it.")


def _change(corpus: Path, change: Callable[[list[Block]], str]) -> None:
    """Change the file in one step, so that a reader finds the old text or the new one."""
    file = corpus / FILE_NAME
    try:
        with FileLock(corpus / _LOCK):
            before = read_text(file) if file.exists() else ""
            after = change(blocks_of(before))
            _refuse_loss(before, after, file)
            if len(after) > LARGEST:
                raise EditorNoteError(f"{file} would have more than {LARGEST:,} bytes. Remove old notes first.")
            put(file, after.encode("utf-8", "surrogateescape"), prefix=".editor-notes-")
    except OSError as error:
        raise EditorNoteError(
            f"{file} cannot be written ({error.strerror}). Correct the rights of the corpus folder, or free its disk."
        ) from error


def _refuse_loss(before: str, after: str, file: Path) -> None:
    """Refuse a text that says something else of more than one note, or finds a new fault."""
    old, new = parse_notes(before, file), parse_notes(after, file)
    differing = {note.id for note in old.notes} ^ {note.id for note in new.notes}
    known = {note.id: note for note in old.notes}
    differing |= {note.id for note in new.notes if note.id in known and known[note.id] != note}
    if len(differing) > 1 or len(new.problems) > len(old.problems):
        raise EditorNoteError(
            f"{file} is damaged so that it cannot be changed here without changing other notes. Nothing was written. "
            f"Correct it by hand first. {' '.join(old.problems[:3])}".strip()
        )


def _written(note: Note, remarks: Sequence[str] = ()) -> str:
    """A note as a table of the file."""
    lines = ["[[note]]", *remarks, f"id = {_line(note.id)}", f"section = {_line(note.section)}"]
    lines += [f"document = {_line(note.document)}"] if note.document else []
    lines += [f"text = {_text(note.text)}", f"by = {_line(note.by)}", f"date = {note.written.isoformat()}"]
    lines += [f"text_digest = {_line(note.digest)}"] if note.digest else []
    lines += [f"text_begins = {_line(note.begins)}"] if note.begins else []
    return "\n".join(lines) + "\n"


def _line(text: str) -> str:
    """A text as a TOML string in one line."""
    return _OTHERS.sub(_escaped, json.dumps(" ".join(text.split()), ensure_ascii=False))


def _text(text: str) -> str:
    """A text as a TOML string, over several lines where it has several."""
    shown = "\n".join(line.rstrip() for line in text.replace("\r\n", "\n").replace("\r", "\n").strip().split("\n"))
    if "\n" not in shown:
        return _OTHERS.sub(_escaped, json.dumps(shown, ensure_ascii=False))
    return f'"""\n{_OTHERS.sub(_escaped, _SIGNS.sub(lambda sign: chr(92) + sign.group(), shown))}"""'


def _escaped(found: re.Match[str]) -> str:
    return f"\\u{ord(found.group()):04x}"
